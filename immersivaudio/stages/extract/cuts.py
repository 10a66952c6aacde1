"""Hard cuts, found while pictures go by.

A cut is a jump that nothing around explains. Three tests:
1. the jump is large once motion is taken out (`look`);
2. it stands out from its surroundings: violent camera motion gives large values all around, too;
3. the film does not come back: if a picture just before looks like one just after, it was a flash, a
   glitch or a black frame.
The second and third need a quarter of a second of the future, so answers come that much later.
"""

from collections import deque
from dataclasses import dataclass, field, replace

import numpy as np

from immersivaudio.stages.extract.look import Change, ComparableFrame, Comparer
from immersivaudio.values import Seconds

_NEED = 0.45
"""By how much the jump must exceed its surroundings' share."""
_SHARE = 0.6
_SAME = 0.4
"""Jump below which two pictures show the same place."""
_NEAR = 4
"""Pictures on each side that make up the surroundings."""
_BACK = 0.25
"""s within which the film may come back from a flash."""
_PANS = 0.1
"""s between two looks for a pan: it is told eight times a second, and no camera turns quicker than that."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A hard cut."""

    time: Seconds
    """Of the first picture of the new shot."""
    strength: float
    """0 to 1."""


@dataclass(slots=True)
class _CutState:
    time: Seconds
    look: ComparableFrame
    jump: float | None
    """None: so little changed that it was not looked for; it may yet be asked for."""


@dataclass(slots=True)
class CutDetector:
    """Feed it every picture with `push`, then call `finish`; read `cuts`."""

    compare: Comparer = field(default_factory=Comparer)
    cuts: list[Cut] = field(default_factory=list)
    _window: deque[_CutState] = field(default_factory=deque)
    _next: int = 1
    """Index in the window of the picture to judge next."""
    _panned: float = -_PANS
    _pan: float = 0.0
    """Of the last look, widths a second."""

    def push(self, time: Seconds, look: ComparableFrame) -> Change:
        """Take the next picture; return how it differs from the one before."""
        change = self._change(time, look)
        self._window.append(_CutState(time, look, change.jump or None))
        while self._next < len(self._window) and self._has_future(time):
            self._judge()
        return change

    def _change(self, time: Seconds, look: ComparableFrame) -> Change:
        """From the last picture to this one; the pan is looked for now and then, and holds in between."""
        if not self._window:
            return Change(0.0, 0.0, 0.0)
        last, now = self._window[-1], float(time)
        due = now - self._panned >= _PANS
        change = self.compare(last.look, look, pan=due)
        step = max(now - float(last.time), 1e-3)
        if change.jump >= _NEED:
            self._panned, self._pan = now - _PANS, 0.0  # what seems to move between two places moves nowhere
        elif due:
            self._panned, self._pan = now, change.pan / step
        return replace(change, pan=self._pan * step)

    def finish(self) -> None:
        """Judge what is left, with what future there is."""
        while self._next < len(self._window):
            self._judge()

    def _has_future(self, now: Seconds) -> bool:
        ahead = len(self._window) - 1 - self._next
        return ahead >= _NEAR and float(now - self._window[self._next].time) > _BACK

    def _judge(self) -> None:
        here = self._next
        seen = self._window[here]
        jump = seen.jump or 0.0
        if jump >= _NEED and jump - _SHARE * self._surroundings(here) >= _NEED and not self._comes_back(here):
            self.cuts.append(Cut(seen.time, min(1.0, jump)))
        self._next += 1
        while self._next > _NEAR + 1 and float(seen.time - self._window[0].time) > _BACK:
            self._window.popleft()
            self._next -= 1

    def _surroundings(self, here: int) -> float:
        """Mean of the second to fourth largest jump nearby; the largest may be a cut of its own."""
        low, high = max(1, here - _NEAR), min(len(self._window), here + _NEAR + 1)
        around = sorted((self._jump(i) for i in range(low, high) if i != here), reverse=True)
        return float(np.mean(around[1:4])) if len(around) > 1 else 0.0

    def _jump(self, place: int) -> float:
        """How much the picture at `place` differs from the one before, looked for where it was not yet."""
        seen = self._window[place]
        if seen.jump is None:
            seen.jump = self.compare.jump(self._window[place - 1].look, seen.look)
        return seen.jump

    def _comes_back(self, here: int) -> bool:
        """Whether the picture before is like a later one, or this one like an earlier one."""
        before, now = self._window[here - 1], self._window[here]
        later = [w for w in list(self._window)[here + 1 :] if w.time - now.time <= _BACK]
        earlier = [w for w in list(self._window)[: here - 1] if before.time - w.time <= _BACK]
        return any(self.compare.jump(before.look, w.look) < _SAME for w in later) or any(
            self.compare.jump(w.look, now.look) < _SAME for w in earlier
        )
