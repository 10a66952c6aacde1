"""An editor's cuts and markers decide where the music lands."""

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import soundfile

import immersivaudio
from immersivaudio import sheets
from immersivaudio.media import onsets
from tests import samples

EDL = """TITLE: trip
FCM: NON-DROP FRAME
001  AX       V     C        00:00:00:00 00:00:02:10 01:00:00:00 01:00:02:10
* LOC: 01:00:01:05 RED     she looks up
002  AX       V     C        00:00:02:10 00:00:06:00 01:00:02:10 01:00:06:00
* LOC: 01:00:04:20 RED     the wave breaks
"""


def film(folder: Path) -> Path:
    """Six seconds without a visible cut, 25 pictures a second."""
    return samples.write(folder / "trip.mp4", samples.pan(3, 150), 25, preset="veryfast")


def test_the_music_lands_on_what_the_editor_marked(tmp_path: Path) -> None:
    (tmp_path / "trip.edl").write_text(EDL)
    command = [sys.executable, "-m", "immersivaudio", "score", "-q", str(film(tmp_path))]
    done = subprocess.run(
        [*command, "--cuts", str(tmp_path / "trip.edl"), "--save-sheet", str(tmp_path / "sheet.json"),
         "--stems", str(tmp_path / "stems")],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = " ".join(done.stdout.split())
    assert "cuts taken from the list: 1" in said and "markers that became hit points: 2 of 2" in said
    sheet = sheets.load((tmp_path / "sheet.json").read_text())
    wanted = [Fraction(6, 5), Fraction(12, 5), Fraction(24, 5)]
    assert [(hit.time, hit.kind) for hit in sheet.hits if hit.kind != "motion"] == [
        (wanted[0], "user"), (wanted[1], "end"), (wanted[2], "user")
    ]  # fmt: skip
    (music,) = (path for path in (tmp_path / "stems").glob("*.wav") if path.stem in {"music", "mix"})
    sound, _ = soundfile.read(music, dtype="float32", always_2d=True)
    heard = onsets.accents(onsets.flux([np.asarray(sound.T)]))
    assert onsets.hit(heard, wanted) == 3


def test_a_list_of_another_film_and_one_beside_a_sheet_are_refused(tmp_path: Path) -> None:
    clip = film(tmp_path)
    (tmp_path / "other.edl").write_text(EDL.replace("06:00", "59:00"))
    (tmp_path / "sheet.json").write_text("{}")
    for arguments, said in (
        (["--cuts", "other.edl"], "the timeline of other.edl is 59.00 s long, and the clip 6.00 s"),
        (["--cuts", "nope.edl"], "the cut list nope.edl is not there"),
        (["--cuts", "other.edl", "--sheet", "sheet.json"], "a cue sheet already holds the hit points"),
    ):
        command = [sys.executable, "-m", "immersivaudio", "score", "-q", clip.name, *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=100)
        assert (done.returncode, said in done.stderr) == (2, True), done.stderr


def test_the_library_takes_a_list_too(tmp_path: Path) -> None:
    (tmp_path / "marks.csv").write_text("1.2\n4.8\n")
    scored = immersivaudio.score(film(tmp_path), cuts=tmp_path / "marks.csv", folder=tmp_path)
    assert {Fraction(6, 5), Fraction(24, 5)} <= {hit.time for hit in scored.sheet.hits if hit.kind == "user"}
    assert json.loads(sheets.dump(scored.sheet))["seal"] == ""  # a share code cannot hold these
