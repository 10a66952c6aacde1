"""Modulators (sections 8.2 and 9.5): how velocity, key and controllers bend the generators.

A score has no controllers, so each stands at the rest position of section 8.4 and General MIDI; velocity
and key are what matters here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log10

from immersivaudio.music.soundfont.generators import G
from immersivaudio.music.soundfont.riff import Table

NO_CONTROLLER, VELOCITY, KEY, POLY_PRESSURE, CHANNEL_PRESSURE, PITCH_WHEEL, WHEEL_RANGE = (
    0,
    2,
    3,
    10,
    13,
    14,
    16,
)
_REST = {POLY_PRESSURE: 0, CHANNEL_PRESSURE: 0, PITCH_WHEEL: 64, WHEEL_RANGE: 2}
_CONTROLLERS_AT_REST = {7: 100, 8: 64, 10: 64, 11: 127}

VELOCITY_TO_ATTENUATION = 0x0502
VELOCITY_TO_FILTER = 0x0102


@dataclass(frozen=True, slots=True)
class Modulator:
    """One record, in the specification's own numbers."""

    src: int
    dest: int
    amount: int
    src2: int
    transform: int

    @property
    def identity(self) -> tuple[int, int, int]:
        """Two modulators of the same identity replace each other (section 9.5)."""
        return self.src, self.dest, self.src2

    def value(self, key: int, velocity: int) -> float:
        """Return what it adds to its generator, in the generator's unit."""
        first = _source(self.src, key, velocity)
        second = 1.0 if self.src2 == NO_CONTROLLER else _source(self.src2, key, velocity)
        total = self.amount * first * second
        return abs(total) if self.transform == 2 else total


DEFAULTS = (
    Modulator(VELOCITY_TO_ATTENUATION, G.ATTENUATION, 960, 0, 0),
    Modulator(VELOCITY_TO_FILTER, G.FILTER_CUTOFF, -1200, 0, 0),
)
"""Of section 8.4, those that a note without controllers feels; the filter's at half its depth, since players
disagree on it and fonts were voiced on both kinds. The loudness one is kept out of tones:
the mixer applies it note by note (`velocity_gain`)."""


def from_table(rows: Table) -> tuple[Modulator, ...]:
    """Read records; links between modulators are rare and not followed."""
    return tuple(
        Modulator(int(r["src"]), int(r["dest"]), int(r["amount"]), int(r["src2"]), int(r["transform"]))
        for r in rows
        if not int(r["dest"]) & 0x8000 and int(r["src"]) & 0x7F != 127
    )


def merged(*levels: Iterable[Modulator]) -> tuple[Modulator, ...]:
    """Let later levels replace earlier ones of the same identity."""
    table = {modulator.identity: modulator for level in levels for modulator in level}
    return tuple(table.values())


def _source(source: int, key: int, velocity: int) -> float:
    """Map a controller to 0..1 or -1..1 by the bits of section 8.2: index, CC, direction, polarity, curve."""
    index, is_controller = source & 0x7F, bool(source & 0x80)
    falling, bipolar, curve = bool(source & 0x100), bool(source & 0x200), source >> 10
    if is_controller:
        raw = _CONTROLLERS_AT_REST.get(index, 0)
    elif index == NO_CONTROLLER:
        return 1.0
    else:
        raw = {VELOCITY: velocity, KEY: key}.get(index, _REST.get(index, 0))
    x = raw / 128 if bipolar else raw / 127
    if falling:
        x = 1.0 - x
    if bipolar:
        x = 2.0 * x - 1.0
        return _curve(abs(x), curve) * (1.0 if x >= 0 else -1.0)
    return _curve(x, curve)


def _curve(x: float, kind: int) -> float:
    if kind == 1:  # concave
        return 1.0 if x >= 1.0 else min(1.0, -40.0 / 96.0 * log10(1.0 - x))
    if kind == 2:  # convex
        return 0.0 if x <= 0.0 else max(0.0, 1.0 + 40.0 / 96.0 * log10(x))
    return float(x >= 0.5) if kind == 3 else x
