"""A piece that ended before the film does: a stretch is played again, so that its ending is the film's."""

import numpy as np
from numpy.typing import NDArray

from immersivaudio.audio import SAMPLE_RATE

Stereo = NDArray[np.float32]

_SILENT_DB = -50.0
"""Below the loudest tenth of a second, dB."""
_EARLY = 0.6
"""s of silence at the end that are left as they are."""
_STEP = SAMPLE_RATE // 100
_SEAM = 0.06
"""s of the cross-fade where it plays again."""
_LOOK = 0.4
"""s around a place that must be alike there and where it goes back to."""
_MOST = 12
"""Times that it goes back."""


def sounding(sound: Stereo) -> int:
    """Return how many samples of 48 kHz `sound` (n, 2) go by before only silence follows."""
    hop = SAMPLE_RATE // 10
    blocks = np.square(sound[: len(sound) // hop * hop], dtype=np.float64).reshape(-1, hop * sound.shape[1])
    if not len(blocks) or not blocks.any():
        return len(sound)
    power = blocks.mean(1)
    heard = np.flatnonzero(power > power.max() * 10 ** (_SILENT_DB / 10))
    return len(sound) if heard[-1] == len(power) - 1 else int((heard[-1] + 1) * hop)


def landed(sound: Stereo, length: int) -> tuple[Stereo, bool]:
    """Return `length` samples of `sound`, and whether it had ended too early and goes back once or more.

    Where it goes back to is chosen by likeness: there it sounds most like the place that it leaves.
    """
    end = sounding(sound)
    early = length - end
    if early <= _EARLY * SAMPLE_RATE or end < 2 * SAMPLE_RATE:
        return _fitted(sound, length), False
    body = sound[:end]
    for _ in range(_MOST):
        missing = length - len(body)
        if missing <= 0:
            break
        back = min(missing, len(body) * 2 // 3)
        body = _again(body, _leaving(body, back), back)
    return _fitted(body, length), True


def _leaving(body: Stereo, back: int) -> int:
    """Return the sample from which to go `back`: the likest to where that leads, and not in the last note."""
    levels = np.abs(body.mean(axis=1))[: len(body) // _STEP * _STEP].reshape(-1, _STEP).mean(1)
    curve = levels.astype(np.float64)
    look, far = round(_LOOK * SAMPLE_RATE / _STEP), back // _STEP
    first, last = far + look, len(curve) - look
    ending = round(min(4.0, len(body) / SAMPLE_RATE / 4) * 100)
    places = range(first, max(first + 1, last - ending))
    unlike = [
        float(np.abs(_around(curve, place, look) - _around(curve, place - far, look)).mean())
        for place in places
    ]
    return min(places[int(np.argmin(unlike))] * _STEP, len(body) - 1)


def _around(curve: NDArray[np.float64], place: int, look: int) -> NDArray[np.float64]:
    part = curve[max(0, place - look) : place + look]
    return np.pad(part, (0, 2 * look - len(part)))


def _again(body: Stereo, leave: int, back: int) -> Stereo:
    """Return `body` that at `leave` goes `back` samples, through a cross-fade of equal power."""
    seam = min(round(_SEAM * SAMPLE_RATE), len(body) - leave, leave)
    rise = np.sin(np.linspace(0, np.pi / 2, seam, dtype=np.float32))[:, None]
    middle = body[leave : leave + seam] * rise[::-1] + body[leave - back : leave - back + seam] * rise
    return np.concatenate([body[:leave], middle, body[leave - back + seam :]])


def _fitted(sound: Stereo, length: int) -> Stereo:
    return np.pad(sound[:length], ((0, max(0, length - len(sound))), (0, 0)))
