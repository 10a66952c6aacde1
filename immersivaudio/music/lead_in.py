"""Before a groove's first downbeat: music begins with the film's first picture."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import inf

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.instruments import TABLE
from immersivaudio.music.score import Note, Role

_WAIT: frozenset[Role] = frozenset({"drums", "effects"})
"""Roles that wait for the downbeat: a push is heard against the drums."""
_ONE_ATTACK = round(0.06 * SAMPLE_RATE)
"""Samples: a push so short sounds like players who are not together, so the drums go with it. A silence so
short is none.
"""
_SOFTER = 10
"""Velocity by which a chord is softer that leads to one that is struck as it was written."""
_OTHER_TAKE = 4
"""For a drum, whose first written stroke never has it: see `performance.alternated`."""


def begin_at_once(parts: Mapping[tuple[str, str, Role], list[Note]], downbeat: int) -> None:
    """Let the music begin with the film: its first downbeat, samples, falls up to 0.4 s later, where it suits
    a groove's cuts.

    The band pushes its first chord, as it may before any downbeat: it is struck with the first picture and
    rings over the downbeat, with which the drums come in. Where all are written off the beat, or drums are
    alone, whoever is first strikes once more before.
    """
    for (_, instrument, role), notes in parts.items():
        if downbeat and not (role in _WAIT and downbeat > _ONE_ATTACK):
            notes[:] = [one for note in notes for one in _pushed(note, instrument, downbeat)]
    played = [(instrument, notes) for (_, instrument, role), notes in parts.items() if role != "effects"]
    instrument, first = min(played, key=lambda part: _onset(part[1]), default=("", []))
    if first and _onset(first) > _ONE_ATTACK:
        written = min(note.beat for note in first)
        first += [_before(note, instrument) for note in first if note.beat == written]


def _onset(notes: Sequence[Note]) -> float:
    return min((note.onset for note in notes), default=inf)


def _pushed(note: Note, instrument: str, downbeat: int) -> Iterator[Note]:
    if note.beat:
        yield note
    elif note.accent:  # the downbeat is a hit: it is struck there, whatever leads to it
        yield _before(note, instrument)
        yield note
    else:
        onset = max(note.onset - downbeat, 0)
        yield replace(note, onset=onset, duration=note.duration + note.onset - onset)


def _before(note: Note, instrument: str) -> Note:
    """Return a softer note that leads from the first picture to this one."""
    return replace(
        note,
        beat=Fraction(0),
        onset=0,
        duration=note.onset,
        velocity=max(note.velocity - _SOFTER, 1),
        accent=False,
        take=_OTHER_TAKE if TABLE[instrument].stem in {"drums", "percussion"} else 0,
    )
