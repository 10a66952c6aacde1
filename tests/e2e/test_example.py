"""What a newcomer does first: the demo, the stages one by one, the same sheet again, the wrong thing."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PIL import Image

from immersivaudio import example
from tests import measure


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return example.make(tmp_path_factory.mktemp("example") / "example.mp4")


def run(
    *arguments: str | Path, code: int = 0, folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does."""
    command = [sys.executable, "-m", "immersivaudio", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done


def test_score_prints_one_json_object_and_writes_what_it_names(clip: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.mp4"
    done = run("score", clip, "-o", out, "--json", "--plot", tmp_path / "plot.png", "--stems", tmp_path / "s")
    told = json.loads(done.stdout)
    assert told["path"] == str(out)
    assert told["receipt"]["hits_hit"] == told["receipt"]["hits_planned"] > 0
    assert told["receipt"]["video_copied"]
    assert abs(measure.loudness(out).integrated + 14) <= 0.5
    assert measure.video_packets(out) == measure.video_packets(clip)
    picture = np.asarray(Image.open(tmp_path / "plot.png"))
    assert picture.shape[1] == 1600
    assert picture.std() > 20  # not a blank page
    assert list((tmp_path / "s").glob("*.mid"))
    assert len(list((tmp_path / "s").glob("*.wav"))) > 3


def test_six_cuts_of_the_example_are_found(clip: Path, tmp_path: Path) -> None:
    run("frames", clip, tmp_path / "seen", "-q")
    seen = json.loads((tmp_path / "seen" / "footage.json").read_text())
    starts = [eval_fraction(shot["start"]) for shot in seen["shots"] if shot["opening"] == "cut"]
    true = np.cumsum([shot.seconds for shot in example.SHOTS])[:-1]
    assert np.allclose(starts, true, atol=1 / 30 + 1e-3)


def eval_fraction(text: str) -> float:
    top, _, bottom = text.partition("/")
    return int(top) / int(bottom or 1)


@pytest.mark.slow
def test_the_stages_in_a_row_give_what_score_gives(clip: Path, tmp_path: Path) -> None:
    seen, sheet, whole = tmp_path / "seen", tmp_path / "sheet.json", tmp_path / "whole"
    run("score", clip, "-o", tmp_path / "a.mp4", "--mood", "tense", "--save-sheet", tmp_path / "a.json",
        "--stems", whole, "-q")  # fmt: skip
    run("frames", clip, seen, "-q")
    for stage in ("detect", "select", "describe"):
        run(stage, seen)
    run("prompt", seen, "-o", sheet, "--mood", "tense")
    assert sheet.read_text() == (tmp_path / "a.json").read_text()
    made = Path(run("generate", sheet, tmp_path / "music", "-q").stdout.strip())
    kept = next(path for path in whole.glob("*.wav") if path.name == made.name)
    assert made.read_bytes() == kept.read_bytes()
    run("mix", clip, sheet, made, "-o", tmp_path / "b.mp4", "-q")
    assert np.array_equal(measure.sound(tmp_path / "a.mp4"), measure.sound(tmp_path / "b.mp4"))
    told = run("mix", clip, sheet, made, "-o", tmp_path / "c.mp4", "--max-bytes", "400k", "-q").stdout
    assert "note: pictures coded anew" in told  # what it cost to fit is said here, too


@pytest.mark.slow
def test_same_seed_same_bytes_other_seed_another_piece(clip: Path, tmp_path: Path) -> None:
    def music(name: str, *options: str) -> bytes:
        folder = tmp_path / name
        run("score", clip, "-o", tmp_path / f"{name}.mp4", "--stems", folder, "-q", *options)
        return b"".join(path.read_bytes() for path in sorted(folder.glob("*.wav")))

    first = music("a", "--seed", "5")
    assert music("b", "--seed", "5") == first
    assert music("c", "--seed", "6") != first


@pytest.mark.slow
def test_an_edited_sheet_is_played(clip: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.json"
    run("score", clip, "-o", tmp_path / "a.mp4", "--save-sheet", sheet, "-q")
    plan = json.loads(sheet.read_text())
    plan["palette"], plan["tempo"] = "chiptune", 128
    sheet.write_text(json.dumps(plan))
    told = json.loads(run("score", clip, "-o", tmp_path / "b.mp4", "--sheet", sheet, "--json").stdout)
    assert told["sheet"]["palette"] == "chiptune"
    assert not np.array_equal(measure.sound(tmp_path / "a.mp4"), measure.sound(tmp_path / "b.mp4"))


def test_a_remix_holds_the_hits_and_one_cue_can_change_alone(clip: Path, tmp_path: Path) -> None:
    run("frames", clip, tmp_path / "seen", "-q")
    for stage in ("detect", "select", "describe"):
        run(stage, tmp_path / "seen")
    first, second, third = (tmp_path / f"{name}.json" for name in "abc")
    run("prompt", tmp_path / "seen", "-o", first)
    run("remix", first, "-o", second, "--mood", "scary")
    run("remix", first, "-o", third, "--mood", "calm", "--cue", "1")
    plan, scary, calm = (json.loads(path.read_text()) for path in (first, second, third))
    assert scary["hits"] == calm["hits"] == plan["hits"]
    assert scary["palette"] != plan["palette"]
    assert calm["cues"][0] != plan["cues"][0]
    assert calm["cues"][1:] == plan["cues"][1:]
    assert "choose one from 1" in run("remix", first, "-o", third, "--cue", "99", code=2).stderr


@pytest.mark.slow
def test_sounds_of_the_scene_are_added_when_asked(clip: Path, tmp_path: Path) -> None:
    folder = tmp_path / "stems"
    told = json.loads(
        run("score", clip, "-o", tmp_path / "a.mp4", "--sounds", "--json", "--stems", folder).stdout
    )
    assert told["receipt"]["backends"]["sounds"] == "procedural"
    if told["sheet"]["sounds"]:
        assert np.abs(soundfile.read(folder / "sounds.wav")[0]).max() > 0.001
    else:
        assert any("no sound" in note for note in told["receipt"]["notes"])


def test_the_result_fits_the_size_asked_for(clip: Path, tmp_path: Path) -> None:
    out = tmp_path / "small.mp4"
    told = json.loads(run("score", clip, "-o", out, "--max-bytes", "400k", "--json").stdout)
    assert out.stat().st_size <= 400_000
    assert told["receipt"]["notes"]  # and it says what was given up


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("empty.mp4", b"", "empty"),
        ("text.mp4", b"just some words, not a film\n" * 50, "video"),
        ("list.mp4", b"ffconcat version 1.0\nfile 'secret.mp4'\n", "video"),
        ("hls.mp4", b"#EXTM3U\n#EXT-X-TARGETDURATION:10\nsecret.ts\n", "video"),
    ],
)
def test_bad_input_ends_in_one_line_and_nothing_is_left(
    name: str, content: bytes, word: str, tmp_path: Path
) -> None:
    bad = tmp_path / name
    bad.write_bytes(content)
    done = run("score", bad, "-o", tmp_path / "out.mp4", "-q", code=2)
    assert len(done.stderr.strip().splitlines()) == 1
    assert word in done.stderr.lower()
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert bad.read_bytes() == content


def test_wrong_wishes_are_told_before_any_work(clip: Path, tmp_path: Path) -> None:
    assert "STAGE=NAME" in run("score", clip, "-b", "detect", code=2).stderr
    assert "choose one of" in run("score", clip, "-b", "detect=nobody", "-q", code=3).stderr
    assert "does not exist" in run("score", clip, "-o", tmp_path / "no" / "out.mp4", "-q", code=2).stderr
    assert "not a size" in run("score", clip, "--max-bytes", "huge", code=2).stderr


def test_doctor_names_every_stage_and_its_licence() -> None:
    told = json.loads(run("doctor", "--json").stdout)
    names = {finding["what"] for finding in told}
    assert {"extract pyav", "generate composer", "reconstruct ffmpeg", "ffmpeg", "SoundFont"} <= names
    assert all(
        finding["remedy"] for finding in told if finding["state"] == "missing" and " " in finding["what"]
    )


def test_models_are_listed_with_their_licence_and_a_missing_one_says_how_to_get_it() -> None:
    listed = {model["name"]: model for model in json.loads(run("models", "list", "--json").stdout)}
    assert "NC" in listed["facebook/musicgen-small"]["licence"]
    assert "models pull" in run("models", "verify", "facebook/musicgen-small", code=3).stderr
    assert "models list" in run("models", "pull", "nobody/nothing", code=3).stderr
