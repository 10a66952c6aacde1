"""The motif: two bars of rhythm and contour from which a whole piece is made."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from immersivaudio.music.melody.cells import CELLS
from immersivaudio.music.palette import LeadStyle
from immersivaudio.music.rhythm import row
from immersivaudio.music.tempo_map import Metre
from immersivaudio.music.theory import SCALES

_HIGHEST, _LOWEST = 4, -4
"""Scale steps a motif strays from where it begins."""
_DIATONIC = range(7)
_READIER = 0.1
"""Added to a style's leaps: arrangers' lines move by more than a step in four moves of ten (OpenMSX)."""


@dataclass(frozen=True, slots=True)
class Gesture:
    """One bar of melody before it meets a chord."""

    rhythm: str
    """x a note, - held, . silent; one character a sixteenth."""
    contour: tuple[int, ...]
    """Scale steps of every note above the place where the motif begins."""


Motif = tuple[Gesture, Gesture]


def invent(style: LeadStyle, metre: Metre, density: float, chance: random.Random) -> Motif:
    """Return a new motif. `density` (0 to 1) decides how busy its rhythms are."""
    cells = row(CELLS[style.cells], metre)
    ranked = sorted(cells, key=lambda cell: (cell.count("x"), cell))
    telling = [cell for cell in ranked if cell.count("x") > 1]  # one note is no motif yet
    first, second = (pool[_towards(density, len(pool), chance)] for pool in (telling, ranked))
    if first == second and len(ranked) > 1:
        second = ranked[(ranked.index(first) + chance.choice((-1, 1))) % len(ranked)]
    opening = _contour(first.count("x"), 0, style, chance)
    plain = replace(style, soar=0.0)  # one far leap is the motif's sign, two are a habit
    return Gesture(first, opening), Gesture(second, _contour(second.count("x"), opening[-1], plain, chance))


def fresh_gesture(style: LeadStyle, metre: Metre, chance: random.Random) -> Gesture:
    """Return a bar that was not used yet: the beginning of one of the style's rhythms, the end of
    another.
    """
    cells = row(CELLS[style.cells], metre)
    first, second = chance.choice(cells), chance.choice(cells)
    half = len(first) // 2
    head, tail = first[:half], second[half:]
    if head.endswith("."):  # nothing is held over from a rest
        tail = tail.lstrip("-").rjust(len(tail), ".")
    rhythm = head + tail if "x" in head + tail else first
    plain = replace(style, soar=0.0)
    return Gesture(rhythm, _contour(rhythm.count("x"), chance.choice((-1, 0, 1)), plain, chance))


def invert(motif: Motif) -> Motif:
    """Return the motif upside down."""
    return _both(motif, [tuple(-step for step in gesture.contour) for gesture in motif])


def reverse(motif: Motif) -> Motif:
    """Return the motif with its contour read backwards over the same rhythm."""
    last = motif[1].contour[-1]
    return _both(motif, [tuple(step - last for step in reversed(gesture.contour)) for gesture in motif])


def broaden(gesture: Gesture) -> tuple[Gesture, Gesture]:
    """Return the gesture at half speed, over two bars: augmentation."""
    wide = "".join(sign + ("-" if sign == "x" else sign) for sign in gesture.rhythm)
    half = len(gesture.rhythm)
    notes = wide[:half].count("x")
    rest = wide[half:]
    if "x" not in rest:
        return Gesture(wide[:half], gesture.contour[:notes]), Gesture("-" * half, ())
    return Gesture(wide[:half], gesture.contour[:notes]), Gesture(rest, gesture.contour[notes:])


def fragment(gesture: Gesture, at: int) -> Gesture:
    """Return the first half of the gesture, said twice, the second time `at` steps away: it hurries."""
    half = len(gesture.rhythm) // 2
    head = gesture.rhythm[:half]
    if "x" not in head:
        return gesture
    contour = gesture.contour[: head.count("x")]
    return Gesture(head + head, contour + tuple(step + at for step in contour))


def _towards(density: float, count: int, chance: random.Random) -> int:
    place = density * (count - 1) + chance.gauss(0, 0.28 * count)
    return min(max(round(place), 0), count - 1)


def _contour(notes: int, start: int, style: LeadStyle, chance: random.Random) -> tuple[int, ...]:
    """Walk mostly by step; a leap is answered by a step the other way."""
    place, direction, leapt, soared = start, chance.choice((-1, 1)), False, False
    octave = len(SCALES.get(style.scale, _DIATONIC))
    steps: list[int] = []
    for _ in range(notes):
        steps.append(place)
        far = 0
        if not soared and len(steps) > 1 and not leapt and chance.random() < style.soar:
            far = _soaring(place, octave)
        if far:
            direction, move, soared = (1 if far > 0 else -1), abs(far), True
        elif leapt:
            direction, move = -direction, 1
        elif chance.random() < (style.leap + _READIER if style.leap else 0.0):
            move = chance.choice((2, 2, 2, 3, 4))
        else:
            move = 0 if chance.random() < 0.08 else 1
            direction = direction if chance.random() < 0.68 else -direction
        leapt = move > 1
        if not _LOWEST <= place + direction * move <= _HIGHEST:
            direction = -direction
        place += direction * move
    return tuple(steps)


def _soaring(place: int, octave: int) -> int:
    """Return a sixth or more, in scale steps, towards the other end of the motif's room; 0 where it has none.

    `octave` is how many steps the scale has.
    """
    way = 1 if place <= 0 else -1
    room = _HIGHEST - place if way > 0 else place - _LOWEST
    return way * min(room, octave) if room >= octave - 2 else 0


def _both(motif: Motif, contours: Sequence[tuple[int, ...]]) -> Motif:
    return Gesture(motif[0].rhythm, contours[0]), Gesture(motif[1].rhythm, contours[1])
