"""Into the joins: risers and rolls that lead to a hit or a new section, and silence on purpose."""

from collections.abc import Iterable, Sequence

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.form import Passage
from immersivaudio.music.notation import Tone
from immersivaudio.music.tempo_map import SIXTEENTH, Grid, GridHit

_LONGEST_RISE = 3.6
_SHORTEST_RISE = 0.9
"""s"""
_STRONG = 0.6
_APART = 5.0
"""s between two builds: a build before everything is a build before nothing."""
_ROLL = 82
"""Velocity a roll would reach at the goal, were the goal not the accent's."""
_RISER = 46
"""Velocity of a riser into a hit of strength 1: louder than what it leads to, it would cover it."""
_SILENCE = 0.45
"""s, at most a beat."""


def goals(grid: Grid, passages: Sequence[Passage]) -> list[tuple[int, float]]:
    """Return what the music builds towards, as (tick, strength): strong hits, and the starts of sections."""
    wanted = {hit.tick: hit.strength for hit in grid.hits if hit.gridded and hit.strength >= _STRONG}
    for passage in passages[1:]:
        wanted[passage.start] = max(wanted.get(passage.start, 0.0), 0.45)
    found: list[tuple[int, float]] = []
    for tick, strength in sorted(wanted.items(), key=lambda item: (-item[1], item[0])):
        at = grid.sample(tick)
        far = all(abs(at - grid.sample(other)) > _APART * SAMPLE_RATE for other, _ in found)
        if far and at > 2 * SAMPLE_RATE and tick <= grid.landing:
            found.append((tick, strength))
    return sorted(found)


def rise(grid: Grid, passages: Sequence[Passage]) -> list[Tone]:
    """Return a riser into every goal; it begins on a bar line or a beat and ends at the goal."""
    tones: list[Tone] = []
    last_end = 0
    for tick, strength in goals(grid, passages):
        start = tick
        beat = grid.metre.beat_ticks
        longest = (0.45 + 0.55 * strength) * _LONGEST_RISE
        while start - beat >= last_end and _seconds(grid, start - beat, tick) <= longest:
            start -= beat
        if _seconds(grid, start, tick) >= _SHORTEST_RISE:
            tones.append(Tone(start, tick - start, 60, _RISER * (0.5 + 0.5 * strength)))
        last_end = tick
    return tones


def roll(grid: Grid, passages: Sequence[Passage], pitch: int) -> list[Tone]:
    """Return a drum or timpani roll that grows through the beats before every strong goal."""
    tones: list[Tone] = []
    for tick, strength in goals(grid, passages):
        if strength < _STRONG:
            continue
        count = min(2 * grid.metre.sixteenths, 8) - 1
        for i in range(count):
            at = tick - (count - i) * SIXTEENTH
            if at >= 0:
                tones.append(Tone(at, SIXTEENTH, pitch, _ROLL * (0.45 + 0.4 * i / count)))
    return tones


def silence_before(
    grid: Grid, passages: Sequence[Passage], hits: Sequence[GridHit]
) -> tuple[int, int] | None:
    """Return a short general rest, in ticks: before the strongest hit, else before the last chord.

    None in a piece too short to afford it.
    """
    # A groove's silence ends with a bar: inside one it would be a hole.
    unit = grid.metre.bar * SIXTEENTH if grid.steady else grid.metre.beat_ticks
    candidates = [hit for hit in hits if hit.gridded and hit.strength >= 0.7 and hit.tick % unit == 0]
    inner = [hit for hit in candidates if hit.sample > 4 * SAMPLE_RATE and hit.tick <= grid.landing]
    if inner:
        end = max(inner, key=lambda hit: (hit.strength, hit.sample)).tick
    elif passages and grid.sample(grid.landing) > 5 * SAMPLE_RATE:
        end = grid.landing
    else:
        return None
    length = grid.metre.beat_ticks
    while _seconds(grid, end - length, end) > _SILENCE and length > 2 * SIXTEENTH:
        length -= 2 * SIXTEENTH
    return end - length, end


def hush(tones: Iterable[Tone], rest: tuple[int, int]) -> list[Tone]:
    """Return the tones with the rest cut out of them; what lasts through it is not struck again."""
    start, end = rest
    kept: list[Tone] = []
    for tone in tones:
        if start <= tone.tick < end:
            continue
        if tone.tick < start < tone.end:
            tone.length = start - tone.tick
        kept.append(tone)
    return kept


def _seconds(grid: Grid, start: int, end: int) -> float:
    return (grid.sample(end) - grid.sample(start)) / SAMPLE_RATE
