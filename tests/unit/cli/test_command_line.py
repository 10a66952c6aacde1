"""What a person reads when something is wrong, what the shell is told, and what is left lying about."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import psutil
import pytest
import soundfile
from PIL import Image

from immersivaudio import cli
from tests import measure, samples

COMMAND = [sys.executable, "-m", "immersivaudio"]


def run(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command as a shell would, without a terminal."""
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.png"
    Image.radial_gradient("L").convert("RGB").save(path)
    return path


@pytest.mark.medium
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["score", "nope.mp4"], "no such file"),
        (["score", "."], "that is a folder"),
        (["score", "photo.png", "-o", "nowhere/out.mp4"], "the folder of out.mp4 does not exist"),
        (["score", "photo.png", "-o", "."], "is a folder"),
        (["score", "photo.png", "-o", "/dev/null"], "/dev/null is a device, not a file"),
        (
            ["score", "photo.png", "-o", "film.mkv"],
            "the result is an MP4, and film.mkv would not say so; name it film.mp4",
        ),
        (["mix", "photo.png", "nope.json", "photo.png"], "photo.png is not a sound file; bring a WAV"),
        (["score", "photo.png", "--sheet", "nope.json"], "the cue sheet nope.json is not there"),
        (["score", "photo.png", "--sheet", "."], "is not there"),
        (
            ["score", "photo.png", "--sheet", "sheet.json", "--mood", "sad"],
            "a cue sheet already decides mood, seed and take; change it first: immersivaudio remix",
        ),
        (["score", "photo.png", "--sheet", "sheet.json", "--seed", "0"], "a cue sheet already decides"),
        (["score", "photo.png", "--plot", "plot.jpg"], "cannot be JPG; name it plot.png"),
        (["score", "photo.png", "--plot", "nowhere/plot.png"], "the folder of plot.png does not exist"),
        (["score", "photo.png", "--stems", "photo.png"], "photo.png is a file, not a folder; name a folder"),
        (["frames", "photo.png", "photo.png"], "photo.png is a file, not a folder"),
        (["generate", "sheet.json", "photo.png"], "photo.png is a file, not a folder"),
        (["demo", "photo.png", "--folder", "photo.png"], "photo.png is a file, not a folder"),
        (["takes", "photo.png", "--folder", "photo.png"], "photo.png is a file, not a folder"),
        (["generate", "nope.json", "new"], "the cue sheet nope.json is not there"),
        (["remix", "nope.json", "-o", "film.mp4"], "is JSON, and cannot be MP4; name it film.json"),
        (["prompt", "seen", "-o", "photo.png"], "is JSON, and cannot be PNG; name it photo.json"),
        (["score", "photo.png", "--save-sheet", "film.mp4"], "the cue sheet is JSON, and cannot be MP4"),
        (["takes", "nope.mp4", "--folder", "new"], "no such file"),
        (["takes", "nope.mp4", "--folder", "new/er"], "no such file"),
        (["score", "photo.png", "--max-bytes", "3x"], "'3x' is not a size"),
        (["score", "photo.png", "-b", "detect"], "'detect' is not a backend"),
        (["remix", "nope.json", "-o", "new.json"], "the cue sheet nope.json is not there"),
        (["detect", "nowhere"], "footage.json is not in nowhere; make it with: immersivaudio frames"),
        (["detect", "."], "footage.json is not in this folder; make it with: immersivaudio frames"),
    ],
)
def test_a_mistake_ends_with_one_plain_line_and_code_2(
    photo: Path,
    arguments: list[str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(photo.parent)
    monkeypatch.setattr(sys, "argv", ["immersivaudio", *arguments])
    handler = signal.getsignal(signal.SIGTERM)
    try:
        with pytest.raises(SystemExit) as ended:
            cli.main()
    finally:
        signal.signal(signal.SIGTERM, handler)
    out, err = capfd.readouterr()
    assert ended.value.code == 2
    assert said in err
    assert err.count("\n") == 1
    assert err.startswith("immersivaudio: ")
    assert not out
    assert list(photo.parent.iterdir()) == [photo]


@pytest.mark.medium
@pytest.mark.parametrize("wish", [["--music-gain", "500"], ["--speech-gap", "-3"], ["--take", "0"]])
def test_a_number_out_of_range_is_refused(photo: Path, wish: list[str]) -> None:
    done = run("score", photo, *wish)
    assert done.returncode == 2
    assert wish[0] in done.stderr


@pytest.mark.medium
def test_a_backend_that_is_not_there_is_the_operators_to_mend(photo: Path) -> None:
    done = run("score", "-q", photo, "-b", "extract=nobody")
    assert done.returncode == 3
    assert "choose one of: pyav" in done.stderr


@pytest.mark.medium
@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("ended_by", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_being_ended_leaves_nothing_behind(photo: Path, tmp_path: Path, ended_by: signal.Signals) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary)}
    command = [*COMMAND, "score", "-q", str(photo), "--duration", "60"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        while not list(temporary.iterdir()):  # it is there as long as the music is being made
            assert process.poll() is None, "it ended on its own"
            time.sleep(0.02)
        program = psutil.Process(process.pid)
        begun = program.cpu_times().user
        while program.cpu_times().user < begun + 1.0:  # well within it, however slow the machine
            assert process.poll() is None, "it ended on its own"
            time.sleep(0.02)
        process.send_signal(ended_by)
        _, rest = process.communicate()
    assert process.returncode == 128 + ended_by
    assert "Traceback" not in rest
    assert not list(temporary.iterdir())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["photo.png", "temporary"]


@pytest.mark.medium
def test_a_length_asked_of_a_video_is_answered(tmp_path: Path) -> None:
    clip = samples.film(tmp_path / "film.mp4", shots=1, seconds=2, rate=10)
    done = run("frames", clip, tmp_path / "seen", "--duration", "7", "-q")
    assert done.returncode == 0
    assert done.stderr == "immersivaudio: --duration is for photos; the video keeps its 2.0 s.\n"


@pytest.mark.medium
@pytest.mark.parametrize(
    ("options", "what"),
    [
        (["--plot", "photo.png"], "photo.png would overwrite the clip itself"),
        (["--plot", "link.png"], "link.png would overwrite the clip itself"),
        (["-o", "new", "--save-sheet", "new"], "new would overwrite another result"),
        (["--plot", "new", "--save-sheet", "new"], "new would overwrite another result"),
    ],
)
def test_nothing_that_score_writes_takes_the_place_of_the_clip_or_of_another(
    photo: Path, options: list[str], what: str
) -> None:
    before = photo.read_bytes()
    photo.with_name("link.png").hardlink_to(photo)
    done = run("score", "photo.png", "--duration", "1", "-q", *options, cwd=photo.parent)
    assert done.returncode == 2
    assert what in done.stderr
    assert photo.read_bytes() == before
    assert {path.name for path in photo.parent.iterdir()} == {"photo.png", "link.png"}


@pytest.mark.medium
def test_the_demo_may_work_in_the_folder_of_the_clip(photo: Path) -> None:
    before = photo.read_bytes()
    done = run("demo", "photo.png", "--folder", ".", cwd=photo.parent)
    assert done.returncode == 0, done.stderr
    assert photo.read_bytes() == before
    assert photo.with_name("photo.sheet.png").is_file()


@pytest.mark.medium
@pytest.mark.parametrize("on_the_path", [True, False])
def test_the_command_that_the_demo_ends_with_can_be_copied(
    photo: Path, tmp_path: Path, on_the_path: bool
) -> None:
    clip = photo.rename(tmp_path / "my photo.png")
    script = Path(sys.executable).with_name("immersivaudio")
    path = f"{script.parent}:/usr/bin:/bin" if on_the_path else "/usr/bin:/bin"
    environment = {**os.environ, "PATH": path, "IMMERSIVAUDIO_PHOTO_DURATION": "1"}

    def call(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    told = call("immersivaudio" if on_the_path else str(script), "demo", clip.name, "--folder", "o u t")
    line = told.stdout.splitlines()[-1].strip()
    assert line.startswith("immersivaudio score ") == on_the_path
    again = call("sh", "-c", line)
    assert again.returncode == 0, again.stderr
    assert (tmp_path / "my photo.scored.mp4").is_file()


@pytest.mark.medium
def test_a_plot_without_an_ending_is_a_png(photo: Path, tmp_path: Path) -> None:
    done = run("score", photo, "--duration", "1", "--plot", tmp_path / "plot", "-q")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "plot").read_bytes().startswith(b"\x89PNG")


@pytest.mark.medium
def test_the_summary_speaks_of_no_sound_where_there_was_none(photo: Path) -> None:
    done = run("score", "-q", photo, "--duration", "1")
    assert "its own sound" not in done.stdout
    assert "a slow pan and zoom over the photo" in done.stdout


@pytest.mark.medium
def test_no_command_that_doctor_advises_is_cut_short() -> None:
    report = [line.strip() for line in run("doctor").stdout.splitlines()]
    told = json.loads(run("doctor", "--json").stdout)
    assert [row["remedy"] for row in told if row["remedy"]]
    for row in told:
        assert not row["remedy"] or row["remedy"] in report


@pytest.mark.medium
def test_sound_at_another_rate_is_refused_before_any_work(photo: Path, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "cd.wav", np.zeros((4410, 2)), 44_100)
    done = run("mix", photo, "sheet.json", tmp_path / "cd.wav")
    assert done.returncode == 2
    assert "cd.wav has 44100 Hz and 2 channels; bring a WAV of 48000 Hz in stereo" in done.stderr


@pytest.mark.medium
def test_a_full_disk_is_told_with_what_to_do(photo: Path, tmp_path: Path) -> None:
    (tmp_path / "sheet.json").symlink_to("/dev/full")
    done = run("score", "-q", photo, "--duration", "1", "--save-sheet", tmp_path / "sheet.json")
    assert done.returncode == 3
    assert "No space left on device; free some space there" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.medium
def test_stems_are_there_whole_or_not_at_all(photo: Path, tmp_path: Path) -> None:
    # As on a disk that fills up: no file may grow beyond 300 kB, and the mix of 2 s has 768 kB.
    limited = "ulimit -f 300; trap '' XFSZ; exec \"$@\""
    folder = tmp_path / "stems"
    command = [*COMMAND, "score", str(photo), "--duration", "2", "-q", "--stems", str(folder)]
    done = subprocess.run(["sh", "-c", limited, "sh", *command], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert done.stderr.count("\n") == 1, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["photo.png"]


@pytest.mark.medium
def test_a_terminal_without_unicode_gets_its_report(photo: Path) -> None:
    for encoding in ("latin-1", "ascii"):
        done = subprocess.run(
            [*COMMAND, "score", str(photo), "--duration", "1", "-q"],
            env={**os.environ, "PYTHONIOENCODING": encoding},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert b"photo.scored.mp4" in done.stdout.replace(b"\n", b"")  # a long folder is broken over lines


@pytest.mark.medium
def test_a_name_that_is_too_long_is_shortened(photo: Path) -> None:
    clip = photo.rename(photo.with_name("ü" * 120 + "x" * 11 + ".png"))
    done = run("score", "-q", clip, "--duration", "1", cwd=photo.parent)
    assert done.returncode == 0, done.stderr
    (made,) = photo.parent.glob("*.mp4")
    assert made.name == "ü" * 120 + "x" * 4 + ".scored.mp4"


@pytest.mark.medium
def test_takes_of_a_photo_are_different_pieces_side_by_side(photo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "takes" / "of it"  # it is made
    done = run(
        "takes",
        photo,
        "-n",
        2,
        "--first",
        3,
        "--mood",
        "hopeful",
        "--folder",
        folder,
        "--quiet",
        "--duration",
        "4",
    )
    assert done.returncode == 0, done.stderr
    paths = [folder / f"photo.take-{number}.mp4" for number in (3, 4)]
    assert done.stdout.splitlines()[:2] == [str(path) for path in paths]
    assert paths[0].read_bytes() != paths[1].read_bytes()
    assert measure.shown_seconds(paths[0]) == pytest.approx(4, abs=0.1)
    assert sorted(folder.iterdir()) == paths
