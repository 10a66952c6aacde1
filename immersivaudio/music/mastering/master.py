"""Mastering in three passes over a file: listen, measure what will be heard, apply one gain curve."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.mastering import gain
from immersivaudio.music.mastering.balance import PIECE, Aim, Balance
from immersivaudio.music.mastering.loudness import HOP, Levels, integrated, k_weighting, loudness_range
from immersivaudio.music.mastering.peaks import true_peaks
from immersivaudio.music.timbre.filters import Response
from immersivaudio.music.timbre.spectra import Spectrum, spectrum, waveform
from immersivaudio.music.timbre.tone import Sound
from immersivaudio.music.wav import WavReader, WavWriter

CHUNK = 148_608
"""Samples mastered at a time, a multiple of HOP."""
TOGETHER = 2
"""Chunks transformed together: with two sides that is four rows, which numpy transforms at once."""
MARGIN = 24_000
"""Samples seen on both sides of a chunk: filters have rung out by then."""
FFT_SIZE = CHUNK + 2 * MARGIN
"""A product of small primes."""
LISTEN_EVERY = 2
"""One piece in so many is enough to know the tonal balance, from LONG samples on."""
LONG = 120 * SAMPLE_RATE


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
        curve = gain.plan(power, peaks, (aim or Aim()).ride, (aim or Aim()).crest)
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
    responses = balance.response(FFT_SIZE)
    weighting = k_weighting(FFT_SIZE)
    powers, peaks = [], []
    for start in range(0, reader.length, TOGETHER * CHUNK):
        size = min(TOGETHER * CHUNK, reader.length - start)
        spectra = _corrected(reader.read(start - MARGIN, TOGETHER * CHUNK + 2 * MARGIN), responses)
        balanced = _joined(spectra)[:, :size]
        writer.write(start, balanced)
        spectra *= weighting
        weighted = _whole(_joined(spectra)[:, :size]).reshape(2, -1, HOP)
        powers.append(np.einsum("cij,cij->i", weighted, weighted).astype(np.float64) / HOP)
        whole = _whole(balanced)
        peaks.append(true_peaks(whole, 0.35 * float(np.abs(whole).max(initial=0.0))))
    return np.concatenate(powers), np.concatenate(peaks).astype(np.float64)


def _corrected(sound: Sound, responses: tuple[Response, Response]) -> Spectrum:
    """Return the spectra of the chunks in `sound`, mid and side corrected: the left's, then the right's."""
    sides = np.empty((2, TOGETHER, FFT_SIZE), np.float32)
    for i in range(TOGETHER):
        left, right = sound[:, i * CHUNK : i * CHUNK + FFT_SIZE]
        np.add(left, right, out=sides[0, i])
        np.subtract(left, right, out=sides[1, i])
    found = spectrum(sides.reshape(2 * TOGETHER, FFT_SIZE), FFT_SIZE)
    middle, side = (found[i * TOGETHER :][:TOGETHER] * (responses[i] * np.float32(0.5)) for i in (0, 1))
    both: Spectrum = np.concatenate((middle + side, middle - side))
    return both


def _joined(spectra: Spectrum) -> Sound:
    """Return the sound of all chunks without their margins, shape (2, TOGETHER * CHUNK)."""
    return waveform(spectra, FFT_SIZE)[:, MARGIN : MARGIN + CHUNK].reshape(2, TOGETHER * CHUNK)


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
