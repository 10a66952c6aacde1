"""Music that ends where it begins: composed beyond the film, and laid over its beginning.

The piece is made longer than the film: at its end the first section returns, on a downbeat, and only then
comes an ending. The film's first moment is a cross-fade out of that return. So the sample after the last one
of the film is the film's first one, with any generator, and the ending is never heard.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil
from pathlib import Path

import numpy as np

from immersivaudio.audio import SAMPLE_RATE, wav
from immersivaudio.audio.layout import Sound
from immersivaudio.media import decode_audio
from immersivaudio.music.midi import shorten
from immersivaudio.music.tempo_map import Metre
from immersivaudio.music.theory import signature
from immersivaudio.values import DYNAMICS_RATE, CueSheet, Soundtrack, exact

_BENDS = 0.08
"""Share by which the tempo gives for whole bars; beyond it, whole beats must do."""
_SLOWEST, _FASTEST = 40.0, 240.0
"""Beats a minute that a sheet may hold."""
_OVERLAP = Fraction(1)
"""s of cross-fade, at most a quarter of the film."""
_BEYOND = 6
"""s at least that are composed beyond the film: the return, and an ending that is cut off."""
_A_RETURN = 4
"""s from which a film has time for a return of its own section; a shorter one goes on as it is."""


def fitted(sheet: CueSheet) -> CueSheet:
    """Return the sheet of a loop: whole bars, or at least whole beats, in the film, and no fade at its end.

    No seal: a share code holds decisions that looking at the film repeats, and not this one.
    """
    duration, beats = float(sheet.duration), Metre.of(signature(sheet.metre)).beats
    bars = max(1, round(duration * sheet.tempo / 60 / beats))
    tempo = 60 * bars * beats / duration
    if abs(tempo / sheet.tempo - 1) > _BENDS:
        tempo = 60 * max(1, round(duration * sheet.tempo / 60)) / duration
    tempo = round(min(max(tempo, _SLOWEST), _FASTEST), 3)
    old, new = f"{sheet.tempo:.0f} bpm", f"{tempo:.0f} bpm"
    cues = tuple(replace(cue, prompt=cue.prompt.replace(old, new)) for cue in sheet.cues)
    return replace(
        sheet,
        loop=True,
        tempo=tempo,
        cues=cues,
        prompt=sheet.prompt.replace(old, new),
        fade=Fraction(0),
        seal="",
    )


def extended(sheet: CueSheet) -> CueSheet:
    """Return what is to be played for a loop: the sheet, and its first section again. Others as they are."""
    if not sheet.loop:
        return sheet
    beat = 60 / sheet.tempo
    bar = beat * Metre.of(signature(sheet.metre)).beats
    end = sheet.duration + exact(bar * max(2, ceil(_BEYOND / bar)))
    first, last = sheet.cues[0], sheet.cues[-1]
    if sheet.duration >= _A_RETURN:
        cues = (*sheet.cues, replace(first, start=sheet.duration, end=end))
    else:
        cues = (*sheet.cues[:-1], replace(last, end=end))
    return replace(
        sheet,
        duration=end,
        cues=cues,
        dynamics=_returning(sheet.dynamics, end),
        sounds=tuple(
            replace(sound, end=end) if sound.end == sheet.duration else sound for sound in sheet.sounds
        ),
    )


def _returning(dynamics: Sequence[float], end: Fraction) -> tuple[float, ...]:
    """The film's curve, and its beginning again."""
    count = ceil(end * DYNAMICS_RATE)
    return tuple(dynamics[place % len(dynamics)] for place in range(count)) if dynamics else ()


def wrapped(track: Soundtrack, sheet: CueSheet) -> Soundtrack:
    """Lay what was played beyond the film over its beginning, in every file; another track as it is.

    Notes on paper need no seam: the MIDI ends with the film.
    """
    if sheet.loop:
        if track.midi:
            shorten(track.midi, sheet.duration)
        length = round(sheet.duration * SAMPLE_RATE)
        overlap = round(min(_OVERLAP, sheet.duration / 4) * SAMPLE_RATE)
        for path in {track.path, *track.stems.values()}:
            _wrap(path, length, overlap)
    return track


def _wrap(path: Path, length: int, overlap: int) -> None:
    made = path.with_name(f"{path.name}.loop")
    wav.write(made, _around(path, length, overlap))
    made.replace(path)


def _around(path: Path, length: int, overlap: int) -> Iterator[Sound]:
    """Yield the film's sound, its first `overlap` samples out of what follows its last one."""
    import soundfile

    with soundfile.SoundFile(path) as file:
        file.seek(length)
        beyond = file.read(overlap, dtype="float32", always_2d=True).T
    over = beyond.shape[1]
    share = np.arange(over, dtype=np.float32) / max(1, over) * np.float32(np.pi / 2)
    done = 0
    for block in decode_audio.read(path, length):
        now = max(0, min(over - done, block.shape[1]))
        mixed = np.array(block, np.float32)
        if now:
            at = slice(done, done + now)
            mixed[:, :now] = block[:, :now] * np.sin(share[at]) + beyond[:, at] * np.cos(share[at])
        yield mixed
        done += block.shape[1]
