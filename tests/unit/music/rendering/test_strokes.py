"""Drums are struck by somebody: no two strokes alike, and a harder one is brighter."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music import compose, find_soundfont
from immersivaudio.music.instruments import TABLE
from immersivaudio.music.rendering.orchestra import LAYERS, Orchestra
from immersivaudio.music.score import Note
from immersivaudio.music.soundfont import SoundFont
from tests.unit.music.briefs import brief

KITS = sorted(
    name for name, row in TABLE.items() if row.stem == "drums" and row.synth != "chip noise"
)  # a console's noise channel has one level and one sound


@pytest.fixture(scope="module")
def orchestra() -> Orchestra:
    """Everybody who strikes."""
    return Orchestra(SoundFont(find_soundfont().path))


def _centre(orchestra: Orchestra, kit: str, note: Note) -> float:
    """Return the centroid of a stroke's spectrum, Hz."""
    tone, _ = orchestra.tone(kit, note, ())
    power = np.abs(np.fft.rfft(tone.sound.mean(axis=0))) ** 2
    return float((power * np.fft.rfftfreq(tone.sound.shape[1], 1 / SAMPLE_RATE)).sum() / power.sum())


@pytest.mark.parametrize("palette", ["rock", "house", "trap", "epic", "samba"])
def test_no_two_strokes_on_end_are_the_same_take(palette: str) -> None:
    score = compose(brief(palette, 30.0))
    struck = [part for part in score.parts if TABLE[part.instrument].stem in {"drums", "percussion"}]
    assert struck
    for part in struck:
        for pitch in {note.pitch for note in part.notes}:
            takes = [note.take for note in part.notes if note.pitch == pitch]
            assert all(a != b for a, b in pairwise(takes)), (part.name, pitch)


@pytest.mark.medium
@pytest.mark.parametrize("kit", KITS)
def test_takes_are_other_sounds_of_one_drum(kit: str, orchestra: Orchestra) -> None:
    """Other bytes, and still that drum: as loud, within 3 dB."""
    first = next(note for part in compose(brief("rock", 12.0)).parts for note in part.notes)
    for key in (36, 38, 42):
        strokes = [
            orchestra.tone(kit, replace(first, pitch=key, velocity=96, take=take), ())[0].sound
            for take in range(5)
        ]
        for a, b in pairwise(strokes):
            size = min(a.shape[1], b.shape[1])
            assert not np.array_equal(a[:, :size], b[:, :size])
        levels = [10 * np.log10(np.square(one).sum() / len(one)) for one in strokes]
        assert max(levels) - min(levels) < 3.0, key


@pytest.mark.parametrize("kit", KITS)
def test_a_harder_stroke_is_brighter(kit: str, orchestra: Orchestra) -> None:
    first = next(note for part in compose(brief("rock", 12.0)).parts for note in part.notes)
    for key, times in ((38, 1.5), (42, 1.15)):
        soft, hard = (
            _centre(orchestra, kit, replace(first, pitch=key, velocity=velocity))
            for velocity in (LAYERS[0], LAYERS[-1])
        )
        assert hard > times * soft, key
