"""Turn sayings into pitches: every note is the cheapest compromise of contour, chord and smoothness."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from immersivaudio.music.form import Passage, Phrase
from immersivaudio.music.harmony import Span
from immersivaudio.music.melody.dissonance import resolved, rubs
from immersivaudio.music.melody.motif import Motif
from immersivaudio.music.melody.phrasing import Saying, improvised, say
from immersivaudio.music.notation import Tone
from immersivaudio.music.palette import LeadStyle, Player
from immersivaudio.music.rhythm import fitted, strokes
from immersivaudio.music.seeding import generator
from immersivaudio.music.tempo_map import SIXTEENTH, Bar, Metre
from immersivaudio.music.theory import into_range, nearest, scale_pitches, step

_TURNED = 3.4
"""Price of a move against the motif's own contour."""
_LIFT, _BRIDGE = -0.2, 0.28
"""Where the phrases of a theme begin, and its bridge: shares of the line's span from its centre. Arrangers'
lines of a minute reach two octaves, because a later phrase is somewhere else.
"""
_RAISED = 0.24
"""What a return of the theme is raised by, share of the span."""
_ROOM = 5
"""Semitones a phrase has below and above where it begins."""
_SUMMIT, _BELOW_THE_END = 0.45, 3
"""Where in a phrase its highest bar is, and scale steps it stays below the line's end before its motif."""
_SOARS = 2
"""Scale steps below an octave from which a motif's move is a sixth: there the line leaps with it."""
_AFTER_A_BREATH = 0.7
"""What a move costs over the breath between two phrases, of what it costs inside one."""
_RUB = 8.0
"""Price of a semitone against the chord, held on a beat."""
_PARALLEL = 7.0
"""Price of going with the bass from a fifth to a fifth, or an octave to an octave."""


@dataclass(frozen=True, slots=True)
class MelodyVoice:
    """What a singer knows: scale, chords, where to stay."""

    scale: tuple[int, ...]
    spans: Sequence[Span]
    centre: float
    low: int
    high: int
    leaps: float = 0.15
    """How readily it leaps, see `LeadStyle.leap`."""
    arch: int = 0
    """Scale steps by which a phrase climbs, see `LeadStyle.arch`."""
    rest: float = 0.0
    """Share of a phrase left to breathe."""
    octave: int = 7
    """Steps of the scale in an octave."""
    bends: bool = True
    """Whether a note of the scale makes way for a chord that bends it; blue notes stay."""

    def chord_at(self, tick: int) -> Span:
        """Return the chord that sounds at `tick`."""
        return next((span for span in self.spans if span.tick <= tick < span.end), self.spans[-1])


