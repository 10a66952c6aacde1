"""Footage with the cuts and markers of an editor in place of those that were found."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from immersivaudio.values import CueSheet, CutList, Footage, Frame, Moment, Seconds, Shot

_NEAR = Fraction(2)
"""Pictures within which a cut of the editor's is one that was found, too, and has its strength."""
_ROOM = (
    "; two need a third of a second between them, and the film's first tenth and last quarter of a second "
    "are left free"
)
_STRENGTH = 0.7
"""Of a cut that was not found: one that is worth a hit."""


def recut(footage: Footage, cut_list: CutList) -> Footage:
    """Return the footage with the editor's shots, and his markers among its moments; pictures stay."""
    markers = [Moment(time, "user", 1.0) for time, _ in cut_list.markers]
    moments = sorted((*footage.moments, *markers), key=lambda moment: moment.time)
    if not cut_list.cuts:
        return replace(footage, moments=tuple(moments))
    shots = _shots(footage, cut_list)
    starts = [shot.start for shot in shots]
    frames = tuple(_moved(frame, starts) for frame in footage.frames)
    return replace(footage, shots=shots, frames=frames, moments=tuple(moments))


def noted(plan: CueSheet, edit: CutList | None) -> CueSheet:
    """Say in the sheet's notes how much of an editor's list the music lands on."""
    if edit is None:
        return plan
    hits = {hit.time for hit in plan.hits}
    landed = sum(time in hits for time, _ in edit.markers)
    told = [*edit.notes]
    if edit.cuts:
        told.append(f"cuts taken from the list: {len(edit.cuts)}")
    if edit.markers:
        room = "" if landed == len(edit.markers) else _ROOM
        told.append(f"markers that became hit points: {landed} of {len(edit.markers)}{room}")
    # No seal: a share code holds decisions that looking at the film repeats, and not these.
    return replace(plan, notes=(*told, *plan.notes), seal="")


def _shots(footage: Footage, cut_list: CutList) -> tuple[Shot, ...]:
    duration = footage.clip.duration
    edges = [Fraction(0), *(time for time, _ in cut_list.cuts), duration]
    shots = [Shot(0, edges[0], edges[1], "start", footage.shots[0].strength)]
    for index, (time, opening) in enumerate(cut_list.cuts, 1):
        shots.append(Shot(index, time, edges[index + 1], opening, _strength(footage, time)))
    return tuple(shots)


def _strength(footage: Footage, time: Seconds) -> float:
    reach = _NEAR / footage.clip.frame_rate
    near = [shot for shot in footage.shots[1:] if abs(shot.start - time) <= reach]
    return min(near, key=lambda shot: abs(shot.start - time)).strength if near else _STRENGTH


def _moved(frame: Frame, starts: Sequence[Seconds]) -> Frame:
    return replace(frame, shot=max(0, bisect_right(starts, frame.time) - 1))
