"""Photos: any of the common formats in, upright RGB out."""

import io
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps

from immersivaudio.config import Settings
from immersivaudio.errors import MediaTooLargeError
from immersivaudio.media import boxes, container, decode, orientation, tone_mapping
from immersivaudio.media.guard import check_magic
from immersivaudio.media.pillow_file import flat, opened
from immersivaudio.values import Image


def size(path: Path, settings: Settings) -> tuple[int, int]:
    """Return the width and height as shown, px, having decoded the picture once to know that it can be.

    Raises `BadMediaError` for a damaged photo, `MediaTooLargeError` for one of too many pixels.
    """
    with opened(path, settings.max_photo_pixels) as picture:
        width, height = picture.size
        turned = picture.getexif().get(0x0112, 1) in {5, 6, 7, 8}
        picture.draft("RGB", (width // 8, height // 8))  # a JPEG is decoded at an eighth of its size
        picture.load()
    return (height, width) if turned else (width, height)


def read(path: Path, settings: Settings, *, longest: int | None = None) -> Image:
    """Return the photo upright, in sRGB, 8 bit; shape (height, width, 3).

    EXIF orientation is applied, an embedded colour profile (CMYK, Display P3) is converted, 16 bits are
    scaled to 8, and what is transparent is laid on white, or on near-black if what is visible is bright.
    `longest` (px) shrinks the longer side to at most that.
    """
    transfer = hdr(path)
    if transfer is not None:
        return tone_mapping.to_sdr(_shrunk(_sixteen_bit(path, settings), longest), transfer)
    with opened(path, settings.max_photo_pixels) as stored:
        if longest is not None:
            stored.draft("RGB", (longest, longest))
        picture: Pillow.Image = ImageOps.exif_transpose(stored)
        if longest is not None and not _deep(picture):
            picture.thumbnail((longest, longest), Pillow.Resampling.LANCZOS, reducing_gap=3.0)
        picture = flat(_srgb(_eight_bit(picture)))
        if longest is not None:
            picture.thumbnail((longest, longest), Pillow.Resampling.LANCZOS)
        return np.array(picture.convert("RGB"))


def hdr(path: Path) -> int | None:
    """Return `tone_mapping.PQ` or `tone_mapping.HLG` for a HEIC or AVIF photo that is coded so.

    A photo with a gain map is none: what every viewer shows of it is SDR.
    """
    if check_magic(path).demuxer not in {"HEIF", "AVIF"}:
        return None
    return next(
        (transfer for transfer in boxes.transfers(path) if transfer in {tone_mapping.PQ, tone_mapping.HLG}),
        None,
    )


def _sixteen_bit(path: Path, settings: Settings) -> NDArray[np.uint16]:
    """An HDR photo as it is coded, upright; shape (h, w, 3). Ten bits brought to eight would tint greys."""
    pixels: NDArray[Any]
    if check_magic(path).demuxer == "HEIF":
        import pi_heif

        with opened(path, settings.max_photo_pixels):
            pixels = np.asarray(pi_heif.open_heif(path, convert_hdr_to_8bit=False))[..., :3]
    else:
        try:
            with container.opened(path, "mov", settings) as (file, stream):
                frame = next(decode.frames(file, stream))
                deep: Any = frame.to_ndarray(format="rgb48le")
                pixels = orientation.of_frame(frame).apply(deep)
        except (MediaTooLargeError, StopIteration):  # a video may not be so large, a photo may
            with opened(path, settings.max_photo_pixels) as picture:
                pixels = np.array(picture.convert("RGB"))
    return pixels.astype(np.uint16) * (257 if pixels.dtype == np.uint8 else 1)


def _shrunk(pixels: NDArray[np.uint16], longest: int | None) -> NDArray[np.uint16]:
    height, width = pixels.shape[:2]
    scale = 1.0 if longest is None else longest / max(height, width)
    if scale >= 1:
        return pixels
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint16)


def _deep(picture: Pillow.Image) -> bool:
    return picture.mode.startswith("I") or picture.mode == "F"


def _eight_bit(picture: Pillow.Image) -> Pillow.Image:
    """Grey pictures of more than 8 bits; Pillow's own conversion would clip them."""
    if not _deep(picture):
        return picture
    values = np.asarray(picture).astype(np.float64)
    top = 65535.0 if picture.mode.startswith("I") else float(np.nanmax(values, initial=0.0)) or 1.0
    return Pillow.fromarray((np.nan_to_num(values) / top * 255).clip(0, 255).astype(np.uint8))


def _srgb(picture: Pillow.Image) -> Pillow.Image:
    """Convert by the embedded profile, if there is one that works."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "RGBA", "CMYK"}:
        return picture
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        opaque = picture.convert("RGB") if alpha else picture
        shown = ImageCms.profileToProfile(opaque, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return picture
    if shown is None:
        return picture
    if alpha:
        shown.putalpha(alpha)
    return shown
