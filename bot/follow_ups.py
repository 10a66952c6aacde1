"""What a press or a command on an earlier clip asks for: requests that start from a job. Pure.

A locked remix (`action` "remix") holds the parent's cues and hit points. Sounds are planned while looking, so
turning them on scores again; what was seen is kept with the clip, so that is quick, too.
"""

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.words.read import CueRange, PlainWords, asks_for_loop
from immersivaudio.chat.buttons import MOOD_WORDS, MOODS
from immersivaudio.queue import (
    Action,
    Address,
    EditorCuts,
    JobRecord,
    JobRequest,
    ScoreOptions,
    Source,
)

_LOUDER, _LOUDEST = 4.0, 24.0
"""LU by which one press lifts speech above the music, and where that ends."""


@dataclass(frozen=True, slots=True)
class Requester:
    """The user of a follow-up request, its update, and where to answer."""

    user: str
    update: str
    reply: Address
    locale: str
    account: str = ""
    """Account that the job counts against; empty: the user."""


@dataclass(frozen=True, slots=True)
class EarlierClip:
    """The clip to start from."""

    family: Sequence[JobRecord]
    """`Queue.lineage` of the job: itself first, never empty."""
    source: Source
    """`Queue.source` of the job."""

    @property
    def options(self) -> ScoreOptions:
        """What was asked for last, with the mood or the share code that still holds."""
        asks = [record.request.options for record in self.family]
        holds = next((options for options in asks if options.mood or options.share), asks[0])
        return asks[0].changed(mood=holds.mood, share=holds.share)


def remix(earlier: EarlierClip, who: Requester, mood: str) -> JobRequest:
    """Another mood over the same cuts."""
    return _again(earlier, who, "remix", {"mood": mood, "take": 1})


def take(earlier: EarlierClip, who: Requester, number: int) -> JobRequest:
    """Another piece in the same mood."""
    return _again(earlier, who, "remix", {"mood": "", "take": number})


def beside(request: JobRequest, count: int) -> JobRequest:
    """One of several takes that one press asks for: each is a request of its own."""
    if count == 1:
        return request
    return request.changed(update=f"{request.update}:{request.options.take}", album=count)


def sounds(earlier: EarlierClip, who: Requester) -> JobRequest:
    """The same with sounds of the scene, which have to be looked for: the rest is in its share code."""
    result = earlier.family[0].result
    code = result.summary.share if result else ""
    same = {"mood": "", "share": code} if code else {}
    return _again(earlier, who, "score", {"sounds": True, **same})


def loop(earlier: EarlierClip, who: Requester) -> JobRequest:
    """The same as a loop: the clip is closed, and looked at anew."""
    result = earlier.family[0].result
    code = result.summary.share if result else ""
    same = {"mood": "", "share": code} if code else {}
    return _again(earlier, who, "score", {"loop": True, **same})


def quiet(earlier: EarlierClip, who: Requester) -> JobRequest:
    """The same without sounds of the scene."""
    return _again(earlier, who, "remix", {"mood": "", "sounds": False})


def speech(earlier: EarlierClip, who: Requester) -> JobRequest:
    """The same with the clip's own voice further above the music."""
    result = earlier.family[0].result
    replaced = result is not None and result.summary.original == "replace"
    louder = min(earlier.options.speech_gap_lu + _LOUDER, _LOUDEST)
    original = "mix" if replaced or earlier.options.original == "replace" else earlier.options.original
    return _again(earlier, who, "remix", {"mood": "", "speech_gap_lu": louder, "original": original})


def mute(earlier: EarlierClip, who: Requester) -> JobRequest:
    """The same without the clip's own sound."""
    return _again(earlier, who, "remix", {"mood": "", "original": "replace"})


def news(earlier: EarlierClip, changes: Mapping[str, object]) -> dict[str, object]:
    """Of `changes`, those that are not so already; a song always is news, it may be another one."""
    known = earlier.options
    return {name: value for name, value in changes.items() if name == "like" or getattr(known, name) != value}


def reworked(earlier: EarlierClip, who: Requester, mood: str, changes: Mapping[str, object]) -> JobRequest:
    """Several changes at once, as a form asks for them.

    Sounds that come, another length of a photo, and a loop are looked at anew: the rest is in the share
    code.
    """
    changes = news(earlier, changes)
    first = {"take": 1} if mood else {}
    if not (changes.get("sounds") or changes.keys() & {"length", "loop"}):
        return _again(earlier, who, "remix", {"mood": mood, **first, **changes})
    result = earlier.family[0].result
    code = result.summary.share if result else ""
    same = {"mood": mood, "share": code} if code else {"mood": mood or earlier.options.mood}
    return _again(earlier, who, "score", {**same, **first, **changes})


def like(earlier: EarlierClip, who: Requester, song: str) -> JobRequest:
    """The same clip with music like a song; both are fetched at the platform, `song` is its id there."""
    source = earlier.family[0].request.source
    return like_stored(earlier, who, source.changed(ref="", song=True, song_file=song))


