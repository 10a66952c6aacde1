"""Every timeline, read back by a reader of other people's: no marker and no clip is off by a picture."""

import io
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pycmx
import pytest
import rpp
from timecode import Timecode

from immersivaudio.export import dawproject, edl, fcpxml, final_cut_7, markers_csv, otio_json, reaper
from immersivaudio.export.frame_rate import FrameRate
from immersivaudio.export.timeline import EditTimeline
from tests.edit_timelines import RATES, frames_of, made

FILMS = range(20)
ALL = pytest.mark.parametrize("rate", RATES.values(), ids=RATES)


@pytest.fixture(scope="module")
def otio() -> Any:
    return pytest.importorskip("opentimelineio", reason="OpenTimelineIO has no wheels for this Python")


def marked(markers: Any) -> list[tuple[str, float]]:
    return [(marker.name, marker.marked_range.start_time.value) for marker in markers]


def wanted(timeline: EditTimeline, start: int = 0) -> list[tuple[str, float]]:
    names = [marker.name for marker in timeline.markers]
    return [(name, start + frame) for name, frame in zip(names, frames_of(timeline), strict=True)]


def spans(tracks: Any) -> list[tuple[float, float]]:
    return [
        (clip.source_range.start_time.value, clip.source_range.duration.value)
        for track in tracks
        for clip in track
    ]


@pytest.mark.medium
@ALL
def test_opentimelineio_reads_its_own_format(otio: Any, rate: FrameRate) -> None:
    for timeline in (made(rate, number) for number in FILMS):
        read = otio.adapters.read_from_string(otio_json.dumps(timeline), "otio_json")
        assert read.global_start_time == otio.opentime.RationalTime(timeline.start, float(rate.rate))
        assert marked(read.tracks.markers) == wanted(timeline)
        clips = spans(read.tracks)
        assert set(clips) == {(timeline.start, timeline.frames)}
        assert len(clips) == 1 + bool(timeline.film.channels) + len(timeline.sounds)
        assert [clip.enabled for clip in read.find_clips()][-3:] == [True, False, True]
        assert [clip.metadata["immersivaudio"]["gain_db"] for clip in read.find_clips()[-3:]] == [
            -3.25,
            1.5,
            0,
        ]


@pytest.mark.medium
@ALL
def test_opentimelineio_reads_final_cut_7_xml(otio: Any, rate: FrameRate) -> None:
    for timeline in (made(rate, number) for number in FILMS):
        text = final_cut_7.dumps(timeline, media="file:///films/")
        read = otio.adapters.read_from_string(text, "fcp_xml")
        assert marked(read.tracks.markers) == wanted(timeline)
        assert {clip.source_range.start_time.rate for clip in read.find_clips()} == {float(rate.rate)}
        assert set(spans(read.tracks)) == {(timeline.start, timeline.frames)}
        assert read.global_start_time.value == timeline.start
        sounds = [clip.name for clip in read.find_clips() if clip.name != timeline.film.name]
        assert sounds == ["music", "music", "drums", "drums", "sounds", "sounds"]  # a channel a track
        assert {clip.media_reference.target_url for clip in read.find_clips()} >= {"file:///films/music.wav"}


def test_final_cut_7_xml_says_drop_frame_gain_and_what_is_off() -> None:
    root = Xml.fromstring(final_cut_7.dumps(made(RATES["29.97 drop"], 1)))
    assert {node.text for node in root.iter("displayformat")} == {"DF"}
    assert {node.text for node in root.iter("ntsc")} == {"TRUE"}
    off = [item.findtext("name") for item in root.iter("clipitem") if item.findtext("enabled") == "FALSE"]
    assert off == ["film é.mp4", "drums", "drums"]
    levels = [float(node.findtext("value") or 0) for node in root.iter("parameter")]
    assert levels == pytest.approx([0.688, 0.688, 1.189, 1.189], abs=0.001)


def seconds(text: str | None) -> Fraction:
    """FCPXML's "1001/30000s"."""
    return Fraction((text or "0s").removesuffix("s"))


