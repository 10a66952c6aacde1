"""Runs of fast motion between two places: a whip pan, a whip in the edit, a picture that pushes another out.

A viewer counts one change of place, whatever number of pictures jump on the way, and also where the camera
can be followed all through it. Judged is a run of fast pictures with calm on both sides.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from immersivaudio.stages.extract import place_recognition
from immersivaudio.stages.extract.cuts import Cut
from immersivaudio.stages.extract.frame_difference import Change, ComparableFrame
from immersivaudio.values import Seconds

_JUMP = 0.3
"""Jump from which a picture is part of a run."""
_SPEED = 0.6
"""Pictures a second that the camera turns, from which a picture is part of a run."""
_FAST = 1.2
"""The same, of the fastest picture of a whip."""
_CALM = 0.1
"""s without fast pictures that end a run."""
_LONGEST = 0.8
"""s; what takes longer is a chase, not a whip."""
_ELSEWHERE = 0.45
"""Agreement (see `place_recognition`) below which both ends are of different places."""
_TWICE = 0.2
"""s between two cuts in one run of fast motion below which they are one."""
_STRENGTH = 0.8
"""Of a whip through which the camera can be followed."""
_ZERO = Seconds(0)


@dataclass(frozen=True, slots=True)
class FastRun:
    """A stretch of fast pictures."""

    first: Seconds
    last: Seconds
    whip: bool
    """It is short, and leads to another place."""


@dataclass(slots=True)
class WhipDetector:
    """Feed it every picture with `push`, then read `runs`."""

    runs: list[FastRun] = field(default_factory=list)
    _before: ComparableFrame | None = None
    """The last calm picture."""
    _first: Seconds | None = None
    _last: Seconds = _ZERO
    _count: int = 0
    _fastest: float = 0.0
    _time: Seconds = _ZERO

    def push(self, time: Seconds, look: ComparableFrame, change: Change) -> None:
        """Take the next picture and how it differs from the one before."""
        speed = change.moved / max(float(time - self._time), 1e-3)
        self._time = time
        if self._before is not None and (change.jump >= _JUMP or speed >= _SPEED):
            self._first = time if self._first is None else self._first
            self._last = time
            self._count += 1
            self._fastest = max(self._fastest, speed, _FAST * (change.jump >= 2 * _JUMP))
        elif self._first is None:
            self._before = look
        elif float(time - self._last) >= _CALM:
            self._close(look)

    def _close(self, after: ComparableFrame) -> None:
        if self._first is not None and self._before is not None and self._count > 1:
            short = float(self._last - self._first) <= _LONGEST and self._fastest >= _FAST
            self.runs.append(FastRun(self._first, self._last, short and _elsewhere(self._before, after)))
        self._before, self._first, self._count, self._fastest = after, None, 0, 0.0


def counted(cuts: Sequence[Cut], runs: Sequence[FastRun]) -> list[Cut]:
    """Return the cuts with one for each whip, and none twice within a run of fast motion."""
    found = [cut for cut in cuts if not any(run.first <= cut.time <= run.last for run in runs)]
    for run in runs:
        inside = [cut for cut in cuts if run.first <= cut.time <= run.last]
        if not run.whip:
            found += _apart(inside)
        elif inside:
            found.append(max(inside, key=lambda cut: cut.strength))
        else:
            found.append(Cut((run.first + run.last) / 2, _STRENGTH))
    return sorted(found, key=lambda cut: cut.time)


def _apart(cuts: list[Cut]) -> list[Cut]:
    kept: list[Cut] = []
    for cut in sorted(cuts, key=lambda cut: -cut.strength):
        if all(abs(cut.time - other.time) >= _TWICE for other in kept):
            kept.append(cut)
    return kept


def _elsewhere(one: ComparableFrame, other: ComparableFrame) -> bool:
    here, there = place_recognition.edges(one.luma), place_recognition.edges(other.luma)
    return place_recognition.agreement(here, there).far < _ELSEWHERE