def sing(
    passage: Passage,
    spans: Sequence[Span],
    motif: Motif,
    style: LeadStyle,
    player: Player,
    bounds: tuple[int, int],
    metre: Metre,
) -> list[Tone]:
    """Return the melody of a passage on its form of the motif, `bounds` being the instrument's range."""
    mood = passage.expression
    centre = min(max(player.centre + 1.1 * mood.register, bounds[0] + 6), bounds[1] - 6)
    scale = scale_pitches(passage.tonic, style.scale or passage.mode)
    voice = MelodyVoice(
        scale,
        spans,
        centre,
        max(bounds[0], round(centre) - style.span // 2),
        min(bounds[1], round(centre) + style.span // 2),
        leaps=style.leap,
        arch=style.arch,
        rest=style.rest,
        octave=sum(scale[0] <= note < scale[0] + 12 for note in scale),
        bends=not style.scale,
    )
    tones: list[Tone] = []
    for phrase in passage.phrases:
        sayings = improvised(say(motif, passage, phrase, metre), style, passage, phrase, metre)
        # The theme's statement is led to by nothing: it is the same after an opening as at a later letter.
        tones += _phrase(passage, phrase, sayings, voice, metre, tones[-1:] if phrase.place else [])
    ornament = generator("ornament", passage.variation)
    tones = resolved(_ornamented(tones, passage, style, voice, metre, ornament), spans, metre)
    for tone in tones:
        tone.pitch = into_range(tone.pitch, *bounds)
        tone.velocity = mood.velocity + player.level + _shape(tone, passage, metre, voice)
    return tones


def _phrase(
    passage: Passage,
    phrase: Phrase,
    sayings: Sequence[Saying],
    voice: MelodyVoice,
    metre: Metre,
    before: list[Tone],
) -> list[Tone]:
    """Sing one phrase: its base is a chord note, the same whenever the phrase returns, and highest in the
    bridge.
    """
    first = voice.chord_at(phrase.tick).harmony
    lift = _BRIDGE if phrase.bridge else _LIFT
    lift += _RAISED if passage.returning or passage.stage.kind == "last chorus" else 0.0
    lift *= voice.high - voice.low
    inner = min(max(voice.centre + lift, voice.low + _ROOM), voice.high - _ROOM)
    base = nearest(inner, tuple(first.pitches[:3]))
    tones: list[Tone] = []
    for bar, saying in zip(phrase.bars, _arched(sayings, base, voice), strict=True):
        tones += _bar(bar, saying, base, voice, metre, (before + tones)[-3:], fresh=not tones)
    if tones and sayings[-1].closes:
        _come_to_rest(tones, phrase, passage, voice)
    return _with_breath(tones, phrase, metre, voice.rest)


def _arched(sayings: Sequence[Saying], base: int, voice: MelodyVoice) -> list[Saying]:
    """Return the bars of a phrase lifted towards a summit beyond its middle, as far as the line reaches."""
    summit = max(round(_SUMMIT * (len(sayings) - 1)), 1)
    room = (voice.high - base) * 7 // 12 - _BELOW_THE_END
    found: list[Saying] = []
    for index, saying in enumerate(sayings):
        after = (len(sayings) - 1 - index) / max(len(sayings) - 1 - summit, 1)
        through = index / summit if index <= summit else after
        lifted = saying.steps + round(voice.arch * through) * (not saying.closes)
        found.append(replace(saying, steps=max(saying.steps, min(lifted, room))))
    return found


def _with_breath(tones: list[Tone], phrase: Phrase, metre: Metre, rest: float) -> list[Tone]:
    """Leave the style's share of a phrase silent: at its end first, then at the end of its second bar and of
    every other one after it, then of those between.
    """
    missing = rest * (phrase.end - phrase.tick) - (phrase.end - phrase.tick - sum(t.length for t in tones))
    if tones:
        last = tones[-1]
        given = min(max(missing, 0.0), max(last.length - max(metre.beat_ticks, last.length // 2), 0))
        last.length -= round(given)
        missing -= given
    inner = phrase.bars[1:-1]
    for bar in (*inner[::2], *inner[1::2]):
        half = bar.beats // 2 * metre.beat_ticks  # half a bar or nothing: other rhythms would be other motifs
        end = bar.end - half
        if missing < 0.6 * half or not any(bar.tick <= tone.tick < end for tone in tones):
            continue
        sung = sum(t.length for t in tones)
        tones = [tone for tone in tones if not end <= tone.tick < bar.end]
        for tone in tones:
            if tone.tick < end < tone.end:
                tone.length = end - tone.tick
        missing -= sung - sum(t.length for t in tones)
    return tones


def _bar(
    bar: Bar,
    saying: Saying,
    base: int,
    voice: MelodyVoice,
    metre: Metre,
    before: Sequence[Tone],
    *,
    fresh: bool,
) -> list[Tone]:
    figure = fitted(saying.gesture.rhythm, bar, metre)
    contour = saying.gesture.contour
    tones: list[Tone] = []
    for index, (place, length, _) in enumerate(strokes(figure)):
        tick = bar.tick + place * SIXTEENTH
        offset = contour[index % len(contour)] if contour else 0
        target = step(base, offset + saying.steps, voice.scale)
        way = offset - contour[(index - 1) % len(contour)] if tones and contour else None
        strong = place % metre.sixteenths == 0 and (place == 0 or length >= metre.sixteenths)
        held = place % metre.sixteenths == 0 and 2 * length >= metre.sixteenths
        past = [*before, *tones][-3:]
        pitch = _choose(
            target, (strong, held), voice.chord_at(tick), voice, past, way, fresh=fresh and not tones
        )
        tones.append(Tone(tick, length * SIXTEENTH, pitch, 0))
    return tones


def _choose(
    target: int,
    place: tuple[bool, bool],
    span: Span,
    voice: MelodyVoice,
    before: Sequence[Tone],
    way: int | None,
    *,
    fresh: bool = False,
) -> int:
    """Return the best note near `target`: on strong places one of the chord, elsewhere one of the scale.

    `place` says whether it is strong, and whether it is held on a beat, where no semitone may rub against the
    chord; `way` is where the motif goes from the note before (up, down, 0): by that it is known again;
    `fresh` says that a breath lies before it.
    """
    pitches = span.harmony.pitches
    strong, held = place
    past = [tone.pitch for tone in before]
    leapt = past[-1] - past[-2] if len(past) > 1 else 0
    under = voice.chord_at(before[-1].tick).harmony.bass if before else span.harmony.bass

    def price(note: int) -> float:
        cost = 1.3 * abs(note - target)
        chordal = note % 12 in pitches
        cost += 0.0 if chordal else (3.2 if strong else 0.3)
        if not chordal and (note - 1) % 12 in pitches:
            cost += 1.2  # a semitone above a chord note rubs
        cost += _RUB * (held and rubs(note, span))
        cost += 2.0 * max(0, note - voice.high, voice.low - note)
        if past:
            ready = 1.0 if way is not None and abs(way) >= voice.octave - _SOARS else voice.leaps
            cost += _motion(note - past[-1], leapt, ready) * (_AFTER_A_BREATH if fresh else 1.0)
            cost += _broken(note - past[-1], way)
            cost += 3.0 * (past[-2:] == [note, note])
            cost += _PARALLEL * _parallel(
                past[-1] - under, note - span.harmony.bass, under != span.harmony.bass
            )
        return cost

    usable = _usable(pitches, voice.scale, voice.bends)
    near = [note for note in range(target - 7, target + 8) if note in usable]
    return min(near, key=lambda note: (price(note), note))


@lru_cache(maxsize=1024)
def _usable(pitches: tuple[int, ...], scale: tuple[int, ...], bends: bool) -> frozenset[int]:
    """Return the notes of scale and chord; where the chord bends a note of the scale, the chord's goes."""
    foreign = {pc for pc in pitches if pc + 60 not in scale} if bends else set()
    kept = {note for note in scale if not any((note - pc) % 12 in {1, 11} for pc in foreign)}
    return frozenset(kept | {note for pc in pitches for note in range(pc, 128, 12)})


def _broken(move: int, way: int | None) -> float:
    """Price a move that is not the motif's."""
    if way is None or (move * way > 0) or (move == 0 and way == 0):
        return 0.0
    return _TURNED


def _parallel(before: int, now: int, bass_moves: bool) -> bool:
    """Whether melody and bass go from a fifth to a fifth or from an octave to an octave."""
    return bass_moves and before % 12 == now % 12 and now % 12 in {0, 7}


def _motion(move: int, leapt: int, leaps: float) -> float:
    """Price a move: steps are free, leaps dear, less so where the style likes them, and a leap wants a
    step back.
    """
    size = abs(move)
    wide = 18.0 if size > 12 else max(9.0 - 30 * max(leaps - 0.15, 0.0), 1.0 if leaps == 1.0 else 4.0)
    cost = 1.5 if size == 0 else 0.0 if size <= 2 else 0.9 if size <= 4 else 2.2 if size <= 7 else wide
    if abs(leapt) > 4 and (size > 2 or move * leapt > 0):
        cost += 1.5 if abs(leapt) <= 7 else 5.0  # the wider it leapt, the more it wants back
    return cost


def _come_to_rest(tones: list[Tone], phrase: Phrase, passage: Passage, voice: MelodyVoice) -> None:
    """Let the last note be a stable one, and breathe after it."""
    last = tones[-1]
    harmony = voice.chord_at(last.tick).harmony
    stable = harmony.pitches[:2] if phrase.closes or phrase.place % 2 else harmony.pitches[:3]
    if len(tones) > 1:
        near, under = tones[-2].pitch, voice.chord_at(tones[-2].tick).harmony.bass

        def price(note: int) -> tuple[float, int]:
            parallel = _parallel(near - under, note - harmony.bass, under != harmony.bass)
            return abs(note - near) + _PARALLEL * parallel, note

        last.pitch = min((n for n in range(near - 6, near + 7) if n % 12 in stable), key=price)
    else:
        last.pitch = nearest(voice.centre, tuple(stable))
    breath = SIXTEENTH * (2 if passage.expression.density > 0.5 else 4)
    last.length = max(min(last.length, phrase.end - last.tick - breath), SIXTEENTH)


def _ornamented(
    tones: list[Tone],
    passage: Passage,
    style: LeadStyle,
    voice: MelodyVoice,
    metre: Metre,
    chance: random.Random,
) -> list[Tone]:
    """Give repeats neighbours and passing notes, now and then from outside the scale."""
    wish = style.ornament * (0.4 + passage.expression.density)
    found: list[Tone] = []
    for index, tone in enumerate(tones):
        found.append(tone)
        following = tones[index + 1] if index + 1 < len(tones) else None
        late = tone.tick - passage.start > 2 * metre.bar * SIXTEENTH  # the statement stays plain
        if not late or tone.length < 4 * SIXTEENTH or following is None or chance.random() > wish:
            continue
        if following.tick - tone.end > 0:
            continue
        gap = following.pitch - tone.pitch
        if chance.random() < style.chromatic * 2 and gap != -1:
            pitch = following.pitch - 1
        elif abs(gap) in {3, 4}:
            pitch = step(tone.pitch, 1 if gap > 0 else -1, voice.scale)
        else:
            pitch = step(following.pitch, chance.choice((-1, 1)), voice.scale)
        tone.length -= 2 * SIXTEENTH
        found.append(Tone(tone.end, 2 * SIXTEENTH, pitch, 0))
    return found


def _shape(tone: Tone, passage: Passage, metre: Metre, voice: MelodyVoice) -> float:
    """Return how much louder than the mean a note is: metre, height, and the arch of its phrase."""
    phrase = next((p for p in passage.phrases if p.tick <= tone.tick < p.end), passage.phrases[-1])
    through = (tone.tick - phrase.tick) / max(phrase.end - phrase.tick, 1)
    arch = 5 * (1 - abs(through - 0.55) * 2)
    place = (tone.tick - phrase.tick) % metre.beat_ticks
    return arch + (4 if place == 0 else -3) + 0.5 * (tone.pitch - voice.centre)
