"""Pictures are copied bit for bit, in time, without what else the file carried."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.sidedata.sidedata import Type

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import silence
from immersivaudio.config import Settings
from immersivaudio.errors import StageFailedError
from immersivaudio.media import decode, mux, playable, probe
from immersivaudio.values import Clip
from tests import measure, samples, voices

X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-pix_fmt", "yuv420p")
_HDR = "colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:max-cll=1000,400:log-level=none"
_X265 = ("-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", "-x265-params", _HDR)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mux")
    return samples.film(folder / "film.mkv", shots=2, seconds=1.0, size=(160, 90), sound="sine=f=440")


def _muxed(path: Path, out: Path, settings: Settings, sound: np.ndarray | None = None) -> Clip:
    clip = probe(path, settings)
    length = round(clip.duration * SAMPLE_RATE)
    blocks = [silence(length)] if sound is None else [sound[:, :length]]
    mux.write(
        out, mux.pictures(path, clip.demuxer, settings), blocks, settings, coding=mux.SoundCoding(128_000)
    )
    return clip


def _shown(path: Path, settings: Settings) -> list[Fraction]:
    return [picture.time for picture in decode.pictures(probe(path, settings), settings)]


@pytest.mark.medium
@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("h264.mp4", X264),
        ("h264.mkv", X264),
        ("h264.mov", X264),
        ("hevc.mp4", _X265),
        ("av1.mp4", ("-c:v", "libaom-av1", "-cpu-used", "8", "-usage", "realtime")),
        ("vp9.webm", ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus")),
    ],
)
def test_packets_are_copied(
    source: Path, tmp_path: Path, settings: Settings, name: str, options: tuple[str, ...]
) -> None:
    clip, out = tmp_path / name, tmp_path / "out.mp4"
    samples.ffmpeg("-i", source, *options, clip)
    seen = _muxed(clip, out, settings)
    assert playable.plays(seen)
    assert measure.video_packets(out) == measure.video_packets(clip)
    for before, after in zip(_shown(clip, settings), _shown(out, settings), strict=True):
        assert abs(before - after) <= Fraction(1, 1000)
    assert measure.is_faststart(out)


def test_a_transport_stream_keeps_its_pictures(source: Path, tmp_path: Path, settings: Settings) -> None:
    """Its packets are framed another way in MP4, so not the bytes but the decoded pictures are the same."""
    clip, out = tmp_path / "a.ts", tmp_path / "out.mp4"
    samples.ffmpeg("-i", source, *X264, clip)
    _muxed(clip, out, settings)
    assert _shown(out, settings) == _shown(clip, settings)
    hashes = [
        measure.ffmpeg(
            "-loglevel", "info", "-i", path, "-map", "0:v", "-vf", "showinfo=checksum=1", "-f", "null", "-"
        )
        for path in (clip, out)
    ]
    sums = [
        [line.split("checksum:")[1].split()[0] for line in h.splitlines() if "checksum:" in line]
        for h in hashes
    ]
    assert sums[0] == sums[1]
    assert len(sums[0]) == 50


def test_unequal_delays_are_kept(tmp_path: Path, settings: Settings) -> None:
    times = [Fraction(t, 1000) for t in (0, 100, 700, 750, 2000, 2033)]
    clip = samples.write(tmp_path / "vfr.mkv", samples.pan(1, 6), times=times)
    _muxed(clip, tmp_path / "out.mp4", settings)
    assert _shown(tmp_path / "out.mp4", settings) == times


@pytest.mark.medium
@pytest.mark.parametrize(
    "flags", [("-display_rotation", "90"), ("-display_rotation", "270"), ("-display_hflip",)]
)
def test_the_display_matrix_is_kept(
    source: Path, tmp_path: Path, settings: Settings, flags: tuple[str, ...]
) -> None:
    upright, turned = tmp_path / "a.mp4", tmp_path / "b.mp4"
    samples.ffmpeg("-i", source, *X264, upright)
    samples.ffmpeg(*flags, "-i", upright, "-c", "copy", turned)
    before = _muxed(turned, tmp_path / "out.mp4", settings)
    after = probe(tmp_path / "out.mp4", settings)
    assert (after.rotation, after.width, after.height) == (before.rotation, before.width, before.height)
    assert _matrix(tmp_path / "out.mp4") == _matrix(turned) != b""


def _matrix(path: Path) -> bytes:
    with av.open(str(path)) as container:
        frame = next(container.decode(video=0))
        return next((bytes(s) for s in frame.side_data if s.type == Type.DISPLAYMATRIX), b"")


def test_hdr_metadata_stays(source: Path, tmp_path: Path, settings: Settings) -> None:
    samples.ffmpeg("-i", source, *_X265, "-tag:v", "hev1", tmp_path / "hdr.mp4")
    _muxed(tmp_path / "hdr.mp4", tmp_path / "out.mp4", settings)
    assert probe(tmp_path / "out.mp4", settings).hdr
    with av.open(str(tmp_path / "out.mp4")) as container:
        assert container.streams.video[0].codec_context.codec_tag == "hvc1"
        frame = next(container.decode(video=0))
        assert Type.CONTENT_LIGHT_LEVEL in {s.type for s in frame.side_data}


def test_what_an_edit_list_hides_stays_hidden(source: Path, tmp_path: Path, settings: Settings) -> None:
    whole, cut = tmp_path / "a.mp4", tmp_path / "cut.mp4"
    samples.ffmpeg("-i", source, *X264, whole)
    samples.ffmpeg("-ss", "0.52", "-i", whole, "-c", "copy", cut)
    shown = _shown(cut, settings)
    assert len(shown) < measure.video_packets(cut).count
    _muxed(cut, tmp_path / "out.mp4", settings, voices.music(2).T)
    assert _shown(tmp_path / "out.mp4", settings) == shown
    assert measure.video_packets(tmp_path / "out.mp4") == measure.video_packets(cut)


def test_places_telemetry_subtitles_and_chapters_stay_behind(
    source: Path, tmp_path: Path, settings: Settings
) -> None:
    words = tmp_path / "words.srt"
    words.write_text("1\n00:00:00,000 --> 00:00:01,000\nsecret words\n")
    about = tmp_path / "about.txt"
    about.write_text(
        ";FFMETADATA1\ntitle=secret title\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=1\ntitle=secret\n"
    )
    clip, out = tmp_path / "clip.mov", tmp_path / "out.mp4"
    samples.ffmpeg(
        *("-i", source, "-i", words, "-i", about, "-map", "0:v", "-map", "0:a", "-map", "1:s"),
        *("-map_metadata", "2", "-map_chapters", "2", *X264, "-c:s", "mov_text", "-timecode", "01:00:00:00"),
        *(
            "-metadata",
            "location=+48.8577+002.2950/",
            "-metadata",
            "com.apple.quicktime.location.ISO6709=+48.8577",
        ),
        *("-metadata:s:v", "title=secret track", "-movflags", "use_metadata_tags", clip),
    )
    assert b"48.8577" in clip.read_bytes()
    assert b"secret" in clip.read_bytes()
    _muxed(clip, out, settings)
    data = out.read_bytes()
    assert b"48.8577" not in data
    assert b"secret" not in data
    with av.open(str(out)) as container:
        assert [stream.type for stream in container.streams] == ["video", "audio"]


@pytest.mark.medium
@pytest.mark.parametrize("delayed", [("-itsoffset", "0.4"), ()])
def test_sound_and_pictures_start_together(
    source: Path, tmp_path: Path, settings: Settings, delayed: tuple[str, ...]
) -> None:
    """A click at 0.5 s must be heard at 0.5 s from the first picture, whatever the offsets of the source."""
    whole, clip, out = tmp_path / "a.mp4", tmp_path / "late.mp4", tmp_path / "out.mp4"
    samples.ffmpeg("-i", source, *X264, whole)
    samples.ffmpeg(*delayed, "-i", whole, "-i", whole, "-map", "0:v", "-map", "1:a", "-c", "copy", clip)
    click = silence(2 * SAMPLE_RATE)
    click[:, SAMPLE_RATE // 2 : SAMPLE_RATE // 2 + 200] = 0.5
    _muxed(clip, out, settings, click)
    with av.open(str(out)) as container:
        assert [s.start_time for s in container.streams] == [0, 0]
    heard = measure.sound(out)
    assert abs(int(np.argmax(np.abs(heard[:, 0]) > 0.25)) - SAMPLE_RATE // 2) < 48
    assert abs(measure.shown_seconds(out) - Fraction(2)) < Fraction(1, 100)
    with av.open(str(out)) as container:
        track = container.streams.audio[0]
        assert track.duration * track.time_base == 2


def test_a_folder_that_is_gone_is_one_plain_line(source: Path, tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(StageFailedError) as caught:
        _muxed(source, tmp_path / "gone" / "out.mp4", settings)
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.medium
def test_real_clips_are_copied(
    shared_media: Callable[[str], Path], tmp_path: Path, settings: Settings
) -> None:
    for name in ("gopro_walk.mp4", "phone_dog_rot270.mp4", "portrait_4k60_0.3s.mp4", "friday_dialogue.mp4"):
        path = shared_media(name)
        _muxed(path, tmp_path / name, settings)
        assert measure.video_packets(tmp_path / name) == measure.video_packets(path)
        with av.open(str(tmp_path / name)) as container:
            assert [stream.type for stream in container.streams] == ["video", "audio"]


@pytest.mark.parametrize("bit_rate", [64_000, 128_000])
def test_sound_that_begins_at_full_level_is_no_louder_in_the_film(
    source: Path, tmp_path: Path, settings: Settings, bit_rate: int
) -> None:
    """FFmpeg's own search for AAC made the first tenth of a second 6 dB louder."""
    clip, out = probe(source, settings), tmp_path / "out.mp4"
    times = np.arange(round(clip.duration * SAMPLE_RATE)) / SAMPLE_RATE
    tone = 0.79 * np.cos(2 * np.pi * 220 * times)
    pictures = mux.pictures(source, clip.demuxer, settings)
    sound = [np.stack([tone, 0.95 * tone]).astype(np.float32)]
    mux.write(out, pictures, sound, settings, coding=mux.SoundCoding(bit_rate))
    start = np.abs(measure.sound(out)[: SAMPLE_RATE // 10]).max()
    assert 20 * np.log10(start / 0.79) < 3
