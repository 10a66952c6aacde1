"""A sheet and what was asked for become a recipe."""

from collections.abc import Iterable

from immersivaudio.music.instruments import TABLE
from immersivaudio.music.palettes import PALETTES
from immersivaudio.options import ScoreOptions
from immersivaudio.recipe import Changed, Mix, Recipe
from immersivaudio.share.bit_packing import tag
from immersivaudio.share.fingerprint import is_unedited
from immersivaudio.share.recipe import CLIP, MOOD, PALETTE, PLAYER
from immersivaudio.terms import Feeling
from immersivaudio.values import Clip, Cue, CueSheet

_MOODS, _PLAYERS, _CUES = 3, 63, 63
"""Most that a recipe holds."""
AND = " and "
"""Between the two moods of a sheet."""


def recipe_of(sheet: CueSheet, request: ScoreOptions, clip: Clip, build: int) -> Recipe:
    """What a share code of this soundtrack holds."""
    valence, arousal = sheet.feeling or Feeling(0.0, 0.0)
    first = _first(sheet)
    without = (*sheet.without, *_struck(sheet))
    changed = tuple(_changed(sheet))
    held = round(float(clip.duration) * 100) if clip.kind == "photo" else None
    mix = Mix(
        _tenths(max(-60.0, min(60.0, request.music_gain_db + sheet.music_gain_db))),
        _tenths(request.sounds_gain_db),
        _tenths(request.original_gain_db),
        _tenths(request.speech_gap_lu),
    )
    return Recipe(
        build=build,
        clip=None if sheet.seed == seed_of(sheet.clip) else tag(sheet.clip, CLIP),
        near=sheet.sounds_asked or not is_unedited(sheet) or not _holds(request, first, without, changed),
        palette=tag(sheet.palette, PALETTE),
        valence=round(valence * 100),
        arousal=round(arousal * 100),
        moods=_tags(sheet.mood) if _named(sheet) else (),
        tempo=_tenths(sheet.tempo),
        tonic=sheet.tonic,
        mode=sheet.mode,
        metre=sheet.metre,
        seed=sheet.seed,
        take=sheet.take,
        sounds=request.sounds or sheet.sounds_asked,
        original=request.original,
        length=held,
        mix=mix,
        first=tuple(tag(name, PLAYER) for name in first[:_PLAYERS]),
        without=tuple(tag(name, PLAYER) for name in without[:_PLAYERS]),
        changed=changed[:_CUES],
    )


def seed_of(clip: str) -> int | None:
    """Return the seed drawn from a clip's SHA-256 where the request has none."""
    return int(clip[:8], 16) if clip else None


def _holds(
    request: ScoreOptions, first: tuple[str, ...], without: tuple[str, ...], changed: tuple[Changed, ...]
) -> bool:
    gains = (
        request.music_gain_db,
        request.sounds_gain_db,
        request.original_gain_db,
        request.speech_gap_lu,
    )
    few = len(first) <= _PLAYERS and len(without) <= _PLAYERS and len(changed) <= _CUES
    return few and all(abs(gain * 10 - round(gain * 10)) < 1e-9 for gain in gains)


def _named(sheet: CueSheet) -> bool:
    """Whether the mood was said rather than found: then every cue has it."""
    return all(cue.mood == sheet.mood for cue in sheet.cues if not cue.own)


def _tags(mood: str) -> tuple[int, ...]:
    return tuple(tag(name, MOOD) for name in mood.split(AND)[:_MOODS])


def _first(sheet: CueSheet) -> tuple[str, ...]:
    """The fewest players that must stand first, for the palette's own to follow in their order."""
    own = [player.instrument for player in PALETTES[sheet.palette].players]
    for count in range(len(sheet.instruments)):
        everyone = dict.fromkeys([*sheet.instruments[:count], *own])
        if tuple(name for name in everyone if name in sheet.instruments) == sheet.instruments:
            return sheet.instruments[:count]
    return sheet.instruments


def _struck(sheet: CueSheet) -> Iterable[str]:
    """Players of the palette that are missing though nothing silences them: struck off by hand."""
    if not sheet.instruments:
        return
    for player in PALETTES[sheet.palette].players:
        name = player.instrument
        if name not in sheet.instruments and not {name, TABLE[name].stem, player.role} & set(sheet.without):
            yield name


def _changed(sheet: CueSheet) -> Iterable[Changed]:
    for place, cue in enumerate(sheet.cues[:1024]):
        if cue.own or cue.seed:
            yield Changed(place, _lean(cue), _tags(cue.mood) if cue.own else (), cue.seed)


def _lean(cue: Cue) -> tuple[int, int] | None:
    return (round(cue.lean[0] * 100), round(cue.lean[1] * 100)) if cue.own and cue.lean else None


def _tenths(value: float) -> int:
    return round(value * 10)
