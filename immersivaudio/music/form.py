"""Form: sections become phrases of two, four or eight bars, and letters become material that returns."""

from dataclasses import dataclass, replace

from immersivaudio.music.brief import Brief, Section
from immersivaudio.music.long_form import LONG, PLAIN, Stage, stages, turned
from immersivaudio.music.moods import MODE_VALENCE, Expression, expression, is_dark, shaded
from immersivaudio.music.palette import Palette
from immersivaudio.music.palettes import PALETTES
from immersivaudio.music.tempo_map import Bar, Grid
from immersivaudio.music.theory import pitch_class

_A_PIECE = 6
"""Bars from which a piece has time for an opening before its theme."""
_OPENING = 2
"""Bars of it."""
_TURN = 0.4
"""How far a section of a long film leans from the piece's valence where its mode turns."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Bars that are said in one breath."""

    index: int
    """In its section."""
    bars: tuple[Bar, ...]
    closes: bool
    """The last one of its section: it ends with a cadence."""
    place: int = 0
    """Which phrase of the theme it is. An opening, before the melody, has the first one's chords: what is
    sung over them is then known when it comes back without an opening.
    """
    bridge: bool = False
    """The one that leaves the theme, so that it can return: B of A B A, or of A A B A."""

    @property
    def tick(self) -> int:
        """Where it begins."""
        return self.bars[0].tick

    @property
    def end(self) -> int:
        """Where the next one begins."""
        return self.bars[-1].end


@dataclass(frozen=True, slots=True)
class Passage:
    """A section as the composer sees it. Nothing in it comes from another section's mood or seed."""

    index: int
    section: Section
    phrases: tuple[Phrase, ...]
    start: int
    """Tick."""
    end: int
    tonic: int
    """Pitch class."""
    mode: str
    expression: Expression
    first: bool
    last: bool
    returning: int
    """How often its letter was heard before."""
    piece: str
    """Key of everything the whole piece shares."""
    material: str
    """Key of the chance that makes its melody and, loops apart, its harmony: the same for every return of a
    letter.
    """
    variation: str
    """Key of the chance that varies them this time."""
    stage: Stage = PLAIN
    """What it is for, in a piece of minutes."""
    travels: bool = False
    """The piece has minutes: returns are varied, and other letters have chords and a theme of their own."""
    leads_to: int | None = None
    """Pitch class of the next passage's tonic, where it is another."""

    @property
    def bars(self) -> tuple[Bar, ...]:
        """All its bars."""
        return tuple(bar for phrase in self.phrases for bar in phrase.bars)

    @property
    def building(self) -> int:
        """How many of its last bars build into a drop: four, two, or none."""
        bars = sum(len(phrase.bars) for phrase in self.phrases)
        return 0 if not self.stage.builds else 4 if bars >= 8 else 2 if bars >= 4 else 0


def plan_form(brief: Brief, grid: Grid) -> tuple[Passage, ...]:
    """Return the passages of a piece; sections too short to have a bar of their own are left out."""
    passages: list[Passage] = []
    heard: dict[str, int] = {}
    sounding = [i for i, placed in enumerate(grid.sections) if placed.bars]
    palette = PALETTES[brief.palette]
    plan = stages([brief.sections[i].label for i in sounding], float(brief.duration), palette, brief.mode)
    tonics = [(pitch_class(brief.tonic) + stage.shift) % 12 for stage in plan]
    for place, index in enumerate(sounding):
        section, placed = brief.sections[index], grid.sections[index]
        piece = f"{brief.seed}/{brief.take}"
        own = f"/{section.seed}" if section.seed else ""
        passages.append(
            Passage(
                index=index,
                section=section,
                phrases=_phrases(placed.bars, opens=index == sounding[0] and len(grid.bars) >= _A_PIECE),
                start=placed.start,
                end=placed.end,
                tonic=tonics[place],
                mode=_mode(brief, section, plan[place], palette),
                expression=_expression(section, plan[place]),
                first=index == sounding[0],
                last=index == sounding[-1],
                returning=heard.get(section.subject, 0),
                piece=piece,
                material=f"{piece}/{section.subject}{own}",
                variation=f"{piece}/{index}{own}",
                stage=plan[place],
                travels=float(brief.duration) >= LONG,
                leads_to=next((t for t in tonics[place + 1 : place + 2] if t != tonics[place]), None),
            )
        )
        heard[section.subject] = heard.get(section.subject, 0) + 1
    return tuple(passages)


def _mode(brief: Brief, section: Section, stage: Stage, palette: Palette) -> str:
    mode = shaded(brief.mode, section.valence, brief.valence)
    if stage.turned:
        return turned(mode, palette)
    home = MODE_VALENCE.get(brief.mode, 0.0) if brief.valence is None else brief.valence
    lean = section.valence - home
    if float(brief.duration) >= LONG and abs(lean) >= _TURN and is_dark(mode) != (lean < 0):
        return turned(mode, palette)  # the film turns: the same place, in the other mode
    return mode


def _expression(section: Section, stage: Stage) -> Expression:
    plain = expression(section.valence, section.arousal, section.intensity)
    if not stage.energy:
        return plain
    return replace(
        plain,
        energy=min(max(plain.energy + stage.energy, 0.0), 1.0),
        density=min(max(plain.density + stage.energy / 3, 0.0), 1.0),
    )


def phrase_lengths(bars: int) -> list[int]:
    """Divide bars into phrases of four; what is left is a phrase of its own, or one bar more in the last."""
    if bars <= 5:
        return [bars]
    whole, rest = divmod(bars, 4)
    lengths = [4] * whole
    if rest == 1:
        lengths[-1] += 1
    elif rest:
        lengths.append(rest)
    return lengths


def _phrases(bars: tuple[Bar, ...], *, opens: bool) -> tuple[Phrase, ...]:
    opening = _OPENING if opens and len(bars) >= 2 * _OPENING else 0
    sung = phrase_lengths(len(bars) - opening)
    before = [opening] if opening else []
    phrases: list[Phrase] = []
    at = 0
    for index, length in enumerate(before + sung):
        place = max(index - len(before), 0)
        bridge = _leaves(place, len(sung))
        closes = index == len(before) + len(sung) - 1
        phrases.append(Phrase(index, bars[at : at + length], closes, place, bridge))
        at += length
    return tuple(phrases)


def _leaves(place: int, count: int) -> bool:
    """Whether a phrase is a bridge: the second of three, the third of every four, but never the last."""
    return place < count - 1 and (place == 1 if count == 3 else place % 4 == 2)