@ALL
def test_fcpxml_is_exact_in_pictures(rate: FrameRate) -> None:
    for timeline in (made(rate, number) for number in FILMS):
        root = Xml.fromstring(fcpxml.dumps(timeline))
        form, sequence = root.find(".//format"), root.find(".//sequence")
        assert form is not None and sequence is not None
        frame = seconds(form.get("frameDuration"))
        assert frame == 1 / rate.rate
        assert seconds(sequence.get("tcStart")) / frame == timeline.start
        assert sequence.get("tcFormat") == ("DF" if rate.drop else "NDF")
        markers = [(node.get("value"), seconds(node.get("start")) / frame) for node in root.iter("marker")]
        assert markers == wanted(timeline, timeline.start)
        for clip in root.iter("asset-clip"):
            times = [seconds(clip.get(name)) / frame for name in ("offset", "start", "duration")]
            assert times == [timeline.start, timeline.start, timeline.frames]
        assert [clip.get("lane") for clip in root.iter("asset-clip")] == [None, "-1", "-2", "-3"]


# otio-fcpx-xml-adapter asks whether an element is true, which Python 3.12 and later warn of.
@pytest.mark.medium
@pytest.mark.filterwarnings("ignore:Testing an element:DeprecationWarning")
@pytest.mark.parametrize("name", ["24", "25", "30", "50", "60"])
def test_opentimelineio_reads_fcpxml_at_whole_rates(otio: Any, name: str) -> None:
    """Its adapter cuts floats down (29/25 s is picture 28.9999, and so 28), and at NTSC rates it counts in
    whole pictures a second: exact is the test above."""
    for timeline in (made(RATES[name], number) for number in FILMS):
        (read,) = otio.adapters.read_from_string(fcpxml.dumps(timeline), "fcpx_xml")
        clips = {clip.name: clip for clip in read.find_clips()}
        assert set(clips) == {"film é.mp4", "music", "drums", "sounds"}
        for clip in clips.values():
            span = clip.source_range
            assert timeline.start - span.start_time.value in {0, 1}
            assert timeline.frames - span.duration.value in {0, 1}
        near = [round(value) for _, value in marked(clips["film é.mp4"].markers)]
        told = [there for _, there in wanted(timeline, timeline.start)]
        assert {there - here for here, there in zip(near, told, strict=True)} <= {0, 1}


def shown(rate: FrameRate, text: str) -> int:
    """A timecode's number of pictures, as another package counts."""
    framerate = {
        Fraction(24000, 1001): "23.976",
        Fraction(30000, 1001): "29.97",
        Fraction(60000, 1001): "59.94",
    }
    told = framerate.get(rate.rate, str(rate.nominal))
    return int(Timecode(told, text, force_non_drop_frame=not rate.drop).frames) - 1


@pytest.mark.medium
@ALL
def test_an_edl_is_read_by_pycmx(rate: FrameRate) -> None:
    for timeline in (made(rate, number) for number in FILMS):
        text = edl.dumps(timeline)
        read = pycmx.parse_cmx3600(io.StringIO(text))
        edits = [edit for event in read.events for edit in event.edits]
        cuts = [0, *(round(cut * rate.rate) for cut in timeline.cuts), timeline.frames]
        record = [(shown(rate, edit.record_in), shown(rate, edit.record_out)) for edit in edits]
        assert record == [(timeline.start + a, timeline.start + b) for a, b in pairwise(cuts)]
        assert {edit.clip_name for edit in edits} == {"film é.mp4"}
        assert f"FCM: {'' if rate.drop else 'NON-'}DROP FRAME" in text.splitlines()
        located = [line.split(maxsplit=4)[2:] for line in text.splitlines() if line.startswith("* LOC:")]
        assert [(name, shown(rate, code)) for code, _, name in located] == wanted(timeline, timeline.start)


@pytest.mark.medium
@ALL
def test_an_edl_is_read_by_opentimelineio(otio: Any, rate: FrameRate) -> None:
    """It loses markers in drop frame without a word; the events it reads at every rate."""
    for timeline in (made(rate, number) for number in FILMS):
        read = otio.adapters.read_from_string(edl.dumps(timeline), "cmx_3600", rate=float(rate.rate))
        (track,) = read.video_tracks()
        cuts = [0, *(round(cut * rate.rate) for cut in timeline.cuts), timeline.frames]
        assert spans([track]) == [(timeline.start + a, b - a) for a, b in pairwise(cuts)]
        if not rate.drop:
            found = [mark for clip in track for mark in marked(clip.markers)]
            assert found == wanted(timeline, timeline.start)


