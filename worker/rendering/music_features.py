"""Features of a piece: lead instrument, pitch, density, brightness, and where it is fullest.

By this two takes of one plan are told apart, whose sheets differ in a number alone. The notes are read from
the MIDI file; brightness, which every generator's music has, from the sound.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import mido
import numpy as np
from numpy.typing import NDArray

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.wav import NotWavError, WavReader
from immersivaudio.queue.result import Difference, Portrait
from immersivaudio.values import Soundtrack

if TYPE_CHECKING:
    from pretty_midi import Instrument

_FRAMES, _SIZE = 96, 4096
"""Windows of the spectrum, spread over the piece, and samples of one."""
_SILENT = 1e-4
_STEP = 0.1
"""s between two samples of the highest part."""
_HEARD: Mapping[str, float] = {"brightness": 1.08, "pace": 1.12, "strokes": 1.15}
"""Ratios from which a listener tells two pieces apart."""
_HIGHER = 2.0
"""Semitones of a melody, likewise."""
_SLIGHT = 0.35
"""Share of what a listener tells apart that is still worth a word, where there is nothing else to say."""
_RATIOS = {
    "brightness": ("warmer", "brighter"),
    "pace": ("airier", "denser"),
    "strokes": ("fewer-drums", "more-drums"),
}
_MOST = 2


def portrait(music: Soundtrack) -> Portrait:
    """Measure a piece; what cannot be read of it is 0 or empty."""
    notes = _of_notes(music.midi) if music.midi else {}
    return Portrait.model_validate({"brightness": _brightness(music.path), **notes})


def between(before: Portrait, after: Portrait) -> tuple[Difference, ...]:
    """Return what a listener would name first, two things at most; () where nothing stands out."""
    found = sorted(_compared(before, after), key=lambda each: -each[0])
    plain = tuple(difference for strength, difference in found if strength >= 1)[:_MOST]
    if plain or not found or found[0][0] < _SLIGHT:
        return plain
    slight = found[0][1]
    return (Difference(kind="slightly", value=slight.kind),)


def _compared(before: Portrait, after: Portrait) -> Iterator[tuple[float, Difference]]:
    """(how far beyond what is just heard, difference)."""
    if before.lead and after.lead and before.lead != after.lead:
        yield 2.0, Difference(kind="lead", value=after.lead)
    elif before.pitch and after.pitch:
        rise = after.pitch - before.pitch
        yield abs(rise) / _HIGHER, Difference(kind="higher" if rise > 0 else "lower")
    for name, (less, more) in _RATIOS.items():
        old, new = getattr(before, name), getattr(after, name)
        if old and new:
            strength = abs(np.log(new / old)) / np.log(_HEARD[name])
            yield float(strength), Difference(kind=more if new > old else less)
    if before.lead and after.lead and before.fullest != after.fullest:
        yield 1.0, Difference(kind=f"full.{after.fullest}")


def _of_notes(path: Path) -> dict[str, object]:
    import pretty_midi  # only a worker that has rendered needs it

    heard = pretty_midi.PrettyMIDI(str(path))
    length = heard.get_end_time()
    pitched = [each for each in heard.instruments if not each.is_drum and each.notes]
    strokes = sum(len(each.notes) for each in heard.instruments if each.is_drum)
    count = sum(len(each.notes) for each in pitched)
    if not length or not count:
        return {"strokes": strokes / length if length else 0.0}
    starts = np.array([note.start for each in heard.instruments for note in each.notes])
    thirds = np.histogram(starts, 3, (0.0, length))[0]
    lead, pitch = _top(pitched, length)
    return {
        "lead": _names(path).get(lead, lead),
        "pitch": pitch,
        "pace": count / length,
        "strokes": strokes / length,
        "fullest": int(thirds.argmax()),
    }


def _top(parts: "list[Instrument]", length: float) -> tuple[str, float]:
    """Return the part that is mostly highest, and its mean pitch: the skyline (Uitdenbogerd & Zobel 1999)."""
    top = np.full(int(length / _STEP) + 1, -1)
    owner = np.zeros(len(top), int)
    for number, part in enumerate(parts):
        for note in part.notes:
            span = slice(int(note.start / _STEP), int(note.end / _STEP) + 1)
            higher = top[span] < note.pitch
            top[span][higher] = note.pitch
            owner[span][higher] = number
    sounding = top >= 0
    first = int(np.bincount(owner[sounding], minlength=len(parts)).argmax())
    return parts[first].name, float(top[sounding & (owner == first)].mean())


def heard_of(named: tuple[str, ...], music: Soundtrack) -> tuple[str, ...]:
    """Return those of the `named` instruments that play a note; all of them where the notes are not known.

    A sheet that a person changed may name more of them than its style has seats.
    """
    playing = set(_names(music.midi).values()) if music.midi else set()
    return tuple(name for name in named if name in playing) or named


def _names(path: Path) -> dict[str, str]:
    """Track -> its instrument, as our MIDI files say it, of those with a note."""
    found = {}
    for track in mido.MidiFile(path, charset="utf-8").tracks:
        said = {each.type: each.name for each in track if each.type in {"track_name", "instrument_name"}}
        if len(said) == 2 and any(each.type == "note_on" for each in track):
            found[said["track_name"]] = said["instrument_name"]
    return found


def _brightness(path: Path) -> float:
    """Centre of the spectrum, Hz, in the mean over what sounds; 0 for a file that is not ours, or silent."""
    try:
        with WavReader(path) as music:
            starts = np.linspace(0, max(music.length - _SIZE, 0), _FRAMES).astype(int)
            frames = np.stack([music.read(int(start), _SIZE).mean(axis=0) for start in starts])
    except NotWavError:
        return 0.0
    return _centre(frames[np.sqrt((frames**2).mean(axis=1)) > _SILENT])


def _centre(frames: NDArray[np.float32]) -> float:
    if not len(frames):
        return 0.0
    magnitudes = np.abs(np.fft.rfft(frames * np.hanning(_SIZE).astype(np.float32), axis=1))
    frequencies = np.fft.rfftfreq(_SIZE, 1 / SAMPLE_RATE)
    return float((magnitudes @ frequencies / np.maximum(magnitudes.sum(axis=1), 1e-9)).mean())
