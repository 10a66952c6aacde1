"""The undamaged files: every container, picture codec and photo format that people send, very small."""

import io
from pathlib import Path

import numpy as np
from PIL import Image

from tests.samples import ffmpeg, film, scene

_TONE = ("-f", "lavfi", "-i", "sine=f=440:d=1")
_SAME = ("-threads", "1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact")
"""The same bytes in every run: a damaged file is known by its number."""
_FILMS: dict[str, tuple[str, ...]] = {
    "h264.mp4": ("-c:v", "libx264", "-c:a", "aac"),
    "faststart.mp4": ("-c:v", "libx264", "-c:a", "aac", "-movflags", "+faststart"),
    "fragments.mp4": ("-c:v", "libx264", "-c:a", "aac", "-movflags", "+frag_keyframe+empty_moov"),
    "hevc.mov": ("-c:v", "libx265", "-x265-params", "log-level=error", "-c:a", "aac", "-tag:v", "hvc1"),
    "mjpeg.mov": ("-c:v", "mjpeg", "-c:a", "pcm_s16le"),
    "vp9.webm": ("-c:v", "libvpx-vp9", "-cpu-used", "8", "-c:a", "libopus"),
    "vp8.webm": ("-c:v", "libvpx", "-c:a", "libvorbis"),
    "h264.mkv": ("-c:v", "libx264", "-c:a", "flac"),
    "mpeg4.avi": ("-c:v", "mpeg4", "-c:a", "libmp3lame"),
    "wmv.wmv": ("-c:v", "wmv2", "-c:a", "wmav2"),
    "h264.flv": ("-c:v", "libx264", "-c:a", "aac"),
    "h264.ts": ("-c:v", "libx264", "-c:a", "aac"),
    "mpeg2.mpg": ("-c:v", "mpeg2video", "-c:a", "mp2"),
    "h263.3gp": ("-s", "176x144", "-c:v", "h263", "-an"),
    "prores.mov": ("-c:v", "prores", "-c:a", "alac"),
}


def make(folder: Path) -> list[str]:
    """Write all seeds; returns their names."""
    folder.mkdir()
    source = film(folder / "source.mp4", shots=2, seconds=0.4, size=(128, 96))
    for name, codecs in _FILMS.items():
        ffmpeg(
            "-i", source, *_TONE, "-map", "0:v", "-map", "1:a", "-shortest", *_SAME, *codecs, folder / name
        )
    source.unlink()
    _gif(folder / "moving.gif")
    _photos(folder)
    return sorted(path.name for path in folder.iterdir())


def _gif(path: Path) -> None:
    first, *more = [Image.fromarray(scene(seed, 96, 64)) for seed in range(4)]
    first.save(path, save_all=True, append_images=more, duration=100)


def _photos(folder: Path) -> None:
    picture = Image.fromarray(np.array(scene(5, 160, 120)))
    exif = Image.Exif()
    exif[0x0112] = 6
    profile = io.BytesIO()
    picture.save(profile, "JPEG")
    picture.save(folder / "upright.jpg", exif=exif, quality=80)
    picture.save(folder / "progressive.jpg", progressive=True)
    picture.save(folder / "plain.png")
    picture.convert("RGBA").save(folder / "alpha.png")
    picture.convert("P").save(folder / "palette.png")
    picture.save(folder / "plain.webp")
    picture.save(folder / "plain.bmp")
    picture.save(folder / "plain.tif", compression="tiff_lzw")
    picture.convert("CMYK").save(folder / "print.jpg")
    picture.save(folder / "still.gif")
    picture.save(folder / "plain.avif")
