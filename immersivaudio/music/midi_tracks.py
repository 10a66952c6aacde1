"""A part as a MIDI track: its programme, its notes, and how they are played, in the controllers a composer
knows.

Expression (11) follows the fader of the piece, modulation (1) the same for sustaining instruments, the
sustain pedal (64) lies under chords that ring. A slide is a pitch bend over a range of twelve semitones. How
notes are joined is told in words at every section, so that no key switch has to be cleaned away.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from mido import Message, MetaMessage, UnknownMetaMessage

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.brief import DYNAMICS_RATE
from immersivaudio.music.general_midi import BY_STEM, DRUM_KITS, NAMES, STAND_INS
from immersivaudio.music.instruments import TABLE, Instrument
from immersivaudio.music.score import SLIDE, Note, Part, Score

DRUMS = 9
"""The percussion channel, counted from 0."""
BEND = 12
"""Semitones of a full pitch bend."""
_STEPS = 10
"""Pitch bends in a slide."""
_FULL = 8191
_EXPRESSION, _MODULATION, _PEDAL = 11, 1, 64
_UNITY = 100
"""Expression at 0 dB; it may rise by 3 dB."""
_BOWED = frozenset({"strings", "brass", "woodwinds", "voices"})
_PEDALLED = frozenset({0, 1, 2, 3, 4, 5, 11, 46})
"""Programs with a pedal, or whose strings ring: pianos, vibraphone, harp."""
_RINGS = 0.6
"""Share of what is left of its chord that notes are held for on average, where a pedal lies under them."""
_KITS = {"electronic kit": 24, "techno kit": 24, "trap kit": 25, "lo-fi kit": 0, "cinematic drums": 48}

Ticks = Callable[[int], int]
Event = tuple[int, Message | MetaMessage | UnknownMetaMessage]


def percussive(part: Part) -> bool:
    """Say whether a part's keys are drums: whatever role it has, it belongs on the percussion channel."""
    row = TABLE[part.instrument]
    kit = row.program == -1 or (row.program is None and row.stem in {"drums", "percussion"})
    return kit or part.role == "drums"


def program(row: Instrument) -> int:
    """Return the General MIDI program that plays, or stands in for, a pitched instrument."""
    if row.program is not None and row.program >= 0:
        return row.program
    return STAND_INS.get(row.name, BY_STEM.get(row.stem, 0))


