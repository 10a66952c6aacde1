"""FCPXML of any version: the storyline, what is connected to it, and markers."""

from fractions import Fraction
from xml.etree import ElementTree as Xml

from immersivaudio.export.cut_lists.edit import Edit, UnreadableEditError, number, xml
from immersivaudio.export.frame_rate import FrameRate

_CLIPS = {"asset-clip", "clip", "ref-clip", "sync-clip", "mc-clip", "video", "audition"}
_MARKERS = {"marker", "chapter-marker"}


def parse(text: str, _rate: FrameRate) -> Edit:
    """Return the cuts and markers of the first sequence."""
    root = xml(text, "fcpxml")
    sequence = root.find(".//sequence")
    spine = sequence.find("spine") if sequence is not None else None
    if sequence is None or spine is None:
        raise UnreadableEditError("it holds no project, only events or clips", "export the project as XML")
    start = _time(sequence.get("tcStart"))
    pictures = {
        asset.get("id")
        for asset in root.iter("asset")
        if asset.get("hasVideo") == "1" or asset.get("hasAudio") != "1"
    }
    edit = Edit(length=Fraction(0))
    now = start
    blends: list[Fraction] = []
    for item in spine:
        begin = _time(item.get("offset")) if item.get("offset") else now
        length = _time(item.get("duration"))
        if item.tag == "transition":
            blends.append(begin - start + length / 2)
            continue
        edit.cuts.append((begin - start, "cut"))
        _inside(item, begin - start, edit, pictures)
        now = begin + length
        edit.length = max(edit.length or Fraction(0), now - start)
    edit.cuts += [(middle, "dissolve") for middle in blends]
    edit.cuts = [cut for cut in edit.cuts if cut[1] == "dissolve" or cut[0] not in blends]
    return edit


def _inside(item: Xml.Element, at: Fraction, edit: Edit, pictures: set[str | None]) -> None:
    """Take the markers of a clip that begins at `at`, and the clips connected to it; times are its own."""
    local = _time(item.get("start"))
    for child in item:
        if child.tag in _MARKERS:
            edit.markers.append((at + _time(child.get("start")) - local, child.get("value") or ""))
        elif child.get("lane") and child.tag in _CLIPS:
            begin = at + _time(child.get("offset")) - local
            shown = child.tag != "asset-clip" or child.get("ref") in pictures
            if shown and not child.get("lane", "").startswith("-") and child.get("enabled") != "0":
                edit.cuts += [(begin, "cut"), (begin + _time(child.get("duration")), "cut")]
            _inside(child, begin, edit, pictures)
        elif child.tag == "spine" and child.get("lane"):
            _storyline(child, at + _time(child.get("offset")) - local, edit, pictures)


def _storyline(spine: Xml.Element, at: Fraction, edit: Edit, pictures: set[str | None]) -> None:
    """A connected storyline: its clips follow each other from `at`."""
    now = at
    for item in spine:
        if item.tag != "transition":
            if item.tag != "gap" and not spine.get("lane", "").startswith("-"):
                edit.cuts.append((now, "cut"))
            _inside(item, now, edit, pictures)
            now += _time(item.get("duration"))
    if not spine.get("lane", "").startswith("-"):
        edit.cuts.append((now, "cut"))


def _time(text: str | None) -> Fraction:
    """ "1001/30000s", "5s" or nothing, in seconds."""
    return number((text or "0s").strip().removesuffix("s"))
