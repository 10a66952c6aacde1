"""One region played at one key: resample, filter, shape (the synthesis model of section 9)."""

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from immersivaudio.music.score import SAMPLE_RATE
from immersivaudio.music.soundfont.generators import G, hertz, seconds
from immersivaudio.music.soundfont.modulators import DEFAULTS
from immersivaudio.music.soundfont.regions import Region
from immersivaudio.music.soundfont.samples import Sample
from immersivaudio.music.tones.envelopes import dahdsr
from immersivaudio.music.tones.filters import Filter, cached_response, response
from immersivaudio.music.tones.lengths import PADDING, length_class

Mono = NDArray[np.float32]

Equaliser = tuple[Filter, ...]

INAUDIBLE = 3e-5
OPEN_FILTER = 15_000.0
"""Hz: a filter above this is left out."""
ATTENUATION_SCALE = 0.4
"""The hardware that fonts were voiced on took 0.4 of the attenuation written, and every player follows it."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What a region sounds like for one key and strength."""

    sound: Mono
    pan: float
    """-1 to 1."""


def play(region: Region, sample: Sample, key: int, velocity: int, size: int, equaliser: Equaliser) -> Voice:
    """Render `size` samples of `region` at most, fewer where it falls silent sooner."""
    values = region.values(key, velocity)
    value = partial(_value, values)
    envelope = _envelope(value, key, size)
    heard = int(np.flatnonzero(envelope > INAUDIBLE).max(initial=0)) + 1
    held = sustained(sample, values)
    pitch = _ratio(sample, values, key)
    bend = _bend(value, heard)
    sound = resample(sample.frames, held, pitch if bend is None else pitch * bend, heard)
    sound = _filtered(sound, value, equaliser)
    sound *= envelope[: len(sound)] * np.float32(10 ** (-_attenuation_db(value, velocity) / 20))
    return Voice(sound, min(max(value(G.PAN) / 500, -1.0), 1.0))


def _envelope(value: partial[float], key: int, size: int) -> Mono:
    return dahdsr(
        size,
        seconds(value(G.VOL_ENV_DELAY)),
        seconds(value(G.VOL_ENV_ATTACK)),
        seconds(value(G.VOL_ENV_HOLD) + value(G.KEY_TO_HOLD) * (60 - key)),
        seconds(value(G.VOL_ENV_DECAY) + value(G.KEY_TO_DECAY) * (60 - key)),
        -max(value(G.VOL_ENV_SUSTAIN), 0.0) / 10,
    )


def _value(values: dict[int, float], operator: int) -> float:
    return values.get(operator, 0.0)


def _attenuation_db(value: partial[float], velocity: int) -> float:
    # The default loudness of velocity belongs to the mixer; what a font adds of its own stays.
    written = value(G.ATTENUATION) - DEFAULTS[0].value(60, velocity)
    return ATTENUATION_SCALE * max(written, 0.0) / 10


def sustained(sample: Sample, values: dict[int, float]) -> tuple[int, int, int, int]:
    """Return (start, end, loop start, loop end) in frames after all offsets; an empty loop: none."""
    size = len(sample.frames)
    start = int(values.get(G.START, 0) + 32768 * values.get(G.START_COARSE, 0))
    end = size + int(values.get(G.END, 0) + 32768 * values.get(G.END_COARSE, 0))
    loop_start = sample.loop[0] + int(
        values.get(G.LOOP_START, 0) + 32768 * values.get(G.LOOP_START_COARSE, 0)
    )
    loop_end = sample.loop[1] + int(values.get(G.LOOP_END, 0) + 32768 * values.get(G.LOOP_END_COARSE, 0))
    start, end = min(max(start, 0), size - 1), min(max(end, 1), size)
    looped = int(values.get(G.SAMPLE_MODES, 0)) & 1 and start <= loop_start < loop_end - 1 < size
    if end <= start:
        start, end = 0, size
    return (start, end, loop_start, min(loop_end, size)) if looped else (start, end, 0, 0)


def _ratio(sample: Sample, values: dict[int, float], key: int) -> float:
    root = values[G.ROOT_KEY] if 0 <= values[G.ROOT_KEY] <= 127 else sample.root
    played = values[G.KEY] if 0 <= values[G.KEY] <= 127 else key
    cents = values.get(G.COARSE_TUNE, 0) * 100 + values.get(G.FINE_TUNE, 0) + sample.correction
    cents += (played - root) * values[G.SCALE_TUNING]
    return float(2.0 ** (min(max(cents, -9600.0), 9600.0) / 1200.0)) * sample.rate / SAMPLE_RATE


