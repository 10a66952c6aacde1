"""Where a piece lands: the beat of its last chord, late enough to be the end, early enough to ring."""

from collections.abc import Sequence

from immersivaudio.music.score import SAMPLE_RATE
from immersivaudio.music.tempo_map.grid import Grid, GridHit

_SHORTEST_TAIL = 1.6
_LONGEST_TAIL = 4.6
_BEST_TAIL = 2.6
"""s, in pieces long enough; shorter ones scale down."""


def choose_landing(grid: Grid, opening: int, hits: Sequence[GridHit]) -> int:
    """Return the tick of the last chord, a whole beat after `opening`, the last section's downbeat.

    Downbeats are preferred, and a strong hit near the end is where the piece would like to land. In a clip
    of a second or two it may be the opening itself: the whole piece is then one chord.
    """
    duration = grid.length / SAMPLE_RATE
    scale = min(1.0, duration / 9)
    tails: dict[int, float] = {}
    tick = opening
    while (sample := grid.sample(tick)) < grid.length:
        tails[tick] = (grid.length - sample) / SAMPLE_RATE
        tick += grid.metre.beat_ticks
    usable = {t: tail for t, tail in tails.items() if _SHORTEST_TAIL <= tail / scale <= _LONGEST_TAIL}
    if not usable:
        return min(tails, key=lambda t: abs(tails[t] - _BEST_TAIL * scale))
    strongest = {hit.tick: hit.strength for hit in hits if hit.gridded}

    def price(tick: int) -> float:
        off = abs(usable[tick] - _BEST_TAIL * scale) / scale
        odd = 3.0 * scale**2 * bool((tick - opening) % (grid.metre.bar * 12))
        late = sum(0.4 + hit.strength for hit in hits if hit.tick > tick)
        return off + odd + late - 2.5 * strongest.get(tick, 0.0)

    return min(usable, key=price)