def like_stored(earlier: EarlierClip, who: Requester, source: Source) -> JobRequest:
    """The same clip with music like the song that lies beside it in the store, as `source` says."""
    return _again(replace(earlier, source=source), who, "remix", {"mood": "", "take": 1, "like": True})


def section(earlier: EarlierClip, who: Requester, cues: CueRange, mood: str = "") -> JobRequest:
    """New music for a run of sections, in another mood where one is said; the rest stays as it is."""
    seed = None if mood else zlib.crc32(who.update.encode())
    changes = {"mood": mood, "cue": cues.first, "last_cue": cues.last, "seed": seed}
    return _again(earlier, who, "remix", changes)


def said(earlier: EarlierClip, who: Requester, words: PlainWords, number: int) -> JobRequest:
    """What the user asked for in plain words; `number` is that of the next take."""
    if words.section and earlier.family[0].result:
        return section(earlier, who, words.section, words.mood)
    if words.intent == "again":
        return take(earlier, who, number)
    if words.intent == "wish":
        loops, mood = asks_for_loop(words.mood)
        return reworked(earlier, who, mood, {"loop": True}) if loops else remix(earlier, who, mood)
    return SPOKEN[words.intent](earlier, who)


def apart(record: JobRecord, who: Requester, sources: Sequence[Source]) -> list[JobRequest]:
    """Each part of an album on its own, as if it had been sent alone; asked again, it is the same request."""
    said = record.request.options
    return [
        JobRequest(
            platform=who.reply.platform,
            update=f"apart:{record.job}:{number}",
            user=who.user,
            source=source,
            reply=who.reply,
            options=said.changed(original="auto" if source.kind == "photo" else said.original),
            locale=who.locale,
            account=who.account,
            album=len(sources),
        )
        for number, source in enumerate(sources, 1)
    ]


def stems(earlier: EarlierClip, who: Requester) -> JobRequest:
    """Its instrument groups, each as a file."""
    return _again(earlier, who, "stems", {})


def music(earlier: EarlierClip, who: Requester) -> JobRequest:
    """Its music alone, as a song."""
    return _again(earlier, who, "music", {})


def export(earlier: EarlierClip, who: Requester) -> JobRequest:
    """The film, its tracks and timelines for an editor or a DAW, in one archive."""
    return _again(earlier, who, "export", {})


def recut(earlier: EarlierClip, who: Requester, cuts: EditorCuts, mood: str = "") -> JobRequest:
    """The same clip, scored by the cuts and markers of an editor, in another mood where one is said."""
    return _again(earlier, who, "score", {"mood": mood, "share": ""} if mood else {}).changed(cuts=cuts)


def render(earlier: EarlierClip, who: Requester, sheet: str) -> JobRequest:
    """An edited cue sheet (JSON text), as it stands."""
    return _again(earlier, who, "score", {}).changed(sheet=sheet)


def _preset(mood: str) -> Callable[[EarlierClip, Requester], JobRequest]:
    return lambda earlier, who: remix(earlier, who, MOOD_WORDS.get(mood, mood))


PRESSES: Mapping[str, Callable[[EarlierClip, Requester], JobRequest]] = {
    "sounds": sounds,
    "quiet": quiet,
    "speech": speech,
    "stems": stems,
    "export": export,
    "music": music,
} | {f"mood.{mood}": _preset(mood) for mood in MOODS}
"""Buttons that need no more than the press; "take" wants a number, "remix" words."""


def pressed(verb: str, earlier: EarlierClip, who: Requester) -> JobRequest:
    """What a button asks for, one for a section included; raises `KeyError` for one that needs more."""
    kind, _, number = verb.partition(".")
    if kind == "cue":
        return section(earlier, who, CueRange(int(number), int(number)))
    return PRESSES[verb](earlier, who)


SPOKEN: Mapping[str, Callable[[EarlierClip, Requester], JobRequest]] = {
    "voice": speech,
    "mute": mute,
    "sounds": sounds,
    "quiet": quiet,
    "loop": loop,
    "stems": stems,
    "export": export,
    "music": music,
}
"""Intents of plain words that need no more than the words."""


def _again(earlier: EarlierClip, who: Requester, action: Action, changes: Mapping[str, object]) -> JobRequest:
    record = earlier.family[0]
    if record.result:  # a song is heard once: from then on its music is changed
        changes = {"like": False, **changes}
    if action == "remix" and (record.result is None or not record.result.sheet):
        # Nothing to hold on to: a clip that still waits, or one that failed. Look at it as if it were new.
        action = "score"
        changes = {**changes, "mood": changes.get("mood") or earlier.options.mood}
    elif action == "remix":
        # The parent's sheet has all that a share code and a seed said; a section was that one request's.
        changes = {"seed": None, "cue": None, "last_cue": None, **changes, "share": ""}
    return JobRequest(
        platform=who.reply.platform,
        update=who.update,
        user=who.user,
        action=action,
        source=earlier.source,
        reply=who.reply,
        options=earlier.options.changed(**changes),
        parent="" if action == "score" and record.result is None else record.job,
        cuts=record.request.cuts,
        locale=who.locale,
        account=who.account,
    )