def resample(
    frames: Mono, held: tuple[int, int, int, int], pitch: float | NDArray[np.float64], size: int
) -> Mono:
    """Read `frames` at `pitch` (frames a sample, constant or a curve), looping if told; Catmull-Rom cubic."""
    start, end, loop_start, loop_end = held
    if isinstance(pitch, float):
        position = np.arange(size, dtype=np.float64) * pitch
    else:
        position = np.cumsum(pitch) - pitch[0]
    if loop_end:
        needed = int(position[-1]) + 4
        source = _unrolled(frames, start, loop_start, loop_end, needed)
    else:
        source = frames[start:end]
        size = min(size, int(np.searchsorted(position, len(source) - 1)))
        position = position[:size]
    source = np.concatenate((np.zeros(1, np.float32), source, np.zeros(4, np.float32)))
    index = position.astype(np.int32)
    t = (position - index).astype(np.float32)
    before, here, after, later = source[index], source[index + 1], source[index + 2], source[index + 3]
    slope = 0.5 * (after - before)
    cubic = 0.5 * (later - before) + 1.5 * (here - after)
    square = after - here - slope - cubic
    sound: Mono = ((cubic * t + square) * t + slope) * t + here
    return sound


def _unrolled(frames: Mono, start: int, loop_start: int, loop_end: int, needed: int) -> Mono:
    """Return at least `needed` frames from `start` with the loop written out."""
    turns = max(0, -(-(needed - (loop_end - start)) // (loop_end - loop_start)))
    return np.concatenate((frames[start:loop_end], np.tile(frames[loop_start:loop_end], turns)))


def _bend(value: partial[float], size: int) -> NDArray[np.float64] | None:
    """Return the pitch factor over time: vibrato and modulation envelope; None where there is neither."""
    depth, sweep = value(G.VIB_LFO_TO_PITCH), value(G.MOD_ENV_TO_PITCH)
    if abs(depth) < 1 and abs(sweep) < 5:
        return None
    cents = np.zeros(size)
    if abs(depth) >= 1:
        t = np.arange(size) / SAMPLE_RATE - seconds(value(G.VIB_LFO_DELAY))
        cents += depth * np.sin(2 * np.pi * hertz(value(G.VIB_LFO_FREQUENCY)) * np.maximum(t, 0.0))
    if abs(sweep) >= 5:
        cents += sweep * _modulation_envelope(value, size)
    return np.exp2(np.clip(cents, -4800, 4800) / 1200)


def _modulation_envelope(value: partial[float], size: int) -> Mono:
    """Return 0 to 1; it decays linearly, unlike the volume's (section 8.1.3)."""
    times = [
        seconds(value(which))
        for which in (G.MOD_ENV_DELAY, G.MOD_ENV_ATTACK, G.MOD_ENV_HOLD, G.MOD_ENV_DECAY)
    ]
    sustain = 1.0 - min(max(value(G.MOD_ENV_SUSTAIN), 0.0), 1000.0) / 1000
    delay, attack, hold = times[0], times[0] + times[1], times[0] + times[1] + times[2]
    # `decay` would take the envelope from full to nothing; it stops at the sustain level.
    points = np.maximum.accumulate([0.0, delay, attack, hold, hold + times[3] * (1 - sustain)])
    points += np.arange(5) * 1e-6
    return np.interp(np.arange(size) / SAMPLE_RATE, points, [0.0, 0.0, 1.0, 1.0, sustain]).astype(np.float32)


def _filtered(sound: Mono, value: partial[float], equaliser: Equaliser) -> Mono:
    """Apply the part's equaliser and the region's lowpass, which the modulation envelope may move."""
    size = length_class(len(sound)) + PADDING
    spectrum = np.fft.rfft(sound, size) * cached_response(equaliser, size)
    cutoff, sweep = value(G.FILTER_CUTOFF), value(G.MOD_ENV_TO_FILTER)
    q = max(10 ** ((min(max(value(G.FILTER_Q), 0.0), 240.0) / 10 - 3.01) / 20), 0.5)

    def at(cents: float) -> Mono:
        frequency = hertz(cents)
        if frequency >= OPEN_FILTER:
            passed = spectrum
        else:
            passed = spectrum * response((Filter("lowpass", max(frequency, 30.0), q),), size)
        return np.fft.irfft(passed, size)[: len(sound)].astype(np.float32, copy=False)

    if abs(sweep) < 200 or min(hertz(cutoff), hertz(cutoff + sweep)) >= OPEN_FILTER:
        return at(cutoff)
    # A moving filter as a crossfade between resting places, no further than an octave and a half apart.
    move = _modulation_envelope(value, len(sound))
    steps = max(1, round(abs(sweep) / 1800))
    places = [at(cutoff + sweep * i / steps) for i in range(steps + 1)]
    total = np.zeros_like(sound)
    for i, place in enumerate(places):
        total += place * np.maximum(0.0, 1.0 - np.abs(move * np.float32(steps) - np.float32(i)))
    return total
