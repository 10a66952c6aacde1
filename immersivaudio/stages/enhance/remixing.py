"""Locked remix: another mood, seed or take over the same cues and hit points; or one cue alone changed."""

from dataclasses import replace

from immersivaudio.errors import UserError
from immersivaudio.stages.enhance import cues, wishes
from immersivaudio.stages.enhance.character import redecide
from immersivaudio.stages.enhance.pacing import settle
from immersivaudio.values import CueSheet, Request

_SEEDS = 2**53


def remix(sheet: CueSheet, request: Request) -> CueSheet:
    """Return `sheet` with what `request` changes; the plan in time (cues, hits, dynamics, speech) is held.

    A new seed or take keeps mood, palette, tempo and key: another piece over the same plan. A mood may be a
    place ("scary"), a step ("darker", "faster") or only an arrangement ("no drums"). With `request.cue`, see
    `change_cue`.
    """
    if request.cue is not None:
        return change_cue(sheet, request.cue - 1, mood=request.mood, seed=request.seed)
    seed = sheet.seed if request.seed is None else request.seed % _SEEDS
    wish = wishes.read(request.mood)
    sheet = replace(sheet, seed=seed, take=request.take, notes=())
    if not wish.quote:
        return sheet
    if not wish.understood:
        note = f"I did not understand the mood “{wish.quote}”, so the mood stays as it was."
        return replace(sheet, notes=(note,))
    character = redecide(wish, sheet, cues.mean(sheet.cues), seed)
    if not wish.tempo and character.tempo != sheet.tempo:
        character = settle(character, sheet.hits, ((cue.start, cue.end) for cue in sheet.cues))
    recast = tuple(cues.recast(sheet.cues, character))
    mood = character.mood if wish.terms or wish.palettes else sheet.mood
    return replace(
        sheet,
        mood=mood,
        palette=character.palette,
        tempo=character.tempo,
        tonic=character.tonic,
        mode=character.mode if wish.terms or wish.palettes or wish.mode else sheet.mode,
        metre=character.metre if wish.metre or character.palette != sheet.palette else sheet.metre,
        instruments=character.instruments,
        without=character.without,
        cues=recast,
        prompt=character.caption(mood, cues.fullness(recast)),
        notes=character.notes,
    )


def change_cue(sheet: CueSheet, index: int, *, mood: str = "", seed: int | None = None) -> CueSheet:
    """Return `sheet` with cue `index` in another mood or with another seed, and all else as it was.

    Raises `UserError` for a cue that is not there and a mood that is not understood.
    """
    if not 0 <= index < len(sheet.cues):
        raise UserError(
            "the cue sheet has no such cue", f"choose one from 1 to {len(sheet.cues)}", stage="enhance"
        )
    cue = sheet.cues[index]
    wish = wishes.read(mood)
    if wish.quote and not wish.terms and not wish.palettes:
        raise UserError(
            "that mood was not understood", "try words like calm, tense, joyful or epic", stage="enhance"
        )
    if wish.quote:
        character = redecide(wish, sheet, (cue.valence, cue.arousal), sheet.seed)
        # The palette, tempo and key belong to the whole piece; one cue changes its feeling only.
        held = replace(
            character,
            palette=sheet.palette,
            tempo=sheet.tempo,
            tonic=sheet.tonic,
            mode=sheet.mode,
            instruments=sheet.instruments,
            without=sheet.without,
        )
        cue = cues.changed(
            cue, character.mood, character.feeling, held.caption(character.mood, cue.intensity)
        )
    if seed is not None:
        cue = replace(cue, seed=seed % _SEEDS)
    return replace(sheet, cues=(*sheet.cues[:index], cue, *sheet.cues[index + 1 :]))
