"""Sounds made by formula: a voice that talks, music that plays, wind that blows. All 48 kHz stereo."""

from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray
from scipy import signal

RATE = 48_000

Sound = NDArray[np.float32]


def voice(seconds: float, *, seed: int = 0, pitch: float = 120.0) -> Sound:
    """A talker: glottal pulses of a gliding pitch through vowels, four syllables a second, with hiss."""
    rng = np.random.default_rng(seed)
    count = round(seconds * RATE)
    out = np.zeros(count)
    place = 0
    while place < count:
        length = min(count - place, round(rng.uniform(0.16, 0.3) * RATE))
        consonant = min(length, round(rng.uniform(0.04, 0.08) * RATE))
        hiss = signal.lfilter(*signal.butter(2, 3500, "high", fs=RATE), rng.normal(0, 0.05, consonant))
        out[place : place + consonant] += hiss * np.hanning(consonant)
        out[place + consonant : place + length] += _vowel(length - consonant, pitch, rng)
        place += length + (round(0.3 * RATE) if rng.random() < 0.1 else 0)
    return np.repeat((0.25 * out / np.abs(out).max())[:, None], 2, axis=1).astype(np.float32)


def _vowel(count: int, pitch: float, rng: np.random.Generator) -> NDArray[np.float64]:
    start, end = pitch * rng.uniform(0.85, 1.3, 2)
    phase = np.cumsum(np.geomspace(start, end, count)) / RATE if count else np.zeros(0)
    pulses = np.diff(np.floor(phase), prepend=0.0)
    formants = ((500, 1500), (300, 2200), (700, 1100))[rng.integers(3)]
    for formant, width in zip(formants, (80, 120), strict=True):
        pole = np.exp(-np.pi * width / RATE) * np.exp(2j * np.pi * formant / RATE)
        pulses = signal.lfilter([1.0], np.real(np.poly([pole, pole.conjugate()])), pulses)
    return pulses / (np.abs(pulses).max(initial=0) + 1e-9) * np.hanning(count) ** 0.5


def music(seconds: float, *, beat: float = 0.5, seed: int = 0) -> Sound:
    """Held chords, a melody and a drum on every beat; the first at 0. -14 LUFS or so."""
    rng = np.random.default_rng(seed)
    count = round(seconds * RATE)
    time = np.arange(count) / RATE
    out = sum(0.05 * np.sin(2 * np.pi * f * time + [[0.0], [1.0]]) for f in (130.8, 196.0, 261.6, 329.6))
    for index, start in enumerate(np.arange(0, seconds, beat)):
        here = slice(round(start * RATE), min(count, round((start + beat) * RATE)))
        t = np.arange(here.stop - here.start) / RATE
        note = 440 * 2 ** ([0, 4, 7, 12, 7, 4][index % 6] / 12)
        out[:, here] += 0.25 * np.sin(2 * np.pi * note * t) * np.exp(-t * 5)
        out[:, here] += 0.12 * rng.normal(size=(2, t.size)) * np.exp(-t * 40)
    return np.ascontiguousarray(0.8 * out.T).astype(np.float32)


def wind(seconds: float, *, seed: int = 0) -> Sound:
    """Low noise in slow gusts."""
    rng = np.random.default_rng(seed)
    noise = signal.lfilter(
        *signal.butter(1, 300, fs=RATE), rng.normal(size=(round(seconds * RATE), 2)), axis=0
    )
    knots = np.arange(0, len(noise) + RATE, RATE)
    gusts = np.interp(np.arange(len(noise)), knots, rng.uniform(0.2, 1, len(knots)))
    return (0.3 * noise / np.abs(noise).max() * gusts[:, None]).astype(np.float32)


def save(path: Path, sound: Sound) -> Path:
    """Write float32 WAV."""
    soundfile.write(path, sound, RATE, subtype="FLOAT")
    return path
