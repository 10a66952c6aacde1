"""Markers as a table: ours, Premiere Pro's, or a time on each line.

A time is timecode ("00:01:02:03"), a clock ("1:02.5", "01:01:02.5") or seconds ("62.5").
"""

import csv
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from immersivaudio.export.cut_lists.edit import Edit, UnreadableEditError, whole_hour
from immersivaudio.export.frame_rate import FrameRate

_TIMES = ("seconds", "time", "timecode", "in", "start", "position", "record in", "start time")
_NAMES = ("name", "marker name", "marker", "title", "label", "description", "comment", "note")
_KINDS = ("kind", "type")
_CODE = re.compile(r"\d{1,2}[:;]\d\d[:;]\d\d[:;]\d\d")
_CLOCK = re.compile(r"(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)")
_LEFT = {"section", "end"}
"""Kinds of Immersivaudio's own marker tables that are no hit points."""


def parse(text: str, rate: FrameRate) -> Edit:
    """Return the markers of a table, and its cuts: rows of the kind "cut"."""
    rows = [
        row for row in csv.reader(text.splitlines(), delimiter=_delimiter(text)) if any(map(str.strip, row))
    ]
    if not rows:
        raise UnreadableEditError("it is empty")
    heads = [cell.strip().lower() for cell in rows[0]]
    named = any(head in _TIMES for head in heads)
    columns = {head: place for place, head in reversed(list(enumerate(heads)))} if named else {}
    body = rows[1:] if named else rows
    times = [_cell(row, columns, _TIMES, 0) for row in body]
    rate = FrameRate(rate.rate, drop=any(";" in time for time in times) and rate.drops)
    codes = [rate.parse(time) for time in times if _CODE.fullmatch(time)]
    start = whole_hour(rate, min(codes)) if codes else 0
    edit = Edit()
    for number, (row, time) in enumerate(zip(body, times, strict=True), 1 + named):
        _row(row, columns, _seconds(time, rate, start, number), edit)
    return edit


def _row(row: Sequence[str], columns: Mapping[str, int], time: Fraction, edit: Edit) -> None:
    kind = _cell(row, columns, _KINDS, -1).lower()
    if kind == "cut":
        edit.cuts.append((time, "cut"))
    elif kind not in _LEFT:
        edit.markers.append((time, _cell(row, columns, _NAMES, 1)))


def _delimiter(text: str) -> str:
    line = next((line for line in text.splitlines() if line.strip()), "")
    return next((mark for mark in "\t;," if mark in line and not _CODE.fullmatch(line.strip())), ",")


def _cell(row: Sequence[str], columns: Mapping[str, int], names: Sequence[str], place: int) -> str:
    """The cell of the first known heading, or without headings at `place`."""
    if columns:
        place = next((columns[name] for name in names if name in columns), -1)
    return row[place].strip() if 0 <= place < len(row) else ""


def _seconds(text: str, rate: FrameRate, start: int, line: int) -> Fraction:
    if _CODE.fullmatch(text):
        return rate.seconds(rate.parse(text) - start)
    plain = text.replace(",", ".").removesuffix("s").strip()
    if match := _CLOCK.fullmatch(plain):
        return int(match[1] or 0) * 3600 + int(match[2]) * 60 + Fraction(match[3])
    if re.fullmatch(r"\d+(\.\d+)?", plain):
        return Fraction(plain)
    raise UnreadableEditError(
        f"line {line} does not begin with a time", "write 12.5, 1:02.5 or a timecode such as 00:00:12:12"
    )
