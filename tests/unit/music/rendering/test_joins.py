"""No stem has a click: what stands out of its surroundings is the beginning of something that was written."""

from pathlib import Path

import numpy as np
import pytest

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music import compose, render
from tests.hearing import load
from tests.unit.music.briefs import brief

FRAME = 240
"""5 ms."""
AFTER, ECHOED = 0.13, 0.25
"""s after a note is heard to begin in which it, or what the room gives back of it, may still grow loud."""
STANDS_OUT = 10 ** (13 / 20)
FAINT = 2e-4
STRUCK = {"drums", "percussion", "bass"}
"""Their own waveforms have edges."""


@pytest.mark.medium
@pytest.mark.parametrize("palette", ["ambient", "synthwave", "cinematic", "epic"])
def test_nothing_stands_out_where_nothing_begins(tmp_path: Path, palette: str) -> None:
    """Blocks, loops, cross-fades, dips under accents and the room's partitions all leave no mark."""
    score = compose(brief(palette, 26.0, hits=()))
    rendering = render(score, tmp_path, stems=True)
    begins = np.sort([note.onset for part in score.parts for note in part.notes])
    for stem, path in rendering.stems.items():
        if stem in STRUCK:
            continue
        for side in load(path).T:
            # The upper octaves: a click has them, and a slow swell of the bass has not.
            edges = np.abs(np.diff(side, 2))
            highest = edges[: len(edges) // FRAME * FRAME].reshape(-1, FRAME).max(axis=1)
            # A click stands out of both its sides; a chord that dies away only of the silence after it.
            sides = np.lib.stride_tricks.sliding_window_view(np.pad(highest, 50, mode="edge"), 50)
            usual = np.median(sides, axis=1)
            usual = np.maximum(np.maximum(usual[:-51], usual[51:]), FAINT / STANDS_OUT)
            for frame in np.flatnonzero(highest > STANDS_OUT * usual):
                at = frame * FRAME
                before = np.searchsorted(begins, at + 2 * FRAME) - 1
                assert before >= 0, (stem, at / SAMPLE_RATE)
                still = ECHOED if stem == "room" else AFTER
                assert at - begins[before] < still * SAMPLE_RATE, (stem, at / SAMPLE_RATE)
