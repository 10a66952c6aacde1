"""One region played at one key: resampled, shaped, and told which filter comes next (section 9)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from immersivaudio.music.score import SAMPLE_RATE
from immersivaudio.music.soundfont.generators import G, hertz, seconds
from immersivaudio.music.soundfont.modulators import DEFAULTS
from immersivaudio.music.soundfont.regions import Region
from immersivaudio.music.soundfont.resampling import Mono, Span, resample
from immersivaudio.music.soundfont.samples import Sample
from immersivaudio.music.timbre.envelopes import dahdsr
from immersivaudio.music.timbre.filters import Filter

Values = Mapping[int, float]
"""Generators of one note; those of value 0 may be missing."""

INAUDIBLE = 3e-5
OPEN_FILTER = 12_000.0
"""Hz: a filter above this is left out."""
ATTENUATION_SCALE = 0.4
"""The hardware that fonts were voiced on took 0.4 of the attenuation written, and every player follows it."""
STILL = 200.0
"""Cents: a filter that moves less stands still."""
STRIDE = 1800.0
"""Cents between the resting places of a moving filter."""


@dataclass(frozen=True, slots=True)
class Strand:
    """Sound that goes through one fixed filter to one place. A moving filter is several strands."""

    sound: Mono
    pan: float
    """-1 to 1."""
    lowpass: Filter | None = None


def play(region: Region, sample: Sample, key: int, velocity: int, size: int) -> list[Strand]:
    """Play `region` for `size` samples at most, fewer where it falls silent sooner."""
    values = region.values(key, velocity)
    envelope = _volume(values, key, size)
    heard = max(1, size - int(np.argmax(envelope[::-1] > INAUDIBLE)))
    pitch = _ratio(sample, values, key)
    bend = _bend(values, heard)
    sound = resample(sample.cubics, _span(sample, values), pitch if bend is None else pitch * bend, heard)
    sound *= envelope[: len(sound)]
    sound *= np.float32(10 ** (-_attenuation_db(values, velocity) / 20))
    pan = min(max(values.get(G.PAN, 0.0) / 500, -1.0), 1.0)
    return [Strand(part, pan, lowpass) for part, lowpass in _parted(sound, values)]


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


def _span(sample: Sample, values: Values) -> Span:
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
    return Span(start, end, loop_start, loop_end) if looped else Span(start, end)


def _ratio(sample: Sample, values: Values, key: int) -> float:
    root = values[G.ROOT_KEY] if 0 <= values[G.ROOT_KEY] <= 127 else sample.root
    played = values[G.KEY] if 0 <= values[G.KEY] <= 127 else key
    cents = values.get(G.COARSE_TUNE, 0) * 100 + values.get(G.FINE_TUNE, 0) + sample.correction
    cents += (played - root) * values[G.SCALE_TUNING]
    return float(2.0 ** (min(max(cents, -9600.0), 9600.0) / 1200.0)) * sample.rate / SAMPLE_RATE


def _bend(values: Values, size: int) -> NDArray[np.float64] | None:
    """Return the pitch factor over time: vibrato and modulation envelope; None where there is neither."""
    depth, sweep = values.get(G.VIB_LFO_TO_PITCH, 0.0), values.get(G.MOD_ENV_TO_PITCH, 0.0)
    if abs(depth) < 1 and abs(sweep) < 5:
        return None
    cents = np.zeros(size)
    if abs(depth) >= 1:
        t = np.arange(size) / SAMPLE_RATE - seconds(values[G.VIB_LFO_DELAY])
        cents += depth * np.sin(2 * np.pi * hertz(values.get(G.VIB_LFO_FREQUENCY, 0.0)) * np.maximum(t, 0.0))
    if abs(sweep) >= 5:
        cents += sweep * _modulation(values, size)
    return np.exp2(np.clip(cents, -4800, 4800) / 1200)


def _modulation(values: Values, size: int) -> Mono:
    """Return the modulation envelope, 0 to 1; it decays linearly, unlike the volume's (section 8.1.3)."""
    stages = (G.MOD_ENV_DELAY, G.MOD_ENV_ATTACK, G.MOD_ENV_HOLD, G.MOD_ENV_DECAY)
    delay, attack, hold, decay = (seconds(values[stage]) for stage in stages)
    sustain = 1.0 - min(max(values.get(G.MOD_ENV_SUSTAIN, 0.0), 0.0), 1000.0) / 1000
    return _corners(delay, attack, hold, decay, sustain, size)


@lru_cache(maxsize=24)
def _corners(delay: float, attack: float, hold: float, decay: float, sustain: float, size: int) -> Mono:
    # `decay` would take the envelope from full to nothing; it stops at the sustain level.
    corners = np.cumsum([0.0, delay, attack, hold, decay * (1 - sustain)]) + np.arange(5) * 1e-6
    curve = np.interp(np.arange(size) / SAMPLE_RATE, corners, [0.0, 0.0, 1.0, 1.0, sustain]).astype(
        np.float32
    )
    curve.setflags(write=False)
    return curve


def _parted(sound: Mono, values: Values) -> list[tuple[Mono, Filter | None]]:
    """Share `sound` out between the filters it passes while the modulation envelope moves the cutoff."""
    cutoff, sweep = values[G.FILTER_CUTOFF], values.get(G.MOD_ENV_TO_FILTER, 0.0)
    resonance = min(max(values.get(G.FILTER_Q, 0.0), 0.0), 240.0) / 10 - 3.01
    q = max(10 ** (resonance / 20), 0.5)
    if abs(sweep) < STILL or hertz(min(cutoff, cutoff + sweep)) >= OPEN_FILTER:
        return [(sound, _lowpass(cutoff, q))]
    steps = max(1, round(abs(sweep) / STRIDE))
    where = _modulation(values, len(sound)) * np.float32(steps)
    return [
        (
            sound * np.maximum(0.0, 1.0 - np.abs(where - np.float32(i))),
            _lowpass(cutoff + sweep * i / steps, q),
        )
        for i in range(steps + 1)
    ]


def _lowpass(cents: float, q: float) -> Filter | None:
    """Return the filter, its cutoff on a grid of 50 cents so that responses are shared; None: wide open."""
    frequency = hertz(50.0 * round(max(cents, 2400.0) / 50.0))
    return None if frequency >= OPEN_FILTER else Filter("lowpass", frequency, round(q, 2))
