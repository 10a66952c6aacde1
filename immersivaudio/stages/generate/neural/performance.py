"""A whole sheet played by an engine: sections side by side, each made to land on its hits, joined into one
track.

The first section states the theme. All others go on from it, so that they share its key, tempo and players,
and are made in one batch. A label that returns ("A") has the same seed as its first time, and so begins like
it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from immersivaudio.stages.generate.neural import conform, shaping, windows
from immersivaudio.stages.generate.neural.beats import beats
from immersivaudio.stages.generate.neural.engine import Engine, Line, Sound, Told
from immersivaudio.stages.generate.neural.flaws import flaw
from immersivaudio.stages.generate.neural.stretch import conformed
from immersivaudio.stages.generate.neural.windows import Piece
from immersivaudio.values import SAMPLE_RATE, Cue, CueSheet

THEME = 6.0
"""s of the first section that the others go on from."""
TAIL = 0.4
"""s that a section sounds on under the next one."""
_MAKING = 0.85
"""Share of the work that is done when all is generated."""
_AGAIN = 7919
"""Added to the seed of a section that came out broken."""

Stereo = NDArray[np.float32]
"""Shape (n, 2), 48 kHz."""


@dataclass(frozen=True, slots=True)
class Performance:
    """What came of a sheet."""

    sound: Stereo
    hits: tuple[Fraction, ...]
    notes: tuple[str, ...]


def perform(
    engine: Engine, sheet: CueSheet, *, batch: int, melody: Sound | None = None, told: Told
) -> Performance:
    """Play `sheet`. `melody` is a tune for the whole of it, mono at the engine's rate."""
    pieces = [piece_of(cue, sheet, melody, engine.rate) for cue in sheet.cues]
    sounds, notes = _made(engine, pieces, batch, lambda share: told(_MAKING * share))
    length = round(sheet.duration * SAMPLE_RATE)
    track = np.zeros((length, 2), np.float32)
    landed: list[float] = []
    for number, (cue, sound) in enumerate(zip(sheet.cues, sounds, strict=True)):
        placed, where = _conformed(shaping.stereo(sound, engine.rate), cue, sheet)
        landed += where
        _lay(track, placed, round(cue.start * SAMPLE_RATE))
        told(_MAKING + (1 - _MAKING) * (number + 1) / (len(sounds) + 1))
    hits = _accented(track, sheet, landed)
    return Performance(shaping.finished(track, sheet), hits, tuple(dict.fromkeys(notes)))


def piece_of(cue: Cue, sheet: CueSheet, melody: Sound | None, rate: int) -> Piece:
    """Return what to generate for a cue: its prompt, a seed that its label shares, and enough to choose
    from."""
    span = float(cue.end - cue.start)
    label = sum(ord(letter) * 31**place for place, letter in enumerate(cue.label))
    seed = (sheet.seed * 1_000_003 + sheet.take * 10_007 + (cue.seed or label) * 101) % 2**31
    tune = None if melody is None else melody[round(cue.start * rate) :]
    return Piece(Line(cue.prompt or sheet.prompt, seed, melody=tune), conform.needed(span + TAIL))


def _made(engine: Engine, pieces: Sequence[Piece], batch: int, told: Told) -> tuple[list[Sound], list[str]]:
    """Generate every piece, the broken ones a second time."""
    first = pieces[0].seconds / sum(piece.seconds for piece in pieces)
    (theme,) = windows.play(engine, pieces[:1], batch=batch, told=lambda share: told(share * first))
    lead = min(THEME, pieces[0].seconds, engine.longest / 2)
    rest = [replace(piece, line=replace(piece.line, after=theme)) for piece in pieces[1:]]
    following = windows.play(
        engine, rest, batch=batch, lead=lead, told=lambda share: told(first + share * (1 - first))
    )
    sounds = [passage.sound for passage in (theme, *following)]
    notes = []
    for number, piece in enumerate(pieces):
        if wrong := flaw(sounds[number], engine.rate):
            other = replace(piece.line, seed=(piece.line.seed + _AGAIN) % 2**31)
            sounds[number] = windows.play(engine, [replace(piece, line=other)], batch=1)[0].sound
            notes.append(f"section {number + 1} came out with {wrong} and was made again")
    return sounds, notes


def _conformed(sound: Stereo, cue: Cue, sheet: CueSheet) -> tuple[Stereo, list[float]]:
    """Return a section with its tail, and the film times (s) of the hits that a beat landed on."""
    start, span = float(cue.start), float(cue.end - cue.start)
    hits = [(float(hit.time) - start, hit.strength) for hit in sheet.hits if cue.start <= hit.time < cue.end]
    map_ = conform.anchors(beats(sound, sheet.tempo), hits, span + TAIL)
    landed = {anchor.target for anchor in map_[:-1]}
    left_alone = [conform.Anchor(0.0, 0.0), conform.Anchor(span + TAIL, span + TAIL)]
    return conformed(sound, map_ or left_alone), [start + time for time, _ in hits if time in landed]


def _lay(track: Stereo, sound: Stereo, start: int) -> None:
    """Put a section into the track: the one before fades out under its first moments."""
    fade = min(round(TAIL * SAMPLE_RATE), len(track) - start)
    if start:
        track[start : start + fade] *= shaping.fall(fade)
    part = sound[: len(track) - start]
    part[: min(len(part), 96)] *= np.linspace(0, 1, min(len(part), 96), dtype=np.float32)[:, None]
    track[start : start + len(part)] += part


def _accented(track: Stereo, sheet: CueSheet, landed: Sequence[float]) -> tuple[Fraction, ...]:
    """Give the hits that no beat could reach an accent by level; return where each accent is."""
    placed = []
    for hit in sheet.hits:
        sample = round(hit.time * SAMPLE_RATE)
        if not any(abs(float(hit.time) - time) < 1e-3 for time in landed):
            shaping.accent(track, sample, hit.strength)
        placed.append(Fraction(sample, SAMPLE_RATE))
    return tuple(placed)
