"""What every sound is built from: a voice gives its next samples, and voices combine.

A voice keeps its own place, so ten minutes are made in blocks, without a loop and without holding them.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import Sound, silence

Mono = NDArray[np.float64]
Voice = Callable[[int], Sound]
"""Give the next `size` samples."""
Control = Callable[[int], Mono]
"""Give the next `size` values of something slow: shape (size,)."""
Filter = NDArray[np.float64]
"""Second-order sections, as `scipy.signal.sosfilt` takes them."""
Dice = np.random.Generator


def low(hertz: float, order: int = 2) -> Filter:
    """Butterworth low-pass."""
    return _butterworth(order, hertz, "lowpass")


def high(hertz: float, order: int = 2) -> Filter:
    """Butterworth high-pass."""
    return _butterworth(order, hertz, "highpass")


@lru_cache(maxsize=256)
def band(bottom: float, top: float, order: int = 1) -> Filter:
    """Butterworth band-pass."""
    return _butterworth(order, (bottom, top), "bandpass")


def _butterworth(order: int, hertz: float | tuple[float, float], kind: str) -> Filter:
    from scipy.signal import butter  # half a second of imports: when a sound is made

    return np.asarray(butter(order, hertz, kind, fs=SAMPLE_RATE, output="sos"))


def pink() -> Filter:
    """-3 dB an octave within 0.3 dB from 20 Hz to 20 kHz (three poles and zeros, R. Bristow-Johnson)."""
    from scipy.signal import zpk2sos

    zeros, poles = (0.98443604, 0.83392334, 0.07568359), (0.99572754, 0.94790649, 0.53567505)
    return np.asarray(zpk2sos(zeros, poles, 0.05))


def noise(dice: Dice, *filters: Filter, width: float = 1.0) -> Voice:
    """Endless filtered Gaussian noise; `width` 0 is the same left and right, 1 independent."""
    from scipy.signal import sosfilt

    own = dice.spawn(1)[0]
    sections = np.vstack(filters)
    state = np.zeros((len(sections), 2, 2))
    blend = np.array([[1.0, 1 - width], [0.0, width]]) if width < 1 else np.eye(2)
    blend = blend / np.sqrt(np.sum(blend**2, axis=0))

    def take(size: int) -> Sound:
        nonlocal state
        white = (own.standard_normal((size, 2), dtype=np.float32) @ blend).T
        coloured, state = sosfilt(sections, white, zi=state)
        return np.asarray(coloured, dtype=np.float32)

    return take


def drift(dice: Dice, seconds: float, *, period: float, bottom: float, top: float) -> Control:
    """Wander smoothly between `bottom` and `top`, with a new goal about every `period` seconds."""
    own = dice.spawn(1)[0]
    gaps = period * own.uniform(0.6, 1.4, int(seconds / (period * 0.6)) + 4)
    times = np.concatenate([[0.0], np.cumsum(gaps)]) * SAMPLE_RATE
    goals = own.uniform(bottom, top, len(times))
    return curve(times, goals)


def curve(samples: Mono, values: Mono) -> Control:
    """Follow values given at sample positions; straight lines in between."""
    position = 0

    def take(size: int) -> Mono:
        nonlocal position
        here = np.arange(position, position + size)
        position += size
        return np.interp(here, samples, values)

    return take


def shaped(voice: Voice, control: Control) -> Voice:
    """Multiply a voice by a slow control."""
    return lambda size: voice(size) * control(size).astype(np.float32)


def scaled(voice: Voice, decibels: float) -> Voice:
    """Change a voice's level."""
    gain = np.float32(10 ** (decibels / 20))
    return lambda size: voice(size) * gain


def together(*voices: Voice) -> Voice:
    """Sum voices."""

    def take(size: int) -> Sound:
        total = voices[0](size)
        for voice in voices[1:]:
            total = total + voice(size)
        return total

    return take


def scatter(times: Mono, grain: Callable[[int], Sound]) -> Voice:
    """Play `grain(index)` at each of `times` (s, rising): drops, chirps, steps."""
    starts = (np.asarray(times) * SAMPLE_RATE).astype(np.int64)
    position = index = 0
    tail = silence(0)

    def take(size: int) -> Sound:
        nonlocal position, index, tail
        room = silence(max(size, tail.shape[1]))
        room[:, : tail.shape[1]] = tail
        while index < len(starts) and starts[index] < position + size:
            sound, at = grain(index), int(max(starts[index] - position, 0))
            end = at + sound.shape[1]
            if end > room.shape[1]:
                room = np.concatenate([room, silence(end - room.shape[1])], axis=1)
            room[:, at:end] += sound
            index += 1
        tail, position = room[:, size:], position + size
        return room[:, :size]

    return take


def arrivals(dice: Dice, seconds: float, rate: float) -> Mono:
    """Times (s) of a Poisson process with `rate` events a second."""
    gaps = dice.spawn(1)[0].exponential(1 / rate, int(seconds * rate + 6 * np.sqrt(seconds * rate) + 8))
    times = np.cumsum(gaps)
    return times[times < seconds]


def steady(dice: Dice, seconds: float, period: float, jitter: float) -> Mono:
    """Times (s) about every `period` seconds; each gap is off by a share `jitter`, so no two beats lock."""
    gaps = period * (1 + jitter * dice.spawn(1)[0].standard_normal(int(seconds / period * 1.3) + 4))
    times = np.cumsum(np.clip(gaps, period * 0.5, period * 1.5))
    return times[times < seconds]


def heavy(dice: Dice, *, cap: float = 6.0, shape: float = 2.2) -> float:
    """A loudness as nature deals them: many small, few large (Pareto), never over `cap`."""
    return float(min(1 + dice.pareto(shape), cap)) / cap


def place(sound: Mono, pan: float) -> Sound:
    """Put a mono sound between left (-1) and right (1), at constant power."""
    angle = (np.clip(pan, -1, 1) + 1) * np.pi / 4
    return np.stack([sound * np.cos(angle), sound * np.sin(angle)]).astype(np.float32)


def ring(hertz: float, decay: float, seconds: float, *, glide: float = 0.0) -> Mono:
    """A damped sine: `decay` is the time (s) to fall by 60 dB; `glide` octaves over its length."""
    time = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    phase = 2 * np.pi * hertz * time * (1 + glide * time / (2 * max(seconds, 1e-6)))
    fade = np.minimum(1.0, (seconds - time) / 0.002)
    return np.asarray(np.sin(phase) * 10 ** (-3 * time / decay) * np.clip(fade, 0, 1))


def burst(dice: Dice, bottom: float, top: float, seconds: float, *, attack: float = 0.001) -> Mono:
    """A puff of band-passed noise with an exponential tail (band rounded to 100 Hz: filters are shared)."""
    from scipy.signal import sosfilt

    size = max(int(seconds * SAMPLE_RATE), 64)
    time = np.arange(size) / SAMPLE_RATE
    puff = sosfilt(band(round(bottom, -2), round(top, -2)), dice.standard_normal(size))
    return np.asarray(
        puff * np.minimum(time / attack, 1.0) * np.exp(-5 * time / seconds) * np.linspace(1, 0, size)
    )


def blocks(voice: Voice, size: int, block: int = SAMPLE_RATE) -> Iterator[Sound]:
    """Take `size` samples from a voice, a block at a time."""
    for start in range(0, size, block):
        yield voice(min(block, size - start))
