"""Scores written by hand for tests: enough of a piece to hear what the renderer does with it."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from immersivaudio.music.score import Note, Part, PlacedHit, PlacedSection, Role, Score

RATE = 48_000


def note(at: float, pitch: int, *, length: float = 0.4, velocity: int = 80, accent: bool = False) -> Note:
    """Return a note heard at `at` s for `length` s."""
    onset = round(at * RATE)
    return Note(Fraction(at), Fraction(length), pitch, velocity, onset, round(length * RATE), accent)


def part(name: str, role: Role, instrument: str, notes: Sequence[Note]) -> Part:
    """Return a part, its notes in order."""
    return Part(name, role, instrument, tuple(sorted(notes, key=lambda one: one.onset)))


def piece(
    *parts: Part,
    seconds: float = 12.0,
    sections: Sequence[float] = (0.0,),
    hits: Sequence[float] = (),
    palette: str = "plain",
    seed: int = 1,
) -> Score:
    """Return a score of `parts`; without any, of a small band."""
    length = round(seconds * RATE)
    edges = [*(round(start * RATE) for start in sections), length]
    placed = [PlacedSection("AB"[i % 2], start, end, 0, 0) for i, (start, end) in enumerate(pairwise(edges))]
    marks = [PlacedHit(Fraction(hit), round(hit * RATE), Fraction(0)) for hit in hits]
    return Score(
        palette=palette,
        length=length,
        metre=(4, 4),
        tonic="A",
        mode="aeolian",
        beats=(),
        sections=tuple(placed),
        hits=tuple(marks),
        chords=(),
        parts=parts or band(seconds, hits),
        dynamics=(),
        seed=seed,
    )


def band(seconds: float, hits: Sequence[float] = ()) -> tuple[Part, ...]:
    """Return piano, bass, strings, pad and drums in A minor, ending two seconds early."""
    beats = [0.5 * i for i in range(int(2 * max(seconds - 2.5, 0.5)))]
    chords = ((57, 60, 64), (53, 57, 60))
    roots = (33, 29)
    bars = beats[::4]
    drums = [note(t, 42, length=0.1, velocity=60) for t in beats]
    drums += [note(t, 36 if i % 2 == 0 else 38, length=0.2) for i, t in enumerate(beats[::2])]
    drums += [note(t, 49, velocity=112, accent=True) for t in hits]
    return (
        part("melody", "lead", "piano", [note(t, 69 + (0, 3, 7, 3)[i % 4]) for i, t in enumerate(beats)]),
        part("bass", "bass", "finger bass", [note(t, roots[i % 2], length=1.8) for i, t in enumerate(bars)]),
        part(
            "strings",
            "pad",
            "slow strings",
            [note(t, key + 12, length=1.9, velocity=64) for i, t in enumerate(bars) for key in chords[i % 2]],
        ),
        part(
            "pad",
            "pad",
            "warm pad",
            [note(t, key, length=1.9, velocity=60) for i, t in enumerate(bars) for key in chords[i % 2]],
        ),
        part("drums", "drums", "drum kit", drums),
    )


def with_notes(score: Score, name: str, notes: Sequence[Note]) -> Score:
    """Return `score` with other notes for one part."""
    parts = tuple(replace(one, notes=tuple(notes)) if one.name == name else one for one in score.parts)
    return replace(score, parts=parts)
