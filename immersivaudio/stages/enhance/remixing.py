"""Locked remix: another mood, seed or take over the same cues and hit points; or one cue alone changed."""

from collections.abc import Sequence
from dataclasses import replace

from immersivaudio.errors import UserError
from immersivaudio.music.palettes import PALETTES
from immersivaudio.options import ScoreOptions
from immersivaudio.share import Recipe
from immersivaudio.share.fingerprint import carry_fingerprint
from immersivaudio.stages.enhance import cues, mood_mapping, scenery, share_code, wishes
from immersivaudio.stages.enhance.character import Character, of_sheet, redecide
from immersivaudio.stages.enhance.pacing import resettle, settle
from immersivaudio.stages.enhance.wishes import Wish
from immersivaudio.terms import Feeling
from immersivaudio.values import Cue, CueSheet, SoundCue

_SEEDS = 2**53
_CALMER = "A section keeps the tempo of the piece, so it became calmer instead."
_LIVELIER = "A section keeps the tempo of the piece, so it became livelier instead."


def remix(sheet: CueSheet, request: ScoreOptions, wish: Wish | None = None) -> CueSheet:
    """Return `sheet` with what `request` changes; the plan in time (cues, hits, dynamics, speech) is held.

    A new seed or take keeps mood, palette, tempo and key: another piece over the same plan. A mood may be a
    place ("scary"), a step ("darker", "faster") or only an arrangement ("no drums"). With `request.cue`, see
    `change_cue`. `wish` is the mood of `request`, where it is read already.
    """
    wish = wish or wishes.read(request.mood)
    if request.cue is not None:
        last = max(request.cue, request.last_cue or 0)
        for index in range(request.cue - 1, last):
            sheet = _change_cue(sheet, index, wish, request.seed)
        return sheet
    before = sheet
    if request.recipe is not None:
        sheet = _as_shared(sheet, request.recipe)
    seed = sheet.seed if request.seed is None else request.seed % _SEEDS
    sheet = replace(sheet, seed=seed, take=request.take, notes=())
    if wish.quote and not wish.understood:
        note = f"I did not understand the mood “{wish.quote}”, so the mood stays as it was."
        sheet = replace(sheet, notes=(note,))
    elif wish.quote:
        sheet = _as_wished(sheet, wish)
    return carry_fingerprint(before, sheet)


def _as_wished(sheet: CueSheet, wish: Wish) -> CueSheet:
    felt, held = cues.rooted(sheet)
    character = redecide(wish, sheet, felt, sheet.seed)
    if not wish.tempo and character.tempo != sheet.tempo:
        character = resettle(character, sheet, paced=wish.pace != 1.0)
    same = character.feeling == felt and not character.named
    if not (wish.metre or character.palette != sheet.palette):
        character = replace(character, metre=sheet.metre)
    if not (wish.terms or wish.palettes or wish.mode):
        character = replace(character, mode=sheet.mode)
    if same:
        character = replace(character, mood=sheet.mood)
    made = _in_character(sheet, held, _heard(character, sheet, wish), kept=same)
    return _turned(made, wish, felt, character) if wish.later else made


def _turned(sheet: CueSheet, wish: Wish, felt: Feeling, first: Character) -> CueSheet:
    """Return the sheet with the later moods of the wish over the later parts of the film."""
    later: list[tuple[Wish, Character]] = []
    while wish.later:
        wish = wish.later
        later.append((wish, redecide(wish, sheet, felt, sheet.seed)))
    character, turned = cues.turned(sheet.cues, replace(first, notes=sheet.notes), tuple(later), sheet.hits)
    return replace(sheet, cues=turned, notes=character.notes)


def _heard(character: Character, sheet: CueSheet, wish: Wish) -> Character:
    """Return `character` with a step between dark and bright that is heard: by one mode at least.

    Inside a palette it is the mode that tells dark from bright. A step that did not reach the next one would
    change numbers, and not a note.
    """
    valence, arousal = wish.feeling(Feeling(0.0, 0.0))
    stepped = bool(wish.terms) and all(term.relative for term in wish.terms) and abs(valence) > abs(arousal)
    if not stepped or wish.mode or character.palette != sheet.palette:
        return character
    brighter = valence > 0
    nearest = mood_mapping.beside(PALETTES[sheet.palette], sheet.mode, brighter=brighter)
    if nearest == sheet.mode:
        limit = f"{sheet.palette.capitalize()} gets no {'brighter' if brighter else 'darker'} than this."
        return replace(character, mode=sheet.mode, notes=(*character.notes, limit))
    furthest = (max if brighter else min)(character.mode, nearest, key=mood_mapping.brightness)
    return replace(character, mode=furthest)


