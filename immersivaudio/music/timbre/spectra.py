"""From sound to spectrum and back.

Both ways are scaled by 1 / sqrt(size): numpy then works in the single precision it is given; unscaled, it
takes a forward transform in double and four times as long. scipy's is as quick, and importing it costs a
minute's transforms. Four rows of `size` samples or more, not padded here, take half the time each.
"""

import numpy as np
from numpy.typing import NDArray

Spectrum = NDArray[np.complex64]


def spectrum(sound: NDArray[np.float32], size: int) -> Spectrum:
    """Return the orthonormal FFT of `sound` along its last axis, cut or padded to `size` samples."""
    return np.fft.rfft(sound, size, norm="ortho").astype(np.complex64, copy=False)


def waveform(found: Spectrum, size: int) -> NDArray[np.float32]:
    """Return the sound of `size` samples whose orthonormal FFT is `found`."""
    return np.fft.irfft(found, size, norm="ortho").astype(np.float32, copy=False)
