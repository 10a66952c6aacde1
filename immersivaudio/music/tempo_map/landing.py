"""Where a piece lands: the place of its last chord, with the film's last pictures, and early enough to ring.

Measured on clips of 5 to 45 s, a last chord that died away for a fifth of the film left its end without
music. So it is struck within two seconds of the end: a dry one on the film's last cut, or 0.6 s before the
end; a broad one or one that rings a little earlier.
"""

from collections.abc import Sequence

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.palette import Ending
from immersivaudio.music.tempo_map.grid import Grid, GridHit
from immersivaudio.music.tempo_map.metre import SIXTEENTH

_SHORTEST = 0.45
"""s a last chord needs."""
_LONGEST, _LONGEST_SHARE = 1.9, 0.145
"""s, and share of a short clip, that it has at most."""
_BEST: dict[Ending, float] = {"button": 0.75, "cadence": 1.45, "ring": 1.75}
"""s each kind of ending would like."""
_OFF_DOWNBEAT, _OFF_BEAT, _OFF_EIGHTH = 0.35, 1.4, 1.2
"""Prices, s: of a beat that is no downbeat, an eighth that is no beat, a sixteenth that is no eighth."""
_UNUSABLE = 20.0
_ON_A_CUT = 2.5
"""What landing on the last cut is worth, times its strength."""


def choose_landing(grid: Grid, opening: int, hits: Sequence[GridHit], ending: Ending) -> tuple[float, int]:
    """Return the price and the tick of the last chord, after `opening`, the last section's downbeat.

    In a clip of a second or two it may be the opening itself: the whole piece is then one chord.
    """
    seconds = grid.length / SAMPLE_RATE
    longest = max(min(_LONGEST, _LONGEST_SHARE * seconds), _SHORTEST)
    best = min(_BEST[ending], 0.5 * (longest + _SHORTEST))
    strength = {hit.tick: hit.strength for hit in hits if hit.gridded}
    tails = {
        tick: (grid.length - grid.sample(tick)) / SAMPLE_RATE
        for tick in range(opening, grid.tick(grid.length), SIXTEENTH)
    }
    usable = {tick: tail for tick, tail in tails.items() if _SHORTEST <= tail <= longest}
    if not usable:
        return _UNUSABLE, min(tails, key=lambda tick: (abs(tails[tick] - best), tick), default=opening)

    def price(tick: int) -> float:
        place = tick - opening
        cost = abs(usable[tick] - best)
        cost += _OFF_DOWNBEAT * bool(place % (grid.metre.bar * SIXTEENTH))
        cost += _OFF_BEAT * bool(place % grid.metre.beat_ticks) + _OFF_EIGHTH * bool(place % (2 * SIXTEENTH))
        late = sum(0.4 + hit.strength for hit in hits if hit.tick > tick)
        return cost + late - _ON_A_CUT * strength.get(tick, 0.0)

    return min((price(tick), tick) for tick in usable)
