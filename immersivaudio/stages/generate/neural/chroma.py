"""A melody as the melody model reads it: which of the twelve pitch classes is the strongest, over time.

As `MusicgenMelodyFeatureExtractor` does, which needs torchaudio for its spectrogram.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from immersivaudio.stages.generate.neural.engine import Sound

_FFT = 16_384
_HOP = 4096


def chroma(melody: Sound | None, rate: int, classes: int, frames: int) -> NDArray[np.float32]:
    """Return one-hot rows of shape (frames, classes); a melody that is too short begins again.

    `melody` is mono, at `rate` Hz. Without one, every row is the first class, as in training.
    """
    out = np.zeros((frames, classes), np.float32)
    if melody is None or not melody.any():
        out[:, 0] = 1
        return out
    mono = np.pad(melody.reshape(-1), _FFT // 2, mode="constant")
    mono = np.pad(mono, (0, max(0, _FFT - len(mono))))
    windows = np.lib.stride_tricks.sliding_window_view(mono, _FFT)[::_HOP][:frames]
    hann = np.hanning(_FFT + 1)[:-1].astype(np.float32)
    power = np.stack([np.abs(np.fft.rfft(window * hann)) ** 2 for window in windows])
    best = (power @ _filters(rate, classes).T).argmax(1)
    out[np.arange(frames), np.resize(best, frames)] = 1
    return out


@cache
def _filters(rate: int, classes: int) -> NDArray[np.float64]:
    from transformers.audio_utils import chroma_filter_bank

    bank: NDArray[np.float64] = chroma_filter_bank(
        sampling_rate=rate, num_frequency_bins=_FFT, tuning=0, num_chroma=classes
    )
    return bank
