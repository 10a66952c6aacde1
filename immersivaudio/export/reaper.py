"""REAPER projects (.rpp): tracks with their gains, the film as a video item, tempo map and markers.

Source: the project files that REAPER 6 and 7 write; text, one element a line, blocks in angle brackets.
"""

from collections.abc import Iterator

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.export.tempo import TempoMap
from immersivaudio.export.timeline import EditTimeline, SoundClip

_COLOURS = {"hit": 0x10000FF, "section": 0x1FF8000, "end": 0x100C000}
"""A flag (bit 24) and blue, green, red."""
_SILENT = -150.0
"""dB, the foot of REAPER's faders."""
_SQUARE = 1
"""A tempo that holds until the next point."""


def dumps(timeline: EditTimeline) -> str:
    """Return the project; its files lie beside it."""
    return "\n".join(_lines(timeline)) + "\n"


def _lines(timeline: EditTimeline) -> Iterator[str]:
    tempo = timeline.tempo
    yield '<REAPER_PROJECT 0.1 "7.0" 0'
    yield f"  SAMPLERATE {SAMPLE_RATE} 1 0"
    if tempo:
        metre = tempo.metres[0]
        yield f"  TEMPO {tempo.tempi[0].bpm:.9g} {metre.numerator} {metre.denominator}"
    for number, marker in enumerate(timeline.markers, 1):
        colour = _COLOURS[marker.kind]
        yield f"  MARKER {number} {float(marker.time):.6f} {_quoted(marker.name)} 0 {colour} 1 B"
    if tempo:
        yield from _tempo(tempo)
    yield from _film(timeline)
    for sound in timeline.added:
        yield from _track(sound)
    yield ">"


def _tempo(tempo: TempoMap) -> Iterator[str]:
    """Points of the master tempo envelope; a time signature stands on a point of its own or shares one."""
    yield "  <TEMPOENVEX"
    yield "    ACT 1 -1"
    yield "    VIS 1 0 1"
    metres = {metre.time: metre for metre in tempo.metres}
    bpm = tempo.tempi[0].bpm
    told = {point.time: point.bpm for point in tempo.tempi}
    for time in sorted({*metres, *told}):
        bpm = told.get(time, bpm)
        metre = metres.get(time)
        signature = f" {metre.denominator << 16 | metre.numerator} 0 1" if metre else ""
        yield f"    PT {float(time):.12f} {bpm:.10f} {_SQUARE}{signature}"
    yield "  >"


def _film(timeline: EditTimeline) -> Iterator[str]:
    """The film; a sound that is replaced is turned down, not muted, which would hide the pictures."""
    film = timeline.film
    source = ["<SOURCE VIDEO", f"  FILE {_quoted(film.file)}", ">"]
    gain = _SILENT if film.muted else film.gain_db
    yield from _item("Film", float(timeline.duration), source, gain_db=gain, muted=False)


def _track(sound: SoundClip) -> Iterator[str]:
    source = ["<SOURCE WAVE", f"  FILE {_quoted(sound.file)}", ">"]
    length = sound.samples / SAMPLE_RATE
    yield from _item(sound.name, length, source, gain_db=sound.gain_db, muted=sound.muted)


def _item(name: str, length: float, source: list[str], *, gain_db: float, muted: bool) -> Iterator[str]:
    yield "  <TRACK"
    yield f"    NAME {_quoted(name)}"
    yield f"    VOLPAN {10 ** (gain_db / 20):.9g} 0 -1 -1 1"
    yield f"    MUTESOLO {int(muted)} 0 0"
    yield "    <ITEM"
    yield "      POSITION 0"
    yield f"      LENGTH {length:.12g}"
    yield "      LOOP 0"
    yield f"      NAME {_quoted(name)}"
    yield from (f"      {line}" for line in source)
    yield "    >"
    yield "  >"


def _quoted(text: str) -> str:
    """Return a string in the quotes it does not hold itself; REAPER has no escapes."""
    plain = " ".join(text.split())
    for mark in ('"', "'", "`"):
        if mark not in plain:
            return f"{mark}{plain}{mark}"
    return "`" + plain.replace("`", "'") + "`"
