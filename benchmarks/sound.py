"""How every palette measures once rendered and mastered, whether its hits are heard, and what it costs.

python -m benchmarks.sound [seconds] [soundfont]
"""

import math
import random
import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks import report
from immersivaudio import music
from tests import hearing, measure

AIMS = {
    "range, LU": (4.0, 10.0),
    "peak to loudness, dB": (10.6, 30.0),
    "lost in mono, dB": (0.0, 2.0),
    "slope, dB/oct": (-3.2, -1.8),
    "8 kHz, dB": (-27.0, -17.0),
    "correlation": (0.2, 0.75),
    "level range, dB": (6.0, 40.0),
}
"""Bands of shared/design/music.md: column -> lowest, highest."""


@dataclass(frozen=True)
class Row:
    """One palette, measured."""

    measures: dict[str, float]
    loudness: float
    true_peak: float
    misses: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
    chance: float
    cost: float
    """CPU seconds a second of music, stems included."""


def brief(palette: str, seconds: int) -> music.Brief:
    """Return a brief with four sections, motion that rises and falls, and a hit every five seconds or so."""
    style, chance = music.PALETTES[palette], random.Random(palette)
    sections = max(1, round(seconds / 15))
    edges = [Fraction(round(1000 * seconds * i / sections), 1000) for i in range(sections + 1)]
    hits: list[music.Hit] = []
    for _ in range(max(2, seconds // 5)):
        last = float(hits[-1].time) if hits else 0.5
        at = last + chance.uniform(2.0, 7.0)
        if at < seconds - 3.5:
            hits.append(music.Hit(Fraction(round(at * 1000), 1000), chance.uniform(0.4, 1.0)))
    return music.Brief(
        duration=Fraction(seconds),
        palette=palette,
        tempo=sum(style.tempo) / 2,
        tonic="A",
        mode=style.modes[len(style.modes) // 2],
        metre=style.metres[0],
        sections=tuple(
            music.Section(a, b, "ABAC"[i % 4], style.valence, style.arousal, 0.35 + 0.25 * (i % 3))
            for i, (a, b) in enumerate(pairwise(edges))
        ),
        hits=tuple(hits),
        dynamics=tuple(0.5 + 0.4 * math.sin(12 * i / 4 / seconds) for i in range(4 * seconds)),
        seed=1,
    )


def judge(palette: str, seconds: int, folder: Path, font: Path | None) -> Row:
    """Compose, render with stems, and measure with judges that are not our code."""
    start = time.process_time()
    score = music.compose(brief(palette, seconds))
    rendering = music.render(score, folder, stems=True, soundfont=font)
    cost = (time.process_time() - start) / seconds
    sound, judged = hearing.load(rendering.path), measure.loudness(rendering.path)
    anywhere = np.random.default_rng(0).integers(0, len(sound), 400).tolist()
    return Row(
        measures_of(sound, judged),
        judged.integrated,
        judged.true_peak,
        hearing.misses(sound, [hit.sample for hit in score.hits]),
        float(np.mean(np.abs(hearing.misses(sound, anywhere)) <= 20)),
        cost,
    )


def measures_of(sound: hearing.Sound, judged: measure.Loudness) -> dict[str, float]:
    """Return the measures of `AIMS` for a sound, shape (samples, 2), and its measured loudness."""
    seen = hearing.picture(sound)
    return {
        "range, LU": judged.spread,
        "peak to loudness, dB": judged.true_peak - judged.integrated,
        "lost in mono, dB": folded(sound),
        "slope, dB/oct": seen.slope,
        "8 kHz, dB": seen.air,
        "correlation": seen.correlation,
        "level range, dB": seen.level_range,
    }


def folded(sound: hearing.Sound) -> float:
    """Return how much softer 600 Hz to 8 kHz is on one loudspeaker, dB: the octave that loses most."""
    power = (np.abs(np.fft.rfft(sound, axis=0)) ** 2).mean(axis=1)
    middle = np.abs(np.fft.rfft(sound.mean(axis=1))) ** 2
    frequency = np.fft.rfftfreq(len(sound), 1 / hearing.RATE)
    bands = [(frequency >= low) & (frequency < min(2 * low, 8000)) for low in (600, 1200, 2400, 4800)]
    return float(max(10 * np.log10(power[band].sum() / middle[band].sum()) for band in bands))


def shown(row: Row) -> list[str]:
    """Return the measures as cells, those outside their aim in bold."""
    cells = []
    for name, (low, high) in AIMS.items():
        text = f"{row.measures[name]:.2f}" if name == "correlation" else f"{row.measures[name]:.1f}"
        cells.append(text if low <= round(row.measures[name], 2) <= high else f"**{text}**")
    return cells


def main() -> None:
    """Measure every palette, and write the section."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    font = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    rows: dict[str, Row] = {}
    with tempfile.TemporaryDirectory() as name:
        for palette in music.PALETTES:
            rows[palette] = judge(palette, seconds, Path(name), font)
    heads = ["palette", "LUFS", "dBTP", *AIMS, "hits within 20 / 40 ms", "chance", "CPU s per s"]
    lines = [
        [
            palette,
            f"{row.loudness:.1f}",
            f"{row.true_peak:.1f}",
            *shown(row),
            f"{np.sum(np.abs(row.misses) <= 20)} / {np.sum(np.abs(row.misses) <= 40)} of {len(row.misses)}",
            f"{100 * row.chance:.0f} %",
            f"{row.cost:.3f}",
        ]
        for palette, row in rows.items()
    ]
    missed = np.abs(np.concatenate([row.misses for row in rows.values()]))
    inside = sum("**" not in cell for row in rows.values() for cell in shown(row))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    text = (
        f"{seconds} s of every palette with {music.find_soundfont(font).path.name}, stems included. Measures "
        "outside the band of human-made music are bold. Onsets: spectral flux, its bias measured on clicks "
        f"({hearing.bias() / 48:.1f} ms) and taken off; chance: random moments with an onset within "
        f"20 ms.\n\n{report.table(heads, lines)}\n\n"
        f"Hits heard within 20 ms: {100 * np.mean(missed <= 20):.1f} %; within 40 ms: "
        f"{100 * np.mean(missed <= 40):.1f} %; worst {missed.max():.0f} ms. Measures inside their band: "
        f"{inside} of {len(rows) * len(AIMS)}. Peak memory of the whole run: {memory:.0f} MB."
    )
    report.write("Sound of the palettes", text)


if __name__ == "__main__":
    main()
