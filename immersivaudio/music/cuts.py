"""What a groove does at a cut: its time does not give, so its players do.

A drummer fills into the cut, the band stops before it and comes in on it, or strikes it and leaves the beat
after it empty, or the bass leads to it. Which of them is chance, and every second strong cut is left alone:
a band that stops at every cut has no groove left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.instruments import TABLE
from immersivaudio.music.notation import Tone
from immersivaudio.music.palette import Player
from immersivaudio.music.rhythm import FILL_OF, FILLS, KEYS, STRENGTH
from immersivaudio.music.score import Role
from immersivaudio.music.seeding import generator
from immersivaudio.music.tempo_map import SIXTEENTH, Grid
from immersivaudio.music.transitions import hush

Move = Literal["fill", "stop", "mute", "pick-up"]
_MOVES: tuple[Move, ...] = ("fill", "stop", "fill", "mute", "pick-up")
_STRONG = 0.5
_APART, _NOT_BEFORE = 5.0, 3.0
"""s between two moves, and from the beginning."""
_STEPS_OUT: frozenset[Role] = frozenset({"drums", "bass", "arp", "counter"})
"""Roles that stop; pads and the lead ring over the stop."""
_PLAIN = ({"snare": "....o.xX"},)
"""For a drummer whose groove has no fills."""
_CLEAR = 0.07
"""s around a hit that no sixteenth meets in which the band leaves the attack to the accent."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A move into or out of a cut."""

    move: Move
    tick: int


def turns(grid: Grid, seed: tuple[object, ...]) -> tuple[Turn, ...]:
    """Return what a groove does at which cuts; nothing where the grid is a film's, which bends instead."""
    if not grid.steady:
        return ()
    found: list[Turn] = []
    last = (_NOT_BEFORE - _APART) * SAMPLE_RATE
    for index, hit in enumerate(grid.hits):
        strong = hit.gridded and hit.strength >= _STRONG and hit.tick % grid.metre.beat_ticks == 0
        if strong and hit.sample - last >= _APART * SAMPLE_RATE and hit.tick < grid.landing:
            found.append(Turn(generator("turn", *seed, index).choice(_MOVES), hit.tick))
            last = hit.sample
    return tuple(found)


def turned(tones: list[Tone], player: Player, found: Sequence[Turn], grid: Grid) -> list[Tone]:
    """Return a part with its share in the moves; a kit plays the fills."""
    role = player.role
    beat = grid.metre.beat_ticks
    for turn in found:
        if turn.move in {"stop", "mute"} and role in _STEPS_OUT:
            start = turn.tick - beat // 2 if turn.move == "stop" else turn.tick + SIXTEENTH
            tones = hush(tones, (start, turn.tick if turn.move == "stop" else turn.tick + beat))
        elif turn.move == "fill" and TABLE[player.instrument].stem == "drums":
            tones = _filled(tones, turn, player.pattern, beat)
        elif turn.move == "pick-up" and role == "bass":
            tones = _led(tones, turn.tick)
    return tones


def cleared(tones: list[Tone], role: Role, grid: Grid) -> list[Tone]:
    """Return a groove's part without the strokes beside a hit that no sixteenth meets: the ear finds one
    attack.
    """
    free = [hit.sample for hit in grid.hits if not hit.gridded] if grid.steady else []
    if role not in _STEPS_OUT or not free:
        return tones
    near = _CLEAR * SAMPLE_RATE
    return [t for t in tones if all(abs(grid.sample(t.tick) - sample) > near for sample in free)]


def _filled(tones: list[Tone], turn: Turn, pattern: str, beat: int) -> list[Tone]:
    """Replace all but the kick in the beat before a cut by the end of a fill of the drummer's, growing."""
    start = turn.tick - beat
    before = [tone for tone in tones if start <= tone.tick < turn.tick]
    if not before:
        return tones  # the drummer is not playing here
    loud = max(tone.velocity for tone in before)
    kept = [t for t in tones if not start <= t.tick < turn.tick or t.pitch == KEYS["kick"]]
    fills = FILLS[FILL_OF[pattern]] if pattern in FILL_OF else _PLAIN
    for drum, lane in generator("fill", turn.tick).choice(fills).items():
        for place, sign in enumerate(lane):
            tick = turn.tick - round((len(lane) - place) * 8 / len(lane) * SIXTEENTH)
            if sign != "." and tick >= start:
                velocity = loud + STRENGTH[sign] / 2 - 8 * (turn.tick - tick) / beat
                kept.append(Tone(tick, SIXTEENTH, KEYS[drum], velocity))
    return kept


def _led(tones: list[Tone], tick: int) -> list[Tone]:
    """Let the bass come to the note on `tick` by two steps from below."""
    goal = next((tone for tone in tones if tone.tick == tick), None)
    if goal is None:
        return tones
    kept = hush(tones, (tick - 2 * SIXTEENTH, tick))
    steps = ((2, goal.pitch - 2), (1, goal.pitch - 1))
    kept += [Tone(tick - back * SIXTEENTH, SIXTEENTH, pitch, goal.velocity - 4) for back, pitch in steps]
    return kept
