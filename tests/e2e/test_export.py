"""A film handed over: what lies in the folder, in the zip and in one format alone."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as Xml

import mido
import numpy as np
import pytest
import soundfile
from wavinfo import WavInfoReader

import immersivaudio
from immersivaudio.config import Settings
from immersivaudio.errors import UserError
from immersivaudio.export import package
from immersivaudio.export.result import scored_before
from immersivaudio.options import ScoreOptions
from immersivaudio.pipeline import Pipeline
from immersivaudio.values import ScoredClip
from tests import samples

START = "01:00:00;00"
FIRST = round(107_892 * 1001 / 30_000 * 48_000)
"""Samples from midnight to the first picture."""


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ScoredClip, tuple[object, ...]]]:
    """Six seconds of 29.97 with a cut and a camera's timecode in drop frame."""
    folder = tmp_path_factory.mktemp("film")
    plain = samples.write(
        folder / "plain.mp4",
        [*samples.pan(1, 90), *samples.pan(2, 90)],
        Fraction(30000, 1001),
        preset="veryfast",
    )
    film = folder / "trip & sea.mov"
    sound = ("-f", "lavfi", "-i", "sine=440:r=44100:d=6")
    samples.ffmpeg("-i", plain, *sound, "-map", "0", "-map", "1", "-c:v", "copy", "-timecode", START, film)
    pipeline = Pipeline(Settings())
    clip = pipeline.open(film)
    seen = pipeline.analyse(clip)
    request = ScoreOptions(stems=True, sounds=True, music_gain_db=-3.0, original="mix")
    work = folder / "work"
    work.mkdir()
    made = pipeline.render(clip, pipeline.plan(seen, request), request, work / "scored.mp4", work)
    yield made, tuple(shot.start for shot in seen.footage.shots if shot.start)
    pipeline.close()


