"""Several clips and photos become one scored film."""

from pathlib import Path

import mido
import pytest
from PIL import Image

from immersivaudio.config import Settings
from immersivaudio.errors import BadMediaError, UserError
from immersivaudio.options import ScoreOptions
from immersivaudio.pipeline import Pipeline
from immersivaudio.values import ScoredClip
from tests import measure, samples

pytestmark = pytest.mark.medium


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two photos, a file that is no picture, and a clip, all small."""
    folder = tmp_path_factory.mktemp("parts")
    for name, seed in (("one.png", 3), ("two.png", 9)):
        Image.fromarray(samples.scene(seed, 640, 360)).save(folder / name)
    (folder / "torn.jpg").write_bytes(b"\xff\xd8\xff\xe0 torn")
    clip = samples.film(folder / "clip.mp4", shots=1, seconds=3, rate=25)
    return [folder / "one.png", folder / "torn.jpg", clip, folder / "two.png"]


@pytest.fixture(scope="module", params=["", "calm", "epic"])
def scored(
    request: pytest.FixtureRequest, parts: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> ScoredClip:
    folder = tmp_path_factory.mktemp("film")
    pipeline = Pipeline(Settings(_env_file=None))
    try:
        return pipeline.film(parts, ScoreOptions(mood=request.param), folder / "out.mp4", folder)
    finally:
        pipeline.close()


def beats(midi: Path, until: float) -> list[float]:
    """When each beat falls, s, as a sequencer plays the file."""
    file = mido.MidiFile(midi)
    changes, time, ticks, tempo = [(0, 500_000)], 0.0, 0, 500_000
    for message in file.tracks[0]:
        ticks += message.time
        if message.type == "set_tempo":
            changes.append((ticks, message.tempo))
    found, place = [], 0
    while time <= until:
        found.append(time)
        tempo = next(value for start, value in reversed(changes) if start <= place)
        time, place = time + tempo / 1e6, place + file.ticks_per_beat
    return found


@pytest.mark.slow
def test_every_change_of_picture_is_within_20_ms_of_a_beat(scored: ScoredClip) -> None:
    midi = scored.tracks[0].midi
    assert midi
    grid = beats(midi, float(scored.sheet.duration))
    changes = [4.8, 7.2]
    assert max(min(abs(change - beat) for beat in grid) for change in changes) <= 0.020
    assert {float(hit.time) for hit in scored.sheet.hits} >= set(changes)


def test_music_and_pictures_are_equally_long(scored: ScoredClip) -> None:
    assert abs(float(measure.shown_seconds(scored.path)) - 12.0) <= 1 / 25
    assert abs(len(measure.sound(scored.path)) / 48_000 - 12.0) <= 1 / 25


def test_a_part_that_cannot_be_read_is_left_out_and_named(scored: ScoredClip) -> None:
    assert any(note.startswith("part 2 was left out: the photo is damaged") for note in scored.receipt.notes)


def test_nothing_but_unreadable_parts_is_refused(parts: list[Path], tmp_path: Path) -> None:
    torn = parts[1]
    with pytest.raises(BadMediaError, match="none of the parts"):
        Pipeline(Settings(_env_file=None)).film([torn, torn], ScoreOptions(), tmp_path / "o.mp4", tmp_path)
    with pytest.raises(UserError, match="61 parts, 60 are allowed"):
        Pipeline(Settings(_env_file=None)).film([torn] * 61, ScoreOptions(), tmp_path / "o.mp4", tmp_path)
