"""What is measured of a reference song against what it was composed as: `python -m benchmarks.likeness`.

Forty pieces of our own composer, each a palette, a tempo, a key and a mode drawn by its number, rendered
without pictures (so at one tempo) and heard again as WAV. Brightness is held against librosa's spectral
centroid.
"""

import random
import tempfile
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr

from benchmarks import report
from immersivaudio import music
from immersivaudio.config import Settings
from immersivaudio.media import song
from immersivaudio.music.brief import Brief, Section
from immersivaudio.music.composer import compose
from immersivaudio.music.instruments import TABLE
from immersivaudio.music.palettes import PALETTES
from immersivaudio.music.theory import MODES, pitch_class
from immersivaudio.song_analysis import listen
from immersivaudio.song_analysis.key_detection import TONICS, key

COUNT = 40
_SECONDS = 24
_MINOR = {name for name, steps in MODES.items() if 3 in steps}


@dataclass(frozen=True, slots=True)
class Reference:
    """One song and what it is."""

    number: int
    palette: str
    tempo: float
    tonic: str
    mode: str
    valence: float
    arousal: float


def references(count: int = COUNT) -> Iterator[Reference]:
    """Yield the songs; the same number is always the same song."""
    names = sorted(PALETTES)
    for number in range(count):
        chance = random.Random(f"reference {number}")
        style = PALETTES[names[number * len(names) // count]]
        low, high = style.tempo
        yield Reference(
            number,
            style.name,
            round(chance.uniform(low, high), 1),
            chance.choice(TONICS),
            chance.choice(style.modes),
            style.valence,
            style.arousal,
        )


def render(reference: Reference, folder: Path) -> Path:
    """Write the song as WAV and return its path."""
    length = Fraction(_SECONDS)
    half = length / 2
    sections = (
        Section(Fraction(0), half, "A", reference.valence, reference.arousal, 0.6),
        Section(half, length, "B", reference.valence, reference.arousal, 0.8),
    )
    metre = PALETTES[reference.palette].metres[0]
    tonality = (reference.tonic, reference.mode)
    brief = Brief(
        length, reference.palette, reference.tempo, *tonality, metre, sections,
        valence=reference.valence,  # else a mood far from its mode is played in another
        seed=reference.number,
    )  # fmt: skip
    return music.render(compose(brief), folder / f"{reference.number}").path


@dataclass(frozen=True, slots=True)
class Heard:
    """One song as it was heard."""

    tempo: bool
    key: bool
    exact: bool
    inside: bool
    """The key, right or relative, of a stretch without beginning and end."""
    centre: float
    librosa: float
    drums: tuple[bool, bool]
    """(said, true)"""


def judge(reference: Reference) -> Heard:
    """Render a song, listen to it, and say what was right."""
    import librosa

    with tempfile.TemporaryDirectory() as folder:
        path = render(reference, Path(folder))
        heard = listen(path, Settings())
        sound = song.read(path, Settings())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        centre = float(librosa.feature.spectral_centroid(y=sound, sr=song.RATE).mean())
    ratio = np.log2(heard.tempo / reference.tempo) if heard.tempo else 99.0
    players = PALETTES[reference.palette].players
    drums = any(TABLE[p.instrument].stem in {"drums", "percussion"} and p.enters <= 0.5 for p in players)
    own, truth = _scale(heard.tonic, heard.mode), _scale(reference.tonic, reference.mode)
    inside = _scale(*key(sound[len(sound) // 10 : len(sound) * 4 // 5]))
    return Heard(
        tempo=min(abs(ratio - octave) for octave in (-1, 0, 1)) <= np.log2(1.02),
        key=own in {truth, _relative(*truth)},
        exact=own == truth,
        inside=inside in {truth, _relative(*truth)},
        centre=heard.brightness,
        librosa=centre,
        drums=("drums" in heard.families, drums),
    )


def _scale(tonic: str, mode: str) -> tuple[int, bool]:
    return pitch_class(tonic), mode in _MINOR


def _relative(tonic: int, minor: bool) -> tuple[int, bool]:
    return ((tonic + 3) % 12, False) if minor else ((tonic - 3) % 12, True)


def main() -> None:
    """Measure, and write the rows."""
    songs = list(references())
    with ProcessPoolExecutor(2) as pool:
        found = list(pool.map(judge, songs))
    order = float(spearmanr([h.centre for h in found], [h.librosa for h in found])[0])
    count = len(found)
    told = [h.drums for h in found]
    rows = [
        ("songs of our own composer, one a palette of every second, 24 s", str(count)),
        ("tempo within 2 % (octaves allowed)", f"{sum(h.tempo for h in found)} of {count}"),
        ("key right or relative", f"{sum(h.key for h in found)} of {count}"),
        ("key right", f"{sum(h.exact for h in found)} of {count}"),
        (
            "key right or relative, heard from a tenth to four fifths alone",
            f"{sum(h.inside for h in found)} of {count}",
        ),
        ("brightness against librosa's centroid, Spearman", f"{order:.2f}"),
        ("drums, said and not said as they play", f"{sum(a == b for a, b in told)} of {count}"),
    ]
    report.write("Reference songs", report.table(("measure", "value"), rows))


if __name__ == "__main__":
    main()
