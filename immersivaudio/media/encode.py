"""Pictures coded anew, as H.264 that plays everywhere: what may not be copied, and what must be smaller."""

import math
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from immersivaudio.errors import UnknownColoursError
from immersivaudio.media import ffmpeg, webp
from immersivaudio.values import Clip

Told = Callable[[float], None]

CRF = 20
"""x264's constant quality at which a difference is hard to see."""
_PRESET = "veryfast"
_TIMEOUT = (120.0, 60.0)
"""s, and for each second of clip: a still machine must not wait for ever, a slow one must be let finish."""

# BT.2020 PQ or HLG to BT.709: linear light, tone-mapped by hable, as players without HDR do.
_TO_SDR = (
    "zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,"
    "zscale=t=bt709:m=bt709:r=tv"
)

_RGB = ("rgb", "bgr", "gbr", "argb", "abgr", "0rgb", "0bgr", "pal8")
"""Beginnings of the names of pixel formats that hold red, green and blue, and no matrix yet."""
_HD = 720
"""Lines from which players take a picture for BT.709 where nothing is told."""
_MATRICES = {True: "bt709", False: "smpte170m"}


@dataclass(frozen=True, slots=True)
class Quality:
    """How the pictures are coded."""

    longest: int | None = None
    """Shrink the longer side to at most this, px."""
    bit_rate: int | None = None
    """bits a second, met in two passes; None: constant quality `CRF`."""


def encode(clip: Clip, out: Path, quality: Quality, told: Told) -> None:
    """Write the clip's pictures to `out` (MP4, no sound), upright, with their own times.

    `told` hears the share done, 0 to 1. Raises `StageFailedError`.
    """
    with webp.playable(clip.path, clip.demuxer) as (path, demuxer):
        playable = replace(clip, path=path, demuxer=demuxer)
        steps = filters(clip, quality.longest)
        try:
            _encode(playable, out, quality, told, steps)
        except UnknownColoursError:
            # YCgCo, ICtCp, damage: shown as if no matrix were told.
            matrix = _MATRICES[clip.height >= _HD]
            _encode(playable, out, quality, told, f"setparams=colorspace={matrix},{steps}")


def _encode(clip: Clip, out: Path, quality: Quality, told: Told, steps: str) -> None:
    duration = float(clip.duration)
    timeout = _TIMEOUT[0] + _TIMEOUT[1] * duration
    source = [
        *ffmpeg.source(clip.demuxer, clip.path),
        "-map",
        f"0:{clip.stream}",
        "-vf",
        steps,
    ]
    # Without B-pictures the last one sent is the last one shown, and can be held as long as the GIF holds it.
    still = ["-bf", "0"] if clip.demuxer in {"gif", "apng"} else []
    target = [*_X264, *still, *_SHAPE, f"file:{out}"]
    if quality.bit_rate is None:
        ffmpeg.run(
            [*source, "-crf", str(CRF), *target], timeout=timeout, told=lambda time: told(time / duration)
        )
        return
    rate = ["-b:v", str(quality.bit_rate)]
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".passes-") as folder:
        log = ["-passlogfile", f"{folder}/pass"]
        first = [*source, *rate, "-pass", "1", *log, *_X264, "-f", "null", "-"]
        ffmpeg.run(first, timeout=timeout, told=lambda time: told(0.4 * time / duration))
        second = [*source, *rate, "-pass", "2", *log, *target]
        ffmpeg.run(second, timeout=timeout, told=lambda time: told(0.4 + 0.6 * time / duration))


_X264 = [
    *("-an", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1"),
    *("-c:v", "libx264", "-preset", _PRESET, "-pix_fmt", "yuv420p"),
    # The pictures keep their own times, whatever the rate.
    *("-fps_mode", "vfr", "-enc_time_base", "demux", "-video_track_timescale", "90000"),
]
_SHAPE = ["-f", "mp4"]


def filters(clip: Clip, longest: int | None) -> str:
    """Return ffmpeg's steps to pictures that play everywhere; it turns upright by itself.

    Whole pictures, square pixels, even sides (4:2:0 has no other), SDR, limited range, a matrix.
    """
    width, height = shown_size(clip, longest)
    steps = ["bwdif=mode=send_frame:deint=interlaced"] if clip.interlaced else []
    steps += [_TO_SDR] if clip.hdr else []
    matrix = _MATRICES[height >= _HD] if clip.pixel_format.startswith(_RGB) else ""
    out = "out_range=tv" + (f":out_color_matrix={matrix}" if matrix else "")
    if longest is None:
        whole = f"scale={max(clip.width, 2)}:{max(clip.height, 2)}:{out}"
        steps += [whole, "crop=trunc(iw/2)*2:trunc(ih/2)*2:0:0"]
    else:
        steps += [f"scale={width}:{height}:flags=lanczos:{out}"]
    told = [f"setparams=colorspace={matrix}:range=tv"] if matrix else []
    return ",".join([*steps, "setsar=1", "format=yuv420p", *told])


def shown_size(clip: Clip, longest: int | None) -> tuple[int, int]:
    """Return even width and height of the clip's pictures when shrunk to fit `longest`, px."""
    scale = 1.0 if longest is None else min(1.0, longest / max(clip.width, clip.height))
    return max(2, math.floor(clip.width * scale / 2) * 2), max(2, math.floor(clip.height * scale / 2) * 2)
