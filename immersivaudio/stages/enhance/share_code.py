"""A share code's recipe becomes the character of a piece again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from immersivaudio.music.instruments import TABLE
from immersivaudio.music.palettes import PALETTES
from immersivaudio.share import NewerShareError, Recipe
from immersivaudio.share.bit_packing import tag
from immersivaudio.share.encode import AND, seed_of
from immersivaudio.share.recipe import CLIP, MOOD, PALETTE, PLAYER
from immersivaudio.stages.enhance import cues, mood_mapping
from immersivaudio.stages.enhance.captions import mood_of
from immersivaudio.stages.enhance.character import Character
from immersivaudio.stages.enhance.pacing import settle
from immersivaudio.stages.enhance.spotting import SpottingPlan
from immersivaudio.stages.enhance.vocabulary import MOODS
from immersivaudio.terms import Feeling
from immersivaudio.values import Cue

_ROLES = ("lead", "counter", "pad", "arp", "bass", "drums", "effects")


def character_of(recipe: Recipe) -> Character:
    """Return what the recipe decides; raises `NewerShareError` for names that are not here."""
    palette = PALETTES[_named(_palettes(), (recipe.palette,))[0]]
    feeling = Feeling(recipe.valence / 100, recipe.arousal / 100)
    without = _named(_players(), recipe.without)
    return Character(
        feeling=feeling,
        mood=AND.join(_named(_moods(), recipe.moods)) or mood_of(*feeling),
        named=bool(recipe.moods),
        palette=palette.name,
        tempo=recipe.tempo / 10,
        tonic=recipe.tonic,
        mode=recipe.mode,
        metre=recipe.metre,
        instruments=mood_mapping.cast(palette, _named(_players(), recipe.first), without),
        without=without,
    )


def decided(recipe: Recipe, clip: str, plan: SpottingPlan) -> Character:
    """Return the same for a clip with this SHA-256: on another one, the tempo is fitted to its cuts."""
    character = character_of(recipe)
    if made_on(recipe, clip):
        return character
    return settle(character, plan.hits, ((spot.start, spot.end) for spot in plan.spots))


def made_on(recipe: Recipe, clip: str) -> bool:
    """Whether the recipe was made on the clip of this SHA-256, as far as a code can tell."""
    if recipe.clip is None:
        return recipe.seed == seed_of(clip)
    return recipe.clip == tag(clip, CLIP)


def changed(written: Sequence[Cue], recipe: Recipe, clip: str, character: Character) -> tuple[Cue, ...]:
    """Return the cues with those changed that were changed alone, if that was done on this clip."""
    made = list(written)
    for change in recipe.changed if made_on(recipe, clip) else ():
        if change.cue >= len(made):
            continue
        cue = replace(made[change.cue], seed=change.seed)
        if change.lean is not None:
            valence, arousal = character.feeling
            there = Feeling(valence + change.lean[0] / 100, arousal + change.lean[1] / 100)
            asked = replace(character, feeling=there, mood=AND.join(_named(_moods(), change.moods)))
            cue = cues.changed(cue, character.feeling, asked, character)
        made[change.cue] = cue
    return tuple(made)


def _named(table: Mapping[int, str], tags: Iterable[int]) -> tuple[str, ...]:
    try:
        return tuple(table[tag] for tag in tags)
    except KeyError:
        raise NewerShareError from None


@cache
def _palettes() -> Mapping[int, str]:
    return {tag(name, PALETTE): name for name in PALETTES}


@cache
def _moods() -> Mapping[int, str]:
    return {tag(mood.name, MOOD): mood.name for mood in MOODS.values()}


@cache
def _players() -> Mapping[int, str]:
    """Names of instruments, stems and roles that a request can want or exclude."""
    names = {*TABLE, *(row.stem for row in TABLE.values()), *_ROLES}
    return {tag(name, PLAYER): name for name in names}
