"""From what stands in the page's form to a request in the job store."""

import json
import re
import secrets
import zlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from bot import follow_ups, songs
from bot.follow_up_service import ClipReference, Make, making, remixed
from bot.follow_ups import EarlierClip, Requester
from bot.service import ScoringService
from bot.validation import Refusal, seconds_in
from bot.web.uploads import Upload, Uploads
from immersivaudio.queue import Address, EditorCuts, GoneError, JobRequest, ScoreOptions, Source
from immersivaudio.queue.connection import AWAY

PLATFORM = "web"
_SEEDS = 2**53
"""Browsers count no further."""
_CHANNELS = ("music", "sounds", "original")
_QUIET, _LOUD = -60.0, 12.0
"""dB that a mix may set."""
_PRESS = re.compile(r"[a-z0-9]{8,40}")
_PRESSES = 2_000
"""Of all visitors, whose jobs are remembered: a press that is sent again is older than that only by hours."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks, and in which language."""

    user: str
    locale: str
    account: str = ""
    """Whose share of the queue their orders take: their address's, as a hash."""
    press: str = ""
    """What the browser calls the press; sent twice, it is one."""

    def pressing(self, press: Any) -> "Visitor":
        """The same visitor, at a press of theirs; one without a name is like no other."""
        name = str(press or "")
        return replace(self, press=name if _PRESS.fullmatch(name) else secrets.token_hex(12))

    @property
    def update(self) -> str:
        """The name of the press among those of all visitors."""
        return f"{self.user}:{self.press or secrets.token_hex(12)}"

    @property
    def who(self) -> Requester:
        """As requests name it; every press is an update of its own."""
        here = Address(platform=PLATFORM, message="page")
        return Requester(self.user, self.update, here, self.locale, self.account)


@dataclass(frozen=True, slots=True)
class PageForm:
    """What stands in the form. Nothing in it is trusted: a browser sends what it likes."""

    clip: Any
    mood: Any
    sounds: Any
    original: Any
    length: Any
    seed: Any
    take: Any
    cuts: Any = ""
    """JSON of an `EditorCuts`, or nothing."""
    loop: Any = False
    song: Any = ""
    """The token of a song to sound like, or nothing."""


Order = Callable[[], Awaitable[JobRequest | Refusal]]


