"""The second voice: long notes against the melody's direction, and an echo while it breathes."""

from collections.abc import Sequence
from dataclasses import replace

from immersivaudio.music.form import Passage
from immersivaudio.music.harmony import Span
from immersivaudio.music.melody.dissonance import resolved
from immersivaudio.music.melody.register import aside
from immersivaudio.music.notation import Tone
from immersivaudio.music.palette import Player
from immersivaudio.music.tempo_map import SIXTEENTH, Metre
from immersivaudio.music.theory import nearest

_ECHO = 3
"""Notes of the melody that are echoed."""
_SOFTER = 12
"""Velocity by which an octave is softer than the melody it doubles."""


def answer(
    passage: Passage,
    spans: Sequence[Span],
    melody: Sequence[Tone],
    player: Player,
    bounds: tuple[int, int],
    metre: Metre,
) -> list[Tone]:
    """Return the countermelody: a guide tone for every chord, and echoes in the gaps of `melody`."""
    centre = aside(player.centre + 0.4 * passage.expression.register, player, melody, bounds)
    tones = _guide_tones(spans, melody, centre, bounds)
    for start, end in _gaps(melody, passage, metre):
        echo = _echo([tone for tone in melody if tone.tick < start], start, end, centre, spans, bounds)
        if echo:
            tones = [t for t in tones if t.end <= start or t.tick >= end or _shortened(t, start)] + echo
    for tone in resolved(sorted(tones, key=lambda tone: tone.tick), spans, metre):
        tone.velocity = passage.expression.velocity + player.level - 4
    return sorted(tones, key=lambda tone: tone.tick)


def at_the_octave(melody: Sequence[Tone], low: int, high: int) -> list[Tone]:
    """Return the melody an octave higher, softer, where the instrument has room for all of it, else an
    octave lower; nothing where there is room for neither.
    """
    pitches = [tone.pitch for tone in melody]
    shift = next(
        (s for s in (12, -12) if pitches and low <= min(pitches) + s and max(pitches) + s <= high), 0
    )
    if not shift:
        return []
    return [replace(tone, pitch=tone.pitch + shift, velocity=tone.velocity - _SOFTER) for tone in melody]


def _guide_tones(
    spans: Sequence[Span], melody: Sequence[Tone], centre: float, bounds: tuple[int, int]
) -> list[Tone]:
    """Hold the third or seventh of each chord, moving by little and against the melody where there is a
    choice.
    """
    tones: list[Tone] = []
    place = centre
    for span in spans:
        singing = [tone.pitch for tone in melody if span.tick <= tone.tick < span.end]
        rising = singing[-1] - singing[0] if len(singing) > 1 else 0
        guides = span.harmony.pitches[1:2] + span.harmony.pitches[3:4] + span.harmony.pitches[:1]
        target = 0.8 * place + 0.2 * centre - (1 if rising > 0 else -1 if rising < 0 else 0)
        pitch = nearest(target, guides)
        while pitch < bounds[0]:
            pitch += 12
        while pitch > bounds[1]:
            pitch -= 12
        if tones and tones[-1].pitch == pitch and span.length < 48 * 4:
            tones[-1].length += span.length
        else:
            tones.append(Tone(span.tick, span.length, pitch, 0))
        place = pitch
    return tones


def _gaps(melody: Sequence[Tone], passage: Passage, metre: Metre) -> list[tuple[int, int]]:
    """Return where the melody is silent or still for a beat and a half or more."""
    gaps: list[tuple[int, int]] = []
    for tone, following in zip(melody, [*melody[1:], None], strict=False):
        start = tone.tick + min(tone.length, metre.beat_ticks)
        end = following.tick if following else passage.end
        if end - start >= metre.beat_ticks * 1.5:
            first_beat = passage.start + -(-(start - passage.start) // metre.beat_ticks) * metre.beat_ticks
            gaps.append((first_beat, end))
    return gaps


def _echo(
    sung: Sequence[Tone], start: int, end: int, centre: float, spans: Sequence[Span], bounds: tuple[int, int]
) -> list[Tone]:
    """Say the end of the melody again in the own register, in eighths, on notes of the chord and its
    neighbours.
    """
    model = [tone.pitch for tone in sung[-_ECHO:]]
    room = (end - start) // (2 * SIXTEENTH)
    if len(model) < 2 or room < 2:
        return []
    shift = round((centre - model[0]) / 12) * 12
    found: list[Tone] = []
    for index, pitch in enumerate(model[:room]):
        tick = start + index * 2 * SIXTEENTH
        harmony = next((span.harmony for span in spans if span.tick <= tick < span.end), spans[-1].harmony)
        own = pitch + shift if index % 2 else nearest(pitch + shift, harmony.pitches)
        if bounds[0] <= own <= bounds[1]:
            found.append(Tone(tick, 2 * SIXTEENTH, own, 0))
    if found:
        found[-1].length = max(min(end - found[-1].tick - SIXTEENTH, 8 * SIXTEENTH), SIXTEENTH)
    return found


def _shortened(tone: Tone, end: int) -> bool:
    """Cut a held note where an echo begins; say whether anything is left of it."""
    tone.length = min(tone.length, end - tone.tick)
    return tone.length > 0
