"""A whole sheet played by an engine: sections side by side, each made to land on its hits, joined into one
track.

The first section states the theme. All others go on from it, so that they share its key, tempo and players,
and are made in one batch; so are the sections of several sheets. A label that returns ("A") has the same seed
as its first time, and so begins like it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.stages.generate.neural import conform, shaping, windows
from immersivaudio.stages.generate.neural.beats import beats
from immersivaudio.stages.generate.neural.engine import Engine, Line, Sound, Told
from immersivaudio.stages.generate.neural.flaws import flaw
from immersivaudio.stages.generate.neural.stretch import conformed
from immersivaudio.stages.generate.neural.windows import Piece
from immersivaudio.values import Cue, CueSheet

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


@dataclass(frozen=True, slots=True)
class PerformancePart:
    """A sheet to play. `melody` is a tune for the whole of it, mono at the engine's rate."""

    sheet: CueSheet
    melody: Sound | None = None


def perform(
    engine: Engine, parts: Sequence[PerformancePart], *, batch: int, told: Told
) -> tuple[Performance, ...]:
    """Play every part, `batch` sections at once at most; a part sounds as it does alone."""
    plans = [
        [piece_of(cue, part.sheet, part.melody, engine.rate) for cue in part.sheet.cues] for part in parts
    ]
    made = _made(engine, plans, batch, lambda share: told(_MAKING * share))
    played = []
    for number, (part, (sounds, notes)) in enumerate(zip(parts, made, strict=True)):
        played.append(_joined(part.sheet, sounds, notes, engine.rate))
        told(_MAKING + (1 - _MAKING) * (number + 1) / (len(parts) + 1))
    return tuple(played)


def _joined(sheet: CueSheet, sounds: Sequence[Sound], notes: Sequence[str], rate: int) -> Performance:
    """Land each section on its hits, and lay one after the other."""
    track = np.zeros((round(sheet.duration * SAMPLE_RATE), 2), np.float32)
    landed: list[float] = []
    for cue, sound in zip(sheet.cues, sounds, strict=True):
        placed, where = _conformed(shaping.stereo(sound, rate), cue, sheet)
        landed += where
        _lay(track, placed, round(cue.start * SAMPLE_RATE))
    hits = accented(track, sheet, landed)
    return Performance(shaping.finished(track, sheet), hits, tuple(dict.fromkeys(notes)))


def piece_of(cue: Cue, sheet: CueSheet, melody: Sound | None, rate: int) -> Piece:
    """Return what to generate for a cue: its prompt, a seed that its label shares, and enough to choose
    from."""
    span = float(cue.end - cue.start)
    label = sum(ord(letter) * 31**place for place, letter in enumerate(cue.label))
    seed = (sheet.seed * 1_000_003 + sheet.take * 10_007 + (cue.seed or label) * 101) % 2**31
    tune = None if melody is None else melody[round(cue.start * rate) :]
    return Piece(Line(cue.prompt or sheet.prompt, seed, melody=tune), conform.needed(span + TAIL))


Made = tuple[list[Sound], list[str]]
"""The sections of a sheet, and what there is to say about them."""


def _made(engine: Engine, plans: Sequence[Sequence[Piece]], batch: int, told: Told) -> list[Made]:
    """Generate every piece of every plan: the themes side by side, then all that goes on from them."""
    themes = [plan[0].seconds for plan in plans]
    first = sum(themes) / sum(piece.seconds for plan in plans for piece in plan)
    opened = windows.play(
        engine, [plan[0] for plan in plans], batch=batch, told=lambda share: told(share * first)
    )
    sounds = [[theme.sound] for theme in opened]
    leads = [min(THEME, seconds, engine.longest / 2) for seconds in themes]
    rest = [
        (number, replace(piece, line=replace(piece.line, after=opened[number])))
        for number, plan in enumerate(plans)
        for piece in plan[1:]
    ]
    done = first
    for lead in sorted(set(leads)):
        some = [(number, piece) for number, piece in rest if leads[number] == lead]
        share = (1 - first) * len(some) / max(len(rest), 1)
        said = _from(told, done, share)
        following = windows.play(engine, [piece for _, piece in some], batch=batch, lead=lead, told=said)
        for (number, _), passage in zip(some, following, strict=True):
            sounds[number].append(passage.sound)
        done += share
    return _mended(engine, plans, sounds, batch)


def _from(told: Told, start: float, share: float) -> Told:
    return lambda part: told(start + part * share)


def _mended(
    engine: Engine, plans: Sequence[Sequence[Piece]], sounds: list[list[Sound]], batch: int
) -> list[Made]:
    """Make the sections that came out broken a second time, with another seed."""
    notes: list[list[str]] = [[] for _ in plans]
    broken: list[tuple[int, int, Piece]] = []
    for number, plan in enumerate(plans):
        for place, piece in enumerate(plan):
            if wrong := flaw(sounds[number][place], engine.rate):
                other = replace(piece.line, seed=(piece.line.seed + _AGAIN) % 2**31)
                broken.append((number, place, replace(piece, line=other)))
                notes[number].append(f"section {place + 1} came out with {wrong} and was made again")
    again = windows.play(engine, [piece for _, _, piece in broken], batch=batch)
    for (number, place, _), passage in zip(broken, again, strict=True):
        sounds[number][place] = passage.sound
    return list(zip(sounds, notes, strict=True))


def _conformed(sound: Stereo, cue: Cue, sheet: CueSheet) -> tuple[Stereo, list[float]]:
    """Return a section with its tail, and the film times (s) of the hits that a beat landed on."""
    start, span = float(cue.start), float(cue.end - cue.start)
    hits = [(float(hit.time) - start, hit.strength) for hit in sheet.hits if cue.start <= hit.time < cue.end]
    map_ = conform.anchors(beats(sound, sheet.tempo), hits, span + TAIL)
    landed = {anchor.target for anchor in map_[:-1]}
    left_alone = [conform.WarpAnchor(0.0, 0.0), conform.WarpAnchor(span + TAIL, span + TAIL)]
    return conformed(sound, map_ or left_alone), [start + time for time, _ in hits if time in landed]


def _lay(track: Stereo, sound: Stereo, start: int) -> None:
    """Put a section into the track: the one before fades out under its first moments."""
    fade = min(round(TAIL * SAMPLE_RATE), len(track) - start)
    if start:
        track[start : start + fade] *= shaping.fall(fade)
    part = sound[: len(track) - start]
    part[: min(len(part), 96)] *= np.linspace(0, 1, min(len(part), 96), dtype=np.float32)[:, None]
    track[start : start + len(part)] += part


def accented(track: Stereo, sheet: CueSheet, landed: Sequence[float]) -> tuple[Fraction, ...]:
    """Give the hits that no beat could reach an accent by level; return where each accent is.

    `landed` are the film times (s) of those that a beat reached.
    """
    placed = []
    for hit in sheet.hits:
        sample = round(hit.time * SAMPLE_RATE)
        if not any(abs(float(hit.time) - time) < 1e-3 for time in landed):
            shaping.accent(track, sample, hit.strength)
        placed.append(Fraction(sample, SAMPLE_RATE))
    return tuple(placed)
