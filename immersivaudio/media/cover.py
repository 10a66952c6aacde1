"""One picture that stands for a film: the first whole one in its second third."""

from fractions import Fraction
from itertools import islice
from pathlib import Path

from PIL import Image as Pictures

from immersivaudio.config import Settings
from immersivaudio.errors import BadMediaError
from immersivaudio.media.container import opened
from immersivaudio.media.decode import FrameScaler, Picture, frames
from immersivaudio.values import Clip

_THIRD = Fraction(1, 3)
_LOOK = 150_000_000
"""Pixels that are decoded at most on the way from the key frame before."""


def write(clip: Clip, path: Path, settings: Settings, *, longest: int = 320, quality: int = 80) -> Path:
    """Write the picture as JPEG, its longer side `longest` px at most.

    A film is sought by its key frames, and the one before may be black still, a fade from seconds earlier:
    so decoding goes on to the moment itself, or as far as `_LOOK` lets it.
    Raises `BadMediaError` where nothing can be decoded.
    """
    with opened(clip.path, clip.demuxer, settings, many=True) as (container, stream):
        base = stream.time_base or Fraction(1, 90_000)
        container.seek(int(clip.duration * _THIRD / base) + (stream.start_time or 0), stream=stream)
        frame = None
        most = max(1, _LOOK // max(1, clip.width * clip.height))
        for frame in islice(frames(container, stream), most):
            if frame.pts is None or (frame.pts - (stream.start_time or 0)) * base >= clip.duration * _THIRD:
                break
        if frame is None:
            raise BadMediaError("no picture of the film can be decoded", "send it again")
        Pictures.fromarray(FrameScaler(clip, longest)(Picture(Fraction(0), frame))).save(
            path, "JPEG", quality=quality
        )
    return path
