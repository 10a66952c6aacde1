"""From what stands in the page's form to a request in the job store."""

import secrets
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot import again
from bot.again import Earlier, Who
from bot.intake import Refusal, seconds_in
from bot.reception import Reception
from bot.web.clips import Clips, Upload
from immersivaudio.queue import Address, JobRequest, ScoreOptions
from immersivaudio.queue.connection import AWAY

PLATFORM = "web"
_SEEDS = 2**53
"""Browsers count no further."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Who asks, and in which language."""

    user: str
    locale: str
    account: str = ""
    """Whose share of the queue their orders take: their address's, as a hash."""

    @property
    def who(self) -> Who:
        """As requests name it; every press is an update of its own."""
        here = Address(platform=PLATFORM, message="page")
        return Who(self.user, secrets.token_hex(12), here, self.locale, self.account)


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the form. Nothing in it is trusted: a browser sends what it likes."""

    clip: Any
    mood: Any
    sounds: Any
    original: Any
    length: Any
    seed: Any
    take: Any


Order = Callable[[], Awaitable[JobRequest | Refusal]]


@dataclass(frozen=True, slots=True)
class Orders:
    """Every verb ends in a job's id, or in a refusal."""

    reception: Reception
    clips: Clips

    async def score(self, visit: Visit, form: Form) -> str | Refusal:
        """A clip that was just uploaded."""

        upload: Upload | None = None

        async def write() -> JobRequest | Refusal:
            nonlocal upload
            upload = await self.clips.find(str(form.clip or ""), visit.user)
            if upload is None:
                return Refusal("refuse.nothing")
            options = self._ask(form, upload.source.kind)
            if isinstance(options, Refusal):
                return options
            return _request(visit.who, source=upload.source, options=options)

        placed = await self._place(visit, write)
        if upload is not None and not isinstance(placed, Refusal):
            await self.reception.queue.uploads.ordered(upload.id)
        return placed

    async def remix(self, visit: Visit, job: str, mood: Any) -> str | Refusal:
        """Another mood over the same cuts."""
        words = self.reception.mood(str(mood or ""))
        return await self._from(visit, job, lambda earlier: again.remix(earlier, visit.who, words))

    async def take(self, visit: Visit, job: str) -> str | Refusal:
        """Another piece in the same mood."""

        async def write() -> JobRequest | Refusal:
            earlier = await self._earlier(visit, job)
            if isinstance(earlier, Refusal):
                return earlier
            return again.take(earlier, visit.who, await self.reception.queue.next_take(job))

        return await self._place(visit, write)

    async def stems(self, visit: Visit, job: str) -> str | Refusal:
        """Its instrument groups, each as a file."""
        return await self._from(visit, job, lambda earlier: again.stems(earlier, visit.who))

    async def render(self, visit: Visit, job: str, sheet: Any) -> str | Refusal:
        """A sheet that a person edited; what is wrong with it, the library says."""
        if not str(sheet or "").strip():  # a request without one asks for a plan
            return Refusal("web.no-sheet", remedy="web.show")
        return await self._from(visit, job, lambda earlier: again.render(earlier, visit.who, str(sheet)))

    async def _from(self, visit: Visit, job: str, make: Callable[[Earlier], JobRequest]) -> str | Refusal:
        async def write() -> JobRequest | Refusal:
            earlier = await self._earlier(visit, job)
            return earlier if isinstance(earlier, Refusal) else make(earlier)

        return await self._place(visit, write)

    async def _earlier(self, visit: Visit, job: str) -> Earlier | Refusal:
        """A job of this visitor's own, with its clip."""
        family = await self.reception.queue.ancestors(job)
        if not family or family[0].request.user != visit.user:
            return Refusal("refuse.gone")
        source = await self.reception.queue.source(family[0])
        return Earlier(family, source) if source else Refusal("refuse.gone")

    async def _place(self, visit: Visit, write: Order) -> str | Refusal:
        try:
            if await self.reception.guest(visit.user) is None:
                return Refusal("refuse.blocked")
            request = await write()
            if isinstance(request, Refusal):
                return request
            submitted = await self.reception.hand_in(request)
        except (ValueError, TypeError):  # no browser of ours sends that
            return Refusal("refuse.nothing")
        except AWAY:
            return Refusal("unreachable")
        return submitted if isinstance(submitted, Refusal) else submitted.job

    def _ask(self, form: Form, kind: str) -> ScoreOptions | Refusal:
        wishes: dict[str, object] = {
            "mood": self.reception.mood(str(form.mood or "")),
            "sounds": bool(form.sounds),
            "original": form.original or "auto",
            "explain": True,
        }
        if kind == "photo" and form.length:
            length = seconds_in(str(form.length))
            if isinstance(length, Refusal):
                return length
            wishes["length"] = length
        if words := str(form.seed or "").strip():
            wishes["seed"] = _seed(words)
        if form.take:
            wishes["take"] = max(1, min(int(form.take), 1_000_000))
        return ScoreOptions.model_validate(wishes)


def _seed(words: str) -> int:
    """The number, or for any other words always the same one."""
    return int(words) % _SEEDS if words.isdecimal() else zlib.crc32(words.encode())


def _request(who: Who, **parts: Any) -> JobRequest:
    return JobRequest(
        platform=PLATFORM,
        update=who.update,
        user=who.user,
        reply=who.reply,
        locale=who.locale,
        account=who.account,
        **parts,
    )
