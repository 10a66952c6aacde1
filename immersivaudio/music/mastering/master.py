"""Mastering in three passes over a file: listen, measure what will be heard, apply one gain curve."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from immersivaudio.music.mastering import gain
from immersivaudio.music.mastering.balance import PIECE, Aim, Balance
from immersivaudio.music.mastering.loudness import HOP, Levels, integrated, k_weighting, loudness_range
from immersivaudio.music.mastering.peaks import true_peaks
from immersivaudio.music.score import SAMPLE_RATE
from immersivaudio.music.timbre.spectra import spectrum
from immersivaudio.music.timbre.tone import Sound
from immersivaudio.music.wav import WavReader, WavWriter

CHUNK = 480_000
"""Samples mastered at a time, a multiple of HOP."""
MARGIN = 24_000
"""Samples seen on both sides of a chunk: filters have rung out by then."""
FFT_SIZE = 540_000
"""At least CHUNK + 2 MARGIN, and a product of small primes."""
LISTEN_EVERY = 2
"""One piece in so many is enough to know the tonal balance, from LONG samples on."""
LONG = 30 * SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class Measured:
    """What the mastered mix measures."""

    loudness: float
    """Integrated, LUFS; -inf for silence."""
    loudness_range: float
    """LU."""
    true_peak: float
    """dBTP; -inf for silence."""


def master(mix: Path, out: Path, aim: Aim | None = None) -> Measured:
    """Write the mastered `mix` (48 kHz stereo float32 WAV) to `out`, which is exactly as long."""
    with WavReader(mix) as reader, WavWriter(out, reader.length) as writer:
        balance = _listen(reader, aim or Aim())
        power, peaks = _balanced(reader, writer, balance)
        curve = gain.plan(power, peaks, (aim or Aim()).ride)
        _apply(writer, curve)
    heard = power * curve**2
    highest = float((peaks * _highest_near(curve)).max(initial=0.0))
    return Measured(
        integrated(heard), loudness_range(heard), 20 * float(np.log10(highest)) if highest > 0 else -np.inf
    )


def _listen(reader: WavReader, aim: Aim) -> Balance:
    balance = Balance(aim)
    for start in range(0, reader.length, PIECE * (LISTEN_EVERY if reader.length > LONG else 1)):
        balance.add(reader.read(start, min(PIECE, reader.length - start)), start)
    return balance


def _balanced(reader: WavReader, writer: WavWriter, balance: Balance) -> tuple[Levels, Levels]:
    """Write the balanced mix, not yet loud; return K-weighted power and true peaks a millisecond."""
    middle, side = balance.response(FFT_SIZE)
    weighting = k_weighting(FFT_SIZE)
    powers, peaks = [], []
    for start in range(0, reader.length, CHUNK):
        size = min(CHUNK, reader.length - start)
        sound = reader.read(start - MARGIN, size + 2 * MARGIN)
        m = spectrum(sound[0] + sound[1], FFT_SIZE) * middle
        s = spectrum(sound[0] - sound[1], FFT_SIZE) * side
        spectra = np.stack((m + s, m - s)) * np.float32(0.5)
        balanced = np.fft.irfft(spectra, FFT_SIZE)[:, MARGIN : MARGIN + size].astype(np.float32, copy=False)
        weighted = np.fft.irfft(spectra * weighting, FFT_SIZE)[:, MARGIN : MARGIN + size]
        writer.write(start, balanced)
        powers.append(
            _whole(np.square(weighted)).reshape(2, -1, HOP).mean(axis=2, dtype=np.float64).sum(axis=0)
        )
        whole = _whole(balanced)
        peaks.append(true_peaks(whole, 0.35 * float(np.abs(whole).max(initial=0.0))))
    return np.concatenate(powers), np.concatenate(peaks).astype(np.float64)


def _whole(sound: Sound) -> Sound:
    """Pad to whole milliseconds."""
    return np.pad(sound, ((0, 0), (0, -sound.shape[1] % HOP)))


def _apply(writer: WavWriter, curve: Levels) -> None:
    centres = (np.arange(len(curve)) + 0.5) * HOP
    for start in range(0, writer.length, CHUNK):
        size = min(CHUNK, writer.length - start)
        first, last = max(0, start // HOP - 2), (start + size) // HOP + 3
        at = np.arange(start, start + size)
        sound = writer.read(start, size)
        sound *= np.interp(at, centres[first:last], curve[first:last]).astype(np.float32)
        writer.write(start, sound)


def _highest_near(curve: Levels) -> Levels:
    padded = np.pad(curve, 1, mode="edge")
    highest: Levels = np.maximum(np.maximum(padded[:-2], padded[2:]), curve)
    return highest