@dataclass(frozen=True, slots=True)
class PageOrders:
    """Every verb ends in a job's id, or in a refusal."""

    service: ScoringService
    clips: Uploads
    placed: OrderedDict[str, str] = field(default_factory=OrderedDict)
    """Press -> its job: a press that is sent again, since its answer was lost, counts against no limit."""
    lengths: OrderedDict[str, float] = field(default_factory=OrderedDict)
    """Job -> s of its clip, where the browser told."""

    async def score(self, visitor: Visitor, form: PageForm) -> str | Refusal:
        """A clip that was just uploaded."""

        upload: Upload | None = None

        async def write() -> JobRequest | Refusal:
            nonlocal upload
            upload = await self.clips.find(str(form.clip or ""), visitor.user)
            if upload is None:
                return Refusal("refuse.nothing")
            options = self._ask(form, upload.source.kind)
            if isinstance(options, Refusal):
                return options
            cuts = None
            if form.cuts and upload.source.kind == "video":
                cuts = EditorCuts.model_validate_json(str(form.cuts))
            source = await self._heard(visitor, form, upload.source)
            if isinstance(source, Refusal):
                return source
            return _request(visitor.who, source=source, options=options, cuts=cuts)

        placed = await self._place(visitor, write)
        if upload is not None and not isinstance(placed, Refusal):
            await self.service.queue.uploads.ordered(upload.id)
            if upload.seconds:
                _remember(self.lengths, placed, upload.seconds)
        return placed

    async def _heard(self, visitor: Visitor, form: PageForm, source: Source) -> Source | Refusal:
        """The clip, and the song that it is to sound like beside it."""
        if not form.song:
            return source
        song = await self.clips.find(str(form.song), visitor.user)
        if song is None:
            return Refusal("web.song.gone")
        try:
            both = await songs.beside(self.service.queue.store, source, song.source.ref)
        except GoneError:
            return Refusal("refuse.gone")
        await self.service.queue.uploads.ordered(song.id)  # the next press may mean it again
        return both

    async def remix(self, visitor: Visitor, job: str, mood: Any) -> str | Refusal:
        """Another mood over the same cuts."""
        words = self.service.mood(str(mood or ""))
        return await self._from(visitor, job, remixed(words))

    async def take(self, visitor: Visitor, job: str) -> str | Refusal:
        """Another piece in the same mood."""
        return await self._from(visitor, job, self.service.follow_ups.take)

    async def stems(self, visitor: Visitor, job: str) -> str | Refusal:
        """Its instrument groups, each as a file."""
        return await self._from(visitor, job, making(follow_ups.stems))

    async def export(self, visitor: Visitor, job: str) -> str | Refusal:
        """Everything that an editor needs, in one archive."""
        return await self._from(visitor, job, making(follow_ups.export))

    async def render(self, visitor: Visitor, job: str, sheet: Any, mix: Any = None) -> str | Refusal:
        """A sheet that a person edited; what is wrong with it, the library says.

        `mix` is JSON: levels in dB of "music", "sounds" and "original". Raises nothing: a bad one is refused.
        """
        if not str(sheet or "").strip():  # a request without one asks for a plan
            return Refusal("web.no-sheet", remedy="web.show")

        def render(earlier: EarlierClip, who: Requester) -> JobRequest:
            request = follow_ups.render(earlier, who, str(sheet))
            return request.changed(options=request.options.changed(**_levels(mix, request.options.original)))

        return await self._from(visitor, job, making(render))

    async def _from(self, visitor: Visitor, job: str, make: Make) -> str | Refusal:
        """Something from a job of this visitor's own."""

        async def write() -> JobRequest | Refusal:
            service = self.service.follow_ups
            record = await service.meant(ClipReference(PLATFORM, "", visitor.user, job=job or "-"))
            return await service.request(job, visitor.who, make) if record else Refusal("refuse.gone")

        return await self._place(visitor, write)

    async def _place(self, visitor: Visitor, write: Order) -> str | Refusal:
        known = self.placed.get(visitor.update)
        if known:
            return known
        placed = await self._submitted(visitor, write)
        if not isinstance(placed, Refusal):
            _remember(self.placed, visitor.update, placed)
        return placed

    async def _submitted(self, visitor: Visitor, write: Order) -> str | Refusal:
        try:
            if await self.service.guest(visitor.user) is None:
                return Refusal("refuse.blocked")
            request = await write()
            if isinstance(request, Refusal):
                return request
            submitted = await self.service.hand_in(request)
        except (ValueError, TypeError, RecursionError):  # no browser of ours sends that
            return Refusal("refuse.nothing")
        except AWAY:
            return Refusal("unreachable")
        return submitted if isinstance(submitted, Refusal) else submitted.job

    def _ask(self, form: PageForm, kind: str) -> ScoreOptions | Refusal:
        wishes: dict[str, object] = {
            "mood": self.service.mood(str(form.mood or "")),
            "sounds": bool(form.sounds),
            "loop": bool(form.loop),
            "like": bool(form.song),
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
        return ScoreOptions.checked(wishes)


def _levels(mix: Any, own: str) -> dict[str, Any]:
    """The options that a mix sets, where the clip's own sound was `own`: brought in, it is mixed, and silent,
    left out. Raises `ValueError` for what no mixer of ours sends.
    """
    found = json.loads(str(mix)) if str(mix or "").strip() else {}
    if not isinstance(found, dict) or not found.keys() <= set(_CHANNELS):
        raise ValueError("not a mix")
    if not all(isinstance(level, int | float) and _QUIET <= level <= _LOUD for level in found.values()):
        raise ValueError("not a level")
    gains: dict[str, Any] = {f"{name}_gain_db": float(level) for name, level in found.items()}
    if "original" not in found:
        return gains
    if found["original"] == _QUIET:
        return gains | {"original": "replace", "original_gain_db": 0.0}
    return gains | {"original": "keep" if own == "keep" else "mix"}


def _remember(book: OrderedDict[str, Any], name: str, value: object) -> None:
    book[name] = value
    if len(book) > _PRESSES:
        book.popitem(last=False)


def _seed(words: str) -> int:
    """The number, or for any other words always the same one."""
    return int(words) % _SEEDS if words.isdecimal() else zlib.crc32(words.encode())


def _request(who: Requester, **parts: Any) -> JobRequest:
    return JobRequest(
        platform=PLATFORM,
        update=who.update,
        user=who.user,
        reply=who.reply,
        locale=who.locale,
        account=who.account,
        **parts,
    )
