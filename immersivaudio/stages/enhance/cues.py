"""One cue a section: the piece's feeling, bent by how the section's pictures differ from the rest."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from immersivaudio.stages.enhance.captions import mood_of
from immersivaudio.stages.enhance.character import Character
from immersivaudio.stages.enhance.spotting import Spot
from immersivaudio.stages.enhance.wishes import Wish
from immersivaudio.terms import Feeling
from immersivaudio.values import Cue, CueSheet, HitPoint, Seconds, exact

_CONTOUR = 0.5
"""How far a section goes its own way in valence and arousal."""
_MOVED = 0.6
"""What motion above the clip's mean adds to arousal."""
_TURN = (0.35, 0.4)
"""Valence and arousal by which a stretch is a turn within the film."""
_SHORTEST_PART = Seconds(3)
"""Shortest stretch, s, that has a mood of its own."""
_AROUSED, _STIRRED = 0.35, 0.5
"""What arousal, and motion above the mean, add to the intensity of 0.5."""


def write(spots: Sequence[Spot], character: Character) -> Iterator[Cue]:
    """Yield the cues of a clip."""
    valence, arousal = mean(spots)
    motion = _weighted(spots, [spot.motion for spot in spots])
    for place, spot in enumerate(spots):
        stir = spot.motion - motion
        lean = (
            _rounded(_CONTOUR * (spot.valence - valence)),
            _rounded(_CONTOUR * (spot.arousal - arousal) + _MOVED * stir),
            _rounded(_STIRRED * stir + _arc(place, len(spots))),
        )
        blank = Cue(spot.start, spot.end, spot.label, "", 0.0, 0.0, 0.0, "", scene=spot.scene, lean=lean)
        yield _dressed(replace(blank, evidence=spot.evidence, theme=spot.theme), character)


def rooted(sheet: CueSheet) -> tuple[Feeling, tuple[Cue, ...]]:
    """Return the piece's feeling, and its cues with how far each leans from it.

    Kept in the sheet, and exact through any number of remixes; read off the cues where an editor changed them
    by hand, or where the sheet is older than its leanings.
    """
    if sheet.feeling is not None and all(cue.lean and _leans(cue, sheet.feeling) for cue in sheet.cues):
        return sheet.feeling, sheet.cues
    felt = mean(sheet.cues)
    feeling = Feeling(round(felt.valence, 2) + 0.0, round(felt.arousal, 2) + 0.0)
    return feeling, tuple(replace(cue, lean=_lean(cue, feeling)) for cue in sheet.cues)


def recast(cues: Sequence[Cue], character: Character, *, kept: bool) -> Iterator[Cue]:
    """Yield the same stretches with another character; what set each apart from the others stays.

    `kept`: the feeling is the one they had, so moods that are not named anew stay.
    """
    for cue in cues:
        yield _dressed(cue, character, mood=cue.mood if kept and not character.named else "")


def changed(cue: Cue, base: Feeling, asked: Character, held: Character) -> Cue:
    """Return one cue with the mood and feeling that `asked` has, in a piece of the feeling `base`."""
    intensity = cue.lean[2] if cue.lean else 0.0
    lean = (
        _rounded(asked.feeling.valence - base.valence),
        _rounded(asked.feeling.arousal - base.arousal),
        intensity,
    )
    there = replace(held, feeling=base)
    return _dressed(replace(cue, lean=lean, own=True), there, mood=asked.mood)


def turned(
    cues: Sequence[Cue],
    first: Character,
    later: Sequence[tuple[Wish, Character]],
    hits: Sequence[HitPoint] = (),
) -> tuple[Character, tuple[Cue, ...]]:
    """Return the character and its cues with each of the `later` moods over an even share of the film.

    A turn is the section's start that is nearest to where a share begins. A film of too few sections is
    parted where a hit point is near, else evenly; one too short for that keeps the first mood, and says so.
    """
    count = len(later) + 1
    end = cues[-1].end
    if len(cues) < count and end / count >= _SHORTEST_PART:
        cues = _parted(cues, count, hits)
    if len(cues) < count:
        note = "The film is too short to change its mood, so the first one holds."
        return replace(first, notes=(*first.notes, note)), tuple(cues)
    made, place = list(cues), 0
    for number, (wish, character) in enumerate(later, 1):
        left = range(place + 1, len(cues) - (count - 1 - number))
        place = min(left, key=lambda i: abs(cues[i].start - end * number / count))
        made[place:] = [changed(cue, first.feeling, character, first) for cue in cues[place:]]
        first = _noted(first, wish, character)
    return first, tuple(made)


