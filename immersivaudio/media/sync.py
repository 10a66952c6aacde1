"""How well music lands on the cuts of a film, and how well chance would have.

The figure: of the hard cuts, the share with a heard onset within 40 ms, minus the share of all moments of the
film that have one. Music that never stops beginning hits every cut, and every other moment, and gets nothing
for it. 40 ms is a picture at 25 a second, and about where a click and a flash stop being simultaneous.

Beside it, TBIoU: windows around cuts and around onsets, their intersection over their union, after Tong et
al., "Video Echoed in Music" (arXiv 2511.09585), here with 40 ms on each side, and onsets for their beats.
Its weakness: it falls with every onset that is at no cut, so music is punished for having a rhythm, two
sparse films with luck beat a dense one with skill, and nothing is taken off for chance.
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy import special

from immersivaudio.values import SyncFigure

WINDOW = 0.040
"""s on each side of a moment."""
_AS_TOLD = 1e-6
"""s: a cue sheet holds whole microseconds."""

Times = NDArray[np.float64]


def figure(cuts: Sequence[Fraction], onsets: Times, duration: Fraction) -> SyncFigure | None:
    """Return the figure for cuts and onsets (s) of a film; None for one without a cut."""
    length = float(duration)
    inside = np.array([float(cut) for cut in cuts if 0 < cut < duration])
    if not inside.size:
        return None
    heard = np.sort(onsets[(onsets > -WINDOW) & (onsets < length + WINDOW)])
    around = _windows(heard, length)
    hit = int(np.count_nonzero(_near(inside, heard)))
    chance = _length(around) / length
    cut_windows = _windows(np.sort(inside), length)
    both = _overlap(cut_windows, around)
    union = _length(cut_windows) + _length(around) - both
    return SyncFigure(
        cuts=inside.size,
        hit=hit,
        chance=round(chance, 4),
        luck=round(float(special.bdtrc(hit - 1, inside.size, min(chance, 1.0))), 4),
        onsets=heard.size,
        tbiou=round(both / union, 4),
    )


def _near(cuts: Times, onsets: Times) -> NDArray[np.bool_]:
    """Whether each cut has an onset within the window."""
    if not onsets.size:
        return np.zeros(cuts.size, np.bool_)
    after = np.searchsorted(onsets, cuts)
    left = np.abs(cuts - onsets[np.maximum(after - 1, 0)])
    right = np.abs(cuts - onsets[np.minimum(after, onsets.size - 1)])
    return np.asarray(np.minimum(left, right) <= WINDOW + _AS_TOLD)


def _windows(moments: Times, length: float) -> NDArray[np.float64]:
    """Stretches within the window of sorted moments, joined, and cut at the film: shape (n, 2)."""
    joined: list[list[float]] = []
    for moment in moments:
        start, end = max(0.0, moment - WINDOW), min(length, moment + WINDOW)
        if joined and start <= joined[-1][1]:
            joined[-1][1] = max(end, joined[-1][1])
        elif end > start:
            joined.append([start, end])
    return np.array(joined).reshape(-1, 2)


def _length(stretches: NDArray[np.float64]) -> float:
    return float((stretches[:, 1] - stretches[:, 0]).sum())


def _overlap(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """How long both sets of stretches are open at once, s."""
    starts = np.maximum(one[:, None, 0], other[None, :, 0])
    ends = np.minimum(one[:, None, 1], other[None, :, 1])
    return float(np.maximum(ends - starts, 0).sum())
