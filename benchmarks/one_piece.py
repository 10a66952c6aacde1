"""Make one piece and nothing else: what `benchmarks.cost` measures from outside.

python -m benchmarks.one_piece PALETTE SECONDS [TIMES] [--mix-only]
"""

import argparse
import math
import tempfile
import time
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from immersivaudio import music


def mood(palette: str, valence: float, arousal: float, seconds: int) -> music.Brief:
    """Return two sections at one mood, with motion that rises and falls once."""
    own = music.PALETTES[palette]
    half = Fraction(seconds, 2)
    curve = tuple(0.5 + 0.4 * math.sin(i / 4 * 2 * math.pi / seconds) for i in range(4 * seconds))
    return music.Brief(
        duration=Fraction(seconds),
        palette=palette,
        tempo=music.tempo_for(valence, arousal, own),
        tonic="D",
        mode=music.mode_for(valence, own),
        metre=own.metres[0],
        sections=(
            music.Section(Fraction(0), half, "A", valence, arousal, 0.5),
            music.Section(half, Fraction(seconds), "B", valence, arousal, 0.5),
        ),
        dynamics=curve,
        seed=5,
    )


def main() -> None:
    """Compose, render and master, as often as asked, with a hit every nine seconds; print what each took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("palette")
    parser.add_argument("seconds", type=int)
    parser.add_argument("times", type=int, nargs="?", default=1)
    parser.add_argument("--mix-only", action="store_true", help="write no stems")
    asked = parser.parse_args()
    hits = tuple(music.Hit(Fraction(at), 0.7) for at in range(7, asked.seconds - 4, 9))
    for _ in range(asked.times):
        cpu, wall = time.process_time(), time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            score = music.compose(replace(mood(asked.palette, 0.0, 0.3, asked.seconds), hits=hits))
            music.render(score, Path(folder), stems=not asked.mix_only)
        print(time.process_time() - cpu, time.perf_counter() - wall)


if __name__ == "__main__":
    main()
