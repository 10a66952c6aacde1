"""The tempo map of a piece, as its MIDI file tells it: exact, in quarters and in seconds."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from immersivaudio.values import CueSheet

_START = 500_000
"""Microseconds a quarter until a MIDI file says otherwise."""
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class TempoPoint:
    """From here on, one tempo."""

    quarter: Fraction
    time: Fraction
    """s"""
    bpm: float
    """Quarters a minute."""


@dataclass(frozen=True, slots=True)
class MetrePoint:
    """From here on, one time signature."""

    quarter: Fraction
    time: Fraction
    """s"""
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class TempoMap:
    """Tempo and metre over a piece; both begin at 0."""

    tempi: tuple[TempoPoint, ...]
    metres: tuple[MetrePoint, ...]


def read(midi: Path) -> TempoMap:
    """Return the tempo map of a MIDI file that `music.midi` wrote."""
    from mido import MidiFile

    file = MidiFile(midi, charset="utf-8")
    tempi: list[TempoPoint] = []
    metres: list[MetrePoint] = []
    tick, last, now, tempo = 0, 0, Fraction(0), _START
    for message in file.tracks[0]:
        tick += message.time
        if message.type not in {"set_tempo", "time_signature"}:
            continue
        now += Fraction((tick - last) * tempo, file.ticks_per_beat * _MILLION)
        last = tick
        quarter = Fraction(tick, file.ticks_per_beat)
        if message.type == "set_tempo":
            tempo = message.tempo
            tempi.append(TempoPoint(quarter, now, 60 * _MILLION / tempo))
        else:
            metres.append(MetrePoint(quarter, now, message.numerator, message.denominator))
    zero = Fraction(0)
    if not tempi or tempi[0].quarter > 0:
        tempi.insert(0, TempoPoint(zero, zero, 120.0))
    if not metres or metres[0].quarter > 0:
        metres.insert(0, MetrePoint(zero, zero, 4, 4))
    return TempoMap(tuple(tempi), tuple(metres))


def steady(sheet: CueSheet) -> TempoMap:
    """Return the sheet's own tempo and metre, for music that has no MIDI."""
    numerator, _, denominator = sheet.metre.partition("/")
    compound = denominator == "8" and int(numerator) % 3 == 0
    quarters = sheet.tempo * (1.5 if compound else 1.0)
    zero = Fraction(0)
    return TempoMap(
        (TempoPoint(zero, zero, quarters),), (MetrePoint(zero, zero, int(numerator), int(denominator)),)
    )
