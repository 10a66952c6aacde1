"""What is told of a file, against files made to say it."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from immersivaudio.config import Settings
from immersivaudio.media import probe
from tests import samples

SHARED = {  # name: (width and height as shown, seconds as MEDIA.md tells them, kind)
    "sintel_trailer_52s.mp4": (480, 204, 52.167, "video"),
    "bbb_480p_30s.mp4": (854, 480, 30.022, "video"),
    "city_night.mpg": (720, 405, 7.6, "video"),
    "friday_dialogue.mp4": (640, 480, 6.166, "video"),
    "flower_bloom.webm": (960, 540, 5.059, "video"),
    "gopro_walk.mp4": (848, 480, 10.517, "video"),
    "soccer_juggle.mp4": (1280, 720, 10.292, "video"),
    "people_139s_10fps.mp4": (768, 432, 139.4, "video"),
    "phone_dog_rot270.mp4": (720, 1280, 4.972, "video"),
    "portrait_4k60_0.3s.mp4": (2160, 3840, 0.313, "video"),
    "earth_night.avi": (480, 270, 5.033, "video"),
    "screen_recording.gif": (2443, 1103, 12.26, "video"),
    "china_temple.jpg": (640, 427, 10, "photo"),
    "exif_rotated_portrait_6.jpg": (1200, 1800, 10, "photo"),
    "iphone_photo.heic": (4032, 3024, 10, "photo"),
    "denali.webp": (600, 315, 10, "photo"),
    "logo_alpha.png": (500, 500, 10, "photo"),
}


@pytest.mark.medium
@pytest.mark.parametrize("name", SHARED)
def test_real_clips_are_told_as_shown(
    name: str, shared_media: Callable[[str], Path], settings: Settings
) -> None:
    clip = probe(shared_media(name), settings)
    width, height, seconds, kind = SHARED[name]
    assert (clip.width, clip.height, clip.kind) == (width, height, kind)
    # MEDIA.md tells the container's length, which counts sound that goes on after the last picture.
    assert seconds - 0.06 <= float(clip.duration) <= seconds + 0.001


def test_a_plain_clip(film: Path, settings: Settings) -> None:
    clip = probe(film, settings)
    assert (clip.kind, clip.demuxer, clip.codec, clip.pixel_format) == ("video", "mov", "h264", "yuv420p")
    assert (clip.width, clip.height, clip.rotation, clip.hdr) == (320, 180, 0, False)
    assert (clip.duration, clip.frame_rate) == (3, 25)
    assert clip.audio is not None
    assert (clip.audio.codec, clip.audio.sample_rate, clip.audio.channels) == ("aac", 44100, 1)
    assert len(clip.sha256) == 64


@pytest.mark.medium
@pytest.mark.parametrize(
    ("name", "codec", "demuxer"),
    [
        ("a.mkv", ("libx264",), "matroska"),
        ("a.webm", ("libvpx", "-deadline", "realtime"), "matroska"),
        ("a.avi", ("mpeg4",), "avi"),
        ("a.mpg", ("mpeg2video",), "mpeg"),
        ("a.ts", ("libx264",), "mpegts"),
        ("a.m2ts", ("libx264",), "mpegts"),
        ("a.mov", ("mjpeg", "-pix_fmt", "yuvj420p"), "mov"),
        ("a.flv", ("libx264",), "flv"),
        ("a.gif", ("gif",), "gif"),
        ("a.mp4", ("libx265", "-x265-params", "log-level=error"), "mov"),
        ("b.mp4", ("libx264", "-movflags", "frag_keyframe+empty_moov"), "mov"),
    ],
)
def test_every_common_container(
    name: str, codec: tuple[str, ...], demuxer: str, film: Path, tmp_path: Path, settings: Settings
) -> None:
    samples.ffmpeg("-i", film, "-an", "-c:v", *codec, tmp_path / name)
    clip = probe(tmp_path / name, settings)
    assert clip.demuxer == demuxer
    assert abs(clip.duration - 3) <= Fraction(1, 25)
    assert (clip.width, clip.height) == (320, 180)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_rotation_swaps_the_sides(degrees: int, film: Path, tmp_path: Path, settings: Settings) -> None:
    turned = tmp_path / "turned.mp4"
    samples.ffmpeg("-display_rotation", str(-degrees), "-i", film, "-c", "copy", turned)
    clip = probe(turned, settings)
    assert clip.rotation == degrees
    assert (clip.width, clip.height) == ((180, 320) if degrees != 180 else (320, 180))


@pytest.mark.medium
def test_pixels_that_are_not_square(film: Path, tmp_path: Path, settings: Settings) -> None:
    samples.ffmpeg("-i", film, "-vf", "setsar=4/3", "-an", tmp_path / "wide.mp4")
    clip = probe(tmp_path / "wide.mp4", settings)
    assert (clip.width, clip.height) == (427, 180)


def test_an_edit_list_hides_pictures(film: Path, tmp_path: Path, settings: Settings) -> None:
    samples.ffmpeg("-ss", "0.52", "-i", film, "-c", "copy", "-t", "1", tmp_path / "cut.mp4")
    clip = probe(tmp_path / "cut.mp4", settings)
    # ffmpeg keeps whole groups of pictures; the 13 that the edit list hides must not count.
    assert 1 <= clip.duration <= Fraction(6, 5)


def test_sound_longer_than_the_pictures_does_not_count(
    film: Path, tmp_path: Path, settings: Settings
) -> None:
    long = tmp_path / "long.mp4"
    sound = ("-f", "lavfi", "-i", "sine=d=9")
    samples.ffmpeg("-i", film, *sound, "-map", "0:v", "-map", "1:a", "-c:v", "copy", long)
    assert probe(long, settings).duration == 3


def test_unequal_delays(tmp_path: Path, settings: Settings) -> None:
    times = [Fraction(t, 1000) for t in (0, 100, 700, 750, 2000)]
    path = samples.write(tmp_path / "vfr.mkv", samples.pan(1, 5), times=times)
    clip = probe(path, settings)
    assert 2 < clip.duration < Fraction(27, 10)
    assert abs(clip.frame_rate - 5 / clip.duration) < Fraction(1, 100)


def test_a_single_picture(tmp_path: Path, settings: Settings) -> None:
    clip = probe(samples.write(tmp_path / "one.mp4", samples.pan(1, 1)), settings)
    assert (clip.kind, clip.duration) == ("video", Fraction(1, 25))


@pytest.mark.medium
@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
def test_hdr_is_noticed(transfer: str, film: Path, tmp_path: Path, settings: Settings) -> None:
    tags = f"colorprim=bt2020:transfer={transfer}:colormatrix=bt2020nc:log-level=error"
    path = tmp_path / "hdr.mp4"
    samples.ffmpeg("-i", film, "-c:v", "libx265", "-pix_fmt", "yuv420p10le", "-x265-params", tags, path)
    clip = probe(path, settings)
    assert clip.hdr
    assert clip.pixel_format == "yuv420p10le"


def test_a_photo_is_held_as_long_as_the_caller_says(tmp_path: Path, settings: Settings) -> None:
    from PIL import Image

    path = tmp_path / "photo.png"
    Image.fromarray(np.asarray(samples.scene(3))).save(path)
    assert probe(path, settings).duration == 10
    clip = probe(path, settings, photo_duration=4.5)
    assert (clip.kind, clip.demuxer, clip.duration, clip.frame_rate) == (
        "photo",
        "pillow",
        Fraction(9, 2),
        30,
    )


def test_the_same_bytes_have_the_same_name(film: Path, tmp_path: Path, settings: Settings) -> None:
    copy = tmp_path / "another name.mov"
    copy.write_bytes(film.read_bytes())
    assert probe(copy, settings).sha256 == probe(film, settings).sha256
