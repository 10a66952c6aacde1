"""How long a job will still take: by what is left of each stage, not by how much lies behind."""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from immersivaudio.queue import State, Status, Summary

STAGES = ("extract", "detect", "select", "describe", "enhance", "generate", "sounds", "reconstruct")
"""In their order; "sounds" only where sounds were asked for."""
_TYPICAL: Mapping[str, tuple[float, float]] = {
    "extract": (0.4, 0.13), "detect": (0.8, 0.03), "select": (0.05, 0.003), "describe": (0.05, 0.003),
    "enhance": (0.05, 0.003), "generate": (0.9, 0.08), "sounds": (0.5, 0.15), "reconstruct": (0.5, 0.07),
}  # fmt: skip
"""s that a stage takes at least, and s for each second of the clip, on two cores; corrected as seen."""
TYPICAL_LENGTH = 20.0
"""s of a clip of which nothing is known."""
_LEARN = 0.15
"""Weight of a new observation."""
_WATCHING, _WEIGHT, _TRUST = "extract", 0.25, 0.25
"""The stage that takes as long as the pictures are large and many, which no other does: how much it counts
for the pace of those to come, and how much of its own pace they are expected to have (an exponent)."""
_SOON = 0.5
"""s of work that a pace must have been seen over."""
_SLOWER = 6.0
"""How much slower, or quicker, one job may be than those before."""
_OVERDUE = 0.1
"""Share of what a stage was said to take that is left while its next word is overdue."""
_SLOWEST, _QUICKEST = 50.0, 0.02
"""How far a machine may be from the typical one."""


@dataclass(slots=True)
class StagePace:
    """How much slower than typical each stage is here, learned from results of this process."""

    factors: dict[str, float] = field(default_factory=dict)

    def seconds(self, stage: str, length: float) -> float:
        """What a stage of a clip of `length` s is expected to take, in s."""
        least, each = _TYPICAL[stage]
        return self.factors.get(stage, 1.0) * (least + each * length)

    def learn(self, done: Summary) -> None:
        """Take what a finished job says of its stages."""
        for stage, seconds in done.seconds.items():
            if stage not in _TYPICAL or done.duration <= 0 or seconds <= 0:
                continue
            least, each = _TYPICAL[stage]
            seen = min(_SLOWEST, max(_QUICKEST, seconds / (least + each * done.duration)))
            before = self.factors.get(stage, 1.0)  # the first job also loads what the next ones find
            self.factors[stage] = before + _LEARN * (seen - before)


@dataclass(slots=True)
class Countdown:
    """Of one job that somebody watches; ask it at every look."""

    pace: StagePace
    length: float = TYPICAL_LENGTH
    """s of the clip."""
    sounds: bool = False
    clock: Callable[[], float] = time.monotonic
    _stage: str = ""
    _begun: float = 0.0
    _first: float = 0.0
    _done: float = 0.0
    _told: float = 0.0
    """When `_done` of the stage was heard of: what passed since says nothing of its pace."""
    _share: float = 0.0
    _taken: float = 0.0
    """s that the stages before took, as far as they tell of those to come."""
    _expected: float = 0.0
    """s that they were expected to take."""

    def look(self, status: Status | None) -> tuple[float, float | None]:
        """Return the share of the way that is gone, 0 to 1 and never less than before, and the s left.

        The second is None while the job waits or nothing is known.
        """
        if status is None or status.state in {State.ACCEPTED, State.FETCHING, State.QUEUED}:
            return 0.0, None
        if status.state in {State.RENDERED, State.SENDING, State.DELIVERED}:
            return 1.0, 0.0
        if status.stage not in STAGES:
            return self._share, None
        now = self.clock()
        if status.stage != self._stage:
            if self._stage:
                taken, expected = self._weighed(now - self._begun, 1.0)
                self._taken, self._expected = self._taken + taken, self._expected + expected
            self._stage, self._begun, self._done, self._told = status.stage, now, 0.0, now
            self._first = self._first or now
        if status.done > self._done:
            self._done, self._told = status.done, now
        later = sum(self.pace.seconds(stage, self.length) for stage in self._later())
        slower = self._slowness()
        left = self._current(now, slower) + slower * later
        gone = now - self._first
        self._share = max(self._share, gone / (gone + left) if gone + left else 0.0)
        return self._share, left

    def _weighed(self, seconds: float, share: float) -> tuple[float, float]:
        """What a `share` of this stage took and was to take, s, as it counts for the stages to come."""
        expected = share * self.pace.seconds(self._stage, self.length)
        if self._stage != _WATCHING:
            return seconds, expected
        return _WEIGHT * expected * float((seconds / expected) ** _TRUST), _WEIGHT * expected

    def _slowness(self) -> float:
        """By how much this job is slower than expected so far: others may share its machine."""
        taken, expected = (
            self._weighed(self._told - self._begun, self._done) if self._done > 0.3 else (0.0, 0.0)
        )
        slower = (self._taken + taken + _SOON) / (self._expected + expected + _SOON)
        return min(max(slower, 1 / _SLOWER), _SLOWER)

    def _current(self, now: float, slower: float) -> float:
        """s that the stage in the works still takes: as expected at first, as observed the further it is.

        It falls from one word to the next, a little even where that word is overdue.
        """
        expected, done = slower * self.pace.seconds(self._stage, self.length), self._done
        observed = (self._told - self._begun) / done if done else expected
        trust = math.sqrt(done)
        left = (trust * observed + (1 - trust) * expected) * (1 - done)
        return max(left - (now - self._told), left * _OVERDUE)

    def _later(self) -> list[str]:
        after = STAGES[STAGES.index(self._stage) + 1 :]
        return [stage for stage in after if stage != "sounds" or self.sounds]
