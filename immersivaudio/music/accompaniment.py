"""Pads and comping: chords, voiced by `harmony.voicing`, in the figures of `rhythm.figures`."""

from collections.abc import Sequence
from itertools import pairwise

from immersivaudio.music.form import Passage
from immersivaudio.music.harmony import Harmony, Span, lead_voices, stacked
from immersivaudio.music.instruments import TABLE
from immersivaudio.music.melody import aside
from immersivaudio.music.notation import Tone
from immersivaudio.music.palette import Player
from immersivaudio.music.rhythm import COMPING, fitted, graded, pick, strokes, turning
from immersivaudio.music.seeding import generator
from immersivaudio.music.tempo_map import SIXTEENTH, Bar, Metre
from immersivaudio.music.theory import into_range, scale_pitches, step

_STRUM = 0.014
"""s between neighbouring strings of a strum; a softly rolled block chord takes half."""
_NEIGHBOURS = {"n": 1, "m": -1, "t": 1}
"""Scale steps from the lowest voice (n above, m below) or above the highest one (t)."""
_WHOLE = {"x": _STRUM / 3, "d": _STRUM, "u": _STRUM, "s": _STRUM / 2}
"""Signs of a whole chord, and s between its notes."""
_RINGING = frozenset({"broken", "arpeggio", "flowing", "tenths", "rocking", "bells", "fingerpick", "strum"})
"""Figures whose notes ring on under one pedal, or on their strings, until the chord changes."""
_ANSWERING = frozenset({"charleston", "lazy comp", "bossa"})
"""Figures of jazz comping: varied from bar to bar, with rests."""
_ANEW, _SPARSER = 0.7, 0.3
"""Chance that such a bar is chosen anew, and how much less dense the bars are among which it may be."""
_PASSING = frozenset("nmtls")
"""Signs that leave the chord: they are let go in time, or the pedal would smear them into it."""
_ONE_BOW = 4
"""Bars that a held note lasts before it is struck again."""
_OVERLAPPING = frozenset({"strings", "synths", "voices", "air"})
"""Instrument groups whose chords melt into each other; fingers and lips let go."""
_BREATH = 3.5
"""Velocity by which an accompaniment swells inside its phrase, both ways."""
_LIGHTER = -12
"""Velocity of every note of a figure that is not on a beat."""

Voicings = Sequence[tuple[Span, tuple[int, ...]]]


def comp(
    passage: Passage,
    spans: Sequence[Span],
    player: Player,
    bounds: tuple[int, int],
    metre: Metre,
    melody: Sequence[Tone] = (),
    laid: list[frozenset[int]] | None = None,
) -> list[Tone]:
    """Return what an accompanist plays in a passage, out of the way of its `melody`. `laid` is what others
    play of every chord; what this one plays is added.
    """
    centre = round(aside(player.centre + 0.8 * passage.expression.register, player, melody, bounds))
    voiced = _voiced([span.harmony for span in spans], player, centre, bounds, laid or ())
    if laid:
        laid[:] = [others.union(notes) for others, notes in zip(laid, voiced, strict=True)]
    chords = list(zip(spans, voiced, strict=True))
    density = passage.expression.density
    if player.pattern == "sustain":
        return _breathing(
            [_held(span, pitch, passage, player) for span, notes in chords for pitch in notes], passage
        )
    tones: list[Tone] = []
    for phrase in passage.phrases:
        chance = generator("comp", passage.material, player.title, phrase.place % 2)
        grade = graded(COMPING[player.pattern], metre, density)
        figure, turn = pick(grade, chance), turning(grade, chance)
        sparser = graded(COMPING[player.pattern], metre, density - _SPARSER)
        for bar in phrase.bars:
            said = turn if bar is phrase.bars[-1] and len(phrase.bars) > 2 else figure
            if player.pattern in _ANSWERING and bar is not phrase.bars[0] and chance.random() < _ANEW:
                said = chance.choice((*grade, *sparser))
            due = said.split("|")
            said = fitted(due[(bar.index - phrase.bars[0].index) % len(due)], bar, metre)
            tones += _bar(bar, said, chords, passage, player, bounds, metre)
    return _breathing(tones, passage)


