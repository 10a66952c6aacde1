"""Clips and photos laid out as one film: as long as the beat wants them, changed where it was said."""

from fractions import Fraction
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
import pytest
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from immersivaudio.config import Settings
from immersivaudio.errors import BadMediaError
from immersivaudio.media import canvas, decode, decode_audio, montage
from immersivaudio.media.probe import probe
from immersivaudio.values import Clip
from tests import measure, samples

pytestmark = pytest.mark.medium


def _photo(width: int = 1600, height: int = 900) -> Clip:
    return Clip(Path("p"), "photo", "pillow", Fraction(10), width, height, Fraction(30), "jpeg")


def _video(seconds: float, rate: Fraction = Fraction(30), shape: tuple[int, int] = (1280, 720)) -> Clip:
    return Clip(Path("v"), "video", "mov", Fraction(seconds), *shape, rate, "h264")


@pytest.mark.parametrize(
    ("clips", "lengths"),
    [
        ([_photo()] * 3, [4.8] * 3),
        ([_photo()] * 7, [4.8, *[2.4] * 5, 4.8]),
        ([_photo(), _video(7.9), _photo()], [4.8, 7.2, 4.8]),
        ([_video(1.0)], [2.4]),
        ([_video(5.0, Fraction(24)), _photo()], [5.0, 5.0]),
        ([_video(6.0, Fraction(50)), _photo()], [4.8, 4.8]),
        ([_video(9.9, Fraction(30000, 1001))], [9.6]),
    ],
)
def test_each_part_is_as_long_as_the_beat_wants_it(
    clips: list[Clip], lengths: list[float], settings: Settings
) -> None:
    laid = montage.plan(clips, settings)
    assert [part.count / laid.rate for part in laid.parts] == pytest.approx(lengths)
    assert float(laid.duration) == pytest.approx(sum(lengths))


@given(
    wanted=st.floats(40, 240),
    rate=st.sampled_from([24, 25, 30]),
    units=st.lists(st.integers(1, 4), min_size=2, max_size=12),
)
def test_every_change_of_picture_is_on_a_beat_at_any_mood(wanted: float, rate: int, units: list[int]) -> None:
    unit = montage._UNITS[rate]
    parts = tuple(montage.MontagePart(_photo(), unit * count) for count in units)
    laid = montage.Montage(parts, (1280, 720), rate)
    beat = 60 / laid.tempo(wanted)
    for time, _ in laid.cut_list.cuts:
        assert abs(float(time) / beat - round(float(time) / beat)) * beat < 1e-6
    assert 48 <= laid.tempo(wanted) <= 200
    assert abs(np.log2(laid.tempo(wanted) / min(max(wanted, 48), 200))) < 0.35, "not another mood's"


def test_too_long_a_film_is_refused_before_any_picture_is_made(settings: Settings) -> None:
    with pytest.raises(BadMediaError, match="leave out the longest clip"):
        montage.plan([_video(1000), _video(1000)], settings)


@pytest.mark.parametrize(
    ("shapes", "film"),
    [
        ([(1600, 900), (1600, 900), (900, 1600)], (1280, 720)),
        ([(900, 1600), (1080, 1920)], (720, 1280)),
        ([(500, 500)], (720, 720)),
    ],
)
def test_the_film_has_the_shape_of_most_parts(shapes: list[tuple[int, int]], film: tuple[int, int]) -> None:
    assert canvas.size([_photo(*shape) for shape in shapes]) == film


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A bright photo, an upright clip with a tone, a dark photo."""
    folder = tmp_path_factory.mktemp("parts")
    upright = samples.film(
        folder / "upright.mp4", shots=1, seconds=3, rate=25, size=(180, 320), sound="sine=f=330"
    )
    for name, seed in (("one.png", 3), ("two.png", 9)):
        Image.fromarray(samples.scene(seed, 640, 360)).save(folder / name)
    return [folder / "one.png", upright, folder / "two.png"]


@pytest.fixture(scope="module")
def made(parts: list[Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[montage.Montage, Path]:
    settings, out = Settings(_env_file=None), tmp_path_factory.mktemp("made") / "film.mp4"
    laid = montage.plan([probe(path, settings) for path in parts], settings)
    montage.write(laid, out, 1, settings, lambda _done: None)
    return laid, out


def test_the_film_is_as_long_as_was_said_within_one_picture(made: tuple[montage.Montage, Path]) -> None:
    laid, out = made
    assert abs(measure.shown_seconds(out) - laid.duration) <= Fraction(1, laid.rate)
    assert not list(out.parent.glob("*.wav"))


def test_pictures_change_on_the_picture_that_was_said(
    made: tuple[montage.Montage, Path], settings: Settings
) -> None:
    laid, out = made
    clip = probe(out, settings)
    scaler = decode.FrameScaler(clip, 96)
    shown = [(picture.time, scaler(picture).astype(float)) for picture in decode.pictures(clip, settings)]
    steps = [(np.abs(now - before).mean(), time) for (_, before), (time, now) in pairwise(shown)]
    changes = sorted(time for _, time in sorted(steps, reverse=True)[: len(laid.parts) - 1])
    assert changes == [time for time, _ in laid.cut_list.cuts]


def test_a_clips_own_sound_is_heard_under_it_alone(
    made: tuple[montage.Montage, Path], settings: Settings
) -> None:
    laid, out = made
    sound = np.concatenate(list(decode_audio.own_sound(probe(out, settings), settings)), axis=1).T
    edges = [0, *accumulate(part.count for part in laid.parts)]
    levels = [
        np.abs(sound[48_000 * a // laid.rate + 4800 : 48_000 * b // laid.rate - 4800]).max()
        for a, b in pairwise(edges)
    ]
    assert levels[0] < 0.001
    assert levels[1] > 0.05
    assert levels[2] < 0.001


@pytest.mark.parametrize("size", [(1280, 720), (1276, 722), (320, 240), (180, 320)], ids=str)
def test_a_clips_colours_are_its_own_on_the_canvas(
    size: tuple[int, int], tmp_path: Path, settings: Settings
) -> None:
    """A left half of one colour, a right one of another: in their places, and dimmed beside the clip."""
    picture = np.full((size[1], size[0], 3), (200, 60, 40), np.uint8)
    picture[:, size[0] // 2 :] = (40, 80, 190)
    clip = probe(samples.write(tmp_path / "two.mp4", [picture] * 3, 30), settings)
    coded = np.frombuffer(next(iter(canvas.pictures(clip, (1280, 720), 30, 1, settings))), np.uint8)
    frame = VideoFrame.from_ndarray(coded.reshape(1080, 1280), format="yuv420p")
    frame.colorspace, frame.color_range = Colorspace.ITU709, ColorRange.MPEG
    shown = frame.to_ndarray(format="rgb24").astype(int)
    own = decode.FrameScaler(clip, 320)(next(decode.pictures(clip, settings))).astype(int)
    left, right = own[own.shape[0] // 2, [10, -10]]
    assert shown[360, 600] == pytest.approx(left, abs=4)
    assert shown[360, 680] == pytest.approx(right, abs=4)
    fills = max(size[0] / size[1] / (16 / 9), 16 / 9 / (size[0] / size[1])) < 1.15
    assert shown[360, 30] == pytest.approx(left * (1 if fills else 0.6), abs=8)
