"""Lay chords under a passage: progression, cadence, chromatic colour."""

import random
import re
from dataclasses import dataclass, replace

from immersivaudio.music.form import Passage, Phrase
from immersivaudio.music.harmony.chords import Harmony, chord, thicken, with_ninth
from immersivaudio.music.harmony.tables import (
    APPLIED,
    BORROWED,
    LOOPS,
    MODAL,
    ROOTS,
    cadences,
    closes,
    progressions,
)
from immersivaudio.music.moods import is_dark
from immersivaudio.music.palette import Palette
from immersivaudio.music.seeding import generator
from immersivaudio.music.tempo_map import SIXTEENTH, Bar, Metre

_A_PHRASE = 4
"""Bars; a longer progression, as of a blues, does not begin anew with every phrase."""
_COLOUR_CHANCE = 0.55
"""That a four-bar phrase borrows a chord: about one bar in eight then leaves the scale by one note."""


_ADDED_TONE = 0.3
"""That a triad left plain gains a ninth from the scale: it glows, and still is no seventh chord."""
_BRIGHTEST = {"mixolydian": "Iadd9"}
"""Last chords of palettes that like ninths, where the scale has no major seventh."""


@dataclass(frozen=True, slots=True)
class Span:
    """A chord and how long it lasts, in ticks."""

    tick: int
    length: int
    harmony: Harmony

    @property
    def end(self) -> int:
        """Tick of the next chord."""
        return self.tick + self.length


def harmonise(passage: Passage, palette: Palette, metre: Metre) -> tuple[Span, ...]:
    """Return the chords of a passage, back to back over its bars."""
    spans: list[Span] = []
    for phrase in passage.phrases:
        for bar, symbols in zip(phrase.bars, _symbols(passage, phrase, palette), strict=True):
            spans += _share(bar, symbols, passage, phrase, palette, metre)
    return _led(_joined(spans), passage, metre)


