"""Backend "rules": a mood vocabulary and spotting rules write the cue sheet; no model is needed."""

import zlib
from collections.abc import Sequence
from dataclasses import replace

from immersivaudio import share
from immersivaudio.config import Settings
from immersivaudio.share.asking import opened
from immersivaudio.share.making import seed_of as drawn
from immersivaudio.share.seal import sealed
from immersivaudio.stages.enhance import cues, remixing, scenery, sharing, spotting, wishes
from immersivaudio.stages.enhance.character import Character, decide
from immersivaudio.stages.enhance.pacing import settle
from immersivaudio.values import Clip, CueSheet, Description, Detection, Footage, Request, Seconds, exact

_SEEDS = 2**53
"""Seeds that every reader of JSON keeps exactly."""


class RulesEnhancer:
    """The prompt enhancer that needs nothing: words to feelings, feelings to music, by tables."""

    name = "rules"

    def enhance(
        self,
        footage: Footage,
        detections: Sequence[Detection],
        descriptions: Sequence[Description],
        request: Request,
    ) -> CueSheet:
        """Plan the music for `footage`; what `request` says of the mood comes before what was seen."""
        request = opened(request)
        plan = spotting.spot(footage, descriptions)
        seed = seed_of(footage.clip, request)
        whole = next((d for d in descriptions if d.shot is None), Description("", *cues.mean(plan.spots)))
        recipe = share.read(request.share) if request.share else None
        if recipe:
            character = sharing.decided(recipe, footage.clip.sha256, plan)
        else:
            character = _character(plan, whole, descriptions, request, seed)
        sections = tuple(cues.write(plan.spots, character))
        if recipe:
            sections = sharing.changed(sections, recipe, footage.clip.sha256, character)
        sheet = CueSheet(
            duration=exact(footage.clip.duration),
            mood=character.mood,
            palette=character.palette,
            tempo=character.tempo,
            tonic=character.tonic,
            mode=character.mode,
            metre=character.metre,
            instruments=character.instruments,
            cues=sections,
            hits=plan.hits,
            dynamics=plan.dynamics,
            prompt=character.caption(character.mood, cues.fullness(sections)),
            seed=seed,
            take=request.take,
            speech=_inside(footage.speech, exact(footage.clip.duration)),
            sounds=scenery.sounds(footage, detections, descriptions) if request.sounds else (),
            scene=whole.text,
            notes=character.notes,
            clip=footage.clip.sha256,
            without=character.without,
            feeling=character.feeling,
        )
        if recipe and request.mood.strip():
            return remixing.remix(sealed(sheet), replace(request, share=""))
        return sealed(sheet)

    def remix(self, sheet: CueSheet, request: Request) -> CueSheet:
        """A new mood, seed or take over the same cues and hit points."""
        return remixing.remix(sheet, opened(request))

    def close(self) -> None:
        """Nothing is held."""


def seed_of(clip: Clip, request: Request) -> int:
    """Return the seed asked for, else one drawn from the clip's content."""
    if request.seed is not None:
        return request.seed % _SEEDS
    seed = drawn(clip.sha256)
    if seed is not None:
        return seed
    return zlib.crc32(f"{clip.duration} {clip.width} {clip.height} {clip.codec}".encode())


def build(_settings: Settings) -> RulesEnhancer:
    """For the registry."""
    return RulesEnhancer()


def _character(
    plan: spotting.Plan, whole: Description, descriptions: Sequence[Description], request: Request, seed: int
) -> Character:
    """Return what the wish decides, and what the pictures do."""
    wish = wishes.read(request.mood)
    character = decide(wish, (whole.valence, whole.arousal), _scenes(whole, descriptions), seed)
    if wish.tempo:
        return character
    return settle(character, plan.hits, ((spot.start, spot.end) for spot in plan.spots))


def _inside(
    stretches: Sequence[tuple[Seconds, Seconds]], end: Seconds
) -> tuple[tuple[Seconds, Seconds], ...]:
    """Return the stretches as a sheet may hold them: whole microseconds, inside the clip."""
    kept = ((max(Seconds(0), exact(start)), min(end, exact(stop))) for start, stop in stretches)
    return tuple((start, stop) for start, stop in kept if start < stop)


def _scenes(whole: Description, descriptions: Sequence[Description]) -> tuple[str, ...]:
    """Return the scene words of the clip, then those of its shots, each once."""
    return tuple(dict.fromkeys(word for d in (whole, *descriptions) for word in d.scenes))
