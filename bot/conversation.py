"""What words mean at this point of a conversation: the next wish about a clip, or a line to answer with.

step = await next_step(service, Speaker("telegram", chat, user), "darker", record)
"""

from dataclasses import dataclass

from bot.service import ScoringService
from bot.validation import Refusal
from bot.words.known import asks_for_music
from bot.words.read import PlainWords, outline, read
from immersivaudio.chat.text import tame
from immersivaudio.queue import JobRecord, State

_FOLLOW_UPS = frozenset(
    {"wish", "again", "stems", "music", "export", "voice", "mute", "sounds", "quiet", "loop"}
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """The user, and the chat."""

    platform: str
    chat: str
    user: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """Either something to say, or something to make."""

    say: Refusal | None = None
    record: JobRecord | None = None
    """The clip it is about: to start from, or to answer under."""
    words: PlainWords | None = None
    """What to make of `record`."""
    thanked: bool = False


async def next_step(
    service: ScoringService, place: Speaker, text: str, record: JobRecord | None, *, asked: bool = False
) -> NextStep:
    """Decide. `record` is the clip that was answered, or the newest; `asked`: it answers our question."""
    text = service.mood(text)
    if record is None:
        return await _before_a_clip(service, place, text)
    words = read(text, outline(record.result.sheet if record.result else ""))
    if asked and words.intent in {"unknown", "thanks"}:
        words = PlainWords(
            "wish", mood=text
        )  # their own words for a mood: the composer says what it makes of them
    if words.intent in _FOLLOW_UPS:
        return NextStep(record=record, words=words)
    if words.intent in {"first", "back"}:
        return await _returned(service, place, record, first=words.intent == "first")
    if words.intent == "stop":
        return NextStep(await _stopped(service, record))
    thanked = words.intent == "thanks"
    return NextStep(Refusal("words.thanks" if thanked else "words.known"), thanked=thanked)


async def _before_a_clip(service: ScoringService, place: Speaker, text: str) -> NextStep:
    if not asks_for_music(text):
        return NextStep(Refusal("words.hello"))
    await service.queue.conversation.keep_mood(place.user, place.chat, text)
    return NextStep(Refusal("words.kept", {"mood": tame(text)}))


async def _returned(service: ScoringService, place: Speaker, record: JobRecord, *, first: bool) -> NextStep:
    """Go back to an earlier piece of the same clip."""
    family = await service.queue.ancestors(record.job)
    if len(family) < 2:
        return NextStep(Refusal("words.only"))
    meant = family[-1] if first else family[1]
    await service.queue.conversation.return_to(place.platform, place.chat, place.user, meant.job)
    return NextStep(Refusal("words.back"), record=meant)


async def _stopped(service: ScoringService, record: JobRecord) -> Refusal:
    state = await service.queue.cancel(record.job, record.request.user)
    return Refusal("cancelled" if state is State.CANCELLED else "status.none")
