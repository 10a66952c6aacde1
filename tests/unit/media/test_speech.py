"""Speech is found in speech, and in nothing else."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from immersivaudio.config import Settings
from immersivaudio.media import find_speech, probe
from immersivaudio.media.speech import Stretches
from tests import samples, voices
from tests.voices import Sound


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Sound], Stretches]:
    folder = tmp_path_factory.mktemp("speech")
    settings = Settings(_env_file=None)

    def find(sound: Sound) -> Stretches:
        seconds = len(sound) / voices.RATE
        wav = voices.save(folder / "sound.wav", sound)
        black = ("-f", "lavfi", "-i", f"color=s=64x64:r=10:d={seconds}")
        samples.ffmpeg(*black, "-i", wav, "-c:v", "libx264", "-preset", "ultrafast", folder / "clip.mp4")
        return find_speech(probe(folder / "clip.mp4", settings), settings)

    return find


def _share(stretches: Stretches, start: float, end: float) -> float:
    """How much of [start, end] (s) is in the stretches."""
    return sum(max(0.0, min(float(b), end) - max(float(a), start)) for a, b in stretches) / (end - start)


@pytest.mark.medium
@pytest.mark.parametrize("pitch", [95.0, 130.0, 220.0])
@pytest.mark.parametrize("level", [1.0, 0.02])
def test_a_voice_is_found_where_it_is(
    found: Callable[[Sound], Stretches], pitch: float, level: float
) -> None:
    silence = np.zeros((3 * voices.RATE, 2), np.float32)
    stretches = found(np.concatenate([silence, level * voices.voice(4, pitch=pitch), silence]))
    assert _share(stretches, 3, 7) > 0.9
    assert _share(stretches, 0, 2.7) == 0
    assert _share(stretches, 7.4, 10) == 0


@pytest.mark.medium
@pytest.mark.parametrize("under", [voices.music, voices.wind])
def test_a_voice_is_found_over_other_sound(
    found: Callable[[Sound], Stretches], under: Callable[[float], Sound]
) -> None:
    talk = np.pad(voices.voice(5, seed=3), ((3 * voices.RATE, 3 * voices.RATE), (0, 0)))
    stretches = found((talk + 0.25 * under(11)).astype(np.float32))
    assert _share(stretches, 3, 8) > 0.8
    assert _share(stretches, 0, 1.5) == 0
    assert _share(stretches, 9.5, 11) == 0


@pytest.mark.medium
@pytest.mark.parametrize(
    "sound",
    [
        voices.music(12),
        voices.music(8, beat=0.25, seed=5),
        voices.wind(12),
        np.random.default_rng(1).normal(0, 0.1, (6 * voices.RATE, 2)).astype(np.float32),
        np.zeros((3 * voices.RATE, 2), np.float32),
    ],
    ids=["music", "fast music", "wind", "noise", "silence"],
)
def test_what_is_no_voice_is_not_taken_for_one(found: Callable[[Sound], Stretches], sound: Sound) -> None:
    assert found(sound) == ()


def test_a_clip_of_a_tenth_of_a_second_has_no_speech(found: Callable[[Sound], Stretches]) -> None:
    assert found(voices.voice(0.2)) == ()


@pytest.mark.medium
@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("friday_dialogue.mp4", [(0.2, 6.0)]),
        ("sintel_trailer_52s.mp4", [(12.4, 14.2), (18.8, 19.9)]),
        ("bbb_480p_30s.mp4", []),
        ("gopro_walk.mp4", []),
        ("flower_bloom.webm", []),
        ("phone_dog_rot270.mp4", []),
        ("earth_night.avi", []),
        ("portrait_4k60_0.3s.mp4", []),
        ("soccer_juggle.mp4", []),
    ],
)
def test_real_clips(
    shared_media: Callable[[str], Path], settings: Settings, name: str, spoken: list[tuple[float, float]]
) -> None:
    stretches = find_speech(probe(shared_media(name), settings), settings)
    assert all(_share(stretches, *stretch) > 0.85 for stretch in spoken)
    if not spoken:
        assert stretches == ()
    assert sum(float(b - a) for a, b in stretches) <= sum(b - a for a, b in spoken) + 5
