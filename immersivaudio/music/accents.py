"""Accents: what is struck at the hit points, exactly there."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.harmony import Harmony, Span, lead_voices
from immersivaudio.music.instruments import TABLE
from immersivaudio.music.notation import Tone
from immersivaudio.music.palette import Accent
from immersivaudio.music.speech import BEFORE
from immersivaudio.music.tempo_map import SIXTEENTH, SLACK, Grid, GridHit
from immersivaudio.music.theory import into_range, nearest

_CROWDED = 0.7
"""s: of two hits so near, the weaker one is struck more lightly. Accenting every cut of a montage is
tiring.
"""
_MOST = 3
"""Instruments at one hit."""
_NO_ROOM = SAMPLE_RATE // 10
"""Samples: a hit so near the end could not ring, and nothing is struck."""
_RINGS = 2.5
"""s for which a chord is taken to ring."""
_LIFT = 8
SNAP = 0.06
"""s: whatever else begins so near a hit begins at the hit, so that the ear finds one attack."""


def strike(
    grid: Grid,
    spans: Sequence[Span],
    usable: Sequence[Accent],
    soft: Sequence[tuple[int, int]],
) -> dict[str, list[Tone]]:
    """Return the accents by instrument. `soft` are stretches of speech, in samples: there they are light."""
    struck: dict[str, list[Tone]] = {}
    weights = _weights(grid.hits)
    lifts = _lifts(grid.hits)
    for hit, weight, lift in zip(grid.hits, weights, lifts, strict=True):
        if hit.sample >= grid.length - _NO_ROOM:
            continue
        # The room before somebody speaks is room to strike and die away in.
        speaking = any(start + BEFORE * SAMPLE_RATE <= hit.sample < end for start, end in soft)
        chosen = [accent for accent in usable if accent.weakest <= weight]
        chosen = _gentle(chosen, usable) if speaking else chosen[:_MOST] or list(usable[-1:])
        if (
            grid.steady and not hit.gridded and not speaking
        ):  # off the beat a drum is an accent, a chord a mistake
            chosen = [accent for accent in chosen if accent.pitch is not None] or chosen
        harmony = _harmony_at(spans, hit.tick)
        for accent in chosen:
            velocity = accent.velocity * (0.62 + 0.38 * weight) * (0.82 if speaking else 1.0)
            for pitch in _pitches(accent, harmony, lift):
                tone = Tone(hit.tick, _length(accent, grid), pitch, velocity, accent=True, sample=hit.sample)
                struck.setdefault(accent.instrument, []).append(tone)
    return struck


def snap(tones: Iterable[Tone], hits: Sequence[GridHit], grid: Grid) -> None:
    """Move notes that begin beside a hit on to it: they land together, and are not humanised. A groove moves
    by no more than is audible.
    """
    samples = sorted(hit.sample for hit in hits if hit.gridded or not grid.steady)
    if not samples:
        return
    reach = (SLACK + 0.001 if grid.steady else SNAP) * SAMPLE_RATE
    for tone in tones:
        if tone.sample is not None:
            continue
        at = grid.sample(tone.tick)
        around = bisect_left(samples, at)
        near = min(samples[max(around - 1, 0) : around + 1], key=lambda sample: abs(sample - at))
        if abs(near - at) <= reach:
            tone.sample, tone.accent, tone.delay = near, True, 0.0


def _weights(hits: Sequence[GridHit]) -> list[float]:
    """Return how strongly each hit is struck: its strength, less where a stronger one is near."""
    weights: list[float] = []
    for hit in hits:
        crowd = any(
            other.strength > hit.strength and abs(other.sample - hit.sample) < _CROWDED * SAMPLE_RATE
            for other in hits
        )
        weights.append(hit.strength * (0.6 if crowd else 1.0))
    return weights


def _gentle(chosen: Sequence[Accent], usable: Sequence[Accent]) -> list[Accent]:
    """Under speech the two most modest pitched instruments are enough; drums and impacts would cover
    consonants, a bowed one alone would speak too late.
    """
    pitched = [
        accent for accent in chosen if accent.pitch is None and TABLE[accent.instrument].stem != "percussion"
    ]
    return pitched[-2:] or list(chosen[-1:]) or list(usable[-1:])


def _harmony_at(spans: Sequence[Span], tick: int) -> Harmony:
    return next((span.harmony for span in spans if span.tick <= tick < span.end), spans[-1].harmony)


def _lifts(hits: Sequence[GridHit]) -> list[int]:
    """Return by how many semitones the chord at each hit lies higher: one struck into another that still
    rings answers it from another place, or its beginning would not be heard.
    """
    lifts: list[int] = []
    for before, hit in pairwise([None, *hits]):
        near = before is not None and hit is not None and hit.sample - before.sample < _RINGS * SAMPLE_RATE
        lifts.append(_LIFT if near and not lifts[-1] else 0)
    return lifts


def _pitches(accent: Accent, harmony: Harmony, lift: int) -> tuple[int, ...]:
    """Return what is struck: a drum's key, a low root, or the chord."""
    if accent.pitch is not None:
        return (accent.pitch,)
    row = TABLE[accent.instrument]
    centre = (row.low + row.high) // 2
    if row.stem in {"percussion", "bass"} or row.high - row.low < 22:
        return (into_range(nearest(centre, (harmony.bass,)), row.low, row.high),)
    middle = (min(centre, 66) if row.low < 60 else centre) + lift
    return lead_voices([harmony], 3, min(middle, row.high - 6), row.low, row.high)[0]


def _length(accent: Accent, grid: Grid) -> int:
    """Drums ring as they like; a chord is held for about a beat and a half, in a groove for one: a slab over
    it would cover the beat.
    """
    if accent.pitch is not None:
        return SIXTEENTH
    return grid.metre.beat_ticks if grid.steady else grid.metre.beat_ticks * 3 // 2