def _as_shared(sheet: CueSheet, recipe: Recipe) -> CueSheet:
    """Return `sheet` with what a share code decides in place of its own choices."""
    character = share_code.character_of(recipe)
    _, held = cues.rooted(sheet)
    if not share_code.made_on(recipe, sheet.clip):
        character = settle(character, sheet.hits, ((cue.start, cue.end) for cue in sheet.cues))
    fresh = tuple(replace(cue, seed=0) for cue in held)
    shared = _in_character(sheet, fresh, character, kept=False)
    altered = share_code.changed(shared.cues, recipe, sheet.clip, character)
    return replace(shared, cues=altered, seed=recipe.seed)


def _in_character(sheet: CueSheet, held: Sequence[Cue], character: Character, *, kept: bool) -> CueSheet:
    recast = tuple(cues.recast(held, character, kept=kept))
    return replace(
        sheet,
        cues=recast,
        prompt=character.caption(character.mood, cues.fullness(recast), cues.shown(recast)),
        evidence=sheet.evidence if character.mood == sheet.mood else (),
        sounds=_sounds(sheet, character),
        sounds_asked=sheet.sounds_asked or bool(character.sounds),
        **character.fields(),
    )


def _sounds(sheet: CueSheet, character: Character) -> tuple[SoundCue, ...]:
    """Return the sheet's sounds, and those asked for now."""
    there = {sound.name for sound in sheet.sounds}
    named = [name for name in character.sounds if name not in there]
    return (*sheet.sounds, *scenery.asked(named, sheet.duration))


def change_cue(sheet: CueSheet, index: int, *, mood: str = "", seed: int | None = None) -> CueSheet:
    """Return `sheet` with cue `index` in another mood or with another seed, and all else as it was.

    Raises `UserError` for a cue that is not there and a mood that is not understood.
    """
    return _change_cue(sheet, index, wishes.read(mood), seed)


def _change_cue(sheet: CueSheet, index: int, wish: Wish, seed: int | None) -> CueSheet:
    if not 0 <= index < len(sheet.cues):
        raise UserError(
            "the cue sheet has no such cue", f"choose one from 1 to {len(sheet.cues)}", stage="enhance"
        )
    felt, held = cues.rooted(sheet)
    cue = held[index]
    wish, notes = _within_tempo(wish)
    if wish.quote and not wish.terms and not wish.palettes:
        raise UserError(
            "that mood was not understood", "try words like calm, tense, joyful or epic", stage="enhance"
        )
    if wish.quote:
        # The palette, tempo and key belong to the whole piece; one cue changes its feeling only.
        asked = redecide(wish, sheet, Feeling(cue.valence, cue.arousal), sheet.seed)
        cue = cues.changed(cue, felt, asked, of_sheet(sheet, felt))
    if seed is not None:
        cue = replace(cue, seed=seed % _SEEDS)
    after = replace(sheet, cues=(*held[:index], cue, *held[index + 1 :]), feeling=felt, notes=notes)
    whole = cues.fullness(after.cues), cues.shown(after.cues)
    prompt = of_sheet(sheet, felt).caption(sheet.mood, *whole)
    return carry_fingerprint(sheet, replace(after, prompt=prompt))


def _within_tempo(wish: Wish) -> tuple[Wish, tuple[str, ...]]:
    """Return the wish for one section, which has no tempo of its own: "slower" becomes calmer."""
    if wish.pace == 1.0 or wish.terms or wish.palettes:
        return wish, ()
    calmer = wish.pace < 1.0
    step = wishes.read("calmer" if calmer else "more energetic")
    step.quote = wish.quote
    return step, (_CALMER if calmer else _LIVELIER,)
