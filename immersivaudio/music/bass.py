"""The bass: roots that lead to the next chord."""

from collections.abc import Sequence
from itertools import pairwise

from immersivaudio.music.form import Passage
from immersivaudio.music.harmony import Harmony, Span
from immersivaudio.music.notation import Tone
from immersivaudio.music.palette import Player
from immersivaudio.music.rhythm import BASS, fitted, graded, pick, strokes, turning
from immersivaudio.music.seeding import generator
from immersivaudio.music.tempo_map import SIXTEENTH, Bar, Metre
from immersivaudio.music.theory import into_range, nearest, scale_pitches, step

_FIFTHS = frozenset({6, 7, 8})
_ABOVE = {"r": 0, "8": 12, "6": 9, "l": -12}
"""Signs of notes that lie so many semitones from the root, whatever the chord."""


def walk(
    passage: Passage, spans: Sequence[Span], player: Player, bounds: tuple[int, int], metre: Metre
) -> list[Tone]:
    """Return the bass line of a passage."""
    scale = scale_pitches(passage.tonic, passage.mode)
    tones: list[Tone] = []
    for phrase in passage.phrases:
        chance = generator("bass", passage.material, player.title, phrase.place % 2)
        grade = graded(BASS[player.pattern], metre, passage.expression.density)
        figure, turn = pick(grade, chance), turning(grade, chance)
        for bar in phrase.bars:
            last = tones[-1].pitch if tones else player.centre
            said = turn if bar is phrase.bars[-1] and len(phrase.bars) > 2 else figure
            said = fitted(_turned(said, bar.index - phrase.bars[0].index), bar, metre)
            _tied(said, bar, tones)
            tones += _bar(bar, said, spans, last, player, bounds, scale)
    for tone in tones:
        on_beat = (tone.tick - passage.start) % metre.beat_ticks == 0
        tone.velocity = passage.expression.velocity + player.level + (3 if on_beat else -4)
    return tones


def _turned(figure: str, turn: int) -> str:
    """Return the bar of a figure that is due: one of several bars has "|" between them."""
    bars = figure.split("|")
    return bars[turn % len(bars)]


def _bar(
    bar: Bar,
    figure: str,
    spans: Sequence[Span],
    last: int,
    player: Player,
    bounds: tuple[int, int],
    scale: tuple[int, ...],
) -> list[Tone]:
    tones: list[Tone] = []
    for place, length, signs in _with_changes(figure, bar, spans):
        tick, sign = bar.tick + place * SIXTEENTH, signs[-1]
        at = next((i for i, span in enumerate(spans) if span.tick <= tick < span.end), len(spans) - 1)
        span, following = spans[at], spans[min(at + 1, len(spans) - 1)]
        ends = tick + length * SIXTEENTH >= span.end or sign == "n"
        pitch = _pitch(sign, span.harmony, following.harmony if ends else span.harmony, last, player, scale)
        pitch = into_range(pitch, *bounds)
        slide = last - pitch if signs[0] == "/" else 0
        tones.append(Tone(tick, length * SIXTEENTH, pitch, 0, slide=slide))
        last = pitch
    return tones


def _tied(figure: str, bar: Bar, tones: list[Tone]) -> None:
    """Hold the last tone into a bar whose figure begins with "-"; where nothing sounds, nothing is held."""
    held = len(figure) - len(figure.lstrip("-"))
    if held and tones and tones[-1].end == bar.tick:
        tones[-1].length += held * SIXTEENTH


def _with_changes(figure: str, bar: Bar, spans: Sequence[Span]) -> list[tuple[int, int, str]]:
    """Return the strokes of a figure; where a chord begins, its root is played."""
    changes = {(span.tick - bar.tick) // SIXTEENTH for span in spans if bar.tick < span.tick < bar.end}
    found: list[tuple[int, int, str]] = []
    for place, length, sign in strokes(figure):
        edges = [place, *sorted(c for c in changes if place < c < place + length), place + length]
        for start, end in pairwise(edges):
            found.append((start, end - start, "r" if start in changes and sign != "n" else sign))
    return found


def _pitch(
    sign: str, harmony: Harmony, following: Harmony, last: int, player: Player, scale: tuple[int, ...]
) -> int:
    """Return the note a character stands for. Roots stay near the part's centre, so the line does not
    drift.
    """
    home = nearest(0.12 * last + 0.88 * (player.centre - 0.5), (harmony.bass,))
    if sign in _ABOVE:
        return home + _ABOVE[sign]
    if sign in "357":
        return _of_chord(sign, harmony, home, player)
    if sign == "n":
        return nearest(player.centre - 0.5, (following.bass,))
    target = nearest(last, (following.bass,))
    if sign in "ac":
        return _approach(target, last, scale, chromatic=sign == "c")
    return (
        step(last, 1 if target >= last else -1, scale)
        if abs(target - last) > 2
        else nearest(last + 4, harmony.pitches[1:3])
    )


def _of_chord(sign: str, harmony: Harmony, home: int, player: Player) -> int:
    """Return the third, fifth or seventh of a chord, near its root at `home`."""
    if sign == "7":
        return home + next(((pc - harmony.root) % 12 for pc in harmony.pitches[3:4]), 10)
    if sign == "3":
        return nearest(home + 3, (harmony.third if harmony.third is not None else harmony.root,))
    above = next((interval for pc in harmony.pitches if (interval := (pc - harmony.root) % 12) in _FIFTHS), 7)
    return nearest(home + (5 if home < player.centre else -3), ((harmony.root + above) % 12,))


def _approach(target: int, last: int, scale: tuple[int, ...], *, chromatic: bool) -> int:
    """Return the note next to the target, on the side the line comes from: the scale's, or the semitone.

    From above a semitone is only taken where the scale has it: a flat second over the root is another mode.
    """
    if chromatic:
        return target - 1 if last <= target or target + 1 not in scale else target + 1
    return step(target, -1 if last <= target else 1, scale) if target in scale else target - 1
