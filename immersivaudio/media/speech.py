"""Where someone speaks in the clip's own sound.

Each voice there may be (a track as a whole, then its channels) is heard by Silero's voice activity detector
(https://github.com/snakers4/silero-vad, MIT), see `silero`. docs/decisions/0222-speech-by-silero.md has the
figures.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from immersivaudio.audio.layout import Sound, reblocked, silence
from immersivaudio.config import Settings
from immersivaudio.media import decode_audio, silero
from immersivaudio.progress import Progress, no_progress
from immersivaudio.values import Clip, Seconds, exact

Bools = NDArray[np.bool_]
Stretches = tuple[tuple[Seconds, Seconds], ...]

RATE = 16_000
"""Hz of the sound looked at."""
_FRAME = silero.FRAME
"""Samples that the detector judges at once: 32 ms."""
_CHUNK = 940 * _FRAME
"""Samples looked at together (30 s), so that the length of the clip does not matter."""
_CONTEXT = 62 * _FRAME
"""Samples before a chunk that the detector hears first: it goes by what it heard (2 s)."""
_ALIKE = 0.95
"""Correlation from which two channels hold the same sound."""
_MOST = 8
"""Channels in which speech is looked for, the loudest first."""
_LOUD = 0.1
"""RMS to which the louder moments are brought before the detector hears them."""
_SILENT = 1e-4
"""RMS (-80 dBFS) under which there is nothing to find."""
_SURE, _MAYBE = 0.5, 0.35
"""Probability from which speech begins, and above which it goes on (Silero's own advice)."""
_PAUSE = 1.0
"""s: a shorter silence does not end a stretch."""
_SHORTEST = 0.4
"""s"""
_EDGE = 0.1
"""s added at both ends: consonants are quiet."""


def find_speech(clip: Clip, settings: Settings, progress: Progress = no_progress) -> Stretches:
    """Return the stretches of the clip in which someone speaks, s from the first picture, in order."""
    channels = decode_audio.single_channels(clip, settings, rate=RATE)
    voice: list[Bools] = []
    for chunk in _chunks(channels):
        voice.append(_spoken(*chunk))
        progress(min(1.0, len(voice) * _CHUNK / RATE / float(clip.duration)))
    return _stretches(np.concatenate(voice), clip.duration) if voice else ()


def _chunks(blocks: Iterable[list[Sound]]) -> Iterator[tuple[NDArray[np.float32], int]]:
    """Yield overlapping chunks of every voice there may be, each with the number of its first samples that
    are only context. Shape (voices, samples): each track as a whole, then each of its channels.
    """
    held = silence(0, 0)
    for block in reblocked(map(_voices, blocks), size=_CHUNK):
        if len(held) != len(block):
            held = silence(0, len(block))
        held = np.concatenate([held[:, -_CONTEXT:], block], axis=1)
        yield held, held.shape[1] - block.shape[1]


def _voices(tracks: list[Sound]) -> Sound:
    """A voice may sit in the middle of a track, in one channel alone, or be cancelled by adding them up."""
    wholes = [track.mean(axis=0, keepdims=True) for track in tracks]
    return np.concatenate([*wholes, *(track for track in tracks if len(track) > 1)])


def _spoken(voices: NDArray[np.float32], context: int) -> Bools:
    """Which frames of a chunk, less its context, hold speech in any of its voices. Shape (frames,)."""
    sounds = [_levelled(voice) for voice in _different(voices)]
    network = silero.network()
    likely = network.probabilities([network.features(frames) for frames, _ in sounds])
    found = [_voiced(told, heard) for told, (_, heard) in zip(likely, sounds, strict=True)]
    return np.asarray(np.logical_or.reduce(found)[context // _FRAME :])


def _different(voices: NDArray[np.float32]) -> list[NDArray[np.float64]]:
    """The voices that are not silent, nor nearly another one; at least one, at most `_MOST`."""
    size = max(1, voices.shape[1])
    power = np.einsum("ij,ij->i", voices, voices, dtype=np.float64) / size
    chosen: list[int] = []
    for voice in np.flatnonzero(power > _SILENT**2):
        alike = (abs(float(voices[voice] @ voices[one])) for one in chosen)
        bounds = (_ALIKE * size * np.sqrt(power[voice] * power[one]) for one in chosen)
        if all(product < bound for product, bound in zip(alike, bounds, strict=True)):
            chosen.append(int(voice))
    chosen = sorted(chosen, key=lambda voice: -power[voice])[:_MOST] or [0]
    return [voices[voice].astype(np.float64) for voice in chosen]


def _levelled(sound: NDArray[np.float64]) -> tuple[NDArray[np.float32], Bools]:
    """Return the frames to be heard, brought to one level, and which of all frames they are."""
    frames = np.pad(sound, (0, -len(sound) % _FRAME)).reshape(-1, _FRAME)
    level = np.sqrt((frames**2).mean(axis=1))
    loud = float(np.percentile(level, 90)) if len(level) else 0.0
    heard = level > (_SILENT if loud >= _SILENT else np.inf)
    return np.clip(frames[heard] * (_LOUD / max(loud, _SILENT)), -1, 1).astype(np.float32), heard


def _voiced(likely: NDArray[np.float64], heard: Bools) -> Bools:
    """Which frames hold speech, by how likely it is in each that was heard. Shape (frames,)."""
    told = np.zeros(len(heard))
    told[heard] = likely
    return np.asarray(ndimage.binary_propagation(told >= _SURE, mask=told >= _MAYBE), dtype=bool)


def _stretches(voiced: Bools, duration: Seconds) -> Stretches:
    """Join what lies close together, drop what is too short."""
    pause = round(_PAUSE * RATE / _FRAME)
    joined = ndimage.binary_closing(np.pad(voiced, pause), np.ones(pause, dtype=bool))[pause:-pause]
    runs, count = ndimage.label(joined)
    found = []
    for (run,) in ndimage.find_objects(runs, count):
        if (run.stop - run.start) >= _SHORTEST * RATE / _FRAME:
            start = max(Fraction(0), Fraction(run.start * _FRAME, RATE) - Fraction(_EDGE))
            end = min(duration, Fraction(run.stop * _FRAME, RATE) + Fraction(_EDGE))
            found.append((exact(start), exact(end)))
    return tuple(found)
