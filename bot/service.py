"""What every frontend does with a request: check that the user is served, count it, submit it."""

import asyncio
import tempfile
from pathlib import Path

import structlog

from bot.follow_up_service import FollowUpService
from bot.rate_limit import RateLimiter
from bot.settings import BotSettings
from bot.validation import OfferedFile, Refusal, UploadLimits, kind_of, refusal_of, too_often
from bot.words.read import asks_for_loop
from immersivaudio.chat.links import Link, LinkSettings
from immersivaudio.chat.share_code import apply_code
from immersivaudio.chat.text import clean
from immersivaudio.queue import JobRecord, JobRequest, Preferences, Queue, Source, SubmitResult, albums
from immersivaudio.queue.connection import AWAY
from immersivaudio.share import BadShareError, NewerShareError

log = structlog.get_logger("bot.service")

EVERYBODY = "all"
"""The scope of the operator's own choices: the users that are blocked everywhere."""
_SCOLDINGS = 2.0
"""Times a minute that one user is told to be slower."""
_PRESSED = 5.0
"""s within which the same button means the same wish."""


class ScoringService:
    """One process's; shared by all its guests."""

    def __init__(self, queue: Queue, settings: BotSettings) -> None:
        self.queue = queue
        self.settings = settings
        self.follow_ups = FollowUpService(queue)
        self._links = LinkSettings()
        self._requests = RateLimiter(settings.requests_per_minute, settings.requests_burst)
        self._talk = RateLimiter(settings.talk_per_minute, settings.talk_burst)
        self._scoldings = RateLimiter(_SCOLDINGS, 1)

    async def guest(self, user: str, place: str = "") -> Preferences | None:
        """What this user chose, the gaps filled with what the managers of the place did.

        None for users blocked by the operator or the managers. `user` is "telegram:1", `place`
        "chat:telegram:-9" or "guild:discord:9".
        """
        if user in self.settings.blocked:
            return None
        scopes = (f"user:{user}", EVERYBODY, *((place,) if place else ()))
        own, *shared = await self.queue.preferences.read_all(*scopes)
        if any(user in chosen.blocked for chosen in shared):
            return None
        return own.over(shared[-1]) if place else own

    def talk(self, user: str) -> Refusal | None:
        """Count a command or a press."""
        seconds = self._talk.wait(user)
        return too_often(seconds) if seconds else None

    def scolds(self, user: str) -> bool:
        """Return whether to answer a user over the rate limit: seldom, else the answers flood, too."""
        return not self._scoldings.wait(user)

    def mood(self, words: str | None) -> str:
        """A mood as it may travel: one clean line, capped."""
        return clean(words or "", self.settings.mood_limit)

    async def mood_of_clip(self, words: str | None, user: str, chat: str) -> str:
        """The mood that a clip comes with; else the one that was sent before it and kept."""
        return self.mood(words) or await self.queue.conversation.take_mood(user, chat)

    async def pressed(self, job: str, verb: str) -> Refusal | None:
        """Let fast presses of one button be one; the refusal of all but the first."""
        first = await self.queue.conversation.first(f"{job}:{verb}", _PRESSED)
        return None if first else Refusal("refuse.making")

    async def sources(self, record: JobRecord) -> list[Source]:
        """Each part of an album as a source of its own: at the platform, or out of the store."""
        source = record.request.source
        if source.parts:
            return [
                Source(file=part.file, kind=part.kind, bytes=part.bytes)
                for part in source.parts
                if part.kind != "song"
            ]
        if not record.ref or not await self.queue.store.has(record.ref):
            return []
        with tempfile.TemporaryDirectory(prefix="album-") as folder:
            path = Path(folder) / "album"
            await self.queue.store.get(record.ref, path)
            parts = await asyncio.to_thread(albums.unpack, path, Path(folder))
            return [
                Source(ref=await self.queue.store.put(part), kind=kind, bytes=part.stat().st_size)
                for part, kind in parts
                if kind != "song"
            ]

    def linked(self, link: Link) -> Source | Refusal:
        """The file behind a link, or why it is not fetched; nothing is asked yet."""
        if not self._links.fetch:
            return Refusal("link.off")
        if link.site:
            return Refusal("link.site", {"site": link.site})
        if link.is_page:
            return Refusal("link.page")
        return Source(link=link.url, kind=kind_of(OfferedFile(name=link.name)) or "video")

    def limits(self, fetch: int, remedy: str) -> UploadLimits:
        """Of a platform that lets us download `fetch` bytes."""
        return UploadLimits(fetch=fetch, duration=self.settings.max_duration, remedy=remedy)

    async def hand_in(self, request: JobRequest) -> SubmitResult | Refusal:
        """Submit, a share code in the mood spelled out.

        A submit result is accepted or a duplicate (then there is nothing to say); else why not.
        """
        try:
            request = apply_code(request)
        except NewerShareError:
            return Refusal("refuse.share-newer")
        except BadShareError:
            return Refusal("refuse.share-damaged")
        loops, mood = asks_for_loop(request.options.mood)
        if loops and request.action == "score":
            request = request.changed(options=request.options.changed(loop=True, mood=mood))
        seconds = self._requests.wait(request.user)
        return too_often(seconds) if seconds else await self._submitted(request)

    async def _submitted(self, request: JobRequest) -> SubmitResult | Refusal:
        try:
            if not await self.queue.store.has_room():
                return Refusal("refuse.full")
            submitted = await self.queue.submit(request)
        except AWAY as error:
            log.error("queue is away", cause=type(error).__name__)
            return Refusal("unreachable")
        except ValueError:  # its message quotes the request: it goes nowhere
            log.error("request cannot be written down", action=request.action)
            return Refusal("failed.short")
        return refusal_of(submitted) or submitted
