"""Does the music's loudness go with the film's motion? By ffmpeg's meter, from the beginning to the end."""

import random
import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from benchmarks import sound
from immersivaudio import music
from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.options import ScoreOptions
from immersivaudio.pipeline import Pipeline
from immersivaudio.stages.generate.composer import brief_of
from tests import measure

VARIES = 0.06
"""Range of motion (5th to 95th percentile) from which it is said to vary."""
SHORTEST = 4.0
"""s: a shorter clip has hardly more than one window."""
WINDOW, STEP = 3.0, 0.1
"""s: EBU Tech 3341's short-term loudness, and how often it is read."""
SUFFIXES = {".mp4", ".mpg", ".avi", ".webm", ".gif"}
Row = tuple[str, str, str]
"""What, measured, aim."""
Curve = NDArray[np.float64]


def clips() -> Iterator[Row]:
    """Score the shared clips as they are, and compare loudness with motion."""
    pipeline = Pipeline()
    whole: dict[str, float] = {}
    before: dict[str, float] = {}
    for clip in sorted(p for p in measure.shared_folder().glob("*") if p.suffix in SUFFIXES):
        opened = pipeline.open(clip)
        if opened.duration < SHORTEST:
            continue
        seen = pipeline.analyse(opened)
        curve = seen.footage.curves
        if not varies(curve.motion):
            continue
        with tempfile.TemporaryDirectory() as folder:
            sheet = pipeline.plan(seen, ScoreOptions())
            (track,) = pipeline.generate(sheet, ScoreOptions(), Path(folder))
            level = short_term(track.path)
        landing = music.compose(brief_of(sheet)).sections[-1].end / SAMPLE_RATE
        whole[clip.stem] = together(level, curve.motion, float(curve.rate))
        if varies(curve.motion[: int(landing * curve.rate)]) and landing > WINDOW + 1:
            before[clip.stem] = together(level, curve.motion, float(curve.rate), landing)
    yield _row("the end", "shared clips whose motion varies", whole, "0.75")
    yield _row("the last chord", "of them, where it varies until then", before, "")


def drawn(seconds: int = 40) -> Iterator[Row]:
    """Score a film of drawn motion in every palette, and compare loudness with the motion."""
    found: dict[str, float] = {}
    for palette in music.PALETTES:
        curve = _film(random.Random(f"motion of {palette}"), seconds)
        score = music.compose(replace(sound.brief(palette, seconds), dynamics=tuple(curve.tolist())))
        with tempfile.TemporaryDirectory() as folder:
            level = short_term(music.render(score, Path(folder)).path)
        found[palette] = together(level, curve, 4.0)
    yield _row("the end", f"films of drawn motion, {seconds} s, one a palette", found, "0.75")


def varies(motion: Curve | NDArray[np.float32]) -> bool:
    """Say whether there is anything to follow."""
    low, high = np.percentile(motion, (5, 95))
    return bool(high - low >= VARIES)


def short_term(path: Path) -> Curve:
    """Return the short-term loudness, LUFS, every STEP s: the first reading is of the first WINDOW s."""
    told = measure.ffmpeg("-i", path, "-af", "ebur128", "-f", "null", "-")
    read = [(float(t), float(s)) for t, s in re.findall(r"t: *([\d.]+) .*?S: *(-?[\d.]+|-inf)", told)]
    return np.array([loudness for t, loudness in read if t >= WINDOW - STEP / 2])


def together(level: Curve, motion: Curve | NDArray[np.float32], rate: float, end: float = np.inf) -> float:
    """Return Pearson's correlation of `level` (see `short_term`) with the mean motion of the same windows.

    `motion` has `rate` values a second; windows that reach past `end` s are left out.
    """
    ends = WINDOW + STEP * np.arange(len(level))
    heard = ends <= end + STEP / 2
    total = np.concatenate(([0.0], np.cumsum(motion, dtype=np.float64))) / rate
    at = np.arange(len(total)) / rate
    moved = np.interp(ends, at, total) - np.interp(ends - WINDOW, at, total)
    return float(np.corrcoef(level[heard], moved[heard])[0, 1])


def _film(chance: random.Random, seconds: int) -> Curve:
    """Return motion in quarter seconds: shots of 2 to 8 s, each as lively as it likes, trembling a little."""
    levels: list[float] = []
    while len(levels) < 4 * seconds:
        levels += [chance.uniform(0.05, 0.95)] * round(4 * chance.uniform(2, 8))
    return np.array([min(max(level + chance.gauss(0, 0.05), 0.0), 1.0) for level in levels[: 4 * seconds]])


def _row(until: str, what: str, found: dict[str, float], aim: str) -> Row:
    told = ", ".join(f"{name} {value:.2f}" for name, value in sorted(found.items()))
    return (
        f"motion to short-term loudness, up to {until}: median of {len(found)} {what}",
        f"{median(found.values()):.2f} ({told})" if found else "the shared clips are not at hand",
        aim,
    )
