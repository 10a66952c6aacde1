"""OpenTimelineIO: the clips of the video tracks, and markers wherever they hang."""

import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from immersivaudio.export.cut_lists.edit import Edit, UnreadableEditError, number
from immersivaudio.export.frame_rate import FrameRate, standard

Node = dict[str, Any]


def parse(text: str, _rate: FrameRate) -> Edit:
    """Return the cuts and markers of an .otio file; times become whole pictures of its own rate."""
    try:
        root = json.loads(text)
    except json.JSONDecodeError:
        raise UnreadableEditError("it is not JSON") from None
    timeline = _timeline(root)
    if timeline is None:
        raise UnreadableEditError("it holds no timeline")
    try:
        return _edit(timeline.get("tracks") or {})
    except (AttributeError, LookupError, TypeError):
        raise UnreadableEditError("its parts are not where OpenTimelineIO has them") from None


def _edit(stack: Node) -> Edit:
    edit = Edit(length=Fraction(0))
    edit.markers += _markers(stack, _origin(stack), Fraction(0))
    for track in stack.get("children") or []:
        if track.get("kind") == "Video":
            _track(track, edit)
    return edit


def _timeline(node: Any) -> Node | None:
    """The first timeline, alone or in a collection."""
    if not isinstance(node, dict):
        return None
    if str(node.get("OTIO_SCHEMA", "")).startswith("Timeline."):
        return node
    children = node.get("children") if "Collection" in str(node.get("OTIO_SCHEMA", "")) else None
    return next((found for child in children or [] if (found := _timeline(child))), None)


def _track(track: Node, edit: Edit) -> None:
    now = Fraction(0)
    blend = False
    edit.markers += _markers(track, _origin(track), Fraction(0))
    for child in track.get("children") or []:
        kind = str(child.get("OTIO_SCHEMA", ""))
        if kind.startswith("Transition."):
            blend = True
            continue
        edit.markers += _markers(child, _origin(child), now)
        shown = not kind.startswith("Gap.") and child.get("enabled", True)
        if shown or (now and edit.cuts):
            edit.cuts.append((now, "dissolve" if blend else "cut"))
        blend = False
        now += _duration(child)
    edit.length = max(edit.length or Fraction(0), now)


def _markers(node: Node, origin: Fraction, at: Fraction) -> Iterator[tuple[Fraction, str]]:
    """Markers of an item that starts at `at`; their times count from its media's `origin`."""
    for marker in node.get("markers") or []:
        start = (marker.get("marked_range") or {}).get("start_time")
        if start:
            yield at + _seconds(start) - origin, str(marker.get("name") or "")


def _origin(node: Node) -> Fraction:
    span = _span(node)
    return _seconds(span["start_time"]) if span else Fraction(0)


def _duration(node: Node) -> Fraction:
    """How long an item lasts: its trimmed range, else its media's, else what its parts last."""
    span = _span(node)
    if span:
        return _seconds(span["duration"])
    children = node.get("children") or []
    lengths = [
        _duration(child) for child in children if not str(child.get("OTIO_SCHEMA")).startswith("Transition.")
    ]
    parallel = str(node.get("OTIO_SCHEMA", "")).startswith("Stack.")
    return max(lengths, default=Fraction(0)) if parallel else sum(lengths, Fraction(0))


def _span(node: Node) -> Node | None:
    if node.get("source_range"):
        return dict(node["source_range"])
    references = node.get("media_references") or {}
    media = references.get(node.get("active_media_reference_key")) or node.get("media_reference") or {}
    return media.get("available_range")


def _seconds(time: Node) -> Fraction:
    """A RationalTime: 29.97002997 is 30000/1001, and other rates are as they are told."""
    told = _number(time["rate"])
    rate = standard(told) if abs(standard(told) / told - 1) < Fraction(1, 100_000) else told
    return _number(time["value"]) / rate


def _number(value: Any) -> Fraction:
    """As JSON has it, or as text; a float's own digits tell more than its binary value."""
    return Fraction(str(value)) if isinstance(value, int | float) else number(str(value))
