"""From transitions to shots."""

from collections.abc import Sequence

from immersivaudio.stages.extract.cuts import Cut
from immersivaudio.stages.extract.soft import Soft
from immersivaudio.values import Seconds, Shot, Transition

_END = Seconds(1, 10)
"""s at both ends of a clip in which nothing opens a shot: a camera's flash, the hand that stops it."""


def shots(duration: Seconds, cuts: Sequence[Cut], softs: Sequence[Soft]) -> tuple[Shot, ...]:
    """Lay shots back to back from 0 to `duration` (s)."""
    openings: list[tuple[Seconds, Transition, float]] = [(Seconds(0), "start", 1.0)]
    openings += [(cut.time, "cut", cut.strength) for cut in cuts if _END < cut.time < duration - _END]
    openings += [(soft.time, soft.kind, soft.strength) for soft in softs if 0 < soft.time < duration]
    openings.sort(key=lambda opening: opening[0])
    ends = [start for start, _, _ in openings[1:]] + [duration]
    return tuple(
        Shot(index, start, end, kind, strength)
        for index, ((start, kind, strength), end) in enumerate(zip(openings, ends, strict=True))
    )
