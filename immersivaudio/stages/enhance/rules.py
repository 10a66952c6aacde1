"""Backend "rules": a mood vocabulary and spotting rules write the cue sheet; no model is needed."""

import zlib
from collections.abc import Sequence
from dataclasses import replace

from immersivaudio.config import Settings
from immersivaudio.options import ScoreOptions
from immersivaudio.share.encode import seed_of as drawn
from immersivaudio.share.fingerprint import fingerprinted
from immersivaudio.stages.enhance import cues, remixing, scenery, share_code, spotting, wishes
from immersivaudio.stages.enhance.captions import mood_of
from immersivaudio.stages.enhance.character import Character, decide
from immersivaudio.stages.enhance.pacing import settle
from immersivaudio.values import (
    Clip,
    Cue,
    CueSheet,
    Description,
    Detection,
    Footage,
    Seconds,
    SoundCue,
    exact,
)

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
        request: ScoreOptions,
    ) -> CueSheet:
        """Plan the music for `footage`; what `request` says of the mood comes before what was seen.

        A share code is opened already: `share.apply.open_code`.
        """
        return self.plan(footage, detections, descriptions, request, wishes.read(request.mood))

    def plan(
        self,
        footage: Footage,
        detections: Sequence[Detection],
        descriptions: Sequence[Description],
        request: ScoreOptions,
        wish: wishes.Wish,
    ) -> CueSheet:
        """Plan the music for `footage`; `wish` is the mood of `request`, read by `wishes.read`."""
        plan = spotting.spot(footage, descriptions)
        seed = seed_of(footage.clip, request)
        whole = _whole(descriptions, plan)
        recipe = request.recipe
        clip, length = footage.clip.sha256, exact(footage.clip.duration)
        if recipe:
            character = share_code.decided(recipe, clip, plan)
            sections = share_code.changed(tuple(cues.write(plan.spots, character)), recipe, clip, character)
        else:
            character, sections = _planned(plan, whole, _scenes(whole, descriptions), wish, seed)
        sheet = CueSheet(
            duration=length,
            cues=sections,
            hits=plan.hits,
            dynamics=plan.dynamics,
            prompt=character.caption(character.mood, cues.fullness(sections), cues.shown(sections)),
            seed=seed,
            take=request.take,
            speech=_inside(footage.speech, length),
            sounds=_heard(scenery.sounds(footage, detections, descriptions), character, request, length),
            scene=whole.text,
            telling=whole.telling,
            evidence=_seen(whole, character),
            clip=clip,
            sounds_asked=bool(character.sounds),
            fade=plan.fade,
            **character.fields(),
        )
        if recipe and request.mood.strip():
            return remixing.remix(fingerprinted(sheet), replace(request, share="", recipe=None), wish)
        return fingerprinted(sheet)

    def remix(self, sheet: CueSheet, request: ScoreOptions) -> CueSheet:
        """A new mood, seed or take over the same cues and hit points."""
        return remixing.remix(sheet, request)

    def close(self) -> None:
        """Nothing is held."""


def seed_of(clip: Clip, request: ScoreOptions) -> int:
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


def _planned(
    plan: spotting.SpottingPlan,
    whole: Description,
    scenes: Sequence[str],
    wish: wishes.Wish,
    seed: int,
) -> tuple[Character, tuple[Cue, ...]]:
    """Return the character that wish and pictures give, and its cues; a later mood has the later ones."""
    character = _character(plan, whole, scenes, wish, seed)
    sections = tuple(cues.write(plan.spots, character))
    if wish.later is None:
        return character, sections
    return cues.turned(sections, character, _later(wish, whole, scenes, seed), plan.hits)


def _heard(
    seen: tuple[SoundCue, ...], character: Character, request: ScoreOptions, length: Seconds
) -> tuple[SoundCue, ...]:
    """Return the sounds of the scene, if they are wanted, and those that the words asked for."""
    return (*(seen if request.sounds else ()), *scenery.asked(character.sounds, length))


def _later(
    wish: wishes.Wish, whole: Description, scenes: Sequence[str], seed: int
) -> tuple[tuple[wishes.Wish, Character], ...]:
    """Return what the film is to go on to, in order, with the character of each."""
    found: list[tuple[wishes.Wish, Character]] = []
    while wish.later:
        wish = wish.later
        found.append((wish, decide(wish, whole, scenes, seed)))
    return tuple(found)


def _character(
    plan: spotting.SpottingPlan, whole: Description, scenes: Sequence[str], wish: wishes.Wish, seed: int
) -> Character:
    """Return what the wish decides, and what the pictures do."""
    character = decide(wish, whole, scenes, seed)
    if not wish.terms and not wish.moods and whole.reading.mood and cues.alike(plan.spots):
        character = replace(character, mood=whole.reading.mood, named=True)
    if wish.tempo:
        return character
    return settle(character, plan.hits, ((spot.start, spot.end) for spot in plan.spots))


def _whole(descriptions: Sequence[Description], plan: spotting.SpottingPlan) -> Description:
    """Return the description of the whole clip; where there is none, the mean feeling of its sections."""
    return next((d for d in descriptions if d.shot is None), Description("", *cues.mean(plan.spots)))


def _seen(whole: Description, character: Character) -> tuple[str, ...]:
    """What was seen that decided the mood, if the mood is the one that the pictures alone have."""
    own = whole.reading.mood or mood_of(round(whole.valence, 2), round(whole.arousal, 2))
    return whole.reading.evidence if character.mood == own else ()


def _inside(
    stretches: Sequence[tuple[Seconds, Seconds]], end: Seconds
) -> tuple[tuple[Seconds, Seconds], ...]:
    """Return the stretches as a sheet may hold them: whole microseconds, inside the clip."""
    kept = ((max(Seconds(0), exact(start)), min(end, exact(stop))) for start, stop in stretches)
    return tuple((start, stop) for start, stop in kept if start < stop)


def _scenes(whole: Description, descriptions: Sequence[Description]) -> tuple[str, ...]:
    """Return the scene words of the clip, then those of its shots, each once."""
    return tuple(dict.fromkeys(word for d in (whole, *descriptions) for word in d.scenes))