def sustained(
    tones: Sequence[Tone], player: Player, passage: Passage, rest: tuple[int, int] | None
) -> list[Tone]:
    """Return held chords as they are bowed, sung or fingered: what two chords share is held on, for
    `_ONE_BOW` bars at most, and where sound can overlap, no chord ends before the next has spoken.

    After a general `rest`, ticks, all is struck again.
    """
    longest = _ONE_BOW * max(bar.end - bar.tick for bar in passage.bars)
    sounding: dict[int, Tone] = {}
    found: list[Tone] = []
    for tone in sorted(tones, key=lambda tone: (tone.tick, tone.pitch)):
        last = sounding.get(tone.pitch)
        joins = last is not None and last.end == tone.tick and last.length + tone.length <= longest
        if last is not None and joins and not (rest and tone.tick == rest[1]):
            last.length += tone.length
        else:
            sounding[tone.pitch] = tone
            found.append(tone)
    if TABLE[player.instrument].stem in _OVERLAPPING:
        onsets = {tone.tick for tone in found}
        for tone in found:
            if tone.end in onsets and not (rest and tone.end == rest[1]):
                tone.length += SIXTEENTH
    return found


def _voiced(
    harmonies: Sequence[Harmony],
    player: Player,
    centre: int,
    bounds: tuple[int, int],
    laid: Sequence[frozenset[int]],
) -> list[tuple[int, ...]]:
    """Return a voicing for every chord, in the player's way of laying them."""
    if not player.shape:
        return lead_voices(harmonies, player.voices, centre, *bounds, laid)
    return [stacked(harmony, player.shape, player.voices, centre, *bounds) for harmony in harmonies]


def _breathing(tones: list[Tone], passage: Passage) -> list[Tone]:
    """Swell towards the middle of every phrase, and fall away from it."""
    for phrase in passage.phrases:
        start, end = phrase.tick, phrase.end
        for tone in tones:
            if start <= tone.tick < end:
                through = (tone.tick - start) / (end - start)
                tone.velocity += _BREATH * (1 - 2 * abs(2 * through - 1.1))
    return tones


def _held(span: Span, pitch: int, passage: Passage, player: Player) -> Tone:
    return Tone(span.tick, span.length, pitch, passage.expression.velocity + player.level - 4)


def _bar(
    bar: Bar,
    figure: str,
    chords: Voicings,
    passage: Passage,
    player: Player,
    bounds: tuple[int, int],
    metre: Metre,
) -> list[Tone]:
    """Play a figure over whatever chords the bar holds; a chord that begins inside it is struck anew."""
    tones: list[Tone] = []
    scale = scale_pitches(passage.tonic, passage.mode)
    for place, length, sign in _struck(figure, bar, chords):
        tick = bar.tick + place * SIXTEENTH
        span, notes = next((pair for pair in chords if pair[0].tick <= tick < pair[0].end), chords[-1])
        velocity = passage.expression.velocity + player.level
        velocity += 3 if place == 0 else 0 if place % metre.sixteenths == 0 else _LIGHTER / 2
        for order, note in enumerate(_sounding(sign, notes, scale)):
            pitch = into_range(note, *bounds)
            delay = order * _WHOLE.get(sign, 0.0)
            light = -4 if sign == "u" else 0
            held = length * SIXTEENTH
            if player.pattern in _RINGING and sign not in _PASSING:
                held = max(held, min(span.end, bar.end) - tick)
            tones.append(Tone(tick, held, pitch, velocity + light - order, delay=delay))
    return tones


def _struck(figure: str, bar: Bar, chords: Voicings) -> list[tuple[int, int, str]]:
    """Return the strokes of a figure, long ones struck again where the chord under them changes."""
    changes = {(span.tick - bar.tick) // SIXTEENTH for span, _ in chords if bar.tick < span.tick < bar.end}
    found: list[tuple[int, int, str]] = []
    for place, length, sign in strokes(figure):
        inside = sorted(change for change in changes if place < change < place + length)
        edges = [place, *inside, place + length]
        found += [(a, b - a, sign) for a, b in pairwise(edges)]
    return found


def _sounding(sign: str, notes: tuple[int, ...], scale: tuple[int, ...]) -> tuple[int, ...]:
    """Return the notes a character stands for, in the order they are struck."""
    if sign in _NEIGHBOURS:
        return (step(notes[-1] if sign == "t" else notes[0], _NEIGHBOURS[sign], scale),)
    if sign == "l":
        return (notes[0] - 1,)
    if sign in "xd":
        return notes
    if sign == "s":
        return (*notes[:-1], step(notes[-1], 1, scale))
    if sign == "u":
        return notes[:0:-1] or notes
    octave, index = divmod(int(sign), len(notes))
    return (notes[index] + 12 * octave,)
