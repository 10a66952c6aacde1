"""`immersivaudio verify`, as a shell runs it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from immersivaudio.config import Settings
from immersivaudio.options import ScoreOptions
from immersivaudio.pipeline import Pipeline
from tests import samples

pytestmark = pytest.mark.medium


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "immersivaudio", "verify", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a clip and four films: its sound replaced, its sound kept, that as a loop, a photo's."""
    folder = tmp_path_factory.mktemp("made")
    clip = samples.film(folder / "clip.mp4", shots=2, sound="sine=f=330")
    photo = folder / "photo.png"
    Image.radial_gradient("L").convert("RGB").save(photo)
    pipeline = Pipeline(Settings(_env_file=None))
    pipeline.score(clip, ScoreOptions(seed=4), folder / "out.mp4", folder / "music")
    pipeline.score(clip, ScoreOptions(seed=4, original="keep"), folder / "kept.mp4", folder / "music")
    loop = ScoreOptions(seed=4, original="keep", loop=True)
    pipeline.score(clip, loop, folder / "round.mp4", folder / "music")
    pipeline.score(photo, ScoreOptions(seed=4, sounds=True, length=3), folder / "still.mp4", folder / "music")
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("film", ["out.mp4", "still.mp4"])
def test_a_film_is_rendered_again_from_itself(made: Path, film: str) -> None:
    done = run(made / film, "--render", "-q")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "every byte is the same" in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("film", ["kept.mp4", "round.mp4"])
def test_where_the_clips_sound_stayed_the_clip_is_asked_for(made: Path, film: str) -> None:
    alone = run(made / film, "--render", "-q")
    assert alone.returncode == 0
    assert "bring the clip with --clip" in alone.stdout
    done = run(made / film, "--render", "--clip", made / "clip.mp4", "-q")
    assert "every byte is the same" in done.stdout, done.stdout


def test_another_clip_than_the_one_it_was_made_from_is_told(made: Path) -> None:
    wrong = run(made / "kept.mp4", "--render", "--clip", made / "photo.png", "-q")
    assert wrong.returncode == 4
    assert "is not the clip it was made from" in wrong.stdout


def test_a_receipt_that_was_kept_finds_a_film_of_a_platform(made: Path, tmp_path: Path) -> None:
    receipt, copy = tmp_path / "receipt.json", tmp_path / "copy.mp4"
    assert run(made / "out.mp4", "--save-receipt", receipt).returncode == 0
    samples.ffmpeg("-i", made / "out.mp4", "-c", "copy", copy)
    assert run(copy).returncode == 4
    found = run(copy, "--receipt", receipt, "--json")
    assert found.returncode == 0, found.stdout
    told = json.loads(found.stdout)
    assert told["holds"]
    assert [check["truth"] for check in told["checks"]] == ["unknown", "true", "unknown"]
    other = run(made / "still.mp4", "--receipt", receipt)
    assert other.returncode == 4


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nope.mp4"], "there is no file nope.mp4"),
        (["photo.png"], "there is no mark"),
        (["out.mp4", "--receipt", "photo.png"], "the receipt was changed, or is none of ours"),
        (["out.mp4", "--save-receipt", "out.mp4"], "cannot be MP4"),
    ],
)
def test_bad_input_ends_in_one_line(
    made: Path, arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(made)
    done = run(*arguments)
    assert done.returncode in {2, 4}
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
