"""A second look, at every picture, where the first one left some out beside what seems to be a cut or a whip.

Between two pictures that are not neighbours a torn camera looks like a cut, and a real cut may lie before
the picture that shows it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from immersivaudio.config import Settings
from immersivaudio.media import decode, frame_skipping
from immersivaudio.stages.extract.cuts import Cut, CutDetector
from immersivaudio.stages.extract.frame_difference import LONGEST, prepare
from immersivaudio.stages.extract.whip_pans import FastRun, WhipDetector
from immersivaudio.values import Clip, Seconds

Jump = Cut | FastRun
"""A change of place, at once or within a few pictures."""

_NEXT = Seconds(3, 2)
"""Pictures between two that are looked at from which one between them was not."""
_BESIDE = 2
"""Pictures on each side of a cut between which none was left out, if it is to be trusted."""
_AROUND = Seconds(3, 10)
"""s on each side of a doubtful cut that are looked at again: what judges cuts asks no farther."""


def judged(
    clip: Clip, settings: Settings, times: Sequence[Seconds], found: Sequence[Jump]
) -> dict[Jump, Jump]:
    """Return where each jump is; cuts and whips that are none once all pictures are seen are left out."""
    if not frame_skipping.worth(clip):
        return {jump: jump for jump in found}
    small = decode.FrameScaler(clip, LONGEST)
    told, spans = _doubtful(times, found, _NEXT / clip.frame_rate)
    looks = decode.between(
        clip,
        settings,
        [(span.start, span.end) for span in spans],
        lambda picture: prepare(small(picture)),
    )
    for span, pictures in zip(spans, looks if spans else (), strict=True):
        detector, whips = CutDetector(), WhipDetector()
        for time, look in pictures:
            whips.push(time, look, detector.push(time, look))
        detector.finish()
        for before, jump in span.jumps:
            now = _same_jump(before, jump, detector.cuts, whips.runs) if pictures else jump
            told |= {jump: now} if now else {}
    return told


@dataclass(slots=True)
class _Doubtful:
    """A stretch that is looked at again."""

    start: Seconds
    end: Seconds
    jumps: list[tuple[Seconds, Jump]]
    """In it, each with the time of the picture looked at before it."""


def _doubtful(
    times: Sequence[Seconds], found: Sequence[Jump], gap: Seconds
) -> tuple[dict[Jump, Jump], list[_Doubtful]]:
    """Return the jumps that hold, and stretches around those beside which pictures are more than `gap` apart.

    The stretches are in order, and none overlaps another.
    """
    told: dict[Jump, Jump] = {}
    spans: list[_Doubtful] = []
    for jump in sorted(found, key=_first):
        place, last = bisect_left(times, _first(jump)), bisect_left(times, _last(jump))
        beside = times[max(0, place - 1 - _BESIDE) : last + 1 + _BESIDE]
        counts = isinstance(jump, Cut) or jump.whip
        if not counts or all(later - time <= gap for time, later in pairwise(beside)):
            told[jump] = jump
            continue
        before = times[max(0, place - 1)]
        start = times[max(0, bisect_right(times, before - _AROUND) - 1)]
        end = times[min(len(times) - 1, bisect_left(times, _last(jump) + _AROUND))]
        if spans and start <= spans[-1].end:
            spans[-1].end = max(end, spans[-1].end)
            spans[-1].jumps.append((before, jump))
        else:
            spans.append(_Doubtful(start, end, [(before, jump)]))
    return told, spans


def _first(jump: Jump) -> Seconds:
    return jump.time if isinstance(jump, Cut) else jump.first


def _last(jump: Jump) -> Seconds:
    return jump.time if isinstance(jump, Cut) else jump.last


def _same_jump(before: Seconds, jump: Jump, cuts: Sequence[Cut], runs: Sequence[FastRun]) -> Jump | None:
    """Return what of `cuts` or `runs` lies where `jump` does."""
    if isinstance(jump, Cut):
        inside = [cut for cut in cuts if before < cut.time <= jump.time]
        return max(inside, key=lambda cut: cut.strength, default=None)
    return next((run for run in runs if run.whip and run.first <= jump.last and before <= run.last), None)
