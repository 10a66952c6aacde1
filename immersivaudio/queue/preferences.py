"""What a user, or the managers of a chat, chose once and for all."""

from typing import Literal

import orjson
from pydantic import BaseModel, ConfigDict, Field

from immersivaudio.queue.job_store import JobStore


class Preferences(BaseModel):
    """Small and generic; None or empty means: not chosen."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    language: str | None = Field(default=None, max_length=16)
    sounds: bool | None = None
    original: Literal["auto", "keep", "mix", "replace"] | None = None
    length: float | None = Field(default=None, ge=1, le=600)
    """s, how long a photo is held."""
    channels: tuple[str, ...] = ()
    """Where plain attachments are scored without being asked."""
    blocked: tuple[str, ...] = ()
    """Users who are not served in this chat."""

    def over(self, other: "Preferences") -> "Preferences":
        """These, with the gaps filled from `other`: a user's over a guild's."""
        chosen = {name: value for name, value in self if value not in (None, ())}
        return other.model_copy(update=chosen)


class PreferenceBook:
    """Preferences by scope: "user:telegram:1", "guild:discord:9", "all" for the operator's own."""

    def __init__(self, job_store: JobStore) -> None:
        self._job_store = job_store

    async def read(self, scope: str) -> Preferences:
        """What was chosen for `scope`."""
        return (await self.read_all(scope))[0]

    async def read_all(self, *scopes: str) -> tuple[Preferences, ...]:
        """What was chosen for each of them, in one round trip."""
        found = await self._job_store.redis.mget([self._key(scope) for scope in scopes])
        return tuple(
            Preferences.model_validate(orjson.loads(data)) if data else Preferences() for data in found
        )

    async def change(self, scope: str, **changes: object) -> Preferences:
        """Choose; raises `ValueError` for a value that is none."""
        old = await self.read(scope)
        new = Preferences.model_validate(old.model_dump() | changes)
        chosen = new.model_dump(mode="json", exclude_defaults=True)
        await self._job_store.redis.set(self._key(scope), orjson.dumps(chosen))
        return new

    async def forget(self, scope: str) -> None:
        """Back to nothing chosen."""
        await self._job_store.redis.delete(self._key(scope))

    def _key(self, scope: str) -> str:
        return self._job_store.key("preferences", scope)
