"""What a timeline draws beside the sheet: how much moves, and how loud the film is and its clip was."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from immersivaudio.audio import SAMPLE_RATE, loudness
from immersivaudio.config import Settings
from immersivaudio.media import decode_audio
from immersivaudio.pipeline import Analysis
from immersivaudio.values import DYNAMICS_RATE, ScoredClip

_WIDTH = 4
"""Hops of a momentary loudness: 400 ms (BS.1770)."""
_HOPS = SAMPLE_RATE // loudness.HOP
"""A second."""


def motion(seen: Analysis) -> tuple[float, ...]:
    """Return how much moves, 0 to 1, `DYNAMICS_RATE` values a second."""
    curve, rate = seen.footage.curves.motion, float(seen.footage.curves.rate)
    if not len(curve):
        return ()
    at = (np.arange(round(float(seen.footage.clip.duration) * DYNAMICS_RATE)) + 0.5) / DYNAMICS_RATE
    return tuple(np.interp(at, (np.arange(len(curve)) + 0.5) / rate, curve).round(2).tolist())


def levels(scored: ScoredClip, settings: Settings) -> dict[str, Any]:
    """Return the momentary loudness of a scored film, LUFS, `DYNAMICS_RATE` values a second, and how loud its
    clip was as it came, LUFS; None for one that is silent or has no sound.

    Nothing is decoded but the sound of a clip that the film does without: the rest was metered already.
    """
    told: dict[str, Any] = {"loudness": _momentary(np.array(scored.receipt.power))}
    before, clip = scored.receipt.before_lufs, scored.clip
    if before is None and clip.audio is not None and clip.audio.streams:
        before = loudness.measure(decode_audio.own_sound(clip, settings), peaks=False).integrated
    if before is not None:
        told["before_lufs"] = round(before, 2) if before > loudness.SILENCE else None
    return told


def _momentary(power: NDArray[np.float64]) -> tuple[float, ...]:
    if power.size < _WIDTH:
        return ()
    smooth = np.convolve(power, np.full(_WIDTH, 1 / _WIDTH), mode="same")
    at = (np.arange(int(power.size * DYNAMICS_RATE / _HOPS)) + 0.5) * _HOPS / DYNAMICS_RATE
    levels = loudness.lufs(np.interp(at, np.arange(smooth.size) + 0.5, smooth))
    return tuple(np.maximum(levels, loudness.SILENCE).round(1).tolist())
