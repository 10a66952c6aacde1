"""Which earlier clip is meant, and the request that starts from it: one answer for every frontend."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from bot import follow_ups
from bot.follow_ups import EarlierClip, Requester
from bot.validation import Refusal
from bot.words.read import PlainWords
from immersivaudio.queue import EditorCuts, JobRecord, JobRequest, Queue

Make = Callable[[EarlierClip, Requester], Awaitable[JobRequest | Refusal]]
"""Writes the request that starts from an earlier clip."""


Last = Literal["none", "scored", "newest"]
"""Of the user's clips in this chat: none, the last that was scored, or before that the one in the works."""


@dataclass(frozen=True, slots=True)
class ClipReference:
    """What points at an earlier clip: a job's id, an answered message, or only user and chat."""

    platform: str
    chat: str
    user: str
    job: str = ""
    """As a button, a link or a call names it."""
    of: Literal["user", "chat", "anyone"] = "user"
    """Which jobs `job` may name: the user's, those of the chat, or any."""
    message: str = ""
    """Id of the message that is answered."""
    last: Last = "none"
    """What is meant where neither points at a clip."""


class FollowUpService:
    """Finds earlier clips, and writes what is asked for from them."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue

    async def meant(self, reference: ClipReference) -> JobRecord | None:
        """Return the job that is meant; None where it is not known, or not the user's to go on from."""
        platform, chat, user = reference.platform, reference.chat, reference.user
        if reference.job:
            record = await self._queue.record(reference.job[:64])
            return record if record and _open(record, reference) else None
        found = None
        if reference.message:
            found = await self._queue.job_for_message(platform, chat, reference.message)
        if found is None and reference.last == "scored":
            return await self._queue.latest(platform, chat, user)
        if found is None and reference.last == "newest":
            return await self._queue.newest(platform, chat, user)
        return found

    async def earlier(self, job: str) -> EarlierClip | Refusal:
        """Return the clip of a job with all that it was made from; a refusal where it is no longer kept."""
        family = await self._queue.ancestors(job)
        source = await self._queue.source(family[0]) if family else None
        return Refusal("refuse.gone") if source is None else EarlierClip(family, source)

    async def request(self, job: str, who: Requester, make: Make) -> JobRequest | Refusal:
        """Return the request of `who` that starts from the clip of a job."""
        earlier = await self.earlier(job)
        return earlier if isinstance(earlier, Refusal) else await make(earlier, who)

    async def take(self, earlier: EarlierClip, who: Requester) -> JobRequest:
        """Another piece in the same mood; each has a number of its own."""
        return follow_ups.take(earlier, who, await self._queue.next_take(earlier.family[0].job))

    def pressed(self, verb: str) -> Make:
        """What a button asks for; raises `KeyError` for one that needs words."""
        return self.take if verb == "take" else making(lambda *both: follow_ups.pressed(verb, *both))

    def said(self, words: PlainWords) -> Make:
        """What plain words ask for."""

        async def make(earlier: EarlierClip, who: Requester) -> JobRequest:
            again = words.intent == "again"
            number = await self._queue.next_take(earlier.family[0].job) if again else 1
            return follow_ups.said(earlier, who, words, number)

        return make


def making(write: Callable[[EarlierClip, Requester], JobRequest]) -> Make:
    """Return a `Make` for a follow-up that needs nothing of the queue."""

    async def make(earlier: EarlierClip, who: Requester) -> JobRequest:
        return write(earlier, who)

    return make


def remixed(mood: str) -> Make:
    """Another mood over the same cuts."""
    return making(lambda earlier, who: follow_ups.remix(earlier, who, mood))


def recut(cuts: EditorCuts, mood: str) -> Make:
    """The same video by an editor's cuts; a refusal for what is none."""

    async def make(earlier: EarlierClip, who: Requester) -> JobRequest | Refusal:
        video = earlier.source.kind == "video"
        return follow_ups.recut(earlier, who, cuts, mood) if video else Refusal("cuts.alone")

    return make


def _open(record: JobRecord, reference: ClipReference) -> bool:
    """Whether the job that was named is one that the user may go on from."""
    reply = record.request.reply
    return {
        "user": record.request.user == reference.user,
        "chat": reply.chat == reference.chat,
        "anyone": True,
    }[reference.of]