def channels(parts: Sequence[Part]) -> list[tuple[int, int]]:
    """Return (port, channel) of every part: drums share the tenth channel, every other part has one alone."""
    free = [channel for channel in range(16) if channel != DRUMS]
    found: list[tuple[int, int]] = []
    count = 0
    for part in parts:
        if percussive(part):
            found.append((0, DRUMS))
            continue
        found.append((count // len(free), free[count % len(free)]))
        count += 1
    return found


def events(part: Part, score: Score, where: tuple[int, int], ticks: Ticks) -> list[Event]:
    """Return everything on a part's track as (tick, message)."""
    port, channel = where
    row = TABLE[part.instrument]
    found: list[Event] = [(0, MetaMessage("track_name", name=part.name))]
    found.append((0, MetaMessage("instrument_name", name=row.name)))
    if port:
        found.append((0, MetaMessage("midi_port", port=port)))
    if channel == DRUMS:
        kit = row.kit if row.program == -1 else _KITS.get(row.name, 0)
        found.append((0, _program_name(DRUM_KITS.get(kit, DRUM_KITS[0]))))
        found.append((0, Message("program_change", channel=channel, program=kit)))
    else:
        found.append((0, _program_name(NAMES[program(row)])))
        found.append((0, Message("program_change", channel=channel, program=program(row))))
        found += _expression(row, score, channel, ticks)
        found += _pedal(part, row, score, channel, ticks)
        found += _articulations(part, score, ticks)
        found += _bends(part, channel, ticks)
    for note in part.notes:
        found += _sounded(note, channel, ticks)
    return found


def _expression(row: Instrument, score: Score, channel: int, ticks: Ticks) -> Iterator[Event]:
    """Yield the fader as expression, and as modulation for instruments that can swell on a note."""
    told: dict[int, int] = {}
    for place, level in enumerate(score.dynamics or (0.0,)):
        tick = ticks(place * SAMPLE_RATE // DYNAMICS_RATE)
        wanted = {_EXPRESSION: _within(_UNITY * 10 ** (level / 40))}
        if row.stem in _BOWED:
            wanted[_MODULATION] = _within(72 + 4 * level)
        for control, value in wanted.items():
            if abs(value - told.get(control, -9)) >= 2:
                told[control] = value
                yield tick, Message("control_change", channel=channel, control=control, value=value)


def _pedal(part: Part, row: Instrument, score: Score, channel: int, ticks: Ticks) -> Iterator[Event]:
    """Yield the pedal under every chord whose notes ring on."""
    if row.program not in _PEDALLED or not score.beats:
        return
    onsets = [note.onset for note in part.notes]
    edges = [*(_moment(score, float(chord.beat)) for chord in score.chords), score.length]
    for start, end in pairwise(edges):
        inside = part.notes[bisect_left(onsets, start - 960) : bisect_left(onsets, end - 960)]
        held = [min(note.duration / max(end - note.onset, 1), 1.0) for note in inside]
        if len(held) < 2 or sum(held) / len(held) < _RINGS:
            continue
        yield ticks(start) + 12, Message("control_change", channel=channel, control=_PEDAL, value=127)
        yield (
            max(ticks(end) - 6, ticks(start) + 13),
            Message("control_change", channel=channel, control=_PEDAL, value=0),
        )


def _moment(score: Score, beat: float) -> int:
    """Return the sample of a written beat; before the first and after the last one time goes on evenly."""
    at = min(max(int(beat), 0), len(score.beats) - 2)
    if len(score.beats) < 2:
        return 0
    first, second = score.beats[at].sample, score.beats[at + 1].sample
    return max(round(first + (beat - at) * (second - first)), 0)


def _articulations(part: Part, score: Score, ticks: Ticks) -> Iterator[Event]:
    """Yield how the notes of each section are joined, in words."""
    onsets = [note.onset for note in part.notes]
    told = ""
    for section in score.sections:
        inside = part.notes[bisect_left(onsets, section.start) : bisect_right(onsets, section.end)]
        shares = [
            min(a.duration / (b.onset - a.onset), 1.5)
            for a, b in pairwise(inside)
            if SAMPLE_RATE // 20 < b.onset - a.onset < 4 * SAMPLE_RATE
        ]
        if not shares:
            continue
        joined = sum(shares) / len(shares)
        word = "legato" if joined >= 0.93 else "detached" if joined >= 0.6 else "staccato"
        if word != told:
            told = word
            yield ticks(section.start), MetaMessage("text", text=word)


def _bends(part: Part, channel: int, ticks: Ticks) -> Iterator[Event]:
    """Yield the slides: a range of twelve semitones, and a bend into every note that is slid into."""
    if not any(note.slide for note in part.notes):
        return
    for control, value in ((101, 0), (100, 0), (6, BEND), (38, 0), (101, 127), (100, 127)):
        yield 0, Message("control_change", channel=channel, control=control, value=value)
    for note in part.notes:
        if not note.slide:
            continue
        takes = min(round(SLIDE * SAMPLE_RATE), note.duration // 2)
        told = -1
        for step in range(_STEPS + 1):
            left = note.slide * (1 - step / _STEPS) / BEND
            tick = max(ticks(note.onset + takes * step // _STEPS) - (step == 0), told + 1, 0)
            told = tick
            pitch = round(max(min(left, 1.0), -1.0) * _FULL)
            yield tick, Message("pitchwheel", channel=channel, pitch=pitch)


def _sounded(note: Note, channel: int, ticks: Ticks) -> list[Event]:
    start = ticks(note.onset)
    end = max(start + 1, ticks(note.onset + note.duration))
    return [
        (start, Message("note_on", channel=channel, note=note.pitch, velocity=note.velocity)),
        (end, Message("note_off", channel=channel, note=note.pitch)),
    ]


def _program_name(name: str) -> UnknownMetaMessage:
    """Return the meta event that names a program (08, RP-019); mido knows it by its number only."""
    return UnknownMetaMessage(8, data=name.encode("ascii"))


def _within(value: float) -> int:
    return min(max(round(value), 1), 127)
