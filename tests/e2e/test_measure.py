"""`immersivaudio measure`: any film with sound, whoever made it."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

import immersivaudio
from immersivaudio import sheets
from tests import samples


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "immersivaudio", "measure", "-q", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


def clicking(folder: Path, shift: float) -> Path:
    """Four shots of two seconds, with a click `shift` s after each cut."""
    folder.mkdir()
    silent = samples.film(folder / "silent.mp4", shots=4, seconds=2.0)
    sound = np.zeros(48_000 * 8, np.float32)
    click = (np.random.default_rng(1).normal(0, 0.3, 2000) * np.exp(-np.arange(2000) / 300)).astype(
        np.float32
    )
    for cut in (2, 4, 6):
        start = round((cut + shift) * 48_000)
        sound[start : start + 2000] += click
    soundfile.write(folder / "clicks.wav", sound, 48_000)
    film = folder / f"late-{round(shift * 1000)}.mp4"
    samples.ffmpeg(
        "-i", silent, "-i", folder / "clicks.wav", "-map", "0:v", "-map", "1:a", "-c:v", "copy", film
    )
    return film


def test_clicks_on_cuts_are_told_from_clicks_beside_them(tmp_path: Path) -> None:
    on, off = clicking(tmp_path / "on", 0.01), clicking(tmp_path / "off", 0.3)
    done = run("--json", on, off)
    assert done.returncode == 0, done.stderr
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert (first["cuts"], first["hit"]) == (3, 3) and first["sync"] > 0.9
    assert (second["cuts"], second["hit"]) == (3, 0) and second["sync"] < 0


def test_an_editors_cuts_can_stand_for_those_that_are_found(tmp_path: Path) -> None:
    film = clicking(tmp_path / "film", 0.3)
    (tmp_path / "cuts.csv").write_text("time,kind\n2.3,cut\n4.3,cut\n")
    done = run(film, "--cuts", tmp_path / "cuts.csv")
    assert "2 of 2 cuts have an onset within 40 ms" in done.stdout, done.stderr


def test_what_cannot_be_measured_is_said(tmp_path: Path) -> None:
    silent = samples.film(tmp_path / "silent.mp4", shots=2)
    assert "silent.mp4 has no sound; measure a film with its music" in run(silent).stderr
    one = samples.film(tmp_path / "one.mp4", shots=1, sound="sine=f=440")
    assert run(one).stdout == "one.mp4: no hard cut, so there is nothing to measure\n"


def test_every_result_has_the_figure_and_the_command_finds_the_same(tmp_path: Path) -> None:
    film = samples.film(tmp_path / "film.mp4", shots=3, seconds=2.0)
    scored = immersivaudio.score(film)
    told = scored.receipt.sync
    assert told is not None and told.hit == told.cuts == 2
    assert scored.sheet.cuts == (2, 4)
    (again,) = (json.loads(line) for line in run("--json", scored.path).stdout.splitlines())
    assert again["sync"] == pytest.approx(told.sync, abs=0.02)
    text = sheets.dump(scored.sheet)
    assert sheets.load(text) == scored.sheet
