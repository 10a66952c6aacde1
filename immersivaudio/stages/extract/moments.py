"""Sudden things inside a shot: flashes and peaks of motion."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from immersivaudio.values import Curves, Moment, Seconds

_FLASH = 0.06
"""Change of mean luma (0 to 1) from one picture to the next that is seen as a flash."""
_BACK = 0.25
"""s within which the light must be back, at least by two thirds."""
_RISE = 0.2
"""How far a peak of motion rises above the second around it."""
_APART = 1.0
"""s between two peaks of motion."""
_CLEAR = 0.5
"""s that a peak keeps from a cut."""


@dataclass(frozen=True, slots=True)
class Flash:
    """A sudden change of light (also to dark) that goes back."""

    time: Seconds
    """Of the first picture in another light."""
    back: Seconds
    """Of the first picture after it."""
    strength: float


def flashes(
    times: Sequence[Seconds], brightness: NDArray[np.float64], cuts: Sequence[Seconds]
) -> list[Flash]:
    """Find flashes in the mean luma (0 to 1) of every picture. A strobe counts once every `_BACK` s."""
    found: list[Flash] = []
    at_cut = set(cuts)
    for index in (int(i) + 1 for i in np.flatnonzero(np.abs(np.diff(brightness)) >= _FLASH)):
        time = times[index]
        if time in at_cut or (found and time <= found[-1].back):
            continue
        jump = brightness[index] - brightness[index - 1]
        for later in range(index + 1, len(times)):
            if times[later] - time > _BACK or times[later] in at_cut:
                break
            if (brightness[index] - brightness[later]) / jump > 2 / 3:
                found.append(Flash(time, times[later], min(1.0, 2 * abs(float(jump)))))
                break
    return found


def moments(curves: Curves, sparks: Sequence[Flash], cuts: Sequence[Seconds]) -> tuple[Moment, ...]:
    """Return flashes and peaks of motion, in order of time; peaks keep clear of cuts and flashes."""
    found = [Moment(flash.time, "flash", flash.strength) for flash in sparks]
    taken = np.array([float(t) for t in cuts] + [float(flash.time) for flash in sparks] + [-9.0])
    rate = float(curves.rate)
    around = max(1, round(rate / 2))
    last = -_APART
    for index in range(1, len(curves.motion) - 1):
        stretch = curves.motion[max(0, index - around) : index + around + 1]
        rise = float(curves.motion[index] - np.median(stretch))
        time = (index + 0.5) / rate
        clear = float(np.abs(taken - time).min()) > _CLEAR and time - last >= _APART
        if rise >= _RISE and curves.motion[index] == stretch.max() and clear:
            found.append(Moment(Seconds(2 * index + 1, 2) / curves.rate, "motion", min(1.0, 2 * rise)))
            last = time
    return tuple(sorted(found, key=lambda moment: moment.time))
