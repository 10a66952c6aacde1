"""Drums: grooves, with a fill where the music turns a corner."""

from immersivaudio.music.form import Passage, Phrase
from immersivaudio.music.instruments import TABLE
from immersivaudio.music.notation import Tone
from immersivaudio.music.palette import Player
from immersivaudio.music.rhythm import FILL_OF, FILLS, GROOVES, KEYS, ROWS, STRENGTH, graded, placed, row_name
from immersivaudio.music.seeding import generator
from immersivaudio.music.tempo_map import SIXTEENTH, Bar, Metre

_LED_IN, _LIGHTER = 1, 8
"""Beats of a pick-up, and by how much softer it is than a fill, in velocity."""


def beat(passage: Passage, player: Player, metre: Metre) -> list[Tone]:
    """Return the drum part of a passage."""
    tones: list[Tone] = []
    for phrase in passage.phrases:
        fuller = 0.12 if phrase.closes and len(passage.phrases) > 1 else 0.0
        groove = graded(GROOVES[player.pattern], metre, passage.expression.density + fuller - 0.05)
        for turn, bar in enumerate(phrase.bars):
            tones += _bar(bar, turn, groove, passage, player, metre)
        if passage.travels:
            tones = _varied(tones, phrase, passage, player)
        if player.pattern in FILL_OF and (phrase.closes or phrase.index % 2) and len(phrase.bars) > 1:
            tones = _filled(tones, phrase.bars[-1], passage, player, metre)
    if passage.building and TABLE[player.instrument].stem == "drums":
        tones = _built(tones, passage, player, metre)
    return tones


def pick_up(bar: Bar, passage: Passage, player: Player, metre: Metre) -> list[Tone]:
    """Return the strokes with which a drummer comes in, at the end of the bar before: a band is led into its
    beat. Nothing for grooves without fills.
    """
    if player.pattern not in FILL_OF or not bar.beats:
        return []
    start = bar.end - _LED_IN * metre.beat_ticks
    led = [tone for tone in _filled([], bar, passage, player, metre) if tone.tick >= max(start, bar.tick)]
    for tone in led:
        tone.velocity -= _LIGHTER
    return led


def _built(tones: list[Tone], passage: Passage, player: Player, metre: Metre) -> list[Tone]:
    """Let the last bars be a build: a snare from beats to thirty-seconds, louder and louder, a kick that
    stops half a bar before the drop.
    """
    bars = passage.bars[-passage.building :]
    start, end = bars[0].tick, bars[-1].end
    beat = metre.beat_ticks
    kept = [tone for tone in tones if tone.tick < start]
    lengths = ((0.25, beat), (0.5, beat // 2), (0.875, SIXTEENTH), (1.0, SIXTEENTH // 2))
    tick = start
    while tick < end:
        through = (tick - start) / (end - start)
        stroke = _stroke("snare", tick, "x", passage, player)
        stroke.velocity += -18 + 20 * through
        kept.append(stroke)
        if (tick - start) % beat == 0 and end - tick > 2 * beat:
            kept.append(_stroke("kick", tick, "x", passage, player))
        tick += next(length for until, length in lengths if through < until)
    return kept


def _varied(tones: list[Tone], phrase: Phrase, passage: Passage, player: Player) -> list[Tone]:
    """Play a phrase of a piece of minutes a little otherwise: another cymbal, a kick more, an open
    hat, a ghost.
    """
    chance = generator("drummer", passage.material, phrase.place % 4)
    way = chance.choice(("plain", "plain", "plain", "ride", "kick", "open", "ghost"))
    kept = [tone for tone in tones if tone.tick < phrase.tick]
    inside = [tone for tone in tones if tone.tick >= phrase.tick]
    hats = [tone for tone in inside if tone.pitch == KEYS["hat"]]
    if way == "ride" and len(hats) > 4:
        for tone in hats:
            tone.pitch = KEYS["ride"]
    place = chance.choice((7, 10, 13, 15))
    for bar in phrase.bars[chance.choice((0, 1)) :: 2]:
        tick = bar.tick + place * SIXTEENTH
        free = tick < bar.end and all(tone.tick != tick for tone in inside)
        if way == "kick" and free and any(tone.pitch == KEYS["kick"] for tone in inside):
            inside.append(_stroke("kick", tick, "o", passage, player))
        if way == "ghost" and free and any(tone.pitch == KEYS["snare"] for tone in inside):
            inside.append(_stroke("snare", tick, "o", passage, player))
        last = max((tone for tone in hats if bar.tick <= tone.tick < bar.end), key=_tick, default=None)
        if way == "open" and last:
            last.pitch = KEYS["open"]
    return kept + inside


def _tick(tone: Tone) -> int:
    return tone.tick


def _bar(
    bar: Bar, turn: int, groove: dict[str, str], passage: Passage, player: Player, metre: Metre
) -> list[Tone]:
    """Return the strokes of a phrase's bar number `turn`. Which ghosts are left out is one drummer's way with
    this letter, in its odd bars and its even ones: a new bar every bar is what a random generator plays.
    """
    chance = generator("ghosts", passage.material, turn % 2)
    tones: list[Tone] = []
    written = ROWS[row_name(GROOVES[player.pattern], metre)]
    for drum, lane in groove.items():
        bars = lane.split("|")
        running = 2 * sum(sign in "Xxo" for sign in lane) > len(lane)  # a shaker that runs never stumbles
        for ticks, sign in placed(bars[turn % len(bars)], bar, metre, written):
            if sign == "o" and not running and chance.random() < 0.15:
                continue
            tones.append(_stroke(drum, bar.tick + ticks, sign, passage, player))
    return tones


def _filled(tones: list[Tone], bar: Bar, passage: Passage, player: Player, metre: Metre) -> list[Tone]:
    """Replace the last two beats of a bar by a fill."""
    fill = generator("fill", passage.variation, bar.index - passage.bars[0].index).choice(
        FILLS[FILL_OF[player.pattern]]
    )
    start = bar.end - min(8, bar.beats * metre.sixteenths) * SIXTEENTH
    if passage.expression.density < 0.3:
        fill = {drum: lane[len(lane) * 5 // 8 :].rjust(len(lane), ".") for drum, lane in fill.items()}
    kept = [tone for tone in tones if tone.tick < start or tone.pitch == KEYS["kick"]]
    for drum, lane in fill.items():
        for place, sign in enumerate(lane):
            through = place * 8 / len(lane)
            tick = bar.end - round((8 - through) * SIXTEENTH)
            if sign != "." and tick >= start:
                stroke = _stroke(drum, tick, sign, passage, player)
                stroke.velocity += through - 5  # a fill grows
                kept.append(stroke)
    return kept


def _stroke(drum: str, tick: int, sign: str, passage: Passage, player: Player) -> Tone:
    velocity = passage.expression.velocity + player.level + STRENGTH[sign]
    return Tone(tick, SIXTEENTH, KEYS[drum], velocity, ghost=sign == "o")
