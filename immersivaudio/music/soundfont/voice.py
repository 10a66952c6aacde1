"""One region played at one key: resampled, shaped, and told which filter comes next (section 9)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import Sound
from immersivaudio.music.soundfont.generators import G, hertz, seconds
from immersivaudio.music.soundfont.modulators import DEFAULTS
from immersivaudio.music.soundfont.regions import Region
from immersivaudio.music.soundfont.resampling import (
    BEND_STEP,
    CHUNK,
    Cubics,
    Mono,
    SampleSpan,
    Where,
    bent,
    drawn,
)
from immersivaudio.music.soundfont.samples import Sample
from immersivaudio.music.timbre.envelopes import dahdsr
from immersivaudio.music.timbre.filters import Filter
from immersivaudio.music.timbre.tone import constant_power

Values = Mapping[int, float]
"""Generators of one note; those of value 0 may be missing."""

INAUDIBLE = 3e-5
FAINT = 1e-6
"""Of one side: nothing is played there."""
OPEN_FILTER = 12_000.0
"""Hz: a filter above this is left out."""
ATTENUATION_SCALE = 0.4
"""The hardware that fonts were voiced on took 0.4 of the attenuation written, and every player follows it."""
FAST = 0.25
"""s within which a modulation envelope may move quickly."""
STILL = 200.0
"""Cents: a filter that moves less stands still."""
STRIDE = 1800.0
"""Cents between the resting places of a moving filter."""


class Bench:
    """Room to work in, used again by every region of a tone."""

    def __init__(self) -> None:
        self.where = Where()
        self.rows = np.empty((CHUNK, 4), np.float32)
        self.sound, self.shared, self.part = np.empty((3, CHUNK), np.float32)


@dataclass(frozen=True, slots=True)
class Voice:
    """One region, ready to be played at one key."""

    curve: Cubics
    span: SampleSpan
    pitch: float
    """Frames a sample."""
    path: NDArray[np.float64] | None
    """Where that is not steady: what `bent` returns."""
    envelope: Mono
    lowpasses: tuple[Filter | None, ...]
    """A filter that moves is several, with crossfades between neighbours."""
    place: Mono | None
    """Which of them is passed, over time."""
    pan: float
    """-1 to 1."""
    size: int
    """Samples until it falls silent."""

    def play(self, into: Mapping[Filter | None, Sound], bench: Bench) -> int:
        """Add it to what passes its filters, (1, n) or (2, n); return where it ended."""
        end = 0
        sides = [(row, side) for row, side in enumerate(constant_power(self.pan)) if side > FAINT]
        mono = all(len(sound) == 1 for sound in into.values())
        for read in bench.where.chunks(self.span, self.pitch, self.path, self.size):
            sound = drawn(self.curve, read, bench.rows, bench.sound)
            end = read.first + read.count
            sound *= self.envelope[read.first : end]
            part = bench.part[: read.count]
            for lowpass, share in self._shares(read.first, end):
                heard = sound if share is None else np.multiply(sound, share, out=bench.shared[: read.count])
                if mono:
                    into[lowpass][0, read.first : end] += heard
                    continue
                for row, side in sides:
                    into[lowpass][row, read.first : end] += np.multiply(heard, np.float32(side), out=part)
        return end

    def _shares(self, first: int, end: int) -> Iterator[tuple[Filter | None, Mono | np.float32 | None]]:
        """Yield the filters that are passed in [first, end), and how much of the sound passes each."""
        if self.place is None or end <= first:
            yield self.lowpasses[0], None
            return
        place = self.place[first:end]
        low, high = place.min(), place.max()
        for i in range(int(low), min(int(np.ceil(high)), len(self.lowpasses) - 1) + 1):
            if low == high:
                yield self.lowpasses[i], np.float32(1) - abs(low - np.float32(i))
            else:
                yield self.lowpasses[i], np.maximum(np.float32(0), 1 - np.abs(place - np.float32(i)))


def ready(region: Region, sample: Sample, key: int, velocity: int, size: int) -> Voice:
    """Prepare `region` for a tone of `size` samples, whole chunks, or until it is silent."""
    values = region.values(key, velocity)
    envelope = _volume(values, key, size)
    heard = max(1, size - int(np.argmax(envelope[::-1] > INAUDIBLE)))
    envelope *= np.float32(10 ** (-_attenuation_db(values, velocity) / 20))
    pitch, span = _ratio(sample, values, key), _span(sample, values)
    path = _path(values, pitch, size)
    fastest = pitch if path is None else float(np.diff(path).max()) / BEND_STEP
    lowpasses, place = _lowpasses(values, size)
    return Voice(
        curve=sample.curve(span, int(CHUNK * fastest) + 2),
        span=span,
        pitch=pitch,
        path=path,
        envelope=envelope,
        lowpasses=lowpasses,
        place=place,
        pan=min(max(values.get(G.PAN, 0.0) / 500, -1.0), 1.0),
        size=heard,
    )


def _volume(values: Values, key: int, size: int) -> Mono:
    get = values.get
    return dahdsr(
        size,
        seconds(values[G.VOL_ENV_DELAY]),
        seconds(values[G.VOL_ENV_ATTACK]),
        seconds(values[G.VOL_ENV_HOLD] + get(G.KEY_TO_HOLD, 0) * (60 - key)),
        seconds(values[G.VOL_ENV_DECAY] + get(G.KEY_TO_DECAY, 0) * (60 - key)),
        -max(get(G.VOL_ENV_SUSTAIN, 0.0), 0.0) / 10,
    )


def _attenuation_db(values: Values, velocity: int) -> float:
    # The default loudness of velocity belongs to the mixer; what a font adds of its own stays.
    written = values.get(G.ATTENUATION, 0.0) - DEFAULTS[0].value(60, velocity)
    return ATTENUATION_SCALE * max(written, 0.0) / 10


def _span(sample: Sample, values: Values) -> SampleSpan:
    """Return what is played after all offsets; offsets that make no sense are left out."""

    def offset(fine: int, coarse: int) -> int:
        return int(values.get(fine, 0) + 32768 * values.get(coarse, 0))

    size = len(sample.frames)
    start = min(max(offset(G.START, G.START_COARSE), 0), size - 1)
    end = min(size, size + offset(G.END, G.END_COARSE))
    if end <= start + 1:
        start, end = 0, size
    loop_start = sample.loop[0] + offset(G.LOOP_START, G.LOOP_START_COARSE)
    loop_end = min(sample.loop[1] + offset(G.LOOP_END, G.LOOP_END_COARSE), size)
    looped = int(values.get(G.SAMPLE_MODES, 0)) & 1 and start <= loop_start < loop_end - 1
    return SampleSpan(start, end, loop_start, loop_end) if looped else SampleSpan(start, end)


def _ratio(sample: Sample, values: Values, key: int) -> float:
    root = values[G.ROOT_KEY] if 0 <= values[G.ROOT_KEY] <= 127 else sample.root
    played = values[G.KEY] if 0 <= values[G.KEY] <= 127 else key
    cents = values.get(G.COARSE_TUNE, 0) * 100 + values.get(G.FINE_TUNE, 0) + sample.correction
    cents += (played - root) * values[G.SCALE_TUNING]
    return float(2.0 ** (min(max(cents, -9600.0), 9600.0) / 1200.0)) * sample.rate / SAMPLE_RATE


def _path(values: Values, pitch: float, size: int) -> NDArray[np.float64] | None:
    """Return how far has been read every BEND_STEP samples, frames; None where the pitch is steady.

    Vibrato is slow enough for that; where the modulation envelope moves, every sample is added up.
    """
    depth, sweep = values.get(G.VIB_LFO_TO_PITCH, 0.0), values.get(G.MOD_ENV_TO_PITCH, 0.0)
    if abs(depth) < 1 and abs(sweep) < 5:
        return None
    moving = 0
    if abs(sweep) >= 5:
        settled = min(float(_corners(values)[-1]), FAST)
        moving = min((int(settled * SAMPLE_RATE) // BEND_STEP + 1) * BEND_STEP, size)
    fine = pitch * _bend(values, np.arange(moving + 1))
    coarse = pitch * _bend(values, np.arange(moving, size + 1, BEND_STEP))
    head = np.cumsum(fine)[::BEND_STEP] - fine[0]
    return np.concatenate((head[:-1], head[-1] + bent(coarse)))


def _bend(values: Values, sample: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the pitch factor at each `sample`: vibrato and modulation envelope."""
    depth, sweep = values.get(G.VIB_LFO_TO_PITCH, 0.0), values.get(G.MOD_ENV_TO_PITCH, 0.0)
    time = sample / SAMPLE_RATE
    cents = np.zeros(len(time))
    if abs(depth) >= 1:
        t = np.maximum(time - seconds(values[G.VIB_LFO_DELAY]), 0.0)
        cents += depth * np.sin(2 * np.pi * hertz(values.get(G.VIB_LFO_FREQUENCY, 0.0)) * t)
    if abs(sweep) >= 5:
        cents += sweep * _modulation(values, time)
    return np.exp2(np.clip(cents, -4800, 4800) / 1200)


