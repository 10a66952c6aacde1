"""Tiny clips and photos, made at run time for every suite. Nothing is committed, nothing is third-party.

`film` writes pictures that the caller can count on; `ffmpeg` runs the real binary for everything odd.
"""

import subprocess
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
import cv2
import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

SHARED = Path(__file__).parents[2] / "shared" / "media" / "dev"
"""Real clips beside the checkout; may be absent."""

Pixels = NDArray[np.uint8]


def ffmpeg(*arguments: str | Path) -> None:
    """Run the ffmpeg that the package installs; fail with what it said."""
    argv = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-nostdin", *map(str, arguments)]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@cache
def scene(seed: int, width: int = 480, height: int = 270) -> Pixels:
    """A textured picture of its own palette, like no other seed's: shape (height, width, 3)."""
    rng = np.random.default_rng(seed)
    total = np.zeros((height, width, 3), np.float32)
    for octave in range(2, 8):
        grain = rng.normal(size=(2**octave, 2 ** (octave + 1), 3)).astype(np.float32)
        total += cv2.resize(grain, (width, height), interpolation=cv2.INTER_CUBIC) / 1.6**octave
    pixels = (rng.uniform(60, 190, size=3) + total / total.std() * 38).clip(0, 255).astype(np.uint8)
    pixels.setflags(write=False)
    return pixels


def pan(seed: int, count: int, size: tuple[int, int] = (320, 180), step: float = 1.5) -> list[Pixels]:
    """A camera that moves over `scene(seed)`, `step` px a picture: to the right, back, and so on."""
    width, height = size
    wide = scene(seed, width + 160, height)
    starts = [160 - abs(160 - round(i * step) % 320) for i in range(count)]
    return [np.ascontiguousarray(wide[:, start : start + width]) for start in starts]


def write(
    path: Path,
    frames: Iterable[Pixels],
    rate: Fraction | int = 25,
    *,
    codec: str = "libx264",
    times: Sequence[Fraction] | None = None,
    pixel_format: str = "yuv420p",
    **options: str,
) -> Path:
    """Encode `frames` to `path`; the container follows the name. `times` (s) makes unequal delays."""
    frames = list(frames)
    height, width = frames[0].shape[:2]
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, options=options)
        stream.width, stream.height, stream.pix_fmt = width, height, pixel_format
        stream.codec_context.time_base = Fraction(1, 1000) if times else 1 / Fraction(rate)
        for index, pixels in enumerate(frames):
            frame = av.VideoFrame.from_ndarray(pixels, "rgb24")
            frame.time_base = stream.codec_context.time_base
            frame.pts = round(times[index] / frame.time_base) if times else index
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def film(
    path: Path,
    *,
    shots: int = 3,
    seconds: float = 1.0,
    rate: int = 25,
    size: tuple[int, int] = (320, 180),
    sound: str = "",
) -> Path:
    """A clip of `shots` panning shots of `seconds` each; hard cuts are at multiples of `seconds`.

    `sound` is an ffmpeg source ("sine=f=440", "anullsrc=r=48000:cl=stereo"); empty: no sound stream.
    """
    frames = [pixels for seed in range(shots) for pixels in pan(seed + 1, round(seconds * rate), size)]
    if not sound:
        return write(path, frames, rate, preset="veryfast")
    silent = write(path.with_name(f"silent-{path.name}"), frames, rate, preset="veryfast")
    source = ("-f", "lavfi", "-i", f"{sound}:d={shots * seconds}")
    ffmpeg("-i", silent, *source, "-map", "0:v", "-map", "1:a", "-c:v", "copy", "-shortest", path)
    return path


def read_png(path: Path) -> Pixels:
    """Read what ffmpeg wrote; shape (height, width, 3), RGB."""
    return np.asarray(cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB), np.uint8)