def _led(spans: tuple[Span, ...], passage: Passage, metre: Metre) -> tuple[Span, ...]:
    """Let the last chord be the dominant of the next section's key, where that is another: half a bar
    of it.
    """
    if passage.leads_to is None or not spans or passage.last:
        return spans
    last = spans[-1]
    length = min(last.length // 2, metre.bar * SIXTEENTH // 2) // metre.beat_ticks * metre.beat_ticks
    length = length or min(last.length, metre.beat_ticks)
    dominant = Span(last.end - length, length, chord("V7", passage.leads_to))
    kept = replace(last, length=last.length - length)
    return (*spans[:-1], *((kept,) if kept.length > 0 else ()), dominant)


def loops(palette: Palette) -> bool:
    """Return whether a style goes round: its sections share one progression, and one theme."""
    return palette.harmony in LOOPS


def final_chord(passage: Passage, palette: Palette) -> Harmony:
    """Return the chord a piece ends on: the tonic, thickened as the palette likes."""
    dark = is_dark(passage.mode)
    chance = generator("final", passage.material)
    if palette.colour == 3:
        return chord("iadd9" if dark else _BRIGHTEST.get(passage.mode, "Imaj9"), passage.tonic)
    if dark and palette.harmony in {"classical", "songlike"} and chance.random() < 0.25:
        return chord("I", passage.tonic)  # the Picardy third
    return chord("i" if dark else "I", passage.tonic)


def _symbols(passage: Passage, phrase: Phrase, palette: Palette) -> list[list[str]]:
    """Return the numerals of every bar of a phrase."""
    table = progressions(palette.harmony, passage.mode)
    source = passage.piece if loops(palette) else passage.material
    which = 0 if loops(palette) else int(phrase.bridge)
    if passage.travels and loops(palette):  # a loop of minutes has another for its other sections
        which += max(ord(passage.section.label[:1] or "A") - ord("A"), 0)
    order = generator("harmony", source).sample(range(len(table)), len(table))
    cycle = [bar.split() for bar in table[order[which % len(order)]].split("|")]
    first = _into_cycle(passage, phrase, palette, len(cycle))
    bars = [cycle[int((first + i) / palette.chord_bars) % len(cycle)] for i in range(len(phrase.bars))]
    if closes(palette.harmony) and _breaks_loop(passage, phrase):
        close = generator("cadence", passage.material).choice(cadences(palette.harmony, passage.mode))
        tail = [bar.split() for bar in close.split("|")][-2 if _closes_fully(passage, phrase) else -1 :]
        bars[-len(tail) :] = tail
    if not closes(palette.harmony):
        return bars  # as it is written: the loop is the style
    if passage.first and phrase.index == 0 and len(bars) > 1:
        bars[0] = ["i" if is_dark(passage.mode) else "I"]
    return _coloured(bars, passage, phrase, palette, generator("colour", source, which))


def _into_cycle(passage: Passage, phrase: Phrase, palette: Palette, bars: int) -> int:
    """Return how far into its progression a phrase begins, bars: a long one goes through the whole piece."""
    if bars > _A_PHRASE:
        return phrase.bars[0].index
    sung = {p.place: len(p.bars) for p in passage.phrases if p.place < phrase.place}
    return sum(sung.values()) if palette.chord_bars > 1 else 0


def _breaks_loop(passage: Passage, phrase: Phrase) -> bool:
    """Whether the phrase ends with a cadence instead of going round."""
    return phrase.closes and len(phrase.bars) >= (2 if passage.last else 3)


def _closes_fully(passage: Passage, phrase: Phrase) -> bool:
    """Whether a cadence has both its bars; a theme is said once before it bends."""
    return (phrase.place > 0 or passage.last) and len(phrase.bars) >= 4


def _coloured(
    bars: list[list[str]], passage: Passage, phrase: Phrase, palette: Palette, chance: random.Random
) -> list[list[str]]:
    """Let one chord of the phrase come from outside the scale, more readily the darker the mood."""
    wish = (
        _COLOUR_CHANCE
        * len(bars)
        / 4
        * (0.7 + 0.6 * passage.expression.dissonance)
        * _borrowing(passage, palette)
    )
    cadence = (2 if _closes_fully(passage, phrase) else 1) if phrase.closes else 0
    inner = range(1, len(bars) - cadence)
    offered = {i: found for i in inner if (found := _stand_in(bars, i, passage, palette))}
    if not offered or chance.random() > wish:
        return bars
    at = chance.choice(list(offered))
    _, applied, leads_to = offered[at].partition("/")
    # A dominant of another chord than the tonic leads to that chord, or it is a wrong note. Another bar in
    # its place would have films leave the scale more often, and by the stranger chords.
    if applied and leads_to != _follows(bars, at):
        return bars
    # Half a bar each: the plain chord is heard first, and the borrowed one leads on.
    return [[bar[-1], offered[at]] if i == at else bar for i, bar in enumerate(bars)]


def _stand_in(bars: list[list[str]], at: int, passage: Passage, palette: Palette) -> str:
    """Return the chord from outside the scale that may stand in for the last one of bar `at`; empty: none."""
    heard, follows = _plain(bars[at][-1]), _follows(bars, at)
    if palette.harmony in ROOTS:
        leads = follows in APPLIED and follows != heard and palette.harmony not in MODAL
        return f"V7/{follows}" if leads else ""
    return dict(BORROWED["dark" if is_dark(passage.mode) else "bright"]).get(heard, "")


def _follows(bars: list[list[str]], at: int) -> str:
    """Return the chord after bar `at`, without its colours; empty: none."""
    return _plain(bars[at + 1][0]) if at + 1 < len(bars) else ""


def _plain(symbol: str) -> str:
    """Return a numeral without what thickens it: "IVmaj7" is a kind of "IV"."""
    found = re.match(r"[b#]?(?:[IV]+|[iv]+)", symbol)
    return found[0] if found and "ø" not in symbol and "/" not in symbol else symbol


def _borrowing(passage: Passage, palette: Palette) -> float:
    """Return how readily a style borrows: jazz and minor keys leave the scale anyway, bright loops never
    would.
    """
    if palette.colour >= 2 and palette.harmony.startswith("jazz"):
        return 0.15 if palette.harmony == "jazz" else 0.5
    if is_dark(passage.mode):
        return 0.6 if loops(palette) else 0.25
    return 1.8 if loops(palette) else 1.0


def _share(
    bar: Bar, symbols: list[str], passage: Passage, phrase: Phrase, palette: Palette, metre: Metre
) -> list[Span]:
    """Divide a bar among its chords, on beats."""
    count = min(len(symbols), bar.beats)
    first = bar.beats - bar.beats // 2 if count == 2 else bar.beats
    lengths = [first, bar.beats - first][:count]
    spans: list[Span] = []
    tick = bar.tick
    for symbol, beats in zip(symbols[-count:], lengths, strict=True):
        harmony = _thick(chord(symbol, passage.tonic), passage, phrase, palette, bar)
        spans.append(Span(tick, beats * metre.beat_ticks, harmony))
        tick = spans[-1].end
    return spans


def _thick(harmony: Harmony, passage: Passage, phrase: Phrase, palette: Palette, bar: Bar) -> Harmony:
    if palette.colour < 0:
        return harmony
    if palette.colour >= 2:
        return thicken(harmony, passage.tonic, passage.mode, ninth=palette.colour == 3)
    place = bar.index - phrase.bars[0].index
    chance = generator("seventh", passage.material, phrase.bridge, place).random()
    if palette.colour == 1 and chance < passage.expression.dissonance:
        return thicken(harmony, passage.tonic, passage.mode)
    if chance > 1 - _ADDED_TONE:
        return with_ninth(harmony, passage.tonic, passage.mode)
    return harmony


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    """Join neighbours that are the same chord."""
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].harmony == span.harmony:
            joined[-1] = Span(joined[-1].tick, joined[-1].length + span.length, span.harmony)
        else:
            joined.append(span)
    return tuple(joined)
