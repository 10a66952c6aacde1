"""A scored clip as a timeline: which file lies where, and which moments have names."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import zip_longest

from immersivaudio.errors import UserError
from immersivaudio.export.frame_rate import FrameRate, standard
from immersivaudio.export.tempo import TempoMap, read, steady
from immersivaudio.export.timeline import EditTimeline, FilmClip, SoundClip, TimelineMarker
from immersivaudio.values import Clip, CueSheet, ScoredClip, Seconds

_KINDS = {"user": "marked", "end": "last shot"}


def numbering(clip: Clip, timecode: str) -> tuple[FrameRate, int]:
    """Return how a clip's pictures are numbered, and the number of the first.

    Drop frame where it is defined, unless `timecode` says otherwise; one that cannot be is taken for none.
    """
    rate = standard(clip.frame_rate)
    drops = FrameRate(rate).drops
    numbered = FrameRate(rate, drop=drops and (";" in timecode or not timecode))
    try:
        return numbered, numbered.parse(timecode) if timecode else 0
    except ValueError:
        return FrameRate(rate, drop=drops), 0


def start_at(clip: Clip, timecode: str) -> tuple[FrameRate, int]:
    """As `numbering`, for a timecode that a person wrote: raises `UserError` where there is none such."""
    rate, start = numbering(clip, timecode)
    try:
        rate.parse(timecode)
    except ValueError:
        raise UserError(
            f"{timecode!r} is no timecode at {float(rate.rate):.5g} pictures a second",
            "write it as HH:MM:SS:FF, such as 01:00:00:00",
        ) from None
    return rate, start


def timeline(
    scored: ScoredClip,
    cuts: Iterable[Seconds],
    numbered: tuple[FrameRate, int],
    film: FilmClip,
    sounds: Sequence[SoundClip],
) -> EditTimeline:
    """Return the timeline of a scored clip; `cuts` are where its shots begin."""
    rate, start = numbered
    return EditTimeline(
        name=scored.clip.path.stem,
        rate=rate,
        start=start,
        duration=scored.clip.duration,
        film=film,
        sounds=tuple(sounds),
        markers=tuple(markers(scored.sheet, scored.tracks[0].hits)),
        cuts=tuple(cut for cut in cuts if cut > 0),
        tempo=tempo_of(scored),
    )


def tempo_of(scored: ScoredClip) -> TempoMap:
    """Return the tempo map of the music."""
    midi = scored.tracks[0].midi
    return read(midi) if midi else steady(scored.sheet)


def markers(sheet: CueSheet, placed: Sequence[Seconds]) -> list[TimelineMarker]:
    """Return sections and hit points in order of time.

    A hit's marker stands where the film wants it; where the music fell beside it, its note says so.
    """
    found = [
        TimelineMarker(cue.start, f"{cue.label} {cue.mood}".strip(), "section", cue.scene)
        for cue in sheet.cues
    ]
    for number, (hit, heard) in enumerate(zip_longest(sheet.hits, placed[: len(sheet.hits)]), 1):
        name = f"hit {number} {_KINDS.get(hit.kind, hit.kind)}"
        found.append(TimelineMarker(hit.time, name, "hit", _beside(hit.time, heard)))
    return sorted(found, key=lambda marker: (marker.time, marker.kind))


def _beside(wanted: Fraction, heard: Fraction | None) -> str:
    if heard is None:
        return ""
    late = round((heard - wanted) * 1000)
    return f"the accent is {abs(late)} ms {'late' if late > 0 else 'early'}" if late else ""