@pytest.fixture(scope="module")
def folder(scored: tuple[ScoredClip, tuple[object, ...]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("out") / "handed over"
    package.export(*scored, target, Settings())
    return target


def test_the_film_is_the_film(scored: tuple[ScoredClip, object], folder: Path) -> None:
    assert (folder / "trip & sea.mov").read_bytes() == scored[0].clip.path.read_bytes()


def test_sounds_are_24_bits_and_know_their_place(scored: tuple[ScoredClip, object], folder: Path) -> None:
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*.wav")}
    assert {"music.wav", "film-sound.wav"} <= names and sum(name.startswith("stems/") for name in names) > 2
    length = round(scored[0].clip.duration * 48_000)
    for name in names:
        about = WavInfoReader(str(folder / name))
        assert (about.fmt.sample_rate, about.fmt.bits_per_sample, about.fmt.channel_count) == (48_000, 24, 2)
        assert about.bext.time_reference == FIRST
        assert soundfile.info(folder / name).frames == length
    heard, _ = soundfile.read(folder / "music.wav")
    played, _ = soundfile.read(scored[0].tracks[0].path)
    assert np.abs(heard - np.clip(played, -1, 1 - 2**-23)).max() <= 2**-23


def test_stems_add_up_under_the_gains_of_their_tracks(
    scored: tuple[ScoredClip, object], folder: Path
) -> None:
    (project,) = (
        Xml.fromstring(zipfile.ZipFile(path).read("project.xml")) for path in folder.glob("*.dawproject")
    )
    gains = {
        track.get("name", ""): float(track.find("Channel/Volume").get("value"))  # type: ignore[union-attr, arg-type]
        for track in project.iter("Track")
    }
    music = scored[0].tracks[0]
    mixed = 10 ** (scored[0].receipt.gains_db["music"] / 20)
    assert gains["Music"] == pytest.approx(mixed, rel=1e-3)
    for name, path in music.stems.items():
        exported, _ = soundfile.read(folder / "stems" / f"{name}.wav")
        wanted, _ = soundfile.read(path)
        assert np.abs(exported).max() < 1
        assert np.abs(exported * gains[name] - wanted * mixed).max() < 2e-3 * max(1, np.abs(wanted).max())


def test_midi_timelines_and_papers_lie_beside(scored: tuple[ScoredClip, object], folder: Path) -> None:
    marks = [
        message.text for message in mido.MidiFile(folder / "music.mid").tracks[0] if message.type == "marker"
    ]
    assert any(text.startswith("section") for text in marks)
    for ending in ("otio", "xml", "fcpxml", "edl", "markers.edl", "rpp", "dawproject", "reference.mp4"):
        assert (folder / f"trip & sea.{ending}").stat().st_size > 100
    assert START in (folder / "trip & sea.edl").read_text()
    assert "01:00:03;00 RED" in (folder / "trip & sea.edl").read_text()
    xml = Xml.parse(folder / "trip & sea.xml")
    for url in filter(None, (node.text for node in xml.iter("pathurl"))):
        assert url.startswith("file:///") and " " not in url and "&" not in url
    assert json.loads((folder / "cue-sheet.json").read_text())["seed"] == scored[0].sheet.seed
    assert (
        "29.97 pictures a second, drop frame; the first picture is 01:00:00;00"
        in (folder / "README.txt").read_text()
    )


def test_a_zip_names_no_folder_of_this_machine(
    scored: tuple[ScoredClip, tuple[object, ...]], folder: Path, tmp_path: Path
) -> None:
    package.export(*scored, tmp_path / "all.zip", Settings())
    with zipfile.ZipFile(tmp_path / "all.zip") as file:
        packed = {name.split("/", 1)[1]: file.read(name) for name in file.namelist()}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(packed) == there
    for name, data in packed.items():
        if name.endswith((".xml", ".fcpxml", ".otio", ".rpp", ".edl", ".txt", ".json", ".csv")):
            assert str(tmp_path.parent.parent).encode() not in data, name


@pytest.mark.parametrize("ending", [".otioz", ".dawproject"])
def test_one_format_alone_has_its_media_inside(
    scored: tuple[ScoredClip, tuple[object, ...]], tmp_path: Path, ending: str
) -> None:
    package.export(*scored, tmp_path / f"one{ending}", Settings(), start="10:00:00:00")
    with zipfile.ZipFile(tmp_path / f"one{ending}") as file:
        assert sum(name.endswith(".wav") for name in file.namelist()) > 3
        assert file.testzip() is None
    assert [path.name for path in tmp_path.iterdir()] == [f"one{ending}"]


def test_what_cannot_be_is_refused_before_any_work(
    scored: tuple[ScoredClip, tuple[object, ...]], tmp_path: Path
) -> None:
    with pytest.raises(
        UserError, match=r"edit.aaf is not a folder; name a folder, or a file that ends in .zip"
    ):
        package.check(tmp_path / "edit.aaf", scored[0].clip.path)
    with pytest.raises(UserError, match=r"'25:61:00:00' is no timecode at 29\.97"):
        package.export(*scored, tmp_path / "out", Settings(), start="25:61:00:00")
    assert not list(tmp_path.iterdir())


def test_the_command_hands_over_and_refuses_a_photo(tmp_path: Path) -> None:
    film = samples.film(tmp_path / "film.mp4", shots=2, seconds=1.5)
    command = [sys.executable, "-m", "immersivaudio", "export", "-q", str(film)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == str(tmp_path / "film-export")
    assert "25 pictures a second from 00:00:00:00" in done.stdout
    assert (tmp_path / "film-export" / "film.otio").exists()
    still = subprocess.run(
        [*command[:-1], str(Path(__file__).parents[2] / "docs" / "images" / "cue-sheet.png")],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert still.returncode == 2
    assert "a photo has no timeline; score it, and export the video that comes back" in still.stderr


def test_a_result_is_handed_over_with_the_film_it_was_made_of(tmp_path: Path) -> None:
    film = samples.film(tmp_path / "film.mp4", shots=2, seconds=1.5)
    scored = immersivaudio.score(film, folder=tmp_path / "kept", mood="epic", seed=9)
    command = [sys.executable, "-m", "immersivaudio", "export", "-q", str(scored.path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "film.scored-export"
    assert (folder / "film.mp4").read_bytes() == film.read_bytes()
    heard, _ = soundfile.read(folder / "music.wav")
    played, _ = soundfile.read(scored.tracks[0].path)
    assert np.abs(heard - np.clip(played, -1, 1 - 2**-23)).max() <= 2**-23
    asked = subprocess.run(
        [*command, "--mood", "sad"], capture_output=True, text=True, check=False, timeout=300
    )
    assert asked.returncode == 2
    assert "film.scored.mp4 says itself what to play; leave out the other wishes" in asked.stderr

    (tmp_path / "elsewhere").mkdir()
    alone = scored.path.rename(tmp_path / "elsewhere" / "film.scored.mp4")
    told = scored_before(alone, None, Settings())
    assert told is not None and (told.film, told.request.original) == (alone, "replace")
    assert "name the clip with --clip" in told.notes[0]
    named = scored_before(alone, film, Settings())
    assert named is not None and named.film == film and not named.notes
    with pytest.raises(UserError, match=r"is not the clip that film\.scored\.mp4 was made of"):
        scored_before(alone, alone, Settings())
    assert scored_before(film, None, Settings()) is None
