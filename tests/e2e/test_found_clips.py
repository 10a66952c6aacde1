"""Clips like those that failed come back scored: watched, mixed and put together by the real stages."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from immersivaudio.audio.layout import BLOCK
from immersivaudio.config import Settings
from immersivaudio.errors import StageFailedError
from immersivaudio.media import decode, decode_audio, find_speech, mux, probe
from immersivaudio.options import OriginalSound, ScoreOptions
from immersivaudio.stages.extract.pyav import PyAvExtractor
from immersivaudio.stages.reconstruct.ffmpeg import FfmpegReconstructor
from immersivaudio.values import Clip, Footage, Receipt, Soundtrack
from tests import found_clips as found
from tests import measure, samples, voices
from tests.contracts.test_reconstruct import sheet

_NOT_COPIED = "the pictures could not be copied as they are, so they were coded anew"


@dataclass(frozen=True)
class Result:
    path: Path
    clip: Clip
    seen: Footage
    receipt: Receipt


Score = Callable[..., Result]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("found")


@pytest.fixture
def score(tmp_path: Path, settings: Settings) -> Score:
    """Everything but the planning and the composing, which do not see the file."""

    def made(path: Path, original: OriginalSound = "auto", **wishes: int) -> Result:
        clip = probe(path, settings, photo_duration=2)
        seen = PyAvExtractor(settings).extract(clip, lambda _done: None)
        music = voices.save(tmp_path / "music.wav", voices.music(float(clip.duration) + 0.1))
        out = tmp_path / "out.mp4"
        plan = sheet(clip.duration, hits=(), speech=find_speech(clip, settings))
        receipt = FfmpegReconstructor(settings=settings).reconstruct(
            clip,
            plan,
            [Soundtrack(music, "test")],
            ScoreOptions(original=original, **wishes),
            out,
            lambda _done: None,
        )
        return Result(out, clip, seen, receipt)

    return made


def _frame(path: Path, number: int = 0) -> np.ndarray:
    """One picture as a player shows it: turned, with square pixels."""
    png = path.with_suffix(".png")
    measure.ffmpeg("-i", path, "-vf", f"select=eq(n\\,{number}),scale=iw*sar:ih", "-frames:v", "1", png)
    return samples.read_png(png)


@pytest.mark.parametrize(
    ("maker", "size", "copied"),
    [
        (found.exif_in_motion_jpeg, (90, 160), False),
        (found.shown_before_decoded, (160, 90), True),
        (found.one_pixel, (1, 1), False),
        (found.one_block, (2, 2), False),
        (found.thread, (3000, 2), False),
        (found.thread_photo, (3000, 2), False),
        (found.pole_photo, (2, 3000), False),
        (found.cover_before_the_film, (160, 90), False),
        (found.still_before_the_film, (160, 90), False),
        (found.ends_on_half_a_sample, (160, 90), True),
        (found.heic_sequence, (160, 90), True),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
@pytest.mark.parametrize("original", ["auto", "mix"])
def test_phone_files_are_scored(
    maker: Callable[[Path], Path],
    size: tuple[int, int],
    copied: bool,
    original: OriginalSound,
    folder: Path,
    score: Score,
) -> None:
    result = score(maker(folder), original)
    assert (result.clip.width, result.clip.height) == size
    assert result.receipt.video_copied == copied
    assert abs(result.receipt.length_error) < Fraction(1, 1000)
    assert len(measure.sound(result.path))


def test_a_picture_on_its_side_is_shown_upright(folder: Path, score: Score) -> None:
    shown = _frame(score(found.exif_in_motion_jpeg(folder)).path)
    stored = samples.pan(3, 1, (160, 90))[0]
    assert np.abs(shown.astype(int) - np.rot90(stored, -1)).mean() < 6


def test_every_picture_of_a_heic_sequence_is_kept(folder: Path, score: Score) -> None:
    result = score(found.heic_sequence(folder))
    assert (result.clip.kind, float(result.clip.duration)) == ("video", 1.2)
    assert len(_times(result.path)) == 12


@pytest.mark.parametrize(
    "maker", [found.cover_before_the_film, found.still_before_the_film], ids=lambda m: m.__name__
)
def test_the_film_is_coded_anew_and_not_its_cover(
    maker: Callable[[Path], Path], folder: Path, score: Score
) -> None:
    result = score(maker(folder), max_bytes=90_000)
    assert _frame(result.path).shape == (90, 160, 3)
    assert len(_times(result.path)) == 100


def test_the_times_of_pictures_that_are_shown_before_they_are_decoded_stay(
    folder: Path, score: Score
) -> None:
    source = found.shown_before_decoded(folder)
    result = score(source)
    assert _times(result.path) == _times(source)
    assert measure.video_packets(result.path) == measure.video_packets(source)
    with av.open(str(result.path)) as container:
        assert all(p.pts >= p.dts for p in container.demux(video=0) if p.size)


def _times(path: Path) -> list[Fraction]:
    with av.open(str(path)) as container:
        stamps = [Fraction(frame.pts * frame.time_base) for frame in container.decode(video=0)]
    return [stamp - stamps[0] for stamp in stamps]


def test_pictures_that_cannot_be_copied_are_coded_anew(
    folder: Path, score: Score, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What the muxer may refuse next nobody knows; so it refuses the sender's own packets as such.
    write = mux.write

    def refusing(out: Path, pictures: mux.Pictures, *rest: object, **options: object) -> None:
        if pictures.path.parent == folder:
            raise StageFailedError("ffmpeg could not write the result")
        write(out, pictures, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(mux, "write", refusing)
    result = score(found.with_sound(folder, "plain.mp4", "-c:a", "aac"))
    assert not result.receipt.video_copied
    assert _NOT_COPIED in result.receipt.notes
    assert len(_times(result.path)) == 100


def test_an_error_of_ours_is_not_ffmpegs(folder: Path, tmp_path: Path, settings: Settings) -> None:
    clip = probe(found.with_sound(folder, "plain.mp4", "-c:a", "aac"), settings)

    def broken() -> object:
        yield np.zeros((2, 4800), np.float32)
        raise ValueError("blocks of unequal length")

    with pytest.raises(ValueError, match="unequal"):
        pictures = mux.pictures(clip.path, clip.demuxer, settings)
        mux.write(tmp_path / "a.mp4", pictures, broken(), settings, coding=mux.SoundCoding(128_000))  # type: ignore[arg-type]


def test_soundtracks_of_unequal_length_stay_in_step(tmp_path: Path) -> None:
    """A length on half a sample is rounded up for one file and down for the other."""
    path = voices.save(tmp_path / "short.wav", voices.music(4)[: 2 * BLOCK - 1])
    assert [block.shape[1] for block in decode_audio.read(path, 2 * BLOCK)] == [
        BLOCK,
        BLOCK,
    ]


@pytest.mark.parametrize(
    "maker", [found.opposite_channels, found.voice_on_the_left], ids=lambda m: m.__name__
)
def test_a_voice_stands_in_the_middle_of_the_mix(
    maker: Callable[[Path], Path], folder: Path, score: Score
) -> None:
    result = score(maker(folder), "mix", music_gain_db=-60)
    heard = measure.sound(result.path)
    assert result.receipt.original == "mix"
    assert np.corrcoef(heard.T)[0, 1] > 0.95
    assert abs(10 * np.log10((heard[:, 0] ** 2).sum() / (heard[:, 1] ** 2).sum())) < 1


def test_sound_that_cannot_be_read_is_told_whatever_was_asked(folder: Path, score: Score) -> None:
    path = found.spatial_track_alone(folder)
    for original in ("auto", "keep"):
        result = score(path, original)
        assert result.receipt.notes == ("its sound is coded as apac, which could not be read",)


@pytest.mark.parametrize(
    ("maker", "width", "height"),
    [(found.wide_pixels_told_by_the_container, 256, 144), (found.wide_pixels_of_a_copy, 180, 90)],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_pixels_keep_the_shape_that_the_container_tells(
    maker: Callable[[Path], Path], width: int, height: int, folder: Path, score: Score, settings: Settings
) -> None:
    result = score(maker(folder))
    assert result.receipt.video_copied
    assert (result.clip.width, result.clip.height) == (width, height)
    shown = probe(result.path, settings)
    assert (shown.width, shown.height) == (width, height)
    assert _frame(result.path).shape == (height, width, 3)


@pytest.mark.parametrize("maker", [found.rgb_gif, found.rgb_h264], ids=lambda maker: maker.__name__)
def test_colours_without_a_matrix_stay(maker: Callable[[Path], Path], folder: Path, score: Score) -> None:
    result = score(maker(folder))
    middle = _frame(result.path)[360, 640].astype(int)
    assert np.abs(middle - (0xE0, 0x20, 0x10)).max() <= 12
    with av.open(str(result.path)) as container:
        assert next(container.decode(video=0)).colorspace == 1, "BT.709 is told, as no player would guess"


def test_fields_are_woven_into_whole_pictures(folder: Path, score: Score) -> None:
    result = score(found.interlaced(folder))
    assert result.clip.interlaced
    assert _combing(_frame(found.interlaced(folder), 10)) > 4
    assert _combing(_frame(result.path, 10)) < 1
    assert len(_times(result.path)) == 25
    with av.open(str(result.path)) as container:
        assert not next(container.decode(video=0)).interlaced_frame


def _combing(image: np.ndarray) -> float:
    """How much every second line differs from its neighbours where something moves."""
    luma = image.astype(float).mean(axis=2)
    return float(np.abs(2 * luma[1:-1] - luma[:-2] - luma[2:]).mean() / 2)


def test_an_animated_webp_moves(folder: Path, score: Score) -> None:
    result = score(found.animated_webp(folder))
    assert (result.clip.kind, result.clip.duration) == ("video", Fraction(sum(found.HELD), 1000))
    assert not result.receipt.notes
    starts = [sum(found.HELD[:n]) / 1000 for n in range(len(found.HELD))]
    assert [float(time) for time in _times(result.path)] == pytest.approx(starts, abs=0.002)
    for number, colour in enumerate(found.MOVING):
        picture = _frame(result.path, number)
        assert np.abs(picture[60, 60].astype(int) - colour).max() <= 8
        assert picture[10, 10].min() > 240
    assert abs(result.receipt.length_error) < Fraction(1, 25)


def test_8k_is_looked_at_small_and_comes_back_whole(folder: Path, score: Score) -> None:
    result = score(found.eight_k(folder))
    assert (result.clip.width, result.clip.height, result.receipt.video_copied) == (7680, 4320, True)
    assert {frame.image.shape for frame in result.seen.frames} == {(360, 640, 3)}
    assert len(_times(result.path)) == 3


def test_dolby_visions_box_is_kept(folder: Path, score: Score) -> None:
    source = found.dolby_vision(folder)
    result = score(source)
    assert result.receipt.video_copied
    told = source.read_bytes().partition(b"dvvC")[2][:5]
    assert result.path.read_bytes().partition(b"dvvC")[2][:5] == told


_OLD = ("ms_mpeg4_v2", "ms_mpeg4_v3", "mpeg1_stream", "mpeg2_stream", "dv_tape", "dv_in_avi")


@pytest.mark.parametrize("maker", [found.MADE[name] for name in _OLD], ids=_OLD)
def test_old_formats_that_play_are_scored(
    maker: Callable[[Path], Path], folder: Path, score: Score, settings: Settings
) -> None:
    result = score(maker(folder))
    assert abs(result.clip.duration - 4) <= Fraction(1, 25)
    assert abs(probe(result.path, settings).duration - result.clip.duration) <= Fraction(1, 25)
    assert len(_times(result.path)) == 100


def test_a_recording_that_begins_late_is_whole(folder: Path, score: Score) -> None:
    result = score(found.late_matroska(folder), "keep")
    assert (result.clip.duration, result.clip.notes, result.receipt.original) == (4, (), "keep")
    assert len(_times(result.path)) == 100


def test_what_there_is_of_a_file_that_was_cut_off_is_scored(folder: Path, score: Score) -> None:
    result = score(found.half_a_download(folder))
    assert 2 < result.clip.duration < 3.5
    (note,) = result.receipt.notes
    assert note == f"the file was cut off: {float(result.clip.duration):.1f} s of 4.0 s are there"
    assert len(_times(result.path)) == round(result.clip.duration * 25)


def test_pictures_that_were_trimmed_off_do_not_come_back(folder: Path, score: Score) -> None:
    result = score(found.trimmed_at_the_end(folder))
    assert result.receipt.video_copied
    assert result.clip.duration == Fraction(18, 5)
    assert measure.video_packets(result.path).count == 90
    assert abs(measure.shown_seconds(result.path) - result.clip.duration) < Fraction(1, 1000)
    assert abs(result.receipt.length_error) < Fraction(1, 1000)


def test_a_film_that_begins_between_key_pictures_plays_to_its_end(folder: Path, score: Score) -> None:
    result = score(found.trimmed_between_key_pictures(folder))
    assert result.clip.duration == pytest.approx(Fraction(14, 5), abs=0.05)
    assert not result.clip.notes
    again = probe(result.path, Settings(_env_file=None))
    assert abs(again.duration - result.clip.duration) < Fraction(1, 25)
    assert len(list(decode.pictures(again, Settings(_env_file=None)))) == 70
    assert abs(result.receipt.length_error) < Fraction(1, 25)


def test_uneven_pictures_and_music_end_together(folder: Path, score: Score) -> None:
    result = score(found.uneven_matroska(folder))
    assert abs(measure.shown_seconds(result.path) - result.clip.duration) < Fraction(1, 25)
    assert abs(result.receipt.length_error) < Fraction(1, 25)


def test_damage_is_said_where_pictures_are_damaged_and_nowhere_else(folder: Path, score: Score) -> None:
    result = score(found.bits_flipped(folder))
    assert result.clip.duration == 4
    (note,) = result.seen.notes
    assert note.endswith("of the clip's 100 pictures are damaged")
    assert 5 <= int(note.split()[0]) <= 100
    for maker in (found.pictures, found.interlaced, found.late_matroska, found.trimmed_at_the_end):
        assert (
            not PyAvExtractor(Settings(_env_file=None))
            .extract(probe(maker(folder), Settings(_env_file=None)), lambda _done: None)
            .notes
        )
