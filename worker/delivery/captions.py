"""What is written under a result, and instead of one. Plain text; users' words in it are escaped.

Mood, tempo and key stand in it once, in words that people use; the prompt for machines is a text of its own,
that each platform puts out of the way.
"""

import math
from bisect import bisect
from dataclasses import dataclass
from pathlib import PurePath

from immersivaudio import sentences
from immersivaudio.chat.differences import differs
from immersivaudio.chat.rights import made_by
from immersivaudio.chat.text import ELLIPSIS, clean, fit, length, tame
from immersivaudio.i18n import language, musical, say, translated
from immersivaudio.queue import Failure, JobRequest, Result, Summary
from immersivaudio.share import read

_LINE = 240
"""Characters of one line that a reader still reads."""
_NOTES = 2
_INSTRUMENTS = 5
_MEGABYTE = 2**20
_PACES = (72.0, 92.0, 112.0, 140.0)
"""bpm between slow, unhurried, medium, lively and fast."""


@dataclass(frozen=True, slots=True)
class Caption:
    """A result's text."""

    told: str
    """What people read."""
    prompt: str = ""
    """As much of the prompt for machines as fits below it."""

    @property
    def text(self) -> str:
        """Both, the prompt last."""
        return f"{self.told}\n\n{self.prompt}" if self.told and self.prompt else self.told or self.prompt


def caption(request: JobRequest, result: Result, limit: int) -> Caption:
    """What was seen and decided, the hits, the notes, the maker, the share code; then as much of the prompt
    as fits."""
    if request.action == "export":
        return Caption(_for_editor(request.locale, result))
    if request.action == "music":
        return Caption(say(request.locale, "result.music-alone"))
    if request.action == "stems":
        kbps = result.summary.stem_kbps
        told = say(request.locale, "result.stems")
        return Caption(f"{told}\n{say(request.locale, 'result.stems-small', kbps=kbps)}" if kbps else told)
    summary, locale = result.summary, request.locale
    parts = (part(summary, locale) for part in (_seen, _music, _sounds, _hits))
    take = _inert(differs(request.options.take, summary, locale))
    lines = [line for line in (take, *parts) if line]
    notes = [translated(locale, note) for note in summary.notes[:_NOTES]]
    lines += [say(locale, "result.note", note=_inert(note)) for note in notes]
    footer = (made_by(locale, summary), _share(summary, locale))  # never cut
    shared = "\n".join(line for line in footer if line)
    told = fit("\n".join(lines), limit - length(shared) - 1)
    told = "\n".join(line for line in (told, shared) if line)
    room = limit - length(told) - (2 if told else 0)
    prompt = say(locale, "result.prompt", prompt=_inert(summary.prompt, limit)) if summary.prompt else ""
    if not prompt or room < 2 * len(say(locale, "result.prompt", prompt="")):
        return Caption(told)
    return Caption(told, fit(prompt, room))


def _for_editor(locale: str, result: Result) -> str:
    lines = [say(locale, "result.export")]
    if result.summary.film_left:
        lines.append(say(locale, "result.export-film", name=result.summary.film_left))
    if len(result.files) > 1:
        lines.append(say(locale, "result.export-parts", count=len(result.files)))
    return "\n".join(lines)


def file_name(request: JobRequest, result: Result) -> str:
    """What the file is called where it is saved: takes are told apart in a folder, too."""
    path, number = PurePath(result.media.name), request.options.take
    return f"{path.stem}-take-{number}{path.suffix}" if number > 1 and path.suffix == ".mp4" else path.name


def track_title(request: JobRequest, result: Result) -> str:
    """What a player shows of music that is sent alone."""
    code, summary = language(request.locale), result.summary
    mood = _sentence(_inert(musical.mood(code, summary.mood), 60))
    return f"{mood} · {round(summary.tempo)} bpm" if mood else "Immersivaudio"


def notice(request: JobRequest, failure: Failure) -> str:
    """What went wrong, and what to do."""
    locale = request.locale
    problem, told = (translated(locale, part) for part in (failure.problem, failure.remedy))
    remedy = f"{_sentence(told)}." if told else say(locale, "failed.retry")
    return say(locale, "failed", problem=_inert(problem), remedy=_inert(remedy))


def too_big(request: JobRequest, size: int, limit: int) -> str:
    """The result is larger than the platform takes."""
    megabytes = {"size": math.ceil(size / _MEGABYTE), "limit": limit // _MEGABYTE}
    return say(request.locale, "failed.too-big-here", **megabytes)


def _seen(summary: Summary, locale: str) -> str:
    told = sentences.in_language(summary.scene, summary.telling, language(locale))
    scene = _inert(told or translated(locale, summary.scene)).rstrip(".")
    return say(locale, "result.seen", scene=scene) if scene else ""


def _music(summary: Summary, locale: str) -> str:
    if not summary.mood or not summary.tempo:
        return ""
    code = language(locale)
    named = [musical.player(code, name) for name in summary.instruments[:_INSTRUMENTS]]
    why = ", ".join(sentences.word(label, code) for label in summary.evidence)
    mood = _sentence(_inert(musical.mood(code, summary.mood)))
    more = [ELLIPSIS] if len(summary.instruments) > _INSTRUMENTS else []
    return say(
        locale,
        "result.heard",
        pace=say(locale, f"pace.{bisect(_PACES, summary.tempo)}"),
        mood=f"{mood} ({_inert(why)})" if why else mood,
        tempo=round(summary.tempo),
        key=musical.key(code, summary.key),
        instruments=", ".join(named + more),
    )


def _sounds(summary: Summary, locale: str) -> str:
    named = [musical.sound(language(locale), name) for name in summary.sounds]
    return say(locale, "result.sounds", sounds=_inert(", ".join(named))) if named else ""


def _hits(summary: Summary, locale: str) -> str:
    if not summary.hits_planned:
        return ""
    return say(locale, "result.hits", hits=summary.hits, planned=summary.hits_planned)


def _share(summary: Summary, locale: str) -> str:
    """Never cut: half a code is none."""
    if not summary.share:
        return ""
    near = read(summary.share).near
    return say(locale, "result.share-near" if near else "result.share", code=summary.share)


def _inert(words: str, limit: int = _LINE) -> str:
    return tame(fit(clean(words, limit * 2), limit))


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
