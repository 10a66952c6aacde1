"""What every reader of cut lists returns, and what they share: parsing of untrusted XML and timecodes."""

import re
from dataclasses import dataclass, field
from fractions import Fraction
from xml.etree import ElementTree as Xml

from immersivaudio.export.frame_rate import FrameRate
from immersivaudio.values import Transition

_NUMBER = re.compile(r"[+-]?\d{1,18}(?:\.\d{1,18})?(?:/\d{1,18})?")


class UnreadableEditError(ValueError):
    """A file is not what its name says; the text may be shown, and repeats nothing of the file."""

    def __init__(self, problem: str, remedy: str = "export it again from the timeline") -> None:
        super().__init__(problem)
        self.remedy = remedy


@dataclass(slots=True)
class Edit:
    """Cuts and markers, s from the first picture of the timeline."""

    cuts: list[tuple[Fraction, Transition]] = field(default_factory=list)
    markers: list[tuple[Fraction, str]] = field(default_factory=list)
    length: Fraction | None = None
    """s; None where the file does not say."""
    lead: Fraction = Fraction(0)
    """s between the whole hour and the first picture told of: black, where the film is long enough."""


def xml(text: str, root: str) -> Xml.Element:
    """Return the root element; a file with entities is refused."""
    if "<!ENTITY" in text.upper():
        raise UnreadableEditError("it declares entities")
    body = text[text.index("?>") + 2 :] if text.lstrip().startswith("<?xml") and "?>" in text else text
    try:
        found = Xml.fromstring(body.strip())  # noqa: S314 - no entities, and bounded in size
    except Xml.ParseError:
        raise UnreadableEditError("it is damaged") from None
    if found.tag != root:
        raise UnreadableEditError(f"it is not {'FCPXML' if root == 'fcpxml' else 'Final Cut 7 XML'}")
    return found


def number(text: str) -> Fraction:
    """Return "5", "12.5" or "1001/30000" as it stands; raises `ValueError` for anything else.

    `Fraction` also reads "1e999999999", and works out every digit of it.
    """
    if not _NUMBER.fullmatch(text):
        raise ValueError("not a number")
    return Fraction(text)


def whole_hour(rate: FrameRate, first: int) -> int:
    """Return the number of the last whole hour at or before a picture: timelines begin at one."""
    hours = (rate.parse(f"{hour:02}:00:00{';' if rate.drop else ':'}00") for hour in range(24))
    return max((begin for begin in hours if begin <= first), default=0)
