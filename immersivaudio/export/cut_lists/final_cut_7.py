"""Final Cut 7 XML, as Premiere Pro and DaVinci Resolve write it."""

from fractions import Fraction
from xml.etree import ElementTree as Xml

from immersivaudio.export.cut_lists.edit import Edit, UnreadableEditError, xml
from immersivaudio.export.frame_rate import FrameRate


def parse(text: str, _rate: FrameRate) -> Edit:
    """Return the cuts and markers of the first sequence."""
    sequence = next(xml(text, "xmeml").iter("sequence"), None)
    if sequence is None:
        raise UnreadableEditError("it holds no sequence", "export the sequence as Final Cut Pro XML")
    rate = _told(sequence)
    edit = Edit(length=Fraction(0))
    edit.markers += [(frame / rate, name) for frame, name in _markers(sequence)]
    for track in sequence.iterfind("media/video/track"):
        _track(track, rate, edit)
    return edit


def _told(sequence: Xml.Element) -> Fraction:
    base = int(sequence.findtext("rate/timebase") or 0)
    if base <= 0:
        raise UnreadableEditError("it does not say its rate")
    ntsc = (sequence.findtext("rate/ntsc") or "").strip().upper() == "TRUE"
    return Fraction(base * 1000, 1001) if ntsc else Fraction(base)


def _track(track: Xml.Element, rate: Fraction, edit: Edit) -> None:
    items = [item for item in track if item.tag in {"clipitem", "transitionitem"}]
    blends = [
        Fraction(_number(item, "start") + _number(item, "end"), 2)
        for item in items
        if item.tag == "transitionitem"
    ]
    edit.cuts += [(Fraction(int(middle)) / rate, "dissolve") for middle in blends]
    for place, item in enumerate(items):
        if item.tag == "transitionitem":
            continue
        start, end = _number(item, "start"), _number(item, "end")
        if start >= 0:
            edit.cuts.append((start / rate, "cut"))
        else:  # it begins under the transition before it
            start = _number(items[place - 1], "start") if place else 0
        follows = place + 1 < len(items) and items[place + 1].tag == "clipitem"
        if end >= 0:
            edit.length = max(edit.length or Fraction(0), end / rate)
            if not (follows and _number(items[place + 1], "start") == end):
                edit.cuts.append((end / rate, "cut"))
        first = _number(item, "in")
        edit.markers += [((start + frame - first) / rate, name) for frame, name in _markers(item)]


def _markers(node: Xml.Element) -> list[tuple[Fraction, str]]:
    return [
        (Fraction(_number(marker, "in")), (marker.findtext("name") or "").strip())
        for marker in node.iterfind("marker")
    ]


def _number(node: Xml.Element, name: str) -> int:
    return int(node.findtext(name) or -1)
