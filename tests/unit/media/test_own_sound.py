"""No voice is lost: whatever track, channel or coding it is in, it is heard, or what is missing is named."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from immersivaudio.config import Settings
from immersivaudio.media import channels, decode_audio, find_speech, probe
from immersivaudio.stages.reconstruct.placing import Placing
from tests import found_clips as found
from tests import voices
from tests.voices import RATE, Sound

_HEARD = [
    found.silent_desktop_first,
    found.rustling_desktop_first,
    found.eclipsa,
    found.eclipsa_of_sixteen,
    found.three_channels,
    found.nine_channels,
    found.sixteen_channels,
    found.sixty_channels,
    found.ambisonic,
    found.opposite_channels,
    found.voice_on_the_left,
    *(maker for name, maker in found.MADE.items() if name.startswith("sound_in_")),
]


def _sound(path: Path, settings: Settings) -> Sound:
    return np.concatenate(list(decode_audio.own_sound(probe(path, settings), settings)), axis=1).T


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("found")


@pytest.mark.medium
@pytest.mark.parametrize("maker", _HEARD, ids=lambda maker: maker.__name__)
def test_the_voice_is_heard_and_found(
    maker: Callable[[Path], Path], folder: Path, settings: Settings
) -> None:
    clip = probe(maker(folder), settings)
    assert clip.notes == ()
    sound = np.concatenate(list(decode_audio.own_sound(clip, settings)), axis=1).T
    assert len(sound) == round(clip.duration * RATE)
    voice = voices.voice(found.SECONDS)[: len(sound), 0]
    louder = sound[: len(voice), int(np.abs(sound).sum(axis=0).argmax())]
    assert abs(np.corrcoef(louder, _shifted(voice, louder))[0, 1]) > 0.7
    assert sum(end - start for start, end in find_speech(clip, settings)) > 0.8 * clip.duration


def _shifted(voice: Sound, heard: Sound) -> Sound:
    """The voice, as late as a coder's delay makes it."""
    product = np.fft.irfft(np.fft.rfft(heard) * np.conj(np.fft.rfft(voice)))
    return np.roll(voice, int(np.abs(product).argmax()))


@pytest.mark.medium
def test_the_main_language_is_heard(folder: Path, settings: Settings) -> None:
    clip = probe(found.two_languages(folder), settings)
    assert clip.notes == ("of its 2 sound tracks, the main one is heard (ger)",)
    assert not _sound(clip.path, settings).any(), "the French voice is not mixed in"


@pytest.mark.parametrize(
    ("maker", "name"), [(found.spatial_track_alone, "apac"), (found.early_internet_sound, "ra_144")]
)
def test_sound_that_cannot_be_read_is_named(
    maker: Callable[[Path], Path], name: str, folder: Path, settings: Settings
) -> None:
    clip = probe(maker(folder), settings)
    assert clip.notes == (f"its sound is coded as {name}, which could not be read",)
    assert clip.audio is not None
    assert clip.audio.streams == ()
    assert list(decode_audio.own_sound(clip, settings)) == []


def test_sound_that_does_not_decode_is_named(folder: Path, settings: Settings) -> None:
    path = found.with_sound(folder, "vorbis.mkv", "-c:a", "libvorbis")
    broken = folder / "broken.mkv"
    broken.write_bytes(path.read_bytes().replace(b"\x05vorbis", b"\x05vorbiz"))
    assert probe(broken, settings).notes == ("its sound is coded as vorbis, which could not be read",)


def test_every_channel_without_a_name_counts_alike() -> None:
    for count in (3, 9, 60):
        for channel in range(count):
            samples = np.zeros((count, 8), np.float32)
            samples[channel] = 1.0
            heard = channels.folded(samples, f"{count} channels")
            assert np.allclose(heard, 1 / np.sqrt(count))


def test_no_direction_of_an_ambisonic_recording_is_silent() -> None:
    rng = np.random.default_rng(1)
    for x, y, z in rng.normal(size=(200, 3)):
        length = np.sqrt(x * x + y * y + z * z)
        left, right = channels.folded(
            np.array([[1.0], [y], [z], [x]]) / [[1], [length], [length], [length]], "ambisonic 1"
        )
        assert left[0] + right[0] > 0.5
        assert (left[0] > right[0]) == (y > 0)


@pytest.mark.parametrize(
    ("sides", "middle"), [((1.0, 0.0), True), ((0.05, 1.0), True), ((1.0, -1.0), True), ((1.0, 0.7), False)]
)
def test_a_voice_on_one_side_comes_to_the_middle(sides: tuple[float, float], middle: bool) -> None:
    sound = voices.voice(2) * np.array(sides, np.float32)
    placing = Placing(())
    blocks = np.array_split(sound.T, 5, axis=1)
    assert np.array_equal(np.concatenate(list(placing.watched(blocks)), axis=1).T, sound)
    assert placing.off_centre == middle
    if middle:
        moved = np.concatenate(list(placing.centred([sound.T])), axis=1).T
        assert np.allclose(moved[:, 0], moved[:, 1])
        assert np.abs(moved).max() >= 0.9 * np.abs(sound).max()
