"""How long a job will still take: by what is left of each stage, not by how much lies behind."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from immersivaudio.queue import State, Status, Summary

STAGES = ("extract", "detect", "select", "describe", "enhance", "generate", "sounds", "reconstruct")
"""In their order; "sounds" only where sounds were asked for."""
_TYPICAL: Mapping[str, tuple[float, float]] = {
    "extract": (0.5, 0.15), "detect": (0.8, 0.04), "select": (0.1, 0.01), "describe": (0.1, 0.01),
    "enhance": (0.1, 0.01), "generate": (0.8, 0.12), "sounds": (0.5, 0.15), "reconstruct": (0.8, 0.10),
}  # fmt: skip
"""s that a stage takes at least, and s for each second of the clip, on two cores; corrected as seen."""
TYPICAL_LENGTH = 20.0
"""s of a clip of which nothing is known."""
_LEARN = 0.15
"""Weight of a new observation."""
_TRUST, _SOON = 0.5, 1.0
"""How much of this job's own pace the stages to come are expected to have (an exponent), and s of work that
pace must have been seen over to count."""
_SLOWER = 2.0
"""How much slower, or quicker, one job may be than those before: a clip of 4K is slow to watch, and no other
stage of it is."""
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
    _share: float = 0.0
    _taken: float = 0.0
    """s that the stages before took."""
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
                self._taken += now - self._begun
                self._expected += self.pace.seconds(self._stage, self.length)
            self._stage, self._begun = status.stage, now
            self._first = self._first or now
        later = sum(self.pace.seconds(stage, self.length) for stage in self._later())
        left = self._current(status.done, now - self._begun) + self._slowness(status.done, now) * later
        gone = now - self._first
        self._share = max(self._share, gone / (gone + left) if gone + left else 0.0)
        return self._share, left

    def _slowness(self, done: float, now: float) -> float:
        """By how much this job is slower than expected so far: others may share its machine."""
        taken, expected = self._taken, self._expected
        if done > 0.3:
            taken += now - self._begun
            expected += done * self.pace.seconds(self._stage, self.length)
        slower = float(((taken + _SOON) / (expected + _SOON)) ** _TRUST)
        return min(max(slower, 1 / _SLOWER), _SLOWER)

    def _current(self, done: float, gone: float) -> float:
        """s that the stage in the works still takes: as expected at first, as observed the further it is."""
        expected = self.pace.seconds(self._stage, self.length)
        observed = gone / done if done > 0 else expected
        whole = done * observed + (1 - done) * expected
        return max(whole * (1 - done), 0.0) if done else max(expected - gone, expected * 0.1)

    def _later(self) -> list[str]:
        after = STAGES[STAGES.index(self._stage) + 1 :]
        return [stage for stage in after if stage != "sounds" or self.sounds]
