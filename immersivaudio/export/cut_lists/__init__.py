"""Cut lists that editors bring: EDL, FCPXML, Final Cut 7 XML, OpenTimelineIO, and tables of markers.

`read` gives cuts and markers in seconds from the film's first picture, each at the start of a picture.
"""

import csv
import zipfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from immersivaudio.errors import UserError
from immersivaudio.export.cut_lists import edl, fcpxml, final_cut_7, otio, table
from immersivaudio.export.cut_lists.edit import Edit, UnreadableEditError
from immersivaudio.export.frame_rate import FrameRate, standard
from immersivaudio.text_file import decoded
from immersivaudio.values import Clip, CutList, Transition, exact

CAP = 20_000_000
"""Bytes of a file that are read."""
_MOST = 5_000
"""Cuts, and markers, that are taken."""
_LONGER = Fraction(1)
"""s by which a timeline may be longer than the film: black at its end."""

_READERS: dict[str, Callable[[str, FrameRate], Edit]] = {
    ".edl": edl.parse,
    ".fcpxml": fcpxml.parse,
    ".xml": final_cut_7.parse,
    ".otio": otio.parse,
    ".csv": table.parse,
    ".tsv": table.parse,
    ".txt": table.parse,
}
ENDINGS = (*_READERS, ".otioz", ".fcpxmld")


def read(path: Path, clip: Clip) -> CutList:
    """Return the cuts and markers of a file for `clip`; raises `UserError` where there are none for it."""
    if clip.kind == "photo":
        raise UserError("a photo has no cuts", "leave the cut list out")
    text = _text(path)
    rate = FrameRate(standard(clip.frame_rate))
    try:
        edit = _READERS[_ending(path)](text, rate)
    except UnreadableEditError as error:
        raise UserError(f"{path.name} cannot be read as a cut list: {error}", error.remedy) from None
    except (ValueError, ArithmeticError, RecursionError, csv.Error):
        raise UserError(
            f"{path.name} cannot be read as a cut list", "export it again from the timeline"
        ) from None
    return _fitted(edit, clip, path)


def _ending(path: Path) -> str:
    ending = path.suffix.lower()
    return {".otioz": ".otio", ".fcpxmld": ".fcpxml"}.get(ending, ending)


def _text(path: Path) -> str:
    """Read the file, or the part of a bundle that tells of cuts."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UserError(f"{path.name or path} is no cut list", f"bring one of: {', '.join(ENDINGS)}")
    inside = path / "Info.fcpxml" if ending == ".fcpxmld" else path
    if not inside.is_file():
        raise UserError(f"the cut list {path.name} is not there", "name an EDL, FCPXML, OTIO, XML or CSV")
    data = _unpacked(path) if ending == ".otioz" else inside.read_bytes()[: CAP + 1]
    if len(data) > CAP:
        raise UserError(f"{path.name} is too long", f"keep it under {CAP // 1_000_000} MB")
    try:
        return decoded(data)
    except UnicodeDecodeError:
        raise UserError(f"{path.name} is not text", "export it again from the timeline") from None


def _unpacked(path: Path) -> bytes:
    try:
        with zipfile.ZipFile(path) as bundle, bundle.open("content.otio") as file:
            return file.read(CAP + 1)
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError):
        raise UserError(f"{path.name} is no OTIO bundle", "export it again from the timeline") from None


def _fitted(edit: Edit, clip: Clip, path: Path) -> CutList:
    """Refuse the list of another film, and leave out what lies beside this one."""
    if edit.length is not None and edit.length > clip.duration + _LONGER:
        raise UserError(
            f"the timeline of {path.name} is {float(edit.length):.2f} s long, "
            f"and the clip {float(clip.duration):.2f} s",
            "export it from the timeline whose film this is, from its first picture on",
        )
    whole = edit.lead > 0 and edit.length is not None and edit.length + edit.lead <= clip.duration
    lead = edit.lead if whole else Fraction(0)
    found: dict[Fraction, Transition] = {}
    for time, opening in sorted(edit.cuts):
        found.setdefault(exact(time + lead), opening)
    last = clip.duration - 1 / (2 * clip.frame_rate)
    cuts = tuple((time, opening) for time, opening in found.items() if 0 < time < last)
    moments = [(time + lead, name) for time, name in sorted(edit.markers)]
    markers = {exact(time): name for time, name in moments if 0 <= time < clip.duration}
    if not cuts and not markers:
        raise UserError(f"{path.name} has no cut and no marker inside this clip", "look at its timecode")
    if max(len(cuts), len(markers)) > _MOST:
        raise UserError(f"{path.name} has more than {_MOST} cuts or markers", "bring fewer")
    beside = len(edit.markers) - len(markers)
    notes = (f"{beside} markers of {path.name} are not inside the clip or stand twice",) if beside else ()
    return CutList(cuts, tuple(markers.items()), notes)
