"""What each stage takes: CPU, wall time, peak memory and bytes read, of this process and its children."""

import json
import resource
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

_STATUS, _IO, _RESET = Path("/proc/self/status"), Path("/proc/self/io"), Path("/proc/self/clear_refs")
_RESET_PEAK = "5"


@dataclass(frozen=True, slots=True)
class StageCost:
    """Of one stage, or of several runs of it."""

    cpu: float
    """User and system seconds, children that ended included."""
    wall: float
    """s"""
    peak: int | None
    """bytes resident at most in this process while it ran; None where the system does not say."""
    read: int | None
    """bytes that read calls returned, from disk or cache; None where the system does not say."""


@dataclass(slots=True)
class StageCosts:
    """Collects `StageCost`s; stages do not overlap."""

    stages: dict[str, StageCost] = field(default_factory=dict)

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Measure what runs inside as a part of the stage `name`, also where it fails."""
        with suppress(OSError):
            _RESET.write_text(_RESET_PEAK)
        cpu, wall, read = _cpu(), time.perf_counter(), _told(_IO, "rchar")
        try:
            yield
        finally:
            after = _told(_IO, "rchar")
            peak = _told(_STATUS, "VmHWM")
            cost = StageCost(
                cpu=_cpu() - cpu,
                wall=time.perf_counter() - wall,
                peak=None if peak is None else 1024 * peak,
                read=None if read is None or after is None else after - read,
            )
            self.stages[name] = _sum(self.stages[name], cost) if name in self.stages else cost

    def as_json(self) -> str:
        """Return the stages in their order, as JSON."""
        told: Mapping[str, object] = {name: asdict(cost) for name, cost in self.stages.items()}
        return json.dumps({"stages": told}, indent=1) + "\n"


def _sum(one: StageCost, other: StageCost) -> StageCost:
    peaks = [cost.peak for cost in (one, other) if cost.peak is not None]
    read = None if one.read is None or other.read is None else one.read + other.read
    return StageCost(one.cpu + other.cpu, one.wall + other.wall, max(peaks, default=None), read)


def _cpu() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def _told(file: Path, name: str) -> int | None:
    """Read a number of Linux's /proc; None elsewhere."""
    with suppress(OSError, ValueError):
        for line in file.read_text("ascii").splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1])
    return None
