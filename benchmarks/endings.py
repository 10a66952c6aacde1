"""Does the music last as long as its film? Last onsets, and dead air in the sound of every palette."""

import tempfile
from pathlib import Path
from statistics import median

import numpy as np
import soundfile
from numpy.typing import NDArray

from benchmarks.report import table, write
from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music import PALETTES, compose, render
from immersivaudio.music.score import Score
from tests.unit.music.briefs import brief

LENGTHS = (5.0, 8.0, 12.0, 20.0, 45.0)
RENDERED = (8.0, 20.0)
"""Also played."""
_WINDOW = SAMPLE_RATE // 20
_UNHEARD = 30.0
"""dB under the loud parts (80th percentile of windows of 50 ms) from which a moment counts as silent."""


def last_onset(score: Score) -> float:
    """Return when the last note begins, s; effects do not count."""
    notes = (note.onset for part in score.parts if part.role != "effects" for note in part.notes)
    return max(notes) / SAMPLE_RATE


def dead_air(sound: NDArray[np.float32]) -> float:
    """Return the longest stretch of a sound, shape (n, 2), in which nothing is heard, s."""
    count = len(sound) // _WINDOW
    power = (sound[: count * _WINDOW].reshape(count, _WINDOW, 2).astype(np.float64) ** 2).mean(axis=(1, 2))
    level = 10 * np.log10(power + 1e-12)
    silent = level < np.percentile(level, 80) - _UNHEARD
    longest = run = 0
    for unheard in silent:
        run = run + 1 if unheard else 0
        longest = max(longest, run)
    return longest * _WINDOW / SAMPLE_RATE


def _rendered(name: str, seconds: float) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = render(compose(brief(name, seconds)), Path(folder)).path
        sound, _ = soundfile.read(path, dtype="float32", always_2d=True)
    return dead_air(sound)


def main() -> None:
    """Compose and render, and write the section."""
    rows = []
    for seconds in LENGTHS:
        onsets = {name: last_onset(compose(brief(name, seconds))) for name in PALETTES}
        aim = 0.85 * seconds if seconds <= 12 else seconds - 2
        early = sum(at < aim for at in onsets.values())
        shares = [at / seconds for at in onsets.values()]
        silent = {name: _rendered(name, seconds) for name in PALETTES} if seconds in RENDERED else {}
        worst = max(silent, key=lambda name: silent[name], default="")
        rows.append(
            (
                f"{seconds:g} s",
                f"{median(shares):.0%}",
                f"{min(shares):.0%}",
                f"{aim:.1f} s",
                early,
                f"{silent[worst]:.2f} s ({worst})" if worst else "-",
            )
        )
    text = f"All {len(PALETTES)} palettes; a moment is silent {_UNHEARD:g} dB under the loud parts.\n\n"
    heads = (
        "length",
        "last onset, median",
        "earliest",
        "aim",
        "palettes before it",
        "longest dead air heard",
    )
    write("Endings", text + table(heads, rows))


if __name__ == "__main__":
    main()