def _noted(first: Character, wish: Wish, later: Character) -> Character:
    """Return the character with notes of what cannot change within a film, and of what was not understood."""
    other = any(p > 0 and name != first.palette for name, p in wish.palettes.items())
    held = other or wish.instruments or wish.without or wish.tempo or wish.tonic
    notes = [f"The style stays {first.palette}; from there on, its mood changes."] if held else []
    notes += [note for note in later.notes if note.startswith("Not understood")]
    return replace(first, notes=tuple(dict.fromkeys((*first.notes, *notes))))


def _parted(cues: Sequence[Cue], count: int, hits: Sequence[HitPoint]) -> list[Cue]:
    """Return the film's cues cut into `count` even ones, each cut at a hit point that is near, if there is
    one.
    """
    end = cues[-1].end
    near = end / count / 4
    places = [exact(end * number / count) for number in range(1, count)]
    turns = [
        min(
            (hit.time for hit in hits if abs(hit.time - place) <= near),
            key=lambda t: abs(t - place),
            default=place,
        )
        for place in places
    ]
    bounds = [Seconds(0), *turns, end]
    whole = max(cues, key=lambda cue: cue.end - cue.start)
    return [
        replace(whole, start=start, end=stop, label=chr(ord("A") + number), own=False, theme="")
        for number, (start, stop) in enumerate(pairwise(bounds))
    ]


def _dressed(cue: Cue, character: Character, mood: str = "") -> Cue:
    """Return the cue as it is in a piece of this character."""
    valence, arousal, intensity = _felt(cue, character.feeling)
    mood = mood or (character.mood if character.named else mood_of(valence, arousal))
    prompt = character.caption(mood, intensity, cue.evidence)
    return replace(cue, mood=mood, valence=valence, arousal=arousal, intensity=intensity, prompt=prompt)


def _felt(cue: Cue, feeling: Feeling) -> tuple[float, float, float]:
    """Return a cue's valence, arousal and intensity in a piece of this feeling."""
    lean = cue.lean or (0.0, 0.0, 0.0)
    arousal = _within(feeling.arousal + lean[1])
    return _within(feeling.valence + lean[0]), arousal, _share(0.5 + _AROUSED * arousal + lean[2])


def _leans(cue: Cue, feeling: Feeling) -> bool:
    return (cue.valence, cue.arousal, cue.intensity) == _felt(cue, feeling)


def _lean(cue: Cue, feeling: Feeling) -> tuple[float, float, float]:
    stir = cue.intensity - 0.5 - _AROUSED * cue.arousal
    return _rounded(cue.valence - feeling.valence), _rounded(cue.arousal - feeling.arousal), _rounded(stir)


def mean(stretches: Sequence[Spot] | Sequence[Cue]) -> Feeling:
    """Return the mean feeling, each stretch counting by its length."""
    valences = [stretch.valence for stretch in stretches]
    arousals = [stretch.arousal for stretch in stretches]
    return Feeling(_weighted(stretches, valences), _weighted(stretches, arousals))


def alike(stretches: Sequence[Spot]) -> bool:
    """Whether they feel alike enough for one mood word: no turn of .35 in valence or .4 in arousal."""
    valence, arousal = mean(stretches)
    turns = ((abs(s.valence - valence), abs(s.arousal - arousal)) for s in stretches)
    return all(far < _TURN[0] and high < _TURN[1] for far, high in turns)


def shown(cues: Sequence[Cue]) -> tuple[str, ...]:
    """Return what the cues show, longest first."""
    lengths: dict[str, float] = {}
    for cue in cues:
        for word in cue.evidence:
            lengths[word] = lengths.get(word, 0.0) + float(cue.end - cue.start)
    return tuple(sorted(lengths, key=lambda word: -lengths[word]))


def fullness(cues: Sequence[Cue]) -> float:
    """Return the mean intensity."""
    return _weighted(cues, [cue.intensity for cue in cues])


def _weighted(stretches: Sequence[Spot] | Sequence[Cue], values: Sequence[float]) -> float:
    lengths = [float(stretch.end - stretch.start) for stretch in stretches]
    return sum(v * length for v, length in zip(values, lengths, strict=True)) / sum(lengths)


def _within(value: float) -> float:
    return _rounded(max(-1.0, min(1.0, value)))


def _rounded(value: float) -> float:
    return round(value, 3) + 0.0  # no negative zero


def _share(value: float) -> float:
    return round(max(0.05, min(1.0, value)), 3)


def _arc(place: int, count: int) -> float:
    """Return what a section's place adds: the first arrives, the last but one is the height."""
    if count < 3:
        return 0.0
    return -0.1 if place == 0 else 0.1 if place == count - 2 else 0.0
