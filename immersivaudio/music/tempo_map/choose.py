"""Choose the nominal tempo: near the one the mood asks for, where the hits fall well."""

from collections.abc import Sequence

import numpy as np

from immersivaudio.music.brief import Brief
from immersivaudio.music.palettes import PALETTES
from immersivaudio.music.tempo_map.build_grid import anchors_of
from immersivaudio.music.tempo_map.fit import Anchor, fit
from immersivaudio.music.tempo_map.metre import Metre
from immersivaudio.music.tempo_map.steady import meet, share_met

_STEP = 0.01
"""Share between two candidates: what lies between them, the elastic map bridges."""
_OFF_MOOD = 0.4
"""Price of one step away from the mood's tempo, in the currency of `fit`."""
_BEAM = 10
"""A narrow search is enough to rank tempos."""
_FINE = 0.2
"""Beats a minute between two candidates of a groove, which does not give."""
_FINALISTS = 8
"""Tempos of a groove that are looked at closely."""
_GROOVE_OFF_MOOD = 0.02
"""Share of the hits that a groove gives up for each hundredth of tempo it keeps."""


def choose_tempo(brief: Brief, low: float, high: float, *, reach: float = 0.15) -> float:
    """Return the tempo between `low` and `high` (beats a minute) on which the brief's hits fall best.

    The search goes `reach` (a share) to both sides of `brief.tempo`; with no hits that tempo itself is
    returned.
    """
    anchors, metre = anchors_of(brief), Metre.of(brief.metre)
    if len(anchors) < 2:
        return brief.tempo
    if PALETTES[brief.palette].steady:
        return _groove(anchors, brief.tempo, max(low, brief.tempo * (1 - reach)), high, reach, metre)
    steps = int(reach / _STEP)
    candidates = [(abs(i), brief.tempo * (1 + _STEP * i)) for i in range(-steps, steps + 1)]
    usable = [pair for pair in candidates if low <= pair[1] <= high] or [
        (0, min(max(brief.tempo, low), high))
    ]

    def price(candidate: tuple[int, float]) -> float:
        steps_off, tempo = candidate
        return fit(anchors, tempo, metre, beam=_BEAM).cost + _OFF_MOOD * steps_off

    return min(usable, key=price)[1]


def _groove(
    anchors: Sequence[Anchor], mood: float, low: float, high: float, reach: float, metre: Metre
) -> float:
    """Return the tempo of a groove: the nearest to the mood's of those on which most hits can be met."""
    high = min(high, mood * (1 + reach))
    if low >= high:
        return min(max(mood, high), low)
    # On tenths of a beat: a sheet holds no more, and what was chosen must be what is played.
    tempos = np.unique(np.round(np.arange(low, high + _FINE / 2, _FINE), 1))
    off = np.abs(tempos / mood - 1)
    likely = share_met(anchors, tempos, metre) - _GROOVE_OFF_MOOD * 100 * off / 10
    finalists = tempos[np.argsort(-likely, kind="stable")[:_FINALISTS]]
    return float(min(finalists, key=lambda tempo: (meet(anchors, float(tempo), metre).cost, tempo)))
