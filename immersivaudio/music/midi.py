"""A score as a standard MIDI file: tempo map, markers at sections and hits, a track a part.

Time comes from the samples, not from the written beats, so the file plays when the sound does: the tempo
map lays a tempo on every beat (whole microseconds a quarter, as the format has it) and notes fall between
beats by proportion, to half a tick (0.3 ms at 100 beats a minute).
"""

from bisect import bisect_right
from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby
from pathlib import Path

from mido import Message, MetaMessage, MidiFile, MidiTrack, bpm2tempo

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.midi_tracks import Event, channels, events
from immersivaudio.music.score import Score
from immersivaudio.music.tempo_map.metre import Metre

TICKS = 960
"""A quarter note."""
_LONGEST_TEMPO = 0xFFFFFF
"""Microseconds a quarter: three bytes hold no more."""
_END = "end of film"
_ROUNDED = 2
"""Ticks by which tempos in whole microseconds may be off."""


def write_midi(score: Score, path: Path) -> Path:
    """Write `score` to `path` as a type 1 file and return `path`."""
    file = MidiFile(type=1, ticks_per_beat=TICKS, charset="utf-8")
    clock = _Clock(score)
    file.tracks.append(_conductor(score, clock))
    for part, where in zip(score.parts, channels(score.parts), strict=True):
        file.tracks.append(_timed(events(part, score, where, clock.tick), 0))
    file.save(path)
    return path


def shorten(path: Path, length: Fraction) -> None:
    """Let the file at `path` end after `length` s: what begins later goes, what still sounds is let go."""
    file = MidiFile(path, charset="utf-8")
    end = _tick_at(file, length)
    conductor, *parts = (_until(track, end) for track in file.tracks)
    conductor.append((end, MetaMessage("marker", text=_END)))
    file.tracks[:] = [_timed(found, end) for found in (conductor, *parts)]
    file.save(path)


def _until(track: MidiTrack, end: int) -> list[Event]:
    """Return what stands in a track before `end`, its ticks counted from the start."""
    found: list[Event] = []
    held: set[tuple[int, int]] = set()
    now = 0
    for message in track:
        now += message.time
        if now >= end - _ROUNDED or message.type == "end_of_track":
            continue
        found.append((now, message))
        if message.type == "note_on":
            held.add((message.channel, message.note))
        elif message.type == "note_off":
            held.discard((message.channel, message.note))
    over = [(end, Message("note_off", channel=channel, note=note)) for channel, note in sorted(held)]
    return [*found, *over]


def _tick_at(file: MidiFile, length: Fraction) -> int:
    """Return the tick nearest to `length` s."""
    quarter = int(file.ticks_per_beat)
    tick, tempo, left = 0, 500_000, length * 1_000_000
    for message in file.tracks[0]:
        took = Fraction(int(message.time) * tempo, quarter)
        if took >= left:
            break
        tick, left = tick + int(message.time), left - took
        tempo = int(message.tempo) if message.type == "set_tempo" else tempo
    return tick + round(left * quarter / tempo)


class _Clock:
    """Samples to ticks."""

    def __init__(self, score: Score) -> None:
        self.quarters = Fraction(Metre.of(score.metre).sixteenths, 4)
        """In a beat."""
        samples = [beat.sample for beat in score.beats] or [0]
        if samples[0] > 0:  # what leads into a groove's first bar is a bar of its own, a quicker one
            beats = Metre.of(score.metre).beats
            samples[:0] = [samples[0] * place // beats for place in range(beats)]
        last = samples[-1] - samples[-2] if len(samples) > 1 else SAMPLE_RATE // 2
        while samples[-1] <= score.length:
            samples.append(samples[-1] + max(1, last))
        self.samples = samples
        """Of every beat, a little beyond the end."""

    def tick(self, sample: int) -> int:
        """Return the tick nearest to a sample; before the first beat there is none."""
        place = min(max(bisect_right(self.samples, sample) - 1, 0), len(self.samples) - 2)
        start, end = self.samples[place : place + 2]
        return max(0, round((place + Fraction(sample - start, end - start)) * self.quarters * TICKS))

    def tempo(self, place: int) -> int:
        """Return microseconds a quarter from beat `place` to the next."""
        beat = Fraction(self.samples[place + 1] - self.samples[place], SAMPLE_RATE)
        return min(_LONGEST_TEMPO, round(beat / self.quarters * 1_000_000))


def _conductor(score: Score, clock: _Clock) -> MidiTrack:
    found: list[Event] = list(_signatures(score, clock))
    told = bpm2tempo(120)
    for place, sample in enumerate(clock.samples[:-1]):
        if (tempo := clock.tempo(place)) != told:
            found.append((clock.tick(sample), MetaMessage("set_tempo", tempo=tempo)))
            told = tempo
    found += [(clock.tick(s.start), MetaMessage("marker", text=f"section {s.label}")) for s in score.sections]
    for place, hit in enumerate(score.hits, 1):
        text = f"hit {place} at {float(hit.asked):.3f} s"
        found.append((clock.tick(hit.sample), MetaMessage("marker", text=text)))
    if score.beats and score.beats[0].sample > 0:
        found.append((0, MetaMessage("marker", text="lead-in")))
    found.append((clock.tick(score.length), MetaMessage("marker", text=_END)))
    return _timed(found, clock.tick(score.length))


def _signatures(score: Score, clock: _Clock) -> Iterator[tuple[int, MetaMessage]]:
    """Yield the metre, and wherever a bar has another number of beats, that bar's own."""
    metre, told = Metre.of(score.metre), score.metre
    yield 0, MetaMessage("time_signature", numerator=told[0], denominator=told[1])
    bars = [list(bar) for _, bar in groupby(score.beats, key=lambda beat: beat.bar)]
    for bar in bars[:-1]:
        if (signature := metre.signature(len(bar))) != told:
            told = signature
            yield (
                clock.tick(bar[0].sample),
                MetaMessage("time_signature", numerator=told[0], denominator=told[1]),
            )


def _timed(found: list[Event], end: int) -> MidiTrack:
    """Turn ticks from the start into ticks from event to event; a note ends before the next one begins."""
    track, now = MidiTrack(), 0
    for tick, message in sorted(found, key=lambda event: (event[0], event[1].type == "note_on")):
        track.append(message.copy(time=tick - now))
        now = tick
    track.append(MetaMessage("end_of_track", time=max(0, end - now)))
    return track
