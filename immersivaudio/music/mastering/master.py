"""Mastering in three passes over a file: listen, measure what will be heard, apply one gain curve."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import Sound
from immersivaudio.audio.limiter import Grid, GridLevels, under_gain
from immersivaudio.audio.loudness import Response, k_weighting, loudness_range
from immersivaudio.audio.peaks import GRID_RATE, MILLISECOND, TruePeaks
from immersivaudio.audio.wav import WavReader, WavWriter
from immersivaudio.music.mastering import gain
from immersivaudio.music.mastering.balance import PIECE, Aim, Balance
from immersivaudio.music.timbre.spectra import Spectrum, spectrum, waveform

CHUNK = 148_608
"""Samples mastered at a time, a multiple of MILLISECOND."""
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
        levels = _balanced(reader, writer, balance)
        curve = gain.plan(levels.power, levels.peaks, (aim or Aim()).ride, (aim or Aim()).crest)
        _apply(writer, curve)
    highest = float((levels.peaks * _highest_near(curve)).max(initial=0.0))
    return Measured(
        levels.loudness(curve),
        loudness_range(levels.power * curve**2, GRID_RATE),
        20 * float(np.log10(highest)) if highest > 0 else -np.inf,
    )


def _listen(reader: WavReader, aim: Aim) -> Balance:
    balance = Balance(aim)
    for start in range(0, reader.length, PIECE * (LISTEN_EVERY if reader.length > LONG else 1)):
        balance.add(reader.read(start, min(PIECE, reader.length - start)), start)
    return balance


def _balanced(reader: WavReader, writer: WavWriter, balance: Balance) -> GridLevels:
    """Write the balanced mix, not yet loud, and measure it."""
    responses = balance.response(FFT_SIZE)
    weighting = k_weighting(FFT_SIZE)
    powers, peaks = [], TruePeaks()
    for start in range(0, reader.length, TOGETHER * CHUNK):
        size = min(TOGETHER * CHUNK, reader.length - start)
        spectra = _corrected(reader.read(start - MARGIN, TOGETHER * CHUNK + 2 * MARGIN), responses)
        balanced = _joined(spectra)[:, :size]
        writer.write(start, balanced)
        spectra *= weighting
        weighted = _whole(_joined(spectra)[:, :size]).reshape(2, -1, MILLISECOND)
        powers.append(np.einsum("cij,cij->i", weighted, weighted).astype(np.float64) / MILLISECOND)
        peaks.push(balanced, 0.35 * float(np.abs(balanced).max(initial=0.0)))
    return GridLevels(np.concatenate(powers), peaks.result().astype(np.float64))


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
    return np.pad(sound, ((0, 0), (0, -sound.shape[1] % MILLISECOND)))


def _apply(writer: WavWriter, curve: Grid) -> None:
    for start in range(0, writer.length, CHUNK):
        writer.write(start, under_gain(writer.read(start, min(CHUNK, writer.length - start)), start, curve))


def _highest_near(curve: Grid) -> Grid:
    padded = np.pad(curve, 1, mode="edge")
    highest: Grid = np.maximum(np.maximum(padded[:-2], padded[2:]), curve)
    return highest
