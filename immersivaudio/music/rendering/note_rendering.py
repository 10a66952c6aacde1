"""A part plays its notes of one block into silence: every tone placed so that it is heard on time."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import takewhile

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import Sound
from immersivaudio.music.mixing.blocks import Block, between
from immersivaudio.music.mixing.seating import SEATS
from immersivaudio.music.rendering.orchestra import Orchestra
from immersivaudio.music.score import SLIDE, Note, Part
from immersivaudio.music.timbre.envelopes import fade, release
from immersivaudio.music.timbre.tone import RenderedTone, constant_power

EARLIEST = round(0.12 * SAMPLE_RATE)
"""How much sooner than it is heard a tone may start; slower ones are entered after their beginning."""
ENTRY = round(0.004 * SAMPLE_RATE)
SLOW = round(0.012 * SAMPLE_RATE)
"""Tones that take longer to be heard cannot mark an accent by themselves."""
BITE = 1.0 + 0.8 * np.exp(-np.arange(round(0.35 * SAMPLE_RATE)) / (0.07 * SAMPLE_RATE)).astype(np.float32)
"""Gain over the beginning of such an accent."""
CHOKE = round(0.012 * SAMPLE_RATE)
CLOSING = round(0.002 * SAMPLE_RATE)
"""Samples until a hi-hat closes: a tape's wow may move it so far, and not before its section's start."""
NEVER = 1 << 40


@dataclass(frozen=True, slots=True)
class Placed:
    """A note with its tone, ready to be added."""

    tone: RenderedTone
    gain: float
    start: int
    """Absolute sample at which the tone's frame `skip` sounds."""
    skip: int
    duration: int
    """Samples from `start` until the key is released."""
    cut: int
    """Samples from `start` until another tone of its class cuts it off."""
    marcato: bool
    """A slow instrument's accent: entered once it has spoken, with the bite of a fresh bow."""


def play_block(part: Part, block: Block, orchestra: Orchestra, pan: float) -> tuple[int, Sound]:
    """Return the absolute sample at which the part's sound in `block` begins, and the sound, tail and all."""
    notes = between(part.notes, block)
    seat = SEATS[part.role]
    placed = [_place(part, note, block, orchestra) for note in notes]
    if part.role == "drums":
        placed = [_choked(one, note, part, orchestra) for one, note in zip(placed, notes, strict=True)]
    origin = max(block.since, block.start - EARLIEST)
    end = max((one.start + _sounding(one) for one in placed), default=origin)
    sound = np.zeros((2, end - origin), np.float32)
    left, right = constant_power(pan)
    level = 10 ** (seat.gain_db / 20)
    for one in placed:
        _add(sound, one, origin, (left * level, right * level))
    return origin, sound


def _place(part: Part, note: Note, block: Block, orchestra: Orchestra) -> Placed:
    tone, gain = orchestra.tone(part.instrument, note, SEATS[part.role].equaliser)
    if note.slide:
        tone = slid(tone, note.slide, min(SLIDE * SAMPLE_RATE, note.duration / 2))
    marcato = note.accent and tone.lag > SLOW
    early, heard = (ENTRY, tone.spoken) if marcato else (EARLIEST, tone.lag)
    start = max(note.onset - min(heard, early), block.since)
    skip = max(0, heard - (note.onset - start))
    return Placed(tone, gain, start, skip, max(note.onset + note.duration - start, 1), NEVER, marcato)


def slid(tone: RenderedTone, semitones: int, samples: float) -> RenderedTone:
    """Return `tone` struck `semitones` from its pitch and bent into it over `samples`, as a finger slides.

    The tone is read at another speed until it has arrived; what it lost or gained by then stays so.
    """
    bending = tone.lag + max(round(samples), 1)
    through = np.clip((np.arange(tone.sound.shape[1]) - tone.lag) / (bending - tone.lag), 0.0, 1.0)
    speed = 2.0 ** (semitones / 12 * (0.5 + 0.5 * np.cos(np.pi * through)))
    place = np.concatenate(([0.0], np.cumsum(speed)[:-1]))
    place = place[place < tone.sound.shape[1] - 1]
    index = place.astype(np.intp)
    share = (place - index).astype(np.float32)
    here, after = tone.sound.take(index, axis=1), tone.sound.take(index + 1, axis=1)
    return replace(tone, sound=here + (after - here) * share)


def _choked(one: Placed, note: Note, part: Part, orchestra: Orchestra) -> Placed:
    """Return `one` cut off by the next note of its class: a closed hi-hat silences the open one."""
    end = one.start + _sounding(one)
    later = part.notes[bisect_right(part.notes, note.onset, key=lambda other: other.onset) :]
    for other in takewhile(lambda other: other.onset < end, later if one.tone.choke else ()):
        tone, _ = orchestra.tone(part.instrument, other, SEATS[part.role].equaliser)
        if tone.choke == one.tone.choke:
            return replace(one, cut=other.onset - one.start + CLOSING)
    return one


def _sounding(one: Placed) -> int:
    """Return how many samples of the tone are heard."""
    left = int(one.tone.sound.shape[1]) - one.skip
    wanted = one.duration + one.tone.release if one.tone.release else left
    return max(0, min(left, wanted, one.cut + CHOKE))


def _add(sound: Sound, one: Placed, origin: int, sides: tuple[float, float]) -> None:
    size = _sounding(one)
    at = one.start - origin
    piece = one.tone.sound[:, one.skip : one.skip + size]
    if size == one.cut + CHOKE:
        piece = np.concatenate((piece[:, :-CHOKE], piece[:, -CHOKE:] * fade(CHOKE)), axis=1)
    held = min(one.duration, size) if one.tone.release else size
    if one.marcato:
        bitten = min(len(BITE), size)
        piece = np.concatenate((piece[:, :bitten] * BITE[:bitten], piece[:, bitten:]), axis=1)
    gains = [np.float32(one.gain * side) for side in sides]
    entry = min(ENTRY, held) if one.skip else 0
    for channel, gain in enumerate(gains):
        row, source = sound[channel, at : at + size], piece[min(channel, len(piece) - 1)]
        if entry:
            row[:entry] += source[:entry] * (gain * fade(entry)[::-1])
        row[entry:held] += source[entry:held] * gain
        if held < size:
            row[held:] += source[held:] * (gain * release(one.tone.release)[: size - held])
