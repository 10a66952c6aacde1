"""Drums: grooves, with a fill where the music turns a corner."""

from immersivaudio.music.chance import generator
from immersivaudio.music.form import Passage
from immersivaudio.music.palette import Player
from immersivaudio.music.rhythm import FILL_OF, FILLS, GROOVES, KEYS, ROWS, STRENGTH, graded, placed, row_name
from immersivaudio.music.tempo_map import SIXTEENTH, Bar, Metre
from immersivaudio.music.written import Tone


def beat(passage: Passage, player: Player, metre: Metre) -> list[Tone]:
    """Return the drum part of a passage."""
    tones: list[Tone] = []
    for phrase in passage.phrases:
        fuller = 0.12 if phrase.closes and len(passage.phrases) > 1 else 0.0
        groove = graded(GROOVES[player.pattern], metre, passage.expression.density + fuller - 0.05)
        for turn, bar in enumerate(phrase.bars):
            tones += _bar(bar, turn, groove, passage, player, metre)
        if player.pattern in FILL_OF and (phrase.closes or phrase.index % 2) and len(phrase.bars) > 1:
            tones = _filled(tones, phrase.bars[-1], passage, player, metre)
    return tones


def _bar(
    bar: Bar, turn: int, groove: dict[str, str], passage: Passage, player: Player, metre: Metre
) -> list[Tone]:
    """Return the strokes of a phrase's bar number `turn`."""
    chance = generator("ghosts", passage.variation, bar.index - passage.bars[0].index)
    tones: list[Tone] = []
    written = ROWS[row_name(GROOVES[player.pattern], metre)]
    for drum, lane in groove.items():
        bars = lane.split("|")
        for ticks, sign in placed(bars[turn % len(bars)], bar, metre, written):
            if sign == "o" and chance.random() < 0.15:
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
