"""Pictures come out upright, small, in the right colours and at the right times."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from immersivaudio.config import Settings
from immersivaudio.errors import BadMediaError
from immersivaudio.media import decode, probe
from immersivaudio.values import Image
from tests import samples


def _first(path: Path, settings: Settings, longest: int = 320) -> Image:
    clip = probe(path, settings)
    return decode.FrameScaler(clip, longest)(next(decode.pictures(clip, settings)))


def _corners() -> Image:
    """Red top left, green top right, blue bottom left, white bottom right; 320 x 180."""
    image = np.full((180, 320, 3), 230, np.uint8)
    image[:90, :160], image[:90, 160:], image[90:, :160] = (220, 20, 20), (20, 200, 20), (20, 20, 220)
    return image


def test_times_are_exact_and_start_at_zero(film: Path, settings: Settings) -> None:
    times = [p.time for p in decode.pictures(probe(film, settings), settings)]
    assert times == [Fraction(i, 25) for i in range(75)]


def test_times_start_at_the_first_picture_shown(film: Path, tmp_path: Path, settings: Settings) -> None:
    samples.ffmpeg("-i", film, "-c:v", "libx264", "-f", "mpegts", tmp_path / "late.ts")
    times = [p.time for p in decode.pictures(probe(tmp_path / "late.ts", settings), settings)]
    assert times == [Fraction(i, 25) for i in range(75)]


@pytest.mark.medium
def test_avi_keeps_every_picture_though_its_stamps_follow_the_coding_order(
    film: Path, tmp_path: Path, settings: Settings
) -> None:
    samples.ffmpeg("-i", film, "-c:v", "libx264", "-bf", "3", tmp_path / "b.avi")
    times = [p.time for p in decode.pictures(probe(tmp_path / "b.avi", settings), settings)]
    assert times == [Fraction(i, 25) for i in range(75)]


def test_unequal_delays_are_kept(tmp_path: Path, settings: Settings) -> None:
    wanted = [Fraction(t, 1000) for t in (0, 100, 700, 750, 2000)]
    path = samples.write(tmp_path / "vfr.mkv", samples.pan(1, 5), times=wanted)
    assert [p.time for p in decode.pictures(probe(path, settings), settings)] == wanted


def test_edit_lists_are_honoured(film: Path, tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "cut.mp4"
    samples.ffmpeg("-ss", "0.52", "-i", film, "-c", "copy", "-t", "1", path)
    clip = probe(path, settings)
    times = [p.time for p in decode.pictures(clip, settings)]
    assert times[0] == 0
    assert times[-1] + Fraction(1, 25) == clip.duration
    whole = list(decode.pictures(probe(film, settings), settings))[13]
    sought = decode.FrameScaler(clip, 160)(whole).astype(int)
    assert np.abs(sought - _first(path, settings, 160)).mean() < 3


@pytest.mark.medium
@pytest.mark.parametrize("flags", [(), ("-display_hflip",), ("-display_vflip",)])
@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_pictures_are_upright(
    degrees: int, flags: tuple[str, ...], tmp_path: Path, settings: Settings
) -> None:
    plain, turned = tmp_path / "plain.mp4", tmp_path / "turned.mp4"
    samples.write(plain, [_corners()] * 3)
    samples.ffmpeg("-display_rotation", str(-degrees), *flags, "-i", plain, "-c", "copy", turned)
    samples.ffmpeg("-i", turned, "-frames:v", "1", tmp_path / "shown.png")  # ffmpeg's own opinion
    shown = samples.read_png(tmp_path / "shown.png")
    mine = _first(turned, settings)
    assert mine.shape == shown.shape
    assert np.abs(mine.astype(int) - shown).mean() < 6


@pytest.mark.parametrize(("pixel_format", "codec"), [("yuv420p", "libx264"), ("yuvj420p", "mjpeg")])
def test_full_and_limited_range_give_the_same_colours(
    pixel_format: str, codec: str, tmp_path: Path, settings: Settings
) -> None:
    steps = np.repeat(np.linspace(0, 255, 8).astype(np.uint8), 40)
    image = np.broadcast_to(steps[None, :, None], (180, 320, 3)).copy()
    path = samples.write(tmp_path / "steps.mov", [image] * 3, codec=codec, pixel_format=pixel_format)
    seen = _first(path, settings)[90, 20::40].astype(int)
    assert np.abs(seen - image[90, 20::40]).max() <= 6


@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
def test_hdr_is_brought_to_what_a_person_recognises(
    transfer: str, tmp_path: Path, settings: Settings
) -> None:
    sdr = np.array(samples.scene(4, 320, 180))
    samples.write(tmp_path / "sdr.mp4", [sdr] * 3, crf="8")
    tags = f"colorprim=bt2020:transfer={transfer}:colormatrix=bt2020nc:log-level=error"
    convert = (
        "zscale=pin=bt709:tin=iec61966-2-1:min=bt709:rin=tv:"
        f"p=bt2020:t={transfer}:m=bt2020nc:r=tv:npl=203,format=yuv420p10le"
    )
    path = tmp_path / "hdr.mp4"
    samples.ffmpeg("-i", tmp_path / "sdr.mp4", "-vf", convert, "-c:v", "libx265", "-x265-params", tags, path)
    seen = _first(path, settings)
    likeness = np.corrcoef(seen.reshape(-1).astype(float), sdr.reshape(-1).astype(float))[0, 1]
    assert likeness > 0.95
    assert abs(float(seen.mean()) - float(sdr.mean())) < 20


@pytest.mark.parametrize("matrix", [8, 14], ids=["ycgco", "ictcp"])
def test_a_matrix_that_nothing_converts_is_looked_at_as_if_none_were_told(
    matrix: int, film: Path, tmp_path: Path, settings: Settings
) -> None:
    path = tmp_path / "tagged.mp4"
    tag = f"h264_metadata=matrix_coefficients={matrix}"
    samples.ffmpeg("-i", film, "-an", "-c:v", "copy", "-bsf:v", tag, path)
    with av.open(str(path)) as container:
        assert next(container.decode(video=0)).colorspace == matrix
    assert np.abs(_first(path, settings).astype(int) - _first(film, settings)).mean() < 3


def test_a_few_damaged_packets_are_skipped(tmp_path: Path, settings: Settings) -> None:
    path = samples.film(tmp_path / "film.ts", shots=4)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2 // 188 * 188
    data[middle + 4 : middle + 184] = bytes(180)
    path.write_bytes(data)
    assert sum(1 for _ in decode.pictures(probe(path, settings), settings)) >= 90


def test_nothing_that_decodes_is_an_error(film: Path, tmp_path: Path, settings: Settings) -> None:
    clip = probe(film, settings)
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(film.read_bytes()[:60])
    with pytest.raises(BadMediaError):
        list(decode.pictures(replace(clip, path=broken), settings))


@pytest.mark.medium
def test_the_views_of_real_clips_are_upright(shared_media: Callable[[str], Path], settings: Settings) -> None:
    image = _first(shared_media("portrait_4k60_0.3s.mp4"), settings)
    assert image.shape == (320, 180, 3)
    image = _first(shared_media("phone_dog_rot270.mp4"), settings)
    assert image.shape == (320, 180, 3)


@pytest.mark.medium
def test_a_large_clip_that_is_looked_at_small_looks_the_same(tmp_path: Path, settings: Settings) -> None:
    wide = [np.repeat(np.repeat(f, 5, axis=0), 5, axis=1) for f in samples.pan(3, 12)]
    path = samples.write(tmp_path / "wide.mp4", wide, preset="ultrafast", crf="34", bf="3")
    clip = probe(path, settings)
    fine = [(p.time, decode.FrameScaler(clip, 160)(p)) for p in decode.pictures(clip, settings)]
    rough = [(p.time, decode.FrameScaler(clip, 160)(p)) for p in decode.pictures(clip, settings, longest=640)]
    assert [time for time, _ in rough] == [time for time, _ in fine]
    worst = max(np.abs(a.astype(int) - b).mean() for (_, a), (_, b) in zip(fine, rough, strict=True))
    assert worst < 1


@pytest.mark.medium
@pytest.mark.parametrize("pixel_format", ["yuv420p", "yuv422p", "yuv444p", "yuv420p10le"])
@pytest.mark.parametrize("size", [(1920, 1080), (1918, 806)])
def test_a_large_picture_keeps_its_colours_and_its_place_when_it_is_made_small(
    size: tuple[int, int], pixel_format: str, tmp_path: Path, settings: Settings
) -> None:
    image = np.array(samples.scene(4, *size))
    path = samples.write(tmp_path / "large.mkv", [image] * 2, pixel_format=pixel_format, crf="8")
    scale = "scale=160:-1:flags=bilinear:in_color_matrix=bt709"
    samples.ffmpeg("-i", path, "-frames:v", "1", "-vf", scale, tmp_path / "small.png")
    seen, sought = _first(path, settings, 160), samples.read_png(tmp_path / "small.png")
    assert seen.shape[1] == 160
    height = min(len(seen), len(sought))
    difference = seen[:height].astype(int) - sought[:height]
    assert np.abs(difference).mean() < 3
    assert np.abs(difference.mean(axis=(0, 1))).max() < 2, "no tint"
