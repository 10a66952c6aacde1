"""The clip's own sound comes out aligned with its pictures, whatever it was."""

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from immersivaudio.config import Settings
from immersivaudio.errors import StageFailedError
from immersivaudio.media import channels, decode_audio, probe
from tests import samples, voices
from tests.voices import RATE, Sound

_BURSTS = "aevalsrc='0.5*sin(2*PI*1000*t)*lt(mod(t,0.5),0.05)':s={rate}:d=3"
"""A tone of 50 ms every half second, from 0."""


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audio")
    return samples.write(folder / "picture.mp4", samples.pan(1, 75, (160, 90)), preset="ultrafast")


def _sound(path: Path, settings: Settings) -> Sound:
    return np.concatenate(list(decode_audio.own_sound(probe(path, settings), settings)), axis=1).T


def _starts(sound: Sound) -> np.ndarray:
    """Times at which a burst begins, s."""
    loud = np.flatnonzero(np.abs(sound).max(axis=1) > 0.1)
    return loud[np.diff(loud, prepend=-RATE) > RATE / 10] / RATE


def _with(picture: Path, out: Path, *options: str, rate: int = 48_000, before: tuple[str, ...] = ()) -> Path:
    source = ("-f", "lavfi", "-i", _BURSTS.format(rate=rate))
    samples.ffmpeg(
        "-i", picture, *before, *source, "-map", "0:v", "-map", "1:a", "-c:v", "copy", *options, out
    )
    return out


@pytest.mark.medium
@pytest.mark.parametrize(
    ("name", "options", "rate"),
    [
        ("a.mp4", ("-c:a", "aac"), 48_000),
        ("b.mp4", ("-c:a", "aac", "-ac", "1"), 44_100),
        ("c.mp4", ("-c:a", "aac", "-ac", "6"), 48_000),
        ("d.mkv", ("-c:a", "libopus"), 48_000),
        ("e.mkv", ("-c:a", "pcm_s16le", "-ac", "1"), 8_000),
        ("f.mov", ("-c:a", "pcm_s24le"), 96_000),
        ("g.ts", ("-c:a", "mp2"), 44_100),
        ("h.mkv", ("-c:a", "flac", "-ac", "2"), 22_050),
    ],
)
def test_any_layout_and_rate(
    picture: Path, tmp_path: Path, settings: Settings, name: str, options: tuple[str, ...], rate: int
) -> None:
    sound = _sound(_with(picture, tmp_path / name, *options, rate=rate), settings)
    assert sound.shape == (3 * RATE, 2)
    np.testing.assert_allclose(_starts(sound), np.arange(6) / 2, atol=0.004)
    assert 0.2 < np.abs(sound).max() < 0.75


@pytest.mark.parametrize("offset", [0.25, -0.25])
def test_sound_that_starts_before_or_after_the_pictures(
    picture: Path, tmp_path: Path, settings: Settings, offset: float
) -> None:
    path = _with(picture, tmp_path / "late.mkv", "-c:a", "flac", before=("-itsoffset", str(offset)))
    starts = _starts(_sound(path, settings))
    expected = np.arange(6) / 2 + offset
    np.testing.assert_allclose(starts, expected[(expected >= 0) & (expected < 3)], atol=0.004)


def test_a_hole_is_silence(picture: Path, tmp_path: Path, settings: Settings) -> None:
    whole = _with(picture, tmp_path / "whole.mkv", "-c:a", "pcm_s16le")
    gapped = tmp_path / "gapped.mkv"
    samples.ffmpeg("-i", whole, "-c", "copy", "-bsf:a", "noise=drop='gt(pts*tb,0.9)*lt(pts*tb,1.9)'", gapped)
    starts = _starts(_sound(gapped, settings))
    np.testing.assert_allclose(starts, [0, 0.5, 2.0, 2.5], atol=0.004)


def test_sound_that_ends_early_is_filled(picture: Path, tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "short.mp4"
    _with(picture, path, "-af", "atrim=0:1.2", "-c:a", "aac")
    sound = _sound(path, settings)
    assert len(sound) == 3 * RATE
    assert not sound[round(1.3 * RATE) :].any()


def test_a_clip_without_sound_yields_nothing(picture: Path, settings: Settings) -> None:
    assert list(decode_audio.own_sound(probe(picture, settings), settings)) == []


def test_another_rate(picture: Path, tmp_path: Path, settings: Settings) -> None:
    clip = probe(_with(picture, tmp_path / "m.mp4", "-c:a", "aac"), settings)
    sound = np.concatenate(list(decode_audio.own_sound(clip, settings, rate=16_000)), axis=1).T
    assert sound.shape == (48_000, 2)
    assert np.array_equal(sound[:, 0], sound[:, 1])


def test_a_soundtrack_is_cut_and_filled(tmp_path: Path) -> None:
    path = voices.save(tmp_path / "a.wav", voices.music(1))
    assert sum(block.shape[1] for block in decode_audio.read(path, 30_000)) == 30_000
    long = np.concatenate(list(decode_audio.read(path, 200_000)), axis=1).T
    assert len(long) == 200_000
    assert not long[RATE:].any()


def test_a_soundtrack_of_another_kind_is_refused(tmp_path: Path, make_wav: Callable[..., Path]) -> None:
    with pytest.raises(StageFailedError, match="44100 Hz and 1 channels"):
        list(decode_audio.read(make_wav(tmp_path / "b.wav", rate=44_100, channels=1), 100))
    (tmp_path / "c.wav").write_bytes(b"nothing of the kind")
    with pytest.raises(StageFailedError, match="cannot be read"):
        list(decode_audio.read(tmp_path / "c.wav", 100))


@pytest.fixture
def make_wav() -> Callable[..., Path]:
    def make(path: Path, *, rate: int, channels: int) -> Path:
        import soundfile

        soundfile.write(path, np.zeros((100, channels)), rate)
        return path

    return make


@pytest.mark.parametrize("count", [9, 12, 16])
def test_planes_of_more_than_eight_channels_are_the_frames_own(count: int, tmp_path: Path) -> None:
    """PyAV 18 finds more planes than channels there, at addresses that are none."""
    path = tmp_path / "many.wv"
    levels = [(channel + 1) / 32 for channel in range(count)]
    tones = f"aevalsrc={'|'.join(map(str, levels))}:s=48000:d=0.3"
    samples.ffmpeg("-f", "lavfi", "-i", tones, "-c:a", "wavpack", path)
    with av.open(str(path)) as container:
        frames = list(container.decode(audio=0))
    assert all(frame.format.is_planar for frame in frames)
    for frame in frames:
        heard = channels._samples(frame)
        assert heard.shape == (count, frame.samples)
        assert np.allclose(heard.T, levels, atol=1e-4)
