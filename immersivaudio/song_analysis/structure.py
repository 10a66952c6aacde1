"""The form of a song: where it changes, which parts return, how full each is.

Novelty along the diagonal of a self-similarity matrix (Foote 2000), over two-second averages of pitch classes
and bands.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from immersivaudio.song_analysis.spectrogram import FRAMES, Spectrogram

_UNIT = 2.0
"""s"""
_REACH = 4
"""Units to both sides of a change."""
_MOST = 6
_PLAINLY = 1.0
"""Spreads of all units by which both sides differ at a change."""
_MOVES = 0.08
"""And of what the song is in the mean: one that stands still has one part."""
_ALIKE = 0.9
"""Cosine from which a part is a return."""


@dataclass(frozen=True, slots=True)
class SongPart:
    """One part."""

    start: float
    """Share of the song, 0 to 1."""
    label: str
    fullness: float
    """0 to 1, of the fullest part."""


def form(spectra: Spectrogram) -> tuple[SongPart, ...]:
    """Return the parts of a song, in order."""
    step = round(_UNIT * FRAMES)
    count = max(1, len(spectra.bands) // step)
    units = spectra.bands[: count * step].reshape(count, -1, spectra.bands.shape[1]).mean(axis=1)
    level = np.log1p(spectra.magnitudes[: count * step].mean(axis=1)).reshape(count, -1).mean(axis=1)
    starts = [0, *_changes(units), count]
    means = [units[a:b].mean(axis=0) for a, b in pairwise(starts)]
    fullest = max(float(level[a:b].mean()) for a, b in pairwise(starts)) or 1.0
    middle = units.mean(axis=0)
    known: list[NDArray[np.floating]] = []
    parts = []
    for place, mean in enumerate(means):
        letter = next(
            (i for i, other in enumerate(known) if _cosine(mean - middle, other - middle) > _ALIKE),
            len(known),
        )
        if letter == len(known):
            known.append(mean)
        a, b = starts[place], starts[place + 1]
        parts.append(SongPart(a / count, chr(ord("A") + letter), float(level[a:b].mean()) / fullest))
    return tuple(parts)


def _changes(units: NDArray[np.float32]) -> list[int]:
    """Return where units change most, none nearer to another than `_REACH`."""
    reach = min(_REACH, len(units) // 3)
    if reach < 2:
        return []
    around = range(reach, len(units) - reach + 1)
    novelty = {
        at: float(np.linalg.norm(units[at - reach : at].mean(axis=0) - units[at : at + reach].mean(axis=0)))
        for at in around
    }
    spread = float(np.linalg.norm(units.std(axis=0)))
    least = max(_PLAINLY * spread, _MOVES * float(np.linalg.norm(units.mean(axis=0))))
    found: list[int] = []
    for at in sorted(novelty, key=lambda at: -novelty[at]):
        if len(found) < _MOST - 1 and novelty[at] > least and all(abs(at - o) >= reach for o in found):
            found.append(at)
    return sorted(found)


def _cosine(a: NDArray[np.floating], b: NDArray[np.floating]) -> float:
    size = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / size if size else 1.0
