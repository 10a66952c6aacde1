"""A sheet played by a model that makes a whole piece at once and can repaint any stretch of it.

The piece is made as one, as long as the film, so that it has one arc and one ending. It is stretched by at
most 6 % so that beats land on hit points, with its beginning and its end where they are. Sections with
another letter than the first, and those that were changed alone, are then repainted inside it, each from
the same piece: whatever one of them becomes, the others stay as they were.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.progress import no_progress
from immersivaudio.stages.generate.neural import captions, conform, endings, keys, shaping, windows
from immersivaudio.stages.generate.neural.acestep import AceStepLine, AceStepModel
from immersivaudio.stages.generate.neural.beats import beats
from immersivaudio.stages.generate.neural.engine import Sound, Told
from immersivaudio.stages.generate.neural.flaws import flaw
from immersivaudio.stages.generate.neural.performance import Performance, Stereo, accented
from immersivaudio.stages.generate.neural.stretch import conformed
from immersivaudio.stages.generate.neural.windows import Piece
from immersivaudio.values import Cue, CueSheet

SHORTEST = 10.0
"""s: the model has not been trained on shorter pieces, so more is made and cut."""
AROUND = 8.0
"""s on each side of a section that the model sees when it repaints it."""
_JOIN, _LEAVE = 0.05, 0.4
"""s of the cross-fades into a repainted section and out of it, both inside the section."""
_MAKING, _REPAINTING = 0.6, 0.3
_AGAIN = 7919
"""Added to the seed of a piece that came out broken."""


@dataclass(slots=True)
class _Piece:
    """One sheet on its way."""

    sheet: CueSheet
    sound: Stereo
    landed: dict[float, bool]
    """Film time (s) of a hit point -> whether a beat falls on it."""
    notes: list[str]


def perform_whole(
    model: AceStepModel,
    sheets: Sequence[CueSheet],
    *,
    batch: int,
    told: Told,
    reference: Sound | None = None,
    sources: Sequence[Sound | None] = (),
) -> tuple[Performance, ...]:
    """Play every sheet; a sheet sounds as it does alone.

    `reference` is 48 kHz stereo whose players all of them shall sound like; `sources` are what they shall
    follow, melody and harmony, one for each sheet or none at all.
    """
    lines = [
        _line(sheet, reference, source)
        for sheet, source in zip(sheets, sources or [None] * len(sheets), strict=True)
    ]
    made = _made(model, sheets, lines, batch, lambda share: told(_MAKING * share))
    pieces = [_settled(sheet, sound, notes) for sheet, (sound, notes) in zip(sheets, made, strict=True)]
    _repaint(model, pieces, lines, lambda share: told(_MAKING + _REPAINTING * share))
    played = []
    for piece in pieces:
        landed = [time for time, is_landed in piece.landed.items() if is_landed]
        hits = accented(piece.sound, piece.sheet, landed)
        notes = (*piece.notes, *_of_key(piece))
        played.append(
            Performance(shaping.finished(piece.sound, piece.sheet), hits, tuple(dict.fromkeys(notes)))
        )
    told(1.0)
    return tuple(played)


def _line(sheet: CueSheet, reference: Sound | None, source: Sound | None) -> AceStepLine:
    facts = captions.facts(sheet)
    seed = (sheet.seed * 1_000_003 + sheet.take * 10_007) % 2**31
    length = max(SHORTEST, float(sheet.duration))
    return AceStepLine(
        captions.whole(sheet),
        seed,
        bpm=facts.bpm,
        key=facts.key,
        metre=facts.metre,
        length=length,
        source=source,
        reference=reference,
    )


def _made(
    model: AceStepModel, sheets: Sequence[CueSheet], lines: Sequence[AceStepLine], batch: int, told: Told
) -> list[tuple[Stereo, list[str]]]:
    """Make the pieces; those that come out broken a second time, with another seed."""
    sounds = _played(model, lines, batch, told)
    notes: list[list[str]] = [[] for _ in lines]
    broken = []
    for number, sound in enumerate(sounds):
        if wrong := _wrong(sound, sheets[number]):
            broken.append(number)
            notes[number].append(f"the piece came out with {wrong} and was made again")
    others = [replace(lines[n], seed=(lines[n].seed + _AGAIN) % 2**31) for n in broken]
    for number, sound in zip(broken, _played(model, others, batch, no_progress), strict=True):
        sounds[number] = sound
    return list(zip(sounds, notes, strict=True))


def _played(model: AceStepModel, lines: Sequence[AceStepLine], batch: int, told: Told) -> list[Stereo]:
    pieces = [Piece(line, line.length) for line in lines]
    made = windows.play(model, pieces, batch=batch, told=told)
    return [shaping.stereo(passage.sound, model.rate) for passage in made]


def _wrong(sound: Stereo, sheet: CueSheet) -> str:
    """Return what is wrong with a piece. That it ends early is no flaw: see `endings`."""
    heard = sound[: min(endings.sounding(sound), round(sheet.duration * SAMPLE_RATE))]
    return flaw(heard.T, SAMPLE_RATE)


def _settled(sheet: CueSheet, sound: Stereo, notes: list[str]) -> _Piece:
    """Give a piece its length and its ending, and land its beats on the hit points."""
    length = round(sheet.duration * SAMPLE_RATE)
    if sheet.duration < SHORTEST:
        sound = sound[:length]
    sound, early = endings.landed(sound, length)
    if early:
        notes.append("the piece had ended before the film: it plays a stretch again, and ends with it")
    hits = [(float(hit.time), hit.strength) for hit in sheet.hits]
    sound, reached = _warped(sound, sheet.tempo, hits, float(sheet.duration))
    return _Piece(sheet, sound[:length], {time: time in reached for time, _ in hits}, notes)


def _warped(
    sound: Stereo, tempo: float, hits: Sequence[tuple[float, float]], span: float
) -> tuple[Stereo, set[float]]:
    """Return `sound` with beats on the `hits` that can be reached, and which those are (s)."""
    found = beats(sound, tempo)
    if not len(found):
        return sound, set()
    map_ = conform.held(found, hits, span)
    placed = conformed(sound, map_)
    return np.pad(placed, ((0, max(0, len(sound) - len(placed))), (0, 0))), {one.target for one in map_[1:-1]}


def _repaint(model: AceStepModel, pieces: Sequence[_Piece], lines: Sequence[AceStepLine], told: Told) -> None:
    """Make the sections anew that are not of the first one's kind, side by side."""
    work = [
        (piece, cue, _window(piece, cue), line)
        for piece, line in zip(pieces, lines, strict=True)
        for cue in piece.sheet.cues
        if _differs(cue, piece.sheet)
    ]
    asked = [_repainted(piece, cue, window, line) for piece, cue, window, line in work]
    longest = max((float(window[1] - window[0]) / SAMPLE_RATE for _, _, window, _ in work), default=0.0)
    if not work:
        return
    sounds = model.compose(asked, longest, told)
    base = {id(piece): piece.sound.copy() for piece in pieces}
    for (piece, cue, window, _), sound in zip(work, sounds, strict=True):
        _inlay(piece, base[id(piece)], cue, window, sound)


