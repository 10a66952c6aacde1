"""How much of a piece returns, at which length?

The structureness of Wu & Yang (2020): the highest fitness, in a band of lengths, that a stretch of the sound
has as a thumbnail of the whole. Fitness is Mueller, Jiang & Grosche's ("A robust fitness measure for
capturing repetitions in music recordings", 2013): in a self-similarity matrix of chroma, transpositions
allowed, the best family of paths of a stretch explains so much of the piece (coverage) so well (score); the
stretch itself does not count.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from benchmarks import tonality
from benchmarks.composition import a_brief
from immersivaudio import music
from tests import hearing

RATE = 2
"""Frames of the matrix a second, as the authors' code has it."""
SMOOTHED = 4.1
"""s over which chroma is averaged."""
FILTERED = 16
"""Frames over which diagonals are averaged."""
TEMPI = np.exp(np.linspace(np.log(0.5), np.log(2.0), 7))
KEPT, PENALTY = 0.25, -2.0
"""Share of the matrix's cells that count, and the price of crossing another."""
BANDS = {"3-8 s": (3, 8), "8-15 s": (8, 15), "15 s and more": (15, 10_000)}
Matrix = NDArray[np.float64]
Row = tuple[str, str, str]
"""What, measured, aim."""


def structureness(mono: NDArray[np.float32]) -> dict[str, float]:
    """Return the highest fitness in each of BANDS; `mono` is at `key_detection.RATE`."""
    found = fitness(similarity(chroma(mono)))
    return {
        name: float(max(found[int(low * RATE) - 1 : int(high * RATE)], default=0.0))
        for name, (low, high) in BANDS.items()
    }


def chroma(mono: NDArray[np.float32]) -> Matrix:
    """Return chroma at RATE, shape (12, frames), every frame of length one."""
    import librosa

    hop = tonality.RATE // 10
    fine = librosa.feature.chroma_stft(
        y=mono, sr=tonality.RATE, tuning=0, norm=2, hop_length=hop, n_fft=2 * hop
    )
    width = round(SMOOTHED * 10)
    smooth = np.stack([np.convolve(row, np.ones(width) / width, mode="same") for row in fine])
    frames = smooth[:, :: 10 // RATE]
    length = np.linalg.norm(frames, axis=0)
    return np.where(length > 1e-3, frames / np.maximum(length, 1e-9), 12**-0.5)


def similarity(frames: Matrix) -> Matrix:
    """Return the self-similarity matrix: diagonals enhanced, transpositions allowed, thresholded."""
    shifted = [np.roll(frames, shift, axis=0).T @ frames for shift in range(12)]
    best = np.max([np.maximum(_along(s), _along(s[::-1, ::-1])[::-1, ::-1]) for s in shifted], axis=0)
    floor = np.quantile(best, 1 - KEPT)
    scaled: Matrix = np.where(best >= floor, (best - floor) / max(best.max() - floor, 1e-9), PENALTY)
    np.fill_diagonal(scaled, 1.0)
    return scaled


def _along(matrix: Matrix) -> Matrix:
    """Return the mean of each cell and the FILTERED - 1 after it, along the best of the slopes of TEMPI."""
    size = len(matrix)
    best = np.zeros_like(matrix)
    row = np.arange(size)
    for tempo in TEMPI:
        stretched = max(int(np.ceil(size / tempo)), 1)
        sped = matrix[:, np.minimum(np.arange(stretched) * size // stretched, size - 1)]
        padded = np.pad(sped, ((0, FILTERED), (0, FILTERED)))
        mean = sum(padded[i : i + size, i : i + stretched] for i in range(FILTERED)) / FILTERED
        best = np.maximum(best, mean[:, row * stretched // size])
    return best


def fitness(matrix: Matrix) -> list[float]:
    """Return for every length in frames, from one on, the highest fitness of a stretch of that length."""
    return [float(_fitness_of(matrix, length).max()) for length in range(1, len(matrix) + 1)]


def _fitness_of(matrix: Matrix, length: int) -> Matrix:
    """Return the fitness of every stretch of `length` frames.

    All stretches walk down the rows together. Column 0 is the way between two paths; a cell carries score,
    cells and rows of the best family that ends in it.
    """
    size = len(matrix)
    windows = np.lib.stride_tricks.sliding_window_view(matrix, length, axis=1)
    count = windows.shape[1]
    dead = np.full((count, length + 1, 3), -np.inf)
    past, before = dead, dead.copy()
    before[:, 0] = 0.0
    before[:, 1] = 0.0
    before[:, 1, 0] = windows[0, :, 0]
    before[:, 1, 1:] = 1.0
    for n in range(1, size):
        now = np.full_like(dead, -np.inf)
        now[:, 0] = _best(before[:, 0], before[:, -1])
        now[:, 1] = _stepped(now[:, 0], windows[n, :, 0], 1)
        if length > 1:
            straight, slow = before[:, 1:-1], past[:, 1:-1]
            fast = np.concatenate((np.full((count, 1, 3), -np.inf), before[:, 1:-2]), axis=1)
            taken = _best(_best(_grown(straight, 1), _grown(fast, 1)), _grown(slow, 2))
            now[:, 2:] = _stepped(taken, windows[n, :, 1:], 0)
        past, before = before, now
    score, cells, rows = np.moveaxis(_best(before[:, 0], before[:, -1]), -1, 0)
    accuracy, coverage = (score - length) / cells, (rows - length) / size
    both = np.maximum(accuracy + coverage, 1e-9)
    return np.where((accuracy > 0) & (coverage > 0), 2 * accuracy * coverage / both, 0.0)


def _best(a: Matrix, b: Matrix) -> Matrix:
    return np.where((a[..., :1] >= b[..., :1]), a, b)


def _grown(cells: Matrix, rows: int) -> Matrix:
    """Return cells with one more on the path, `rows` further down."""
    return cells + np.array((0.0, 1.0, rows))


def _stepped(cells: Matrix, gains: Matrix, opens: int) -> Matrix:
    found: Matrix = cells + opens * np.array((0.0, 1.0, 1.0))
    found[..., 0] += gains
    return found


def rows(seconds: int = 60, seeds: int = 5) -> Iterator[Row]:
    """Render A B A C in every palette, and see how much of it returns."""
    found = {palette: [_heard(palette, seed, seconds) for seed in range(seeds)] for palette in music.PALETTES}
    for band, aim in zip(BANDS, ("0.35-0.5", "", "0.1-0.35"), strict=True):
        values = {palette: [piece[band] for piece in pieces] for palette, pieces in found.items()}
        told = ", ".join(f"{palette} {median(own):.2f}" for palette, own in values.items())
        every = [value for own in values.values() for value in own]
        yield (
            f"structureness, {band}: median of {len(every)} pieces of {seconds} s",
            f"{median(every):.2f} ({told})",
            aim,
        )


def _heard(palette: str, seed: int, seconds: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        score = music.compose(a_brief(palette, seed, seconds))
        return structureness(tonality.heard(hearing.load(music.render(score, Path(folder)).path)))
