"""The pictures of the result, in a file from which they can be copied."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from immersivaudio.config import Settings
from immersivaudio.media import mux, panzoom, photo
from immersivaudio.media.encode import Quality, encode
from immersivaudio.media.playable import plays
from immersivaudio.stages.reconstruct.measuring import as_clip
from immersivaudio.values import Clip

Told = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Film:
    """Pictures ready to be copied."""

    clip: Clip
    """The file they come from."""
    pictures: mux.Pictures
    copied: bool
    """They are the sender's own packets."""


def ready(clip: Clip, seed: int, folder: Path, settings: Settings, told: Told, *, loop: bool = False) -> Film:
    """Return the clip's pictures: its own where they play everywhere, else coded anew into `folder`.

    `loop`: a photo is moved over and back.
    """
    if plays(clip):
        own = mux.pictures(clip.path, clip.demuxer, settings, clip.duration)
        if own.survey.sound:
            return Film(clip, own, copied=True)
    if clip.kind == "photo":
        out = folder / "film.mp4"
        # A fifth more than the film, for the zoom.
        still = photo.read(clip.path, settings, longest=panzoom.LONG * 6 // 5)
        panzoom.render(still, clip, out, seed, told, back=loop)
        width, height = panzoom.size(still.shape[1], still.shape[0])
        return _film(out, clip, settings, width, height)
    return anew(clip, folder, settings, told)


def anew(clip: Clip, folder: Path, settings: Settings, told: Told) -> Film:
    """Return the pictures of a video coded anew."""
    out = folder / "film.mp4"
    encode(clip, out, Quality(), told)
    return _film(out, clip, settings, clip.width, clip.height)


def smaller(film: Film, quality: Quality, folder: Path, settings: Settings, told: Told) -> Film:
    """Return the same pictures in fewer bytes."""
    out = folder / "smaller.mp4"
    encode(film.clip, out, quality, told)
    return _film(out, film.clip, settings, film.clip.width, film.clip.height)


def _film(out: Path, clip: Clip, settings: Settings, width: int, height: int) -> Film:
    made = as_clip(out, clip, width, height)
    return Film(made, mux.pictures(out, made.demuxer, settings, clip.duration), copied=False)
