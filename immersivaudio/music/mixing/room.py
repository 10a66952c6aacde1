"""Reverb, one room for all parts: a synthetic impulse response, applied by FFT.

Velvet-smooth decaying noise with a few early reflections is the classic model of a diffuse room (Moorer 1979,
"About this reverberation business"); left and right are drawn apart, so the room opens the stereo image.
"""

from functools import lru_cache

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import Sound
from immersivaudio.music.mixing.style import Style
from immersivaudio.music.timbre.envelopes import fade
from immersivaudio.music.timbre.spectra import spectrum, waveform

LOW_CUT = 220.0
"""Hz: the room has no rumble."""
EARLY = ((7, 0.50), (11, 0.42), (17, 0.36), (23, 0.30), (31, 0.25), (41, 0.20))
"""Early reflections: ms after the pre-delay, gain."""
BANDS = (250.0, 1000.0, 4000.0, 24_000.0)
"""Hz, upper edges of the bands that decay each at its own pace."""


@lru_cache(maxsize=4)
def impulse_response(style: Style) -> Sound:
    """Return the room's answer, (2, n), of unit energy a channel."""
    length = round(style.reverb * 1.1 * SAMPLE_RATE)
    chance = np.random.Generator(np.random.PCG64(20_240_229))
    noise = chance.standard_normal((2, length)).astype(np.float32)
    drawn = spectrum(noise, length)
    frequency = np.fft.rfftfreq(length, 1 / SAMPLE_RATE)
    t = np.arange(length, dtype=np.float32) / SAMPLE_RATE
    late, low = np.zeros_like(noise), LOW_CUT
    for high in BANDS:
        inside = np.exp(-((np.maximum(np.log2(np.maximum(frequency, 1) / high), 0) * 4) ** 2))
        inside *= np.exp(-((np.maximum(np.log2(low / np.maximum(frequency, 1)), 0) * 4) ** 2))
        seconds = style.reverb / (1 + ((low * high) ** 0.5 / style.damping) ** 0.8)
        late += waveform((drawn * inside).astype(np.complex64), length) * 10 ** (-3 * t / np.float32(seconds))
        low = high
    onset = np.minimum(t / np.float32(0.015), 1.0)
    answer = late * onset
    for i, (ms, gain) in enumerate(EARLY):
        side = i % 2
        for channel, share in ((side, 1.0), (1 - side, 0.35)):
            answer[channel, ms * SAMPLE_RATE // 1000 + 17 * channel] += 6 * gain * share
    answer[:, -2400:] *= fade(2400)
    answer /= np.sqrt(np.square(answer).sum(axis=1, keepdims=True))
    predelay = np.zeros((2, round(style.predelay * SAMPLE_RATE)), np.float32)
    return np.concatenate((predelay, answer), axis=1)


def reverberate(sent: Sound, style: Style) -> Sound:
    """Return the room's answer to `sent`, shape (2, n + length of the room)."""
    answer = impulse_response(style)
    total = sent.shape[1] + answer.shape[1] - 1
    size = _fast_size(total)
    found = spectrum(sent, size)
    found *= _room_spectrum(style, size)
    return waveform(found, size)[:, :total]


@lru_cache(maxsize=2)
def _room_spectrum(style: Style, size: int) -> np.ndarray[tuple[int, ...], np.dtype[np.complex64]]:
    return spectrum(impulse_response(style), size) * np.float32(size**0.5)


def _fast_size(least: int) -> int:
    """Return a size of at least `least` that the FFT likes: 2^k times 1, 9/8, 5/4, 3/2 or 27/16."""
    top = 1 << (least - 1).bit_length()
    sizes = (top, top * 9 // 16, top * 5 // 8, top * 3 // 4, top * 27 // 32)
    return min(size for size in sizes if size >= least)
