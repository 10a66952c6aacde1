"""All parts through the desk, block by block, into stems and their sum.

A block starts from silence: tails overlap into what follows, nothing else crosses from one block to the next.
So memory does not grow with length, and what changes in one section stays there.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from os import cpu_count

import numpy as np
from numpy.typing import NDArray

from immersivaudio.audio.layout import Sound
from immersivaudio.music.mixing.amplifier import amplified
from immersivaudio.music.mixing.automation import FOR_ACCENT, Moments, dips, drawn, dynamics, grid, pump
from immersivaudio.music.mixing.blocks import Block, between, blocks, section_starts
from immersivaudio.music.mixing.room import reverberate
from immersivaudio.music.mixing.seating import pans
from immersivaudio.music.mixing.style import Style, style_of
from immersivaudio.music.mixing.tape import surface, wow
from immersivaudio.music.rendering.note_rendering import EARLIEST, play_block
from immersivaudio.music.rendering.orchestra import Orchestra, instrument
from immersivaudio.music.rendering.stems import StemMixer
from immersivaudio.music.score import Part, Role, Score
from immersivaudio.music.timbre.tone import constant_power

ROOM = "room"
"""The stem of the shared reverb."""
VINYL = "vinyl"
"""The stem of a record's surface."""
KICKS = frozenset({35, 36})
Samples = NDArray[np.int64]
WORKERS = min(4, cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Channel:
    """One part's strip of the desk."""

    part: Part
    stem: str
    pan: float
    send: float
    """Linear, into the room."""
    steps_back: Moments
    """Accents of others, for which it makes room."""
    pumped: bool
    level: float
    """dB that its stem was turned up by."""


def stem_of(part: Part) -> str:
    """Return the instrument group that `part` is mixed into. Raises UnknownInstrumentError."""
    return part.stem or instrument(part.instrument).stem


def stem_names(score: Score) -> tuple[str, ...]:
    """Return the stems of `score`: groups in alphabetical order, then the shared room and vinyl noise."""
    shared = (ROOM, VINYL) if _crackle(score) else (ROOM,)
    return (*sorted({stem_of(part) for part in score.parts}), *shared)


def _crackle(score: Score) -> float:
    """Return how worn the record sounds, 0 to 1. Drums that were asked for alone are heard alone."""
    groups = {stem_of(part) for part in score.parts if part.notes}
    return style_of(score.palette).crackle if len(groups) > 1 else 0.0


def mixdown(score: Score, orchestra: Orchestra, desk: StemMixer, tell: Callable[[float], None]) -> None:
    """Fill the desk's files with `score`; `tell` hears the share done."""
    style = style_of(score.palette)
    strips = channels(score, style)
    orchestra.expect(score.parts)
    starts = np.array(section_starts(score))
    kicks = _moments(starts, _kicks(score)) if style.pump else None
    levels, crackle = dict(score.levels), _crackle(score)
    with ThreadPoolExecutor(WORKERS) as pool:
        for block in blocks(score):
            orchestra.reach(block.start)
            playing = [strip for strip in strips if between(strip.part.notes, block)]
            ride = partial(_ride, block=block, score=score, style=style, kicks=kicks, orchestra=orchestra)
            # In the order of the parts, whoever finishes first: sums come out the same bit for bit.
            played = zip(playing, pool.map(ride, playing), strict=True)
            _gather(played, block, starts, style, desk, levels.get(ROOM, 0.0))
            if crackle:
                worn = surface(block, score.seed, crackle)
                desk.add(VINYL, block.start, _turned(worn, levels.get(VINYL, 0.0)))
            desk.flush(block.end if block.end in starts else block.end - EARLIEST)
            tell(block.end / score.length)
    desk.flush(score.length)


def channels(score: Score, style: Style) -> list[Channel]:
    """Return a strip for each part. Raises UnknownInstrumentError."""
    everybody = {_seat(part): instrument(part.instrument) for part in (*score.seated, *score.parts)}
    places = dict(zip(everybody, pans([(role, row) for (_, role, _), row in everybody.items()]), strict=True))
    starts = np.array(section_starts(score))
    levels = dict(score.levels)
    return [
        Channel(
            part=part,
            stem=stem_of(part),
            pan=places[_seat(part)],
            send=10 ** ((everybody[_seat(part)].send_db + style.wet) / 20),
            steps_back=_moments(starts, _others_accents(score, part)),
            pumped=style.pump > 0 and part.role not in ("drums", "effects"),
            level=levels.get(stem_of(part), 0.0),
        )
        for part in score.parts
    ]


def _seat(part: Part) -> tuple[str, Role, str]:
    return part.name, part.role, part.instrument


def _ride(
    strip: Channel, *, block: Block, score: Score, style: Style, kicks: Moments | None, orchestra: Orchestra
) -> tuple[int, Sound]:
    """Play one part in `block` with its faders moving; return the sound and its first absolute sample."""
    amp = instrument(strip.part.instrument).amp
    origin, sound = play_block(strip.part, block, orchestra, 0.0 if amp else strip.pan)
    if amp:
        sides = np.array([constant_power(strip.pan)], np.float32).T
        sound = amplified(sound[:1], amp) * sides
    if style.wobble:
        sound = wow(sound, origin, style.wobble)
    at = grid(origin, sound.shape[1])
    faders = dynamics(score.dynamics, at) + dips(strip.steps_back, FOR_ACCENT, at)
    if strip.pumped and kicks is not None:
        faders += dips(kicks, pump(style.pump), at)
    if strip.level:
        faders += strip.level
    sound *= drawn(faders, sound.shape[1])
    return origin, sound


def _gather(
    played: Iterator[tuple[Channel, tuple[int, Sound]]],
    block: Block,
    starts: Samples,
    style: Style,
    desk: StemMixer,
    wetter: float,
) -> None:
    """Add every part to its stem, and what they send to the room, its answer turned up by `wetter` dB."""
    sent = np.zeros((2, 0), np.float32)
    origin = block.start
    for strip, (origin, sound) in played:
        desk.add(strip.stem, origin, sound)
        if sound.shape[1] > sent.shape[1]:
            sent = np.pad(sent, ((0, 0), (0, sound.shape[1] - sent.shape[1])))
        sent[:, : sound.shape[1]] += sound * np.float32(strip.send)
    # Cut where sections begin: an FFT's rounding would carry a change in one back into the one before.
    cuts = [origin, *(int(start) for start in starts if origin < start < origin + sent.shape[1])]
    for first, last in pairwise([*cuts, origin + sent.shape[1]]):
        desk.add(ROOM, first, _turned(reverberate(sent[:, first - origin : last - origin], style), wetter))


def _turned(sound: Sound, level: float) -> Sound:
    return sound * np.float32(10 ** (level / 20)) if level else sound


def _kicks(score: Score) -> list[int]:
    drums = [part for part in score.parts if part.role == "drums"]
    return [note.onset for part in drums for note in part.notes if note.pitch in KICKS]


def _others_accents(score: Score, part: Part) -> list[int]:
    """Return the accents at which `part` has to step back: those it does not play itself."""
    own = np.array([note.onset for note in part.notes if note.accent], np.int64)
    everyone = {note.onset for other in score.parts for note in other.notes if note.accent}
    return [onset for onset in everyone if not len(own) or np.abs(own - onset).min() > EARLIEST]


def _moments(starts: Samples, onsets: list[int]) -> Moments:
    at = np.array(sorted(set(onsets)), np.int64)
    return Moments(at, starts[np.searchsorted(starts, at, side="right") - 1])
