"""The last chord: it lands on a downbeat and rings inside the length."""

from collections.abc import Sequence
from dataclasses import dataclass

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.harmony import Harmony, lead_voices, stacked
from immersivaudio.music.instruments import TABLE
from immersivaudio.music.moods import Expression
from immersivaudio.music.notation import Tone
from immersivaudio.music.palette import Ending, Player
from immersivaudio.music.rhythm import KEYS
from immersivaudio.music.tempo_map import SIXTEENTH, Grid
from immersivaudio.music.theory import into_range, nearest

_HELD: dict[Ending, dict[str, float]] = {
    "cadence": {"lead": 0.75, "counter": 0.75, "pad": 1.0, "arp": 1.0, "bass": 1.0},
    "button": {"lead": 0.3, "counter": 0.3, "pad": 1.0, "arp": 0.6, "bass": 1.0},
    "ring": {"lead": 0.8, "counter": 0.8, "pad": 1.0, "arp": 1.0, "bass": 1.0},
}
"""Share of the tail, up to `_LET_GO`, that each role holds its last note: at least one holds it through."""
_LET_GO = 0.3
"""s before the end: the rest belongs to release and room, and the film never ends in dead air."""
_WEIGHT: dict[Ending, int] = {"cadence": 4, "button": 10, "ring": -10}
_ROLLED: dict[Ending, float] = {"cadence": 0.02, "button": 0.0, "ring": 0.07}
"""s between the notes of the last chord."""


@dataclass(frozen=True, slots=True)
class Close:
    """How a piece comes to its end."""

    kind: Ending
    harmony: Harmony
    expression: Expression


def land(
    player: Player, close: Close, grid: Grid, last_pitch: int | None, bounds: tuple[int, int]
) -> list[Tone]:
    """Return what a player does in the last bar."""
    velocity = close.expression.velocity + player.level + _WEIGHT[close.kind]
    if player.role == "drums":
        return _drums(player, close, grid, velocity)
    tail = grid.tick(grid.length - round(_LET_GO * SAMPLE_RATE)) - grid.landing
    length = max(round(tail * _HELD[close.kind][player.role]), SIXTEENTH)
    if close.kind == "button" and player.role in {"lead", "counter"}:
        length = min(length, grid.metre.beat_ticks)
    pitches = _pitches(player, close.harmony, last_pitch, bounds)
    gap = _ROLLED[close.kind] if player.role == "arp" else 0.0
    return [
        Tone(grid.landing, length, pitch, velocity - order, delay=order * gap)
        for order, pitch in enumerate(pitches)
    ]


def _pitches(player: Player, harmony: Harmony, last: int | None, bounds: tuple[int, int]) -> Sequence[int]:
    if player.role == "bass":
        return (into_range(nearest(player.centre, (harmony.root,)), *bounds),)
    if player.role in {"lead", "counter"}:
        stable = harmony.pitches[:2] if player.role == "lead" else harmony.pitches[1:2]
        return (into_range(nearest(last if last is not None else player.centre, stable), *bounds),)
    if player.shape:
        return stacked(harmony, player.shape, player.voices, player.centre, *bounds)
    return lead_voices([harmony], player.voices, player.centre, *bounds)[0]


def _drums(player: Player, close: Close, grid: Grid, velocity: float) -> list[Tone]:
    """Kick and cymbal, as far as the kit was playing at all."""
    if close.kind == "ring" or TABLE[player.instrument].stem == "percussion":
        return [Tone(grid.landing, SIXTEENTH, KEYS["kick"], velocity)]
    return [Tone(grid.landing, SIXTEENTH, KEYS[drum], velocity - 6) for drum in ("kick", "crash")]
