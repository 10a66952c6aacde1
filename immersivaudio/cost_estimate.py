"""What a piece of work costs, told before it begins: seconds of one processor core, from sizes alone.

A file of a few hundred kilobytes can hold pictures for hours of decoding, and a cue sheet of a page can
ask for days of sound. Caps of single sizes do not see that, so the products are priced, generously, and
what costs more than `Settings.max_work` is refused in one line. Rates: measured with the slowest styles
and sounds, and clips that are hard to decode, on one core of a small server
(docs/decisions/0132-a-price-before-the-work.md). Neural backends cost more than this and have no price;
what ends them is the worker's own limit of time, and that is final, too.
"""

import math

from immersivaudio.config import Settings
from immersivaudio.errors import MediaTooLargeError, TooMuchWorkError
from immersivaudio.media.playable import plays
from immersivaudio.values import Clip, CueSheet

_PICTURE = 1e-3
"""s for each picture, however small."""
_PIXEL_WATCHED = 4e-9
"""s to decode a pixel and look at it."""
_PIXEL_CODED = 20e-9
"""s to code a pixel anew."""
_FILM_PIXELS = 1920 * 1080
"""A photo is shown at this size at most."""

_SECOND_OF_SPEECH = 0.04
"""s to look for speech in a second of sound."""

_SECOND_OF_MUSIC = 0.12
_CUE = 0.02
_HIT = 3e-3
_SECOND_OF_A_SOUND = 0.04
_SOUND = 2e-3


def of_clip(clip: Clip) -> float:
    """Return the price of watching a clip and writing it again, s."""
    pictures = float(clip.duration * clip.frame_rate)
    if clip.kind == "photo":
        return pictures * (_PICTURE + _FILM_PIXELS * _PIXEL_CODED)
    pixel = _PIXEL_WATCHED + (0 if plays(clip) else _PIXEL_CODED)
    return pictures * (_PICTURE + clip.width * clip.height * pixel)


def pictures_share(clip: Clip) -> float:
    """Return which share of watching a video is looking at its pictures; the rest is listening for speech."""
    looking = float(clip.frame_rate) * (_PICTURE + clip.width * clip.height * _PIXEL_WATCHED)
    heard = clip.audio is not None and bool(clip.audio.streams)
    return looking / (looking + _SECOND_OF_SPEECH) if heard else 1.0


def of_sheet(sheet: CueSheet, *, sounds: bool) -> float:
    """Return the price of playing a sheet, with or without the sounds of its scene, s."""
    music = float(sheet.duration) * _SECOND_OF_MUSIC + len(sheet.cues) * _CUE + len(sheet.hits) * _HIT
    if not sounds:
        return music
    heard = sum(float(sound.end - sound.start) for sound in sheet.sounds)
    return music + heard * _SECOND_OF_A_SOUND + len(sheet.sounds) * _SOUND


def check_clip(clip: Clip, settings: Settings) -> None:
    """Raise `MediaTooLargeError` for a clip that costs more than is allowed."""
    cost = of_clip(clip)
    if cost > settings.max_work:
        minutes, allowed = _minutes(cost), _minutes(settings.max_work)
        raise MediaTooLargeError(
            f"this clip takes about {minutes} minutes of work, {allowed} are allowed",
            "send a shorter or smaller one",
        )


def check_sheet(sheet: CueSheet, settings: Settings, *, sounds: bool) -> None:
    """Raise `TooMuchWorkError` for a sheet that costs more than is allowed."""
    cost = of_sheet(sheet, sounds=sounds)
    if cost > settings.max_work:
        minutes, allowed = _minutes(cost), _minutes(settings.max_work)
        raise TooMuchWorkError(
            f"the cue sheet takes about {minutes} minutes of work, {allowed} are allowed",
            "keep fewer sounds, cues and hit points, or a shorter film",
            stage="generate",
        )


def _minutes(seconds: float) -> int:
    """Whole minutes, rounded up."""
    return math.ceil(seconds / 60)
