"""What sets a voice apart from music and wind: its pitch glides, and its level moves with the syllables.

Both look at sound at 16 kHz in frames of 10 ms. A sung or played note holds its pitch or wavers around it; a
speaker's never rests, at 5 to 50 semitones a second. And the four to eight syllables of a second move every
band by several decibels (Houtgast & Steeneken 1985), where music moves a few of them, and wind none.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy import ndimage, signal

RATE = 16_000
"""Hz of the sound looked at."""
FRAMES = 100
"""Frames a second."""

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_HOP = RATE // FRAMES
_LONG, _SHORT = 640, 320
"""Samples of a frame: 40 ms hold two periods of the deepest voice, 20 ms part the syllables."""
_LOWEST, _HIGHEST = 65.0, 350.0
"""Hz: the pitch of voices."""
_TOP = 4000.0
"""Hz: harmonics above it say little of the pitch."""
_CLEAR = 0.35
"""How much of the sound must be in the harmonics of one pitch, 0 to 1."""
_STEP = 0.8
"""Semitones from one frame to the next, at most, for the pitch to be the same voice's."""
_SHORTEST = 6
"""Frames of one glide: 60 ms."""
_TRAVEL = 0.6
"""Semitones that a glide moves, at least."""
_SPEED = 4.0
"""Semitones a second."""
_WINDING = 2.5
"""How much longer than the distance the way may be: a vibrato turns back, a glide does not."""
_BANDS = ((150, 400), (400, 800), (800, 1500), (1500, 2500), (2500, 4000), (4000, 7900))
_SYLLABLES = (2.5, 10.0)
"""Hz."""
_FLOOR = 50.0
"""dB below the loudest moment, under which a band counts as silent."""


def glides(sound: Floats) -> Bools:
    """Return which frames lie in a glide of a clear pitch. `sound` has shape (n,), the result (n / 160,)."""
    pitch, clear = _pitch(sound)
    steps = np.abs(np.diff(pitch))
    joined = (steps < _STEP) & clear[1:] & clear[:-1]
    found = np.zeros(len(pitch), dtype=bool)
    runs, count = ndimage.label(joined)
    for (run,) in ndimage.find_objects(runs, count):
        if run.stop - run.start < _SHORTEST:
            continue
        line = ndimage.uniform_filter1d(pitch[run.start : run.stop + 1], 3)
        travel = float(np.ptp(line))
        way = float(np.abs(np.diff(line)).sum())
        fast = travel * FRAMES >= _SPEED * (run.stop - run.start)
        found[run.start : run.stop + 1] = travel > _TRAVEL and way < _WINDING * travel and fast
    return found


def syllables(sound: Floats) -> Floats:
    """Return how far the levels of the bands move at the rate of syllables, dB, around each frame.

    The mean over six bands of the standard deviation in 2 s. `sound` has shape (n,), the result (n / 160,).
    """
    spectra = np.abs(np.fft.rfft(_frames(sound, _SHORT), 512, axis=1)) ** 2
    hertz = np.fft.rfftfreq(512, 1 / RATE)
    energy = [spectra[:, (hertz >= low) & (hertz < high)].sum(axis=1) for low, high in _BANDS]
    levels = 10 * np.log10(np.stack(energy) + 1e-9)
    levels = np.maximum(levels, levels.max(axis=1, keepdims=True) - _FLOOR)
    filter_ = signal.butter(2, _SYLLABLES, "bandpass", fs=FRAMES, output="sos")
    moving = signal.sosfiltfilt(filter_, levels, axis=1, padlen=min(50, levels.shape[1] - 1))
    power = ndimage.uniform_filter1d(moving**2, 2 * FRAMES, axis=1)
    return np.asarray(np.sqrt(np.maximum(power, 0)).mean(axis=0))


def _pitch(sound: Floats) -> tuple[Floats, Bools]:
    """Pitch in semitones, and where it is clear: the peak of the autocorrelation, less the background."""
    size = 2048
    kept = int(_TOP / RATE * size)
    spectra = np.abs(np.fft.rfft(_frames(sound, _LONG), size, axis=1)[:, :kept])
    ground = _background(spectra)
    rest = np.maximum(spectra - 1.5 * ground, 0)
    rest[:, : int(_LOWEST / RATE * size)] = 0
    echo = np.fft.irfft(rest, size, axis=1)
    shortest, longest = int(RATE / _HIGHEST), int(RATE / _LOWEST)
    lags = echo[:, shortest:longest]
    best = np.clip(lags.argmax(axis=1), 1, lags.shape[1] - 2)
    row = np.arange(len(lags))
    left, top, right = lags[row, best - 1], lags[row, best], lags[row, best + 1]
    offset = np.clip(0.5 * (left - right) / (left - 2 * top + right - 1e-12), -0.5, 0.5)
    clear = (top > _CLEAR * echo[:, 0]) & (rest.sum(axis=1) > 0.5 * ground.sum(axis=1)) & (top > 0)
    return 12 * np.log2(RATE / (shortest + best + offset)), clear


def _background(spectra: Floats) -> Floats:
    """What goes on for a second: the lower quartile of each bin around each frame (wind, held notes)."""
    block = 5
    count = -(-len(spectra) // block)
    padded = np.pad(spectra, ((0, count * block - len(spectra)), (0, 0)), mode="edge")
    means = padded.reshape(count, block, -1).mean(axis=1)
    around = np.pad(means, ((10, 10), (0, 0)), mode="reflect" if count > 10 else "edge")
    views = sliding_window_view(around, 21, axis=0)[::2]
    quartile = np.partition(views, 5, axis=-1)[..., 5]
    return np.repeat(np.repeat(quartile, 2, axis=0)[:count], block, axis=0)[: len(spectra)]


def _frames(sound: Floats, size: int) -> Floats:
    padded = np.pad(sound, (size // 2, size // 2))
    return np.asarray(sliding_window_view(padded, size)[::_HOP] * np.hanning(size))
