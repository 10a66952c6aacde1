"""Bad files: each ends in one plain line that names the problem and the remedy."""

import gzip
import os
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from immersivaudio.config import Settings
from immersivaudio.errors import BadMediaError, Fault, MediaTooLargeError, UserError
from immersivaudio.media import probe
from tests import samples


def _empty(path: Path, _: Path) -> None:
    path.write_bytes(b"")


def _text(path: Path, _: Path) -> None:
    path.write_text("this is not a film\n" * 40)


def _noise(path: Path, _: Path) -> None:
    path.write_bytes(os.urandom(9000))


def _truncated(path: Path, film: Path) -> None:
    path.write_bytes(film.read_bytes()[: film.stat().st_size // 2])


def _truncated_faststart(path: Path, film: Path) -> None:
    samples.ffmpeg("-i", film, "-c", "copy", "-movflags", "+faststart", path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _truncated_matroska(path: Path, film: Path) -> None:
    samples.ffmpeg("-i", film, "-c", "copy", "-f", "matroska", path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _only_a_header(path: Path, film: Path) -> None:
    path.write_bytes(film.read_bytes()[:40])


def _encrypted(path: Path, film: Path) -> None:
    key = ("-encryption_key", "76a6c65c5ea762046bd749a2e632ccbb")
    kid = ("-encryption_kid", "a7e61c373e219033c21091fa607bf3b8")
    samples.ffmpeg("-i", film, "-c", "copy", "-encryption_scheme", "cenc-aes-ctr", *key, *kid, path)


def _audio_only(path: Path, film: Path) -> None:
    samples.ffmpeg("-i", film, "-vn", "-c:a", "copy", path)


def _cover_only(path: Path, film: Path) -> None:
    cover = path.with_name("cover.jpg")
    samples.ffmpeg("-i", film, "-frames:v", "1", cover)
    streams = ("-map", "0:a", "-map", "1:v", "-c", "copy", "-disposition:v", "attached_pic")
    samples.ffmpeg("-i", film, "-i", cover, *streams, path)


def _wave(path: Path, film: Path) -> None:
    samples.ffmpeg("-i", film, "-vn", "-f", "wav", path)


def _concat(path: Path, film: Path) -> None:
    path.write_text(f"ffconcat version 1.0\nfile '{film}'\n")


def _hls(path: Path, film: Path) -> None:
    path.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n{film}\n#EXT-X-ENDLIST\n")


def _no_pictures(path: Path, film: Path) -> None:
    samples.ffmpeg("-i", film, "-an", "-c:v", "copy", "-movflags", "frag_keyframe+empty_moov", path)
    path.write_bytes(path.read_bytes().partition(b"moof")[0][:-4])


def _unknown_codec(path: Path, film: Path) -> None:
    samples.ffmpeg("-i", film, "-an", "-c:v", "ffv1", "-f", "matroska", path)


def _undecodable(path: Path, film: Path) -> None:
    data = bytearray(film.read_bytes())
    start = data.index(b"mdat") + 4
    end = data.index(b"moov") - 4
    data[start:end] = bytes(end - start)
    path.write_bytes(data)


def _broken_photo(path: Path, film: Path) -> None:
    samples.ffmpeg("-i", film, "-frames:v", "1", "-f", "image2", "-c:v", "png", path)
    path.write_bytes(path.read_bytes()[:2000])


def _versatile(path: Path, film: Path) -> None:
    path.write_bytes(film.read_bytes().replace(b"avc1", b"vvc1"))


def _dolby_vision_of_av1(path: Path, film: Path) -> None:
    path.write_bytes(film.read_bytes().replace(b"avc1", b"dav1"))


def _animated_sticker(path: Path, _: Path) -> None:
    path.write_bytes(gzip.compress(b'{"tgs":1,"v":"5.5.2","layers":[]}'))


def _jpeg_xl(path: Path, _: Path) -> None:
    path.write_bytes(b"\xff\x0a" + bytes(400))


def _folder(path: Path, _: Path) -> None:
    path.mkdir()


def _pipe(path: Path, _: Path) -> None:
    os.mkfifo(path)


def _missing(path: Path, _: Path) -> None:
    assert not path.exists()


def _dangling(path: Path, _: Path) -> None:
    path.symlink_to("nowhere")


BAD = [
    (_empty, "empty"),
    (_text, "text"),
    (_noise, "neither a video nor a photo"),
    (_truncated, "damaged or not complete"),
    (_truncated_faststart, "a part of the file is missing"),
    (_truncated_matroska, "a part of the file is missing"),
    (_only_a_header, "damaged or not complete"),
    (_encrypted, "encrypted"),
    (_audio_only, "no moving pictures"),
    (_cover_only, "no moving pictures"),
    (_wave, "sound file"),
    (_concat, "playlist"),
    (_hls, "playlist"),
    (_no_pictures, "no picture"),
    (_unknown_codec, "not accepted"),
    (_undecodable, "cannot be decoded"),
    (_broken_photo, "photo is damaged"),
    (_versatile, "coded as 'vvc' are not accepted"),
    (_dolby_vision_of_av1, "in a coding that is not known here"),
    (_animated_sticker, "animated sticker"),
    (_jpeg_xl, "JPEG XL"),
    (_folder, "folder"),
    (_pipe, "pipe"),
    (_missing, "no such file"),
    (_dangling, "no such file"),
]


@pytest.mark.parametrize(("make", "problem"), BAD, ids=lambda value: getattr(value, "__name__", ""))
def test_bad_files_are_refused_in_one_line(
    make: Callable[[Path, Path], None], problem: str, film: Path, tmp_path: Path, settings: Settings
) -> None:
    path = tmp_path / "clip.mp4"
    make(path, film)
    with pytest.raises(BadMediaError) as caught:
        probe(path, settings)
    _is_plain(caught.value, path)
    assert problem in str(caught.value)


def test_a_file_that_may_not_be_read(film: Path, tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(film.read_bytes())
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("the tests run as root, who may read everything")
    with pytest.raises(BadMediaError, match="may not be read"):
        probe(path, settings)


@pytest.mark.parametrize(
    ("caps", "problem"),
    [
        ({"max_bytes": 1000}, "1000 bytes are allowed"),
        ({"max_pixels": 320 * 180 - 1}, "megapixels"),
        ({"max_duration": 2.5}, "lasts 3 s"),
        ({"max_frames": 74}, "more than the 74 pictures"),
        ({"max_streams": 1}, "has 2 streams"),
    ],
)
def test_caps(caps: dict[str, float], problem: str, film: Path) -> None:
    with pytest.raises(MediaTooLargeError) as caught:
        probe(film, Settings(_env_file=None, **caps))
    _is_plain(caught.value, film)
    assert problem in str(caught.value)


@pytest.mark.medium
def test_a_picture_of_absurd_size_is_not_decoded(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "big.mp4"
    samples.ffmpeg(
        "-f", "lavfi", "-i", "color=s=8192x8192:r=2:d=1", "-c:v", "libx264", "-preset", "ultrafast", path
    )
    with pytest.raises(MediaTooLargeError, match="8192x8192"):
        probe(path, settings)


@pytest.mark.parametrize("side", [13_000, 60_000])
def test_a_decompression_bomb(side: int, tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(_png_header(side) + _chunk(b"IDAT", zlib.compress(bytes(1000))) + _chunk(b"IEND", b""))
    with pytest.raises(MediaTooLargeError) as caught:
        probe(path, settings)
    _is_plain(caught.value, path)


def test_a_download_that_lost_its_last_second_is_still_taken(tmp_path: Path, settings: Settings) -> None:
    whole = samples.film(tmp_path / "whole.mp4", shots=5)
    path = tmp_path / "almost.mp4"
    samples.ffmpeg("-i", whole, "-c", "copy", "-movflags", "+faststart", path)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * 0.99)])
    assert 4.5 <= probe(path, settings).duration < 5


@pytest.mark.parametrize("seconds", [0, -1, 0.5, 1e9])
def test_a_photo_cannot_be_held_for_ever(seconds: float, tmp_path: Path, settings: Settings) -> None:
    from PIL import Image

    path = tmp_path / "photo.png"
    Image.new("RGB", (64, 64)).save(path)
    with pytest.raises(UserError, match="cannot be held"):
        probe(path, settings, photo_duration=seconds)


def _is_plain(error: UserError, path: Path) -> None:
    line = str(error)
    assert error.fault is Fault.USER
    assert error.problem and error.remedy
    assert "\n" not in line and "Traceback" not in line
    assert str(path.parent) not in line


def _png_header(side: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