def _modulation(values: Values, time: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the modulation envelope at `time`, 0 to 1; it decays linearly, unlike the volume's (8.1.3)."""
    return np.interp(time, _corners(values), [0.0, 0.0, 1.0, 1.0, _sustain(values)])


def _sustain(values: Values) -> float:
    return 1.0 - min(max(values.get(G.MOD_ENV_SUSTAIN, 0.0), 0.0), 1000.0) / 1000


def _corners(values: Values) -> NDArray[np.float64]:
    """Return when the modulation envelope begins, rises, holds, falls and stands still, s."""
    stages = (G.MOD_ENV_DELAY, G.MOD_ENV_ATTACK, G.MOD_ENV_HOLD, G.MOD_ENV_DECAY)
    delay, attack, hold, decay = (seconds(values[stage]) for stage in stages)
    # `decay` would take the envelope from full to nothing; it stops at the sustain level.
    times = [0.0, delay, attack, hold, decay * (1 - _sustain(values))]
    corners: NDArray[np.float64] = np.cumsum(times) + np.arange(5) * 1e-6
    return corners


def _lowpasses(values: Values, size: int) -> tuple[tuple[Filter | None, ...], Mono | None]:
    """Return the filters passed while the modulation envelope moves the cutoff, and which one when."""
    cutoff, sweep = values[G.FILTER_CUTOFF], values.get(G.MOD_ENV_TO_FILTER, 0.0)
    resonance = min(max(values.get(G.FILTER_Q, 0.0), 0.0), 240.0) / 10 - 3.01
    q = max(10 ** (resonance / 20), 0.5)
    if abs(sweep) < STILL or hertz(min(cutoff, cutoff + sweep)) >= OPEN_FILTER:
        return (_lowpass(cutoff, q),), None
    steps = max(1, round(abs(sweep) / STRIDE))
    where = _modulation(values, np.arange(size) / SAMPLE_RATE) * steps
    lowpasses = tuple(_lowpass(cutoff + sweep * i / steps, q) for i in range(steps + 1))
    return lowpasses, where.astype(np.float32)


def _lowpass(cents: float, q: float) -> Filter | None:
    """Return the filter, its cutoff on a grid of 50 cents so that responses are shared; None: wide open."""
    frequency = hertz(50.0 * round(max(cents, 2400.0) / 50.0))
    return None if frequency >= OPEN_FILTER else Filter("lowpass", frequency, round(q, 2))
