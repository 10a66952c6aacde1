"""Markers as a table: timecode, seconds, picture, kind and name."""

import csv
import io

from immersivaudio.export.timeline import EditTimeline


def dumps(timeline: EditTimeline) -> str:
    """Return the markers and the cuts in order of time, as CSV with a heading."""
    rows: list[tuple[int, float, str, str, str]] = [
        (timeline.placed(marker.time), float(marker.time), marker.kind, marker.name, marker.note)
        for marker in timeline.markers
    ]
    rows += [(timeline.placed(cut), float(cut), "cut", "", "") for cut in timeline.cuts]
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(("timecode", "seconds", "frame", "kind", "name", "note"))
    for frame, seconds, kind, name, note in sorted(rows):
        code = timeline.rate.timecode(timeline.start + frame)
        table.writerow((code, f"{seconds:.6f}", frame, kind, _plain(name), _plain(note)))
    return text.getvalue()


def _plain(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@" and text else text
