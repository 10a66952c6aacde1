"""Where someone speaks in the clip's own sound.

webrtcvad tells sound from silence and finds the borders, but takes music and wind for speech (measured: 98 %
of a windy walk, 62 % of a cartoon's score). So a stretch that it finds counts only where a voice is shown to
be in it: a pitch that glides while all bands move with the syllables. docs/decisions/0062-speech.md.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from immersivaudio.config import Settings
from immersivaudio.media import audio
from immersivaudio.media.loudness import Sound
from immersivaudio.media.voicing import FRAMES, RATE, Bools, glides, syllables
from immersivaudio.values import Clip, Seconds, exact

Stretches = tuple[tuple[Seconds, Seconds], ...]

_CHUNK = 30 * RATE
"""Samples looked at together, so that the length of the clip does not matter."""
_CONTEXT = 2 * RATE
_ALIKE = 0.95
"""Correlation from which two channels hold the same sound."""
_MOST = 8
"""Channels in which speech is looked for, the loudest first."""
_LOUD = 0.1
"""RMS to which the louder moments are brought before webrtcvad hears them: its thresholds are absolute."""
_SILENT = 1e-4
"""RMS (-80 dBFS) under which there is nothing to find."""
_STRICT = 3
"""webrtcvad's mode, 0 to 3."""
_MOVING = 2.7
"""dB that all bands must move with the syllables around a voice."""
_REACH = 1.5
"""s around a glide in which sound is taken for the same speaker's."""
_PAUSE = 1.0
"""s: a shorter silence does not end a stretch."""
_SHORTEST = 0.4
"""s"""
_EDGE = 0.1
"""s added at both ends: consonants are quiet."""


def find_speech(clip: Clip, settings: Settings) -> Stretches:
    """Return the stretches of the clip in which someone speaks, s from the first picture, in order."""
    voice = [_spoken(*chunk) for chunk in _chunks(audio.single_channels(clip, settings, rate=RATE))]
    return _stretches(np.concatenate(voice), clip.duration) if voice else ()


def _chunks(blocks: Iterable[list[Sound]]) -> Iterator[tuple[NDArray[np.float32], int]]:
    """Yield overlapping chunks of every voice there may be, each with the number of its first samples that
    are only context. Shape (samples, voices): each track as a whole, then each of its channels.
    """
    held = np.zeros((0, 0), np.float32)
    for block in audio.reblocked(map(_voices, blocks), size=_CHUNK):
        if held.shape[1] != block.shape[1]:
            held = np.zeros((0, block.shape[1]), np.float32)
        held = np.concatenate([held[-_CONTEXT:], block])
        yield held, len(held) - len(block)


def _voices(tracks: list[Sound]) -> Sound:
    """A voice may sit in the middle of a track, in one channel alone, or be cancelled by adding them up."""
    wholes = [track.mean(axis=1, keepdims=True) for track in tracks]
    return np.concatenate([*wholes, *(track for track in tracks if track.shape[1] > 1)], axis=1)


def _spoken(voices: NDArray[np.float32], context: int) -> Bools:
    """Which frames of a chunk, less its context, hold speech in any of its voices. Shape (frames,)."""
    found = [_voiced(voice, context) for voice in _different(voices)]
    return np.asarray(np.logical_or.reduce(found))


def _different(voices: NDArray[np.float32]) -> list[NDArray[np.float64]]:
    """The voices that are not silent, nor nearly another one; at least one, at most `_MOST`."""
    power = np.einsum("ij,ij->j", voices, voices, dtype=np.float64) / max(1, len(voices))
    chosen: list[int] = []
    for voice in np.flatnonzero(power > _SILENT**2):
        alike = (abs(float(voices[:, voice] @ voices[:, one])) for one in chosen)
        bounds = (_ALIKE * len(voices) * np.sqrt(power[voice] * power[one]) for one in chosen)
        if all(product < bound for product, bound in zip(alike, bounds, strict=True)):
            chosen.append(int(voice))
    chosen = sorted(chosen, key=lambda voice: -power[voice])[:_MOST] or [0]
    return [voices[:, voice].astype(np.float64) for voice in chosen]


def _voiced(sound: NDArray[np.float64], context: int) -> Bools:
    """Which frames of a chunk, less its context, belong to a speaker. Shape (frames,)."""
    count = len(sound) // (RATE // FRAMES)
    sound = sound[: count * (RATE // FRAMES)]
    nothing = np.zeros(count, dtype=bool)
    frames = sound.reshape(count, -1)
    loud = np.sqrt(np.percentile((frames**2).mean(axis=1), 90)) if count else 0.0
    if count < FRAMES // 4 or loud < _SILENT:
        return nothing[context // (RATE // FRAMES) :]
    sound = sound * (_LOUD / loud)
    moving = syllables(sound)[:count] > _MOVING
    sure = glides(sound)[:count] & moving
    near = ndimage.maximum_filter1d(sure, round(2 * _REACH * FRAMES) | 1) & moving
    return np.asarray(near & _sounding(sound) | sure)[context // (RATE // FRAMES) :]


def _sounding(sound: NDArray[np.float64]) -> Bools:
    """What webrtcvad takes for speech; shape (frames,)."""
    import webrtcvad

    detector = webrtcvad.Vad(_STRICT)
    pcm = (np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes()
    step = 2 * RATE // FRAMES
    return np.array(
        [detector.is_speech(pcm[i : i + step], RATE) for i in range(0, len(pcm) - step + 1, step)]
    )


def _stretches(voiced: Bools, duration: Seconds) -> Stretches:
    """Join what lies close together, drop what is too short."""
    pause = round(_PAUSE * FRAMES)
    joined = ndimage.binary_closing(np.pad(voiced, pause), np.ones(pause, dtype=bool))[pause:-pause]
    runs, count = ndimage.label(joined)
    found = []
    for (run,) in ndimage.find_objects(runs, count):
        if (run.stop - run.start) >= _SHORTEST * FRAMES:
            start = max(Fraction(0), Fraction(run.start, FRAMES) - Fraction(_EDGE))
            end = min(duration, Fraction(run.stop, FRAMES) + Fraction(_EDGE))
            found.append((exact(start), exact(end)))
    return tuple(found)
