"""Hard cuts, found while pictures go by.

A cut is a jump that nothing around explains. Four tests:
1. the jump is large once motion is taken out (`frame_difference`);
2. both pictures are of different places (`place_recognition`): no lamp, no menu on a screen, no scrolled
   page;
3. it stands out from its surroundings: violent camera motion gives large values all around, too. Where one
   side is calm and the other is not, the calm one is asked: a still that is cut to a chase;
4. the film does not come back: if a picture just before looks like one just after, it was a flash, a
   glitch or a black frame.
The last two need a quarter of a second of the future, so answers come that much later. Cuts in one run of
fast motion are counted by `whip_pans`.
"""

from collections import deque
from dataclasses import dataclass, field, replace

import numpy as np

from immersivaudio.stages.extract import place_recognition, screen_changes
from immersivaudio.stages.extract.frame_difference import Change, ComparableFrame, Comparer
from immersivaudio.values import Seconds

_NEED = 0.45
"""By how much the jump must exceed its surroundings' share."""
_SHARE = 0.6
_CALM = 0.2
"""Share of its surroundings below which one side of a jump is calm."""
_BLANK = 5.0
"""Standard deviation (0-255) of a picture without content."""
_FADING = 3
"""Pictures over which it is asked whether content comes or goes by degrees."""
_GROWTH = 1.4
"""By how much contrast grows in them."""
_ELSEWHERE = 0.45
"""Agreement (see `place_recognition`) below which two pictures are of different places for certain."""
_BESIDE = 2
"""Pictures on each side through which a torn camera is followed."""
_FROZEN = 0.004
"""Change of luma (0 to 1) from one picture to the next of a screen on which little happens."""
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
    raw: float
    jump: float | None
    """None: so little changed that it was not looked for; it may yet be asked for."""
    _edges: place_recognition.Edges | None = None

    @property
    def edges(self) -> place_recognition.Edges:
        """Of the picture, prepared when they are first asked for."""
        self._edges = self._edges or place_recognition.edges(self.look.luma)
        return self._edges


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
        self._window.append(_CutState(time, look, change.raw, change.jump or None))
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
        clear = jump >= _NEED and not self._fades(here)
        if clear and self._stands_out(here, jump) and not self._comes_back(here):
            self.cuts.append(Cut(seen.time, min(1.0, jump)))
        self._next += 1
        while self._next > _NEAR + 1 and float(seen.time - self._window[0].time) > _BACK:
            self._window.popleft()
            self._next -= 1

    def _stands_out(self, here: int, jump: float) -> bool:
        past = [self._jump(i) for i in range(max(1, here - _NEAR), here)]
        future = [self._jump(i) for i in range(here + 1, min(len(self._window), here + _NEAR + 1))]
        alike = self._agreement(here - 1, here)
        calm = any(side and max(side) < _CALM for side in (past, future))
        if (alike.near if calm else alike.far) >= place_recognition.SAME or self._stays(here):
            return False
        return (
            jump - _SHARE * _surroundings(past + future) >= _NEED
            or (calm and alike.far < _ELSEWHERE)
            or (alike.far < _ELSEWHERE and self._followed(here))
        )

    def _fades(self, here: int) -> bool:
        """Whether a blank picture fills by degrees from here on, or what was before it has been paling."""
        before, now = self._contrast(here - 1), self._contrast(here)
        if before < _BLANK:
            return self._contrast(min(here + _FADING, len(self._window) - 1)) > _GROWTH * now
        return now < _BLANK and self._contrast(max(here - 1 - _FADING, 0)) > _GROWTH * before

    def _contrast(self, place: int) -> float:
        return float(self._window[place].look.luma.std())

    def _followed(self, here: int) -> bool:
        """Whether the camera can be followed before and after, picture by picture, however it is torn."""
        beside = [i for i in range(here - _BESIDE, here + _BESIDE + 1) if i != here]
        if beside[0] < 1 or beside[-1] >= len(self._window):
            return False
        return all(self._agreement(i - 1, i).far >= place_recognition.SAME for i in beside)

    def _stays(self, here: int) -> bool:
        """Whether a frozen picture changes as a screen does."""
        beside = [self._window[i].raw for i in (here - 1, here + 1) if 0 < i < len(self._window)]
        if not beside or min(beside) > _FROZEN:
            return False
        return screen_changes.stays(self._window[here - 1].look, self._window[here].look)

    def _agreement(self, one: int, other: int) -> place_recognition.Agreement:
        """How well two pictures of the window show one place."""
        return place_recognition.agreement(self._window[one].edges, self._window[other].edges)

    def _jump(self, place: int) -> float:
        """How much the picture at `place` differs from the one before, looked for where it was not yet."""
        seen = self._window[place]
        if seen.jump is None:
            seen.jump = self.compare.jump(self._window[place - 1].look, seen.look)
        return seen.jump

    def _comes_back(self, here: int) -> bool:
        """Whether the picture before is like a later one, or this one like an earlier one."""
        before, now = self._window[here - 1], self._window[here]
        later = [i for i in range(here + 1, len(self._window)) if self._window[i].time - now.time <= _BACK]
        earlier = [i for i in range(here - 1) if before.time - self._window[i].time <= _BACK]
        return any(self._alike(here - 1, i) for i in later) or any(self._alike(i, here) for i in earlier)

    def _alike(self, one: int, other: int) -> bool:
        before, after = self._window[one].look, self._window[other].look
        return (
            self.compare.jump(before, after) < _SAME
            or self._agreement(one, other).near >= place_recognition.SAME
        )


def _surroundings(jumps: list[float]) -> float:
    """Mean of the second to fourth largest jump nearby; the largest may be a cut of its own."""
    around = sorted(jumps, reverse=True)
    return float(np.mean(around[1:4])) if len(around) > 1 else 0.0
