"""A song is measured from its sound, and a piece becomes like it without a note of it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from immersivaudio.config import Settings
from immersivaudio.errors import BadMediaError
from immersivaudio.options import ScoreOptions
from immersivaudio.pipeline import Pipeline
from immersivaudio.song_analysis import HeardSong, apply, listen
from immersivaudio.song_analysis.structure import SongPart
from tests import samples
from tests.films import film

RATE = 22_050
SETTINGS = Settings(_env_file=None)
MINOR_LOOP = ((50, 53, 57), (58, 62, 65), (53, 57, 60), (48, 52, 55))
"""i VI III VII of D minor, as MIDI notes."""


def chords(tempo: float, seconds: float, *, drums: bool = True, transposed: int = 0) -> NDArray[np.float32]:
    """A song of struck chords, one a bar, each beat struck again; a kick and noise on the beat."""
    at = np.arange(round(seconds * RATE)) / RATE
    beat = 60 / tempo
    since, number = at % beat, (at // beat).astype(int)
    sound = np.zeros(len(at))
    for bar, notes in enumerate(MINOR_LOOP):
        here = number // 4 % 4 == bar
        for note in notes:
            hertz = 440 * 2 ** ((note + transposed - 69) / 12)
            for partial in range(1, 5):
                sound += here * np.sin(2 * np.pi * hertz * partial * at) / partial**1.5
    sound *= np.exp(-since * 4)
    if drums:
        sound += 3 * np.random.default_rng(1).normal(size=len(at)) * np.exp(-since * 60)
    return (0.1 * sound).astype(np.float32)


def saved(folder: Path, sound: NDArray[np.float32], name: str = "song.mp3") -> Path:
    import soundfile

    soundfile.write(folder / "song.wav", sound, RATE)
    if name != "song.wav":
        samples.ffmpeg("-i", folder / "song.wav", folder / name)
    return folder / name


@pytest.mark.medium
@pytest.mark.parametrize(
    ("tempo", "transposed", "tonic"), [(84.0, 0, "D"), (123.0, 3, "F"), (100.0, 8, "Bb")]
)
def test_tempo_and_key_of_a_song(tmp_path: Path, tempo: float, transposed: int, tonic: str) -> None:
    heard = listen(saved(tmp_path, chords(tempo, 16, transposed=transposed)), SETTINGS)
    assert min(abs(np.log2(heard.tempo / tempo) - octave) for octave in (-1, 0, 1)) < np.log2(1.02)
    relative = {"D": "F", "F": "Ab", "Bb": "C#"}[tonic]
    assert (heard.tonic, heard.mode) in {(tonic, "aeolian"), (relative, "ionian")}
    assert "drums" in heard.families


@pytest.mark.medium
def test_what_is_duller_is_heard_as_duller(tmp_path: Path) -> None:
    from scipy.signal import lfilter

    plain = chords(96, 8, drums=False)
    found = []
    for pole in (0.9, 0.7, 0.4, 0.0):
        dulled = lfilter([1 - pole], [1, -pole], plain).astype(np.float32)
        found.append(listen(saved(tmp_path, dulled, "song.wav"), SETTINGS).brightness)
    assert found == sorted(found)
    assert found[-1] > 1.2 * found[0]
    assert "drums" not in listen(saved(tmp_path, plain, "song.wav"), SETTINGS).families


@pytest.mark.medium
@pytest.mark.parametrize("name", ["song.mp3", "song.m4a", "song.ogg", "song.flac", "song.wav"])
def test_songs_of_every_common_kind_are_heard(tmp_path: Path, name: str) -> None:
    assert listen(saved(tmp_path, chords(120, 5), name), SETTINGS).tempo > 0


def test_what_is_no_song_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "list.mp3").write_text("#EXTM3U\nfile:///etc/passwd\n")
    (tmp_path / "torn.mp3").write_bytes(b"ID3\x04" + b"\x00" * 400)
    for name in ("list.mp3", "torn.mp3"):
        with pytest.raises(BadMediaError):
            listen(tmp_path / name, SETTINGS)
    silent = samples.film(tmp_path / "silent.mp4", shots=1, seconds=1)
    with pytest.raises(BadMediaError, match="no song"):
        listen(silent, SETTINGS)
    with pytest.raises(BadMediaError, match="shorter"):
        listen(saved(tmp_path, chords(120, 2), "song.wav"), SETTINGS)


@pytest.fixture(scope="module")
def song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    quiet, full = chords(84, 12, drums=False), chords(84, 12)
    sound = np.concatenate((0.2 * quiet, full, 0.2 * quiet)).astype(np.float32)
    return saved(tmp_path_factory.mktemp("song"), sound, "song.flac")


def composing(song: Path) -> Pipeline:
    """A pipeline to which a song was brought."""
    pipeline = Pipeline(SETTINGS)
    pipeline.song = song
    return pipeline


@pytest.mark.medium
def test_a_sheet_takes_tempo_key_and_form_of_the_song(song: Path) -> None:
    heard = listen(song, SETTINGS)
    assert [part.label for part in heard.parts] == ["A", "B", "A"]
    plan = composing(song).planned(film(30.0, [10.0, 20.0]), (), (), ScoreOptions(like=True))
    assert plan.tempo == heard.tempo
    assert (plan.tonic, plan.mode) == (heard.tonic, heard.mode)
    assert [cue.label for cue in plan.cues] == ["A", "B", "A"]
    assert plan.cues[1].intensity > plan.cues[0].intensity
    assert plan.notes[0].startswith("Taken from the song: ")
    assert not plan.seal, "the share code says that it comes close"


@pytest.mark.medium
def test_what_the_user_says_comes_first(song: Path) -> None:
    wish = ScoreOptions(mood="epic, 140 bpm in E minor", like=True)
    plan = composing(song).planned(film(12.0), (), (), wish)
    assert (plan.mood, plan.tempo, plan.tonic, plan.mode) == ("epic", 140.0, "E", "aeolian")


@pytest.mark.medium
def test_a_remix_takes_it_too(song: Path) -> None:
    pipeline = composing(song)
    plan = pipeline.planned(film(12.0, [6.0]), (), (), ScoreOptions(mood="calm"))
    after = pipeline.remix(plan, ScoreOptions(like=True))
    assert after.tempo == listen(song, SETTINGS).tempo
    assert [cue.start for cue in after.cues] == [cue.start for cue in plan.cues]


def test_a_song_without_a_pulse_gives_no_tempo() -> None:
    still = HeardSong(0.0, "C", "ionian", 1.0, 900.0, ("held",), (SongPart(0.0, "A", 1.0),))
    wish = apply.wished(ScoreOptions(), still)
    assert "bpm" not in wish.mood
    assert "no drums" in wish.mood
    assert apply.taken(replace(still, tempo=90.0)) == (
        "Taken from the song: 90 bpm, C major, calm, dark; no drums; held tones; form A."
    )
