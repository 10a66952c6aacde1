"""CMX 3600: events of the video track, locators, and DaVinci Resolve's timeline markers."""

import re

from immersivaudio.export.cut_lists.edit import Edit, UnreadableEditError, whole_hour
from immersivaudio.export.frame_rate import FrameRate

_CODE = r"(\d\d[:;.]\d\d[:;.]\d\d[:;.,]\d\d)"
_EVENT = re.compile(
    rf"\s*(\d+)[A-Z]*\s+(\S.*?)\s+(\S+)\s+(C|D|W\d+|K\S*|KB|KO)(?:\s+(\d+))?\s+{_CODE}\s+{_CODE}\s+{_CODE}\s+{_CODE}\s*$",
    re.IGNORECASE,
)
_LOCATOR = re.compile(rf"\*\s*LOC:\s*{_CODE}\s*(\S*)\s*(.*)", re.IGNORECASE)
_MARKER = re.compile(r"\|M:([^|]*)")


class EdlReader:
    """Goes through the lines; what follows an event belongs to it."""

    def __init__(self, rate: FrameRate) -> None:
        self._rate = rate
        self.events: list[tuple[int, int, int, int, int]] = []
        """(source in, source out, record in, record out, pictures of a dissolve), in pictures."""
        self.marked: list[tuple[int, str]] = []
        self.located: list[tuple[int, str]] = []
        self._pictures = False

    def line(self, line: str) -> None:
        """Read one line."""
        if line.upper().startswith("FCM:"):
            drop = "NON" not in line.upper() and self._rate.drops
            self._rate = FrameRate(self._rate.rate, drop)
        elif match := _EVENT.fullmatch(" ".join(line.split())):
            self._event(match)
        elif match := _LOCATOR.match(line):
            self.located.append((self._located(self._rate.parse(match[1])), match[3].strip()))
        elif (match := _MARKER.search(line)) and self.events:
            self.marked.append((self.events[-1][2], match[1].strip()))

    @property
    def rate(self) -> FrameRate:
        """The rate, in drop frame where the file says so."""
        return self._rate

    def _event(self, match: re.Match[str]) -> None:
        channels = match[3].upper()
        if not channels.startswith(("V", "B", "AA/V", "A/V", "A2/V", "NONE")):
            return
        codes = [self._rate.parse(match[place]) for place in (6, 7, 8, 9)]
        if codes[2] == codes[3] and codes[0] == codes[1]:
            return  # the outgoing side of a dissolve: nothing of it is shown
        blend = int(match[5] or 0) if match[4].upper()[0] in "DW" else 0
        self.events.append((*codes, blend))  # type: ignore[arg-type]  # four codes

    def _located(self, code: int) -> int:
        """Locators are told in record time by some, in source time by others: where the event has them."""
        if not self.events:
            return code
        source_in, source_out, record_in, record_out, _ = self.events[-1]
        if record_in <= code <= record_out or not source_in <= code <= source_out:
            return code
        return record_in + code - source_in


def parse(text: str, rate: FrameRate) -> Edit:
    """Return the cuts and markers of an EDL, which does not say its rate: it is the film's."""
    reader = EdlReader(rate)
    for number, line in enumerate(text.splitlines(), 1):
        try:
            reader.line(line.rstrip())
        except ValueError:
            raise UnreadableEditError(
                f"line {number} has a timecode that cannot be at {float(rate.rate):.5g} pictures a second",
                "export it at the rate of the film",
            ) from None
    if not reader.events:
        raise UnreadableEditError("it has no event on a video track")
    return _edit(reader)


def _edit(reader: EdlReader) -> Edit:
    first = min(event[2] for event in reader.events)
    end = max(event[3] for event in reader.events)
    hour = whole_hour(reader.rate, first)
    start = hour if reader.marked else first
    seconds = reader.rate.seconds
    edit = Edit(length=None if reader.marked else seconds(end - start), lead=seconds(start - hour))
    edit.markers = [(seconds(at - start), name) for at, name in (*reader.located, *reader.marked)]
    if not reader.marked:
        for _, _, begin, _, blend in reader.events:
            edit.cuts.append((seconds(begin - start + blend // 2), "dissolve" if blend else "cut"))
    return edit
