"""A picture file opened with Pillow, by the one decoder its magic bytes name; transparent made opaque."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import walk_tb

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from immersivaudio.errors import BadMediaError, MediaTooLargeError
from immersivaudio.media.guard import SEND_AGAIN, check_magic, check_pixels
from immersivaudio.values import Image

_LIGHT = np.uint8(255)
_DARK = np.uint8(32)
_DAMAGED = "the photo is damaged or not complete"
_DECODERS = frozenset(("PIL", "pi_heif"))
_BRIGHT = 176
"""Mean luma (0-255) of the visible part from which it needs a dark ground to be seen."""


def is_animated(path: Path, most: int) -> bool:
    """Whether a GIF, WebP or PNG of at most `most` px has more than one picture."""
    with opened(path, most) as picture:
        return bool(getattr(picture, "is_animated", False))


def animation(path: Path, most: int) -> Iterator[Image]:
    """Yield every picture of an animation, RGB; all are laid on the ground that the first one needs."""
    with opened(path, most) as picture:
        ground = None
        for number in range(getattr(picture, "n_frames", 1)):
            picture.seek(number)
            picture.load()
            if picture.has_transparency_data and ground is None:
                ground = _ground(np.asarray(picture.convert("RGBA")).astype(np.float32))
            yield np.array(flat(picture, ground))


@contextmanager
def opened(path: Path, most: int) -> Iterator[Pillow.Image]:
    """Open with the one decoder that the magic bytes name; turn whatever goes wrong into one plain line.

    Raises `MediaTooLargeError` for a picture of more than `most` px, `BadMediaError` for a damaged one.
    """
    name = {"gif": "GIF"}.get(demuxer := check_magic(path).demuxer, demuxer)
    if name == "HEIF":
        import pi_heif

        pi_heif.register_heif_opener(thumbnails=False)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a strange EXIF tag is not our business
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            with Pillow.open(path, formats=[name]) as picture:
                check_pixels(picture.width, picture.height, most)
                yield picture
    except (Pillow.DecompressionBombWarning, Pillow.DecompressionBombError) as error:
        raise MediaTooLargeError("the photo has far too many pixels", "make it smaller") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, RuntimeError) as error:
        raise BadMediaError(_DAMAGED, SEND_AGAIN) from error
    except Exception as error:  # damage has many names: Pillow lets an IndexError of its parsers out, too
        if not _of_a_decoder(error):
            raise
        raise BadMediaError(_DAMAGED, SEND_AGAIN) from error


def _of_a_decoder(error: Exception) -> bool:
    """Return whether the error was raised by a decoder, and not by this package."""
    *_, (frame, _line) = walk_tb(error.__traceback__)
    return str(frame.f_globals.get("__name__")).partition(".")[0] in _DECODERS


def flat(picture: Pillow.Image, ground: np.uint8 | None = None) -> Pillow.Image:
    """Lay what is transparent on a ground against which it can be seen."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    pixels = np.asarray(picture.convert("RGBA")).astype(np.float32)
    alpha = pixels[..., 3:] / 255
    under = _ground(pixels) if ground is None else ground
    return Pillow.fromarray((pixels[..., :3] * alpha + under * (1 - alpha) + 0.5).astype(np.uint8))


def _ground(pixels: NDArray[np.float32]) -> np.uint8:
    """White, or near-black where what is visible of (h, w, 4) is bright."""
    alpha = pixels[..., 3] / 255
    luma = pixels[..., :3] @ np.array([0.299, 0.587, 0.114], np.float32)
    visible = float((luma * alpha).sum() / max(float(alpha.sum()), 1e-6))
    return _DARK if visible >= _BRIGHT else _LIGHT
