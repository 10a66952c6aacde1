"""Pictures coded anew play everywhere, upright, at their own times."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.reformatter import Colorspace

from immersivaudio.config import Settings
from immersivaudio.media import decode, playable, probe
from immersivaudio.media.encode import Quality, encode
from tests import measure, samples


def _encoded(path: Path, out: Path, settings: Settings, quality: Quality | None = None) -> list[float]:
    told: list[float] = []
    encode(probe(path, settings), out, quality or Quality(), told.append)
    return told


@pytest.mark.medium
@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.mpg", ("-c:v", "mpeg2video", "-q:v", "3")),
        ("b.avi", ("-c:v", "mpeg4", "-q:v", "3")),
        ("c.webm", ("-c:v", "libvpx", "-deadline", "realtime")),
        ("d.mov", ("-c:v", "prores_ks", "-pix_fmt", "yuv422p10le")),
        ("e.avi", ("-c:v", "mjpeg", "-q:v", "3")),
        ("g.mp4", ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv444p")),
        ("h.avi", ("-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-pix_fmt", "yuv420p")),
    ],
)
def test_what_does_not_play_everywhere_is_coded_anew(
    film: Path, tmp_path: Path, settings: Settings, name: str, options: tuple[str, ...]
) -> None:
    source, out = tmp_path / name, tmp_path / "out.mp4"
    samples.ffmpeg("-i", film, *options, "-an", source)
    clip = probe(source, settings)
    assert not playable.plays(clip)
    told = _encoded(source, out, settings)
    after = probe(out, settings)
    assert (after.codec, after.pixel_format) == ("h264", "yuv420p")
    assert measure.video_packets(out).count == 75
    first, last = (_picture(path, settings) for path in (source, out))
    assert np.abs(first.astype(int) - last).mean() < 4
    assert told == sorted(told)


def _picture(path: Path, settings: Settings, place: int = 0) -> np.ndarray:
    clip = probe(path, settings)
    return decode.FrameScaler(clip, 320)(list(decode.pictures(clip, settings))[place])


@pytest.mark.medium
def test_a_matrix_that_nothing_converts_is_coded_as_if_none_were_told(
    film: Path, tmp_path: Path, settings: Settings
) -> None:
    tagged, out = tmp_path / "tagged.mp4", tmp_path / "out.mp4"
    samples.ffmpeg("-i", film, "-an", "-c:v", "copy", "-bsf:v", "h264_metadata=matrix_coefficients=8", tagged)
    _encoded(tagged, out, settings)
    assert np.abs(_picture(film, settings).astype(int) - _picture(out, settings)).mean() < 4


def test_pixels_of_an_absurd_shape_are_square(film: Path, tmp_path: Path, settings: Settings) -> None:
    source, out = tmp_path / "absurd.mkv", tmp_path / "out.mp4"
    samples.ffmpeg("-i", film, "-an", "-c:v", "copy", "-aspect", "200", source)
    clip = probe(source, settings)
    _encoded(source, out, settings)
    after = probe(out, settings)
    assert (after.width, after.height) == (clip.width, clip.height) == (320, 180)


def test_odd_sides_become_even_without_blur(tmp_path: Path, settings: Settings) -> None:
    source = samples.write(
        tmp_path / "odd.mkv",
        [np.ascontiguousarray(samples.scene(1, 321, 181))] * 5,
        codec="ffv1",
        pixel_format="bgra",
    )
    gif = tmp_path / "odd.gif"
    samples.ffmpeg("-i", source, gif)
    _encoded(gif, tmp_path / "out.mp4", settings)
    clip = probe(tmp_path / "out.mp4", settings)
    assert (clip.width, clip.height) == (320, 180)


@pytest.mark.medium
def test_square_pixels_and_upright(film: Path, tmp_path: Path, settings: Settings) -> None:
    wide, turned = tmp_path / "wide.mkv", tmp_path / "turned.mp4"
    samples.ffmpeg("-i", film, "-vf", "setsar=4/3", "-c:v", "mpeg4", "-q:v", "3", "-an", wide)
    _encoded(wide, tmp_path / "out.mp4", settings)
    clip = probe(tmp_path / "out.mp4", settings)
    assert (clip.width, clip.height) == (426, 180)
    samples.ffmpeg("-display_rotation", "90", "-i", film, "-c", "copy", "-an", turned)
    _encoded(turned, tmp_path / "up.mp4", settings)
    clip = probe(tmp_path / "up.mp4", settings)
    assert (clip.width, clip.height, clip.rotation) == (180, 320, 0)
    assert np.abs(_picture(turned, settings).astype(int) - _picture(tmp_path / "up.mp4", settings)).mean() < 4


def test_unequal_delays_are_kept(tmp_path: Path, settings: Settings) -> None:
    times = [Fraction(t, 1000) for t in (0, 100, 700, 750, 2000, 2033)]
    source = samples.write(
        tmp_path / "vfr.mkv", samples.pan(1, 6), times=times, codec="libvpx", deadline="realtime"
    )
    _encoded(source, tmp_path / "out.mp4", settings)
    shown = [p.time for p in decode.pictures(probe(tmp_path / "out.mp4", settings), settings)]
    assert [round(float(t), 3) for t in shown] == [float(t) for t in times]


def test_two_passes_meet_a_bit_rate_and_a_size(film: Path, tmp_path: Path, settings: Settings) -> None:
    out = tmp_path / "small.mp4"
    _encoded(film, out, settings, Quality(longest=160, bit_rate=100_000))
    clip = probe(out, settings)
    assert (clip.width, clip.height) == (160, 90)
    assert out.stat().st_size * 8 / 3 == pytest.approx(100_000, rel=0.25)
    assert [path.name for path in tmp_path.iterdir() if "pass" in path.name] == []


def test_hdr_is_brought_down_to_what_every_screen_shows(
    film: Path, tmp_path: Path, settings: Settings
) -> None:
    hdr, out = tmp_path / "hdr.mp4", tmp_path / "out.mp4"
    # White of 203 cd/m2 is 0.58 in PQ.
    samples.ffmpeg(
        *(
            "-f",
            "lavfi",
            "-i",
            "color=0x949494:s=64x64:d=0.4",
            "-vf",
            "format=yuv420p10le",
            "-c:v",
            "libx265",
        ),
        *("-preset", "ultrafast", "-x265-params"),
        "colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:log-level=none",
        hdr,
    )
    assert probe(hdr, settings).hdr
    _encoded(hdr, out, settings)
    assert not probe(out, settings).hdr
    with av.open(str(out)) as container:
        assert next(container.decode(video=0)).colorspace == Colorspace.ITU709
    assert 150 < _picture(out, settings).mean() < 256