def _differs(cue: Cue, sheet: CueSheet) -> bool:
    return cue.own or cue.seed != 0 or cue.label != sheet.cues[0].label


def _window(piece: _Piece, cue: Cue) -> tuple[int, int]:
    """Return the samples of the piece that the model sees when it repaints `cue`.

    As many as whole steps of 5 s where the film has them: sections of about one length share a pass.
    """
    total = len(piece.sound)
    first = max(0, round((float(cue.start) - AROUND) * SAMPLE_RATE))
    last = min(total, round((float(cue.end) + AROUND) * SAMPLE_RATE))
    step = 5 * SAMPLE_RATE
    wanted = min(total, max(round(SHORTEST * SAMPLE_RATE), -(-(last - first) // step) * step))
    first = max(0, min(first, total - wanted))
    return first, first + wanted


def _repainted(piece: _Piece, cue: Cue, window: tuple[int, int], line: AceStepLine) -> AceStepLine:
    first, last = window
    label = sum(ord(letter) * 31**place for place, letter in enumerate(cue.label))
    return replace(
        line,
        prompt=captions.section(cue, piece.sheet),
        seed=(line.seed + (cue.seed or label) * 101) % 2**31,
        source=np.ascontiguousarray(piece.sound[first:last].T),
        window=(float(cue.start) - first / SAMPLE_RATE, float(cue.end) - first / SAMPLE_RATE),
        seconds=(last - first) / SAMPLE_RATE,
    )


def _inlay(piece: _Piece, base: Stereo, cue: Cue, window: tuple[int, int], made: Sound) -> None:
    """Put a repainted section into the piece: as loud as the piece, on its hit points, cross-faded."""
    start, end = round(cue.start * SAMPLE_RATE), round(cue.end * SAMPLE_RATE)
    seen = base[window[0] : window[1]]
    sound = shaping.stereo(made, SAMPLE_RATE)[: len(seen)]
    inside = slice(start - window[0], end - window[0])
    sound = sound * _level(np.delete(seen, np.r_[inside], 0), np.delete(sound, np.r_[inside], 0))
    hits = [
        (float(hit.time - cue.start), hit.strength)
        for hit in piece.sheet.hits
        if cue.start < hit.time < cue.end
    ]
    section, reached = _warped(sound[inside], piece.sheet.tempo, hits, float(cue.end - cue.start))
    for hit in piece.sheet.hits:
        if cue.start < hit.time < cue.end:
            piece.landed[float(hit.time)] = float(hit.time - cue.start) in reached
    section = section[: end - start]
    weight = _weight(len(section), opens=start == 0, ends=end >= len(base))
    piece.sound[start : start + len(section)] = (
        base[start : start + len(section)] * np.sqrt(1 - weight**2) + section * weight
    )


def _level(wanted: Stereo, heard: Stereo) -> np.float32:
    """Return the gain that makes what both share as loud; none where they share nothing."""
    if not len(wanted) or not len(heard):
        return np.float32(1)
    powers = [float(np.sqrt(np.mean(np.square(one, dtype=np.float64)))) for one in (wanted, heard)]
    return np.float32(np.clip(powers[0] / powers[1], 0.25, 4.0)) if min(powers) > 1e-6 else np.float32(1)


def _weight(count: int, *, opens: bool, ends: bool) -> Stereo:
    """Return how much of the new section is heard, (count, 1): equal power at both edges."""
    weight = np.ones((count, 1), np.float32)
    rise, leave = (min(round(part * SAMPLE_RATE), count // 3) for part in (_JOIN, _LEAVE))
    if not opens and rise:
        weight[:rise] = shaping.fall(rise)[::-1]
    if not ends and leave:
        weight[-leave:] = shaping.fall(leave)
    return weight


def _of_key(piece: _Piece) -> list[str]:
    facts = captions.facts(piece.sheet)
    found = keys.contrary(piece.sound, facts.key)
    return [f"the model played in {found} where {facts.key} was asked for"] if found else []
