"""Choose the nominal tempo: near the one the mood asks for, where the hits fall well."""

from immersivaudio.music.brief import Brief
from immersivaudio.music.tempo_map.fit import fit
from immersivaudio.music.tempo_map.lay import anchors_of
from immersivaudio.music.tempo_map.metre import Metre

_STEP = 0.02
"""Share between two candidates: what lies between them, the elastic map bridges."""
_OFF_MOOD = 0.8
"""Price of one step away from the mood's tempo, in the currency of `fit`."""
_BEAM = 10
"""A narrow search is enough to rank tempos."""


def choose_tempo(brief: Brief, low: float, high: float, *, reach: float = 0.15) -> float:
    """Return the tempo between `low` and `high` (beats a minute) on which the brief's hits fall best.

    The search goes `reach` (a share) to both sides of `brief.tempo`; with no hits that tempo itself is
    returned.
    """
    anchors, metre = anchors_of(brief), Metre.of(brief.metre)
    if len(anchors) < 2:
        return brief.tempo
    steps = int(reach / _STEP)
    candidates = [(abs(i), brief.tempo * (1 + _STEP * i)) for i in range(-steps, steps + 1)]
    usable = [pair for pair in candidates if low <= pair[1] <= high] or [
        (0, min(max(brief.tempo, low), high))
    ]

    def price(candidate: tuple[int, float]) -> float:
        steps_off, tempo = candidate
        return fit(anchors, tempo, metre, beam=_BEAM).cost + _OFF_MOOD * steps_off

    return min(usable, key=price)[1]
