"""A film and its music as a loop: nobody sees or hears where it begins again."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pretty_midi
import pytest
from mido import MidiFile
from numpy.typing import NDArray

from immersivaudio import looping
from immersivaudio.config import Settings
from immersivaudio.media import decode, loop_video, panzoom, probe
from immersivaudio.options import ScoreOptions
from immersivaudio.pipeline import Pipeline
from immersivaudio.values import ScoredClip
from tests import measure, samples
from tests.films import film

pytestmark = pytest.mark.medium

RATE = 48_000
SETTINGS = Settings(_env_file=None, detect="visual")
Pictures = Sequence[NDArray[np.uint8]]


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six seconds of a pan and a cut, with a tone as its own sound."""
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    return samples.film(path, shots=2, seconds=3, rate=24, sound="sine=f=330")


@pytest.fixture(scope="module")
def scored(clip: Path, tmp_path_factory: pytest.TempPathFactory) -> ScoredClip:
    folder = tmp_path_factory.mktemp("loop")
    pipeline = Pipeline(SETTINGS)
    try:
        return pipeline.score(clip, ScoreOptions(mood="hopeful", loop=True), folder / "out.mp4", folder)
    finally:
        pipeline.close()


def small(path: Path) -> Pictures:
    made = probe(path, SETTINGS)
    scaler = decode.FrameScaler(made, 160)
    return [scaler(picture) for picture in decode.pictures(made, SETTINGS, longest=160)]


def changes(pictures: Pictures) -> list[float]:
    """From each picture to the next, and from the last to the first."""
    after = [*pictures[1:], pictures[0]]
    return [float(np.abs(a.astype(int) - b).mean()) for a, b in zip(pictures, after, strict=True)]


def fluxes(sound: NDArray[np.float32]) -> NDArray[np.float64]:
    """How much the spectrum changes from one 21 ms to the next."""
    size, hop = 2048, 512
    mono = sound.mean(axis=1)
    frames = np.lib.stride_tricks.sliding_window_view(mono, size)[::hop]
    spectra = np.log1p(np.abs(np.fft.rfft(frames * np.hanning(size), axis=1)))
    return np.asarray(np.abs(np.diff(spectra, axis=0)).mean(axis=1))


def test_pictures_end_where_they_begin(scored: ScoredClip, clip: Path) -> None:
    assert scored.clip.duration == Fraction(11, 2), "half a second went into the dissolve"
    pictures = small(scored.path)
    assert abs(len(pictures) - 5.5 * 24) <= 1
    *inside, seam = changes(pictures)
    assert seam <= 1.1 * max(inside[-11:]), "no larger than a step of the dissolve"
    assert changes(small(clip))[-1] > 3 * seam, "as it was sent, it does not loop"


def test_the_seam_is_not_heard(scored: ScoredClip) -> None:
    sound = measure.sound(scored.path)
    length = round(scored.clip.duration * RATE)
    assert abs(len(sound) - length) <= RATE / 24
    sound = sound[:length]
    steps = np.abs(np.diff(sound, axis=0)).max(axis=1)
    assert np.abs(sound[0] - sound[-1]).max() <= np.quantile(steps, 0.999)
    inside = fluxes(sound)
    around = fluxes(np.concatenate((sound[-RATE // 4 :], sound[: RATE // 4])))
    assert around.max() <= inside.max()
    level = 20 * np.log10(np.sqrt((sound[-RATE // 5 :] ** 2).mean()) / np.sqrt((sound**2).mean()))
    assert level > -12, "the music does not die away before it begins again"


def test_bars_fit_the_film(scored: ScoredClip) -> None:
    beats = float(scored.sheet.duration) * scored.sheet.tempo / 60
    assert abs(beats - round(beats)) < 0.01
    assert scored.sheet.loop


def test_its_notes_end_with_the_film(scored: ScoredClip) -> None:
    midi = scored.tracks[0].midi
    assert midi
    length = float(scored.clip.duration)
    played = pretty_midi.PrettyMIDI(str(midi))
    notes = [note for part in played.instruments for note in part.notes]
    assert played.get_end_time() == pytest.approx(length, abs=0.002)
    assert length - 1 < max(note.start for note in notes) < length - 0.05, "the return is not written twice"
    assert max(note.end for note in notes) <= length + 0.002
    file = MidiFile(midi)
    ticks = {sum(message.time for message in track) for track in file.tracks}
    assert len(ticks) == 1, "every track ends together"
    markers = [message.text for message in file.tracks[0] if message.type == "marker"]
    assert markers[-1] == "end of film"
    assert sum(text.startswith("section") for text in markers) == len(scored.sheet.cues)


def test_a_gif_asks_for_it_by_itself() -> None:
    footage = film(6.0, [2.0])
    gif = replace(footage, clip=replace(footage.clip, demuxer="gif"))
    pipeline = Pipeline(SETTINGS)
    assert pipeline.planned(gif, (), (), ScoreOptions()).loop
    assert not pipeline.planned(footage, (), (), ScoreOptions()).loop
    plan = pipeline.planned(footage, (), (), ScoreOptions(loop=True))
    assert plan.loop
    assert pipeline.remix(plan, ScoreOptions(mood="darker")).loop


def test_what_is_played_is_longer_and_returns_to_the_beginning() -> None:
    plan = Pipeline(SETTINGS).planned(film(12.0, [4.0]), (), (), ScoreOptions(loop=True))
    longer = looping.extended(plan)
    assert longer.duration >= plan.duration + 6
    assert longer.cues[-1].label == plan.cues[0].label
    assert longer.cues[-1].start == plan.duration
    assert len(longer.dynamics) == -(-longer.duration * 4 // 1)
    assert looping.extended(replace(plan, loop=False)).duration == plan.duration


def test_a_photo_is_moved_over_and_back() -> None:
    size = (64, 36)
    photo = samples.scene(5, 128, 72)
    planes = list(panzoom.pictures(photo, size, 30, 1, back=True))
    frames = [np.frombuffer(luma, np.uint8) for luma in planes[::3]]
    *inside, seam = changes(frames)
    assert seam <= max(inside)
    assert max(inside) > 0


def test_a_clip_that_loops_already_is_left_alone(tmp_path: Path) -> None:
    round_trip = samples.pan(3, 320 // 2 * 2, step=2.0)
    path = samples.write(tmp_path / "round.mp4", round_trip, 30, preset="veryfast")
    clip = probe(path, SETTINGS)
    assert loop_video.looped(clip, tmp_path / "loop.mp4", SETTINGS, lambda _done: None) is clip
