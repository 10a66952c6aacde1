"""A model's music and the composer's hits as one: the bed gives way where the composer lands.

The model knows no exact moment, and the composer has no such timbres. So the bed is the model's, conformed as
it can be; the accents and the ending are the composer's, in the same key, tempo and form, heard for as
long as an accent lasts. Both come at one level, so that neither leads.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.values import HitPoint

Stereo = NDArray[np.float32]

_AHEAD, _HOLD, _RING = 0.012, 0.25, 1.1
"""s: how long before a hit the composer comes in, stays, and rings out."""
_WAY, _WAY_DB, _UNDER_DB = 0.12, -12.0, -5.0
"""s before a hit in which the bed gives way, how far, and how far it stays under the accent, dB."""
_ENDING, _INTO = 3.0, 1.5
"""s of the film's end that are the composer's, and of the way into them."""
_OVER_DB = 3.0
"""The accents over the bed: what stands out is heard as meant."""
_WEAKEST = 0.6
"""Share of an accent that the weakest hit gets."""


def blended(bed: Stereo, played: Stereo, hits: Sequence[HitPoint]) -> tuple[Stereo, Stereo]:
    """Return the bed and the accents, which sum to the whole; all are 48 kHz, of shape (n, 2).

    `played` is the composer's piece over the same sheet, with its accents on `hits`.
    """
    length = len(bed)
    played = np.pad(played[:length], ((0, max(0, length - len(played))), (0, 0)))
    heard = np.zeros(length, np.float32)
    way = np.zeros(length, np.float32)
    for hit in hits:
        _open(heard, way, round(hit.time * SAMPLE_RATE), _WEAKEST + (1 - _WEAKEST) * hit.strength)
    _close(heard, way)
    accents = played * (heard * _gain(_OVER_DB) * _alike(played, bed))[:, None]
    under = bed * np.asarray(10 ** (way / 20), np.float32)[:, None]
    return under, np.asarray(accents, np.float32)


def _open(heard: NDArray[np.float32], way: NDArray[np.float32], sample: int, share: float) -> None:
    """Let the composer be heard at `sample`, and the bed give way to it; `way` is in dB."""
    ahead, hold, ring = (round(part * SAMPLE_RATE) for part in (_AHEAD, _HOLD, _RING))
    shape = np.concatenate(
        [np.linspace(0, 1, ahead), np.ones(hold), np.cos(np.linspace(0, np.pi / 2, ring)) ** 2]
    )
    _largest(heard, sample - ahead, (shape * share).astype(np.float32))
    before = round(_WAY * SAMPLE_RATE)
    dip = np.concatenate(
        [
            np.sin(np.linspace(0, np.pi / 2, before)) * _WAY_DB,
            np.linspace(_WAY_DB, _UNDER_DB, hold),
            np.linspace(_UNDER_DB, 0, ring),
        ]
    )
    _largest(way, sample - before, (dip * share).astype(np.float32), sign=-1)


def _close(heard: NDArray[np.float32], way: NDArray[np.float32]) -> None:
    """Let the composer end the piece, where it is long enough to have an ending of its own."""
    ending, into = round(_ENDING * SAMPLE_RATE), round(_INTO * SAMPLE_RATE)
    if len(heard) < 3 * (ending + into):
        return
    rise = np.concatenate([np.linspace(0, 1, into), np.ones(ending)]).astype(np.float32)
    _largest(heard, len(heard) - len(rise), rise * np.float32(0.8))
    _largest(way, len(way) - len(rise), rise * np.float32(_WAY_DB), sign=-1)


def _largest(curve: NDArray[np.float32], start: int, shape: NDArray[np.float32], sign: int = 1) -> None:
    """Lay `shape` into `curve` at `start`; where several meet, the one that goes furthest counts."""
    first, last = max(0, start), min(len(curve), start + len(shape))
    if last > first:
        part = shape[first - start : last - start]
        curve[first:last] = sign * np.maximum(sign * curve[first:last], sign * part)


def _alike(one: Stereo, other: Stereo) -> float:
    """Return the gain that makes `one` as loud as `other`."""
    powers = [float(np.sqrt(np.mean(np.square(sound, dtype=np.float64)))) for sound in (one, other)]
    return powers[1] / powers[0] if min(powers) > 1e-6 else 1.0


def _gain(decibels: float) -> float:
    return float(10 ** (decibels / 20))
