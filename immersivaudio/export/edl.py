"""CMX 3600 edit decision lists: the cuts of the film, and markers. They carry no music.

Two dialects: markers as "* LOC:" comments (Avid, Premiere Pro, OpenTimelineIO), and the one that DaVinci
Resolve imports as timeline markers, one event each.
"""

from immersivaudio.export.timeline import EditTimeline, TimelineMarker

_COLOURS = {"hit": "RED", "section": "BLUE", "end": "GREEN"}
_RESOLVE = {"hit": "ResolveColorRed", "section": "ResolveColorBlue", "end": "ResolveColorGreen"}
_LAST = 999
"""Events that three digits number."""


def dumps(timeline: EditTimeline) -> str:
    """Return the cuts as events, each with the markers that fall into it."""
    lines = [*_head(timeline, timeline.name)]
    shots = list(timeline.shots())[:_LAST]
    for number, (first, end) in enumerate(shots, 1):
        lines.append(_event(timeline, number, first, end))
        lines.append(f"* FROM CLIP NAME: {_plain(timeline.film.name)}")
        last = number == len(shots)
        lines += [
            f"* LOC: {_code(timeline, marker)} {_COLOURS[marker.kind]:7} {_plain(marker.name)}"
            for marker in timeline.markers
            if first <= timeline.placed(marker.time) and (last or timeline.placed(marker.time) < end)
        ]
    return "\n".join(lines) + "\n"


def dump_markers(timeline: EditTimeline) -> str:
    """Return the markers as DaVinci Resolve imports them: File, Import, Timeline Markers from EDL."""
    lines = [*_head(timeline, f"{timeline.name} markers")]
    for number, marker in enumerate(timeline.markers[:_LAST], 1):
        frame = timeline.placed(marker.time)
        lines.append(_event(timeline, number, frame, frame + 1))
        lines.append(f"{_plain(marker.note)} |C:{_RESOLVE[marker.kind]} |M:{_plain(marker.name)} |D:1")
        lines.append("")
    return "\n".join(lines) + "\n"


def _head(timeline: EditTimeline, title: str) -> tuple[str, str]:
    return f"TITLE: {_plain(title)[:70]}", f"FCM: {'' if timeline.rate.drop else 'NON-'}DROP FRAME"


def _event(timeline: EditTimeline, number: int, first: int, end: int) -> str:
    """Source and record times are the same: the film lies at its own timecode."""
    span = " ".join(timeline.rate.timecode(timeline.start + frame) for frame in (first, end))
    return f"{number:03}  {'AX':8} V     C        {span} {span}"


def _code(timeline: EditTimeline, marker: TimelineMarker) -> str:
    return timeline.rate.timecode(timeline.start + timeline.placed(marker.time))


def _plain(text: str) -> str:
    """One line: a break would cut a name, and a bar is a separator of Resolve's."""
    return " ".join(text.replace("|", "/").split())
