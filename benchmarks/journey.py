"""Does a piece of minutes travel? Distinct drum bars, keys and sections, of MIDI files, ours and people's
alike.

python -m benchmarks.journey [FOLDER OF MIDI FILES]

With a folder its files are measured instead, by the same code, and nothing is written: 31 pieces of OpenMSX
(made by people for OpenTTD; Debian's package `openttd-openmsx`) gave the figures beside ours.
"""

import sys
import tempfile
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from statistics import median

import numpy as np
import pretty_midi
from numpy.typing import NDArray

from benchmarks import report
from immersivaudio import music

STYLES = ("house", "rock", "cinematic", "jazz", "lo-fi", "epic", "synthwave", "folk")
FORMS = {180: "ABACABA", 600: "ABACADBAECDAFBGAEDACBAHA"}
HUMAN = {180: "4-25 (8) / 1-2 (1) / 2-6 (3)", 600: "none so long"}
"""OpenMSX, 16 pieces of two to five minutes, 10th to 90th percentile (median)."""
WINDOW = 12.0
"""s in which a key is looked for."""
_MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
_MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)
"""Krumhansl & Kessler's profiles."""


def drum_bars(file: pretty_midi.PrettyMIDI) -> int:
    """Return how many bars differ in which drum is struck on which sixteenth."""
    lines = [*file.get_downbeats(), file.get_end_time() + 1e-3]
    bars: dict[int, set[tuple[int, int]]] = {}
    for note in (note for player in file.instruments if player.is_drum for note in player.notes):
        bar = int(np.searchsorted(lines, note.start + 0.03, side="right")) - 1
        if 0 <= bar < len(lines) - 1:
            place = round((note.start - lines[bar]) / (lines[bar + 1] - lines[bar]) * 16)
            bars.setdefault(bar, set()).add((note.pitch, place))
    return len({frozenset(struck) for struck in bars.values()})


def keys(file: pretty_midi.PrettyMIDI) -> int:
    """Return how many keys stand for two windows or more on end; relatives count as one."""
    found: list[int] = []
    chroma = _chroma(file, WINDOW)
    for window in chroma.T:
        if window.sum() <= 0:
            continue
        scores = [
            (float(np.corrcoef(np.roll(profile, tonic), window)[0, 1]), (tonic + minor * 3) % 12)
            for minor, profile in enumerate((_MAJOR, _MINOR))
            for tonic in range(12)
        ]
        found.append(max(scores)[1])
    stable = {a for a, b in pairwise(found) if a == b}
    return max(len(stable), 1)


def sections(file: pretty_midi.PrettyMIDI) -> int:
    """Return how many stretches differ from the one before in who plays how densely, in windows of
    four bars.
    """
    lines = file.get_downbeats()[::4]
    if len(lines) < 3:
        return 1
    rows = []
    for first, last in pairwise(lines):
        rows.append(
            [
                np.log1p(sum(first <= note.start < last for note in player.notes))
                for player in file.instruments
            ]
        )
    table = np.array(rows)
    scale = table.std(axis=0).clip(0.3)
    jumps = np.abs(np.diff(table / scale, axis=0)).mean(axis=1)
    return 1 + int((jumps > 0.9).sum())


def _chroma(file: pretty_midi.PrettyMIDI, seconds: float) -> NDArray[np.float64]:
    chroma = np.zeros((12, int(file.get_end_time() / seconds) + 1))
    for note in (note for player in file.instruments if not player.is_drum for note in player.notes):
        chroma[note.pitch % 12, int(note.start / seconds)] += min(note.end - note.start, 2.0)
    return chroma


def brief(palette: str, seconds: int, seed: int = 1) -> music.Brief:
    """Return a film of so many seconds in sections of equal length, in a style at its own mood."""
    own, labels = music.PALETTES[palette], FORMS[seconds]
    edges = [Fraction(seconds * place, len(labels)) for place in range(len(labels) + 1)]
    return music.Brief(
        duration=Fraction(seconds),
        palette=palette,
        tempo=music.tempo_for(own.valence, own.arousal, own),
        tonic="D",
        mode=music.mode_for(own.valence, own),
        metre=own.metres[0],
        sections=tuple(
            music.Section(edges[i], edges[i + 1], label, own.valence, own.arousal, 0.4 + 0.15 * (i % 3))
            for i, label in enumerate(labels)
        ),
        seed=seed,
    )


def measured(path: Path) -> tuple[int, int, int, float]:
    """Return distinct drum bars, keys, sections and seconds of a MIDI file."""
    file = pretty_midi.PrettyMIDI(str(path))
    return drum_bars(file), keys(file), sections(file), float(file.get_end_time())


def main() -> None:
    """Write the section of docs/benchmarks.md, or print what a folder's files measure."""
    if len(sys.argv) > 1:
        found = [measured(path) for path in sorted(Path(sys.argv[1]).rglob("*.mid"))]
        for low, high in ((60, 120), (120, 300), (300, 900)):
            some = [row for row in found if low <= row[3] < high]
            drums = [row[0] for row in some if row[0]]
            cells = [median(drums or [0]), *(median([row[i] for row in some] or [0]) for i in (1, 2))]
            print(f"{low} to {high} s, {len(some)} files: {cells}")
        return
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for seconds in FORMS:
            for style in STYLES:
                path = music.write_midi(music.compose(brief(style, seconds)), Path(folder) / "piece.mid")
                bars, tonics, parts, _ = measured(path)
                rows.append(
                    (
                        f"{style}, {seconds // 60} minutes",
                        f"{bars or '-'} / {tonics} / {parts}",
                        HUMAN[seconds],
                    )
                )
    text = (
        "Distinct drum bars, keys that stand (relatives are one), and stretches that differ in who plays how "
        "densely, counted in MIDI files by the same code. People's: 16 pieces of OpenMSX of two to five "
        "minutes, 10th to 90th percentile and median; none is longer.\n\n"
    )
    report.write("The journey", text + report.table(("what", "measured", "people's"), rows))


if __name__ == "__main__":
    main()
