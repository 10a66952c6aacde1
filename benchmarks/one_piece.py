"""Make one piece and nothing else: what `benchmarks.composer` measures from outside.

python -m benchmarks.one_piece PALETTE SECONDS TIMES
"""

import math
import sys
import tempfile
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
    """Compose, render with stems and master, as often as asked, with a hit every nine seconds."""
    palette, seconds, times = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    hits = tuple(music.Hit(Fraction(at), 0.7) for at in range(7, seconds - 4, 9))
    for _ in range(times):
        with tempfile.TemporaryDirectory() as folder:
            score = music.compose(replace(mood(palette, 0.0, 0.3, seconds), hits=hits))
            music.render(score, Path(folder), stems=True)


if __name__ == "__main__":
    main()
