"""Music longer than a model can make at once: windows that overlap, each going on from the last.

A window begins with the end of the one before, so that it knows what it goes on from; both are then heard
through a cross-fade inside what they share. Pieces that need more windows than others drop out of the batch
as they end.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from immersivaudio.progress import no_progress
from immersivaudio.stages.generate.neural.engine import Engine, GeneratedPassage, Line, Sound, Told

OVERLAP = 10.0
"""s of the past that a window begins with; MusicGen was found to drift with less (Copet et al. use 12 of
30)."""
FADE = 0.25
"""s of the cross-fade, at the end of the shared stretch."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, and how long it should be."""

    line: Line
    seconds: float
    """Without what it goes on from."""


def play(
    engine: Engine,
    pieces: Sequence[Piece],
    *,
    batch: int,
    lead: float = 0.0,
    told: Told = no_progress,
) -> tuple[GeneratedPassage, ...]:
    """Return every piece, its sound of shape (channels, at least `seconds` x rate).

    `lead` seconds of `Line.after` are what all of them go on from; they are not part of the result. At most
    `batch` are made at once, the longest first, so that those made together are about as long. Which they are
    changes nothing: every window begins where it would begin for a piece alone, and ends there, too.
    """
    order = sorted(range(len(pieces)), key=lambda number: -pieces[number].seconds)
    total = sum(piece.seconds for piece in pieces) or 1.0
    done: dict[int, GeneratedPassage] = {}
    for first in range(0, len(order), max(batch, 1)):
        numbers = order[first : first + max(batch, 1)]
        before = sum(pieces[number].seconds for number in order[:first])
        share = sum(pieces[number].seconds for number in numbers)
        passages = _together(
            engine,
            [pieces[number] for number in numbers],
            lead,
            _within(told, before / total, share / total),
        )
        done.update(zip(numbers, passages, strict=True))
    return tuple(done[number] for number in range(len(pieces)))


def _together(engine: Engine, pieces: Sequence[Piece], lead: float, told: Told) -> list[GeneratedPassage]:
    """Make pieces side by side, window after window; the first is the longest."""
    longest = pieces[0].seconds
    seconds = min(engine.longest, lead + longest)
    lines = [replace(piece.line, seconds=min(seconds, lead + piece.seconds)) for piece in pieces]
    passages = engine.play(lines, seconds, lead, _within(told, 0.0, (seconds - lead) / longest))
    sounds = [passage.sound[:, round(lead * engine.rate) :] for passage in passages]
    have = seconds - lead
    overlap = min(OVERLAP, engine.longest / 2)
    going = list(range(len(pieces)))
    ends = list(passages)
    while going := [number for number in going if pieces[number].seconds > have + 1e-6]:
        seconds = min(engine.longest, overlap + longest - have)
        lines = [
            replace(
                _next(
                    pieces[number].line, GeneratedPassage(sounds[number], ends[number].codes), have, engine
                ),
                seconds=min(seconds, overlap + pieces[number].seconds - have),
            )
            for number in going
        ]
        said = _within(told, have / longest, (seconds - overlap) / longest)
        passages = engine.play(lines, seconds, overlap, said)
        for number, passage in zip(going, passages, strict=True):
            sounds[number] = joined(sounds[number], passage.sound, overlap, engine.rate)
            ends[number] = passage
        have += seconds - overlap
    return [GeneratedPassage(sound, end.codes) for sound, end in zip(sounds, ends, strict=True)]


def _within(told: Told, start: float, share: float) -> Told:
    def said(part: float) -> None:
        told(min(1.0, start + part * share))

    return said


def _next(line: Line, end: GeneratedPassage, have: float, engine: Engine) -> Line:
    """The same line, going on: another seed, as the same noise would want to begin again."""
    melody = None if line.melody is None else line.melody[round(max(0.0, have - OVERLAP) * engine.rate) :]
    return replace(line, after=end, seed=(line.seed + round(have)) % 2**31, melody=melody)


def joined(before: Sound, after: Sound, overlap: float, rate: int) -> Sound:
    """Return `before` going over into `after`, whose first `overlap` seconds are the last ones of `before`.

    The two are alike there, so the gains add up to one in amplitude.
    """
    shared = min(round(overlap * rate), before.shape[1], after.shape[1])
    fade = min(round(FADE * rate), shared)
    rise = np.linspace(0.0, 1.0, fade, dtype=np.float32)
    middle = before[:, before.shape[1] - fade :] * (1 - rise) + after[:, shared - fade : shared] * rise
    return np.concatenate([before[:, : before.shape[1] - fade], middle, after[:, shared:]], axis=1)
