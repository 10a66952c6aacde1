"""What key and what tempo does a piece seem to have? Judged by librosa and by profiles of keys and modes.

librosa comes with the neural environment, and is imported where it is needed: what else is here, tests use.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.score import Score
from immersivaudio.music.theory import MODES, pitch_class
from tests.hearing import Sound

RATE = 22_050
_NEAR = 0.08
"""Share of the median distance of beats by which others may differ from it."""
MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)
"""How well each pitch class fits a key (Krumhansl & Kessler 1982)."""
SWAPS = {
    "ionian": (MAJOR, 0, 0),
    "lydian": (MAJOR, 5, 6),
    "mixolydian": (MAJOR, 11, 10),
    "aeolian": (MINOR, 0, 0),
    "dorian": (MINOR, 8, 9),
    "phrygian": (MINOR, 2, 1),
}
"""A mode is the nearer of the two profiles with its one foreign degree exchanged."""


@dataclass(frozen=True)
class Key:
    """A tonic and a mode."""

    tonic: int
    mode: str

    def is_kin(self, other: "Key") -> bool:
        """Say whether `other` is the same key, its parallel (same tonic) or its relative (same notes)."""
        return self.tonic == other.tonic or self.notes == other.notes

    @property
    def notes(self) -> frozenset[int]:
        """Its pitch classes."""
        return frozenset((self.tonic + step) % 12 for step in MODES[self.mode])


KEYS = tuple(Key(tonic, mode) for tonic in range(12) for mode in SWAPS)


def planned_key(score: Score) -> Key:
    """Return the key the score was written in."""
    return Key(pitch_class(score.tonic), score.mode)


def chance() -> float:
    """Return how often a key drawn at random would count as found."""
    return float(np.mean([KEYS[0].is_kin(key) for key in KEYS]))


def heard(sound: Sound) -> NDArray[np.float32]:
    """Return `sound` (samples, 2) as librosa likes it: mono, 22,050 Hz."""
    import librosa

    mono: NDArray[np.float32] = librosa.resample(sound.mean(axis=1), orig_sr=SAMPLE_RATE, target_sr=RATE)
    return mono


def find_key(mono: NDArray[np.float32]) -> Key:
    """Return the key or mode whose profile the mean chroma fits best."""
    import librosa

    chroma = librosa.feature.chroma_cqt(y=mono, sr=RATE, hop_length=2048, tuning=0.0).mean(axis=1)
    return max(KEYS, key=lambda key: float(np.corrcoef(chroma, _profile(key))[0, 1]))


def _profile(key: Key) -> NDArray[np.float64]:
    weights, native, foreign = SWAPS[key.mode]
    profile = np.array(weights)
    profile[[native, foreign]] = profile[[foreign, native]]
    return np.roll(profile, key.tonic)


def find_tempo(mono: NDArray[np.float32]) -> float:
    """Return beats a minute: the usual distance of the beats that librosa's tracker finds.

    The mean of the distances near the median: beats it leaves out, puts in between or slips over count for
    nothing.
    """
    import librosa

    _, times = librosa.beat.beat_track(y=mono, sr=RATE, hop_length=256, units="time")
    if len(times) < 4:
        return 0.0
    gaps = np.diff(times)
    usual = np.median(gaps)
    return 60 / float(gaps[np.abs(gaps / usual - 1) < _NEAR].mean())


def planned_tempo(score: Score) -> float:
    """Return beats a minute of the tempo map: the usual distance of its beats."""
    samples = np.array([beat.sample for beat in score.beats if beat.sample < score.length])
    return 60 * SAMPLE_RATE / float(np.polyfit(np.arange(len(samples)), samples, 1)[0])


def tempo_error(found: float, planned: float, metre: tuple[int, int]) -> float:
    """Return how far off the tempo is, as a share; octaves are allowed, and thirds in triple metres."""
    levels = [0.25, 0.5, 1.0, 2.0, 4.0]
    if metre[0] % 3 == 0:
        levels += [1 / 6, 1 / 3, 2 / 3, 1.5, 3.0, 6.0]
    return min(abs(found / (planned * level) - 1) for level in levels)
