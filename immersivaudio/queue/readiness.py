"""Whether Redis would take a clip now: answered by a write, since a full Redis answers every ping."""

from dataclasses import dataclass

from redis.asyncio import Redis

from immersivaudio.queue.connection import AWAY, in_words

_LIFE = 5000
"""ms that the key lives that is written."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether a program can do its work, and what there is to say about it."""

    ready: bool
    notes: tuple[str, ...] = ()
    """Plain lines, fit for an operator: why not, or what to look after."""

    def __and__(self, other: "Readiness") -> "Readiness":
        return Readiness(self.ready and other.ready, self.notes + other.notes)


async def takes_writes(redis: Redis, key: str) -> Readiness:
    """Write `key`, and say what came of it."""
    try:
        await redis.set(key, 1, px=_LIFE)
    except AWAY as error:
        return Readiness(False, (in_words(error).problem,))
    return Readiness(True)