@pytest.mark.medium
@ALL
def test_markers_for_resolve_and_spreadsheets(rate: FrameRate) -> None:
    for timeline in (made(rate, number) for number in FILMS):
        read = pycmx.parse_cmx3600(io.StringIO(edl.dump_markers(timeline)))
        starts = [shown(rate, event.edits[0].record_in) for event in read.events]
        assert starts == [timeline.start + frame for frame in frames_of(timeline)]
        rows = [line.split(",") for line in markers_csv.dumps(timeline).splitlines()[1:]]
        hits = [(shown(rate, row[0]) - timeline.start, int(row[2])) for row in rows]
        assert all(code == frame for code, frame in hits)
        assert len(rows) == len(timeline.markers) + len(timeline.cuts)


@pytest.mark.medium
@ALL
def test_a_reaper_project_is_read_by_rpp(rate: FrameRate) -> None:
    for timeline in (made(rate, number) for number in FILMS):
        project = rpp.loads(reaper.dumps(timeline))
        markers = [each for each in project if isinstance(each, list) and each[0] == "MARKER"]
        assert [each[3] for each in markers] == [marker.name for marker in timeline.markers]
        heard = [float(each[2]) for each in markers]
        assert [round(time * float(rate.rate)) for time in heard] == frames_of(timeline)
        tracks = project.findall("TRACK")
        assert [track.find("NAME")[1] for track in tracks] == ["Film", "music", "drums", "sounds"]
        volumes = [float(track.find("VOLPAN")[1]) for track in tracks]
        assert volumes == pytest.approx([0 if timeline.film.muted else 1, 0.688, 1.189, 1], abs=0.001)
        assert [track.find("MUTESOLO")[1] for track in tracks] == ["0", "0", "1", "0"]
        for track in tracks:
            item = track.find("ITEM")
            assert item.find("POSITION")[1] == "0"
            assert float(item.find("LENGTH")[1]) == pytest.approx(float(timeline.duration), abs=2e-5)
        points = [[float(each) for each in point[1:4]] for point in project.find("TEMPOENVEX").findall("PT")]
        assert points == [[0, 100, 1], [4.8, 104.5, 1]]
        assert [int(point[4]) for point in project.find("TEMPOENVEX").findall("PT")] == [
            4 << 16 | 4,
            4 << 16 | 5,
        ]


@ALL
def test_a_dawproject_holds_everything_at_its_time(rate: FrameRate) -> None:
    for timeline in (made(rate, number) for number in FILMS):
        root = Xml.fromstring(dawproject.project(timeline))
        markers = [(node.get("name"), float(node.get("time", "nan"))) for node in root.iter("Marker")]
        assert [name for name, _ in markers] == [marker.name for marker in timeline.markers]
        assert [round(time * float(rate.rate)) for _, time in markers] == frames_of(timeline)
        assert [(float(node.get("time", "1")), node.get("name")) for node in root.iter("Clip")] == [
            (0, "music"), (0, "drums"), (0, "sounds")
        ]  # fmt: skip
        volumes = [float(node.get("value", "0")) for node in root.iter("Volume")]
        assert volumes == pytest.approx([0.688, 1.189, 1, 1], abs=0.001)
        assert [node.get("value") for node in root.iter("Mute")] == ["false", "true", "false", "false"]
        tempi = [
            (float(node.get("time", "")), float(node.get("value", ""))) for node in root.iter("RealPoint")
        ]
        assert tempi == [(0, 100), (8, 104.5)]
        metres = [(node.get("time"), node.get("numerator")) for node in root.iter("TimeSignaturePoint")]
        assert metres == [("0", "4"), ("8", "5")]
        names = [node.get("id") for node in root.iter() if node.get("id")]
        assert len(names) == len(set(names))
        refers = {node.get(name) for node in root.iter() for name in ("track", "destination", "parameter")}
        assert refers - {None} <= set(names)


def test_an_otioz_takes_its_media_along(otio: Any, tmp_path: Path) -> None:
    timeline = made(RATES["25"], 3)
    for name in ("film é.mp4", "music.wav", "drums.wav", "sounds.wav"):
        (tmp_path / name).write_bytes(name.encode())
    otio_json.bundle(timeline, tmp_path, tmp_path / "film.otioz")
    (tmp_path / "out").mkdir()
    read = otio.adapters.read_from_file(
        str(tmp_path / "film.otioz"), extract_to_directory=str(tmp_path / "out")
    )
    for clip in read.find_clips():
        media = tmp_path / "out" / clip.media_reference.target_url
        assert media.read_bytes() == Path(clip.media_reference.target_url).name.encode()
