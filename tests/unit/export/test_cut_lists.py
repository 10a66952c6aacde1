"""What an editor brings is read exactly, whoever wrote it, and what is none is refused in words."""

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from immersivaudio.errors import UserError
from immersivaudio.export import cut_lists, edl, fcpxml, final_cut_7, markers_csv, otio_json
from immersivaudio.export.frame_rate import FrameRate
from immersivaudio.export.timeline import EditTimeline
from immersivaudio.values import Clip, CutList, exact
from tests.edit_timelines import RATES, frames_of, made

FILMS = range(20)
ALL = pytest.mark.parametrize("rate", RATES.values(), ids=RATES)
WRITERS: dict[str, Callable[[EditTimeline], str]] = {
    "edl": edl.dumps,
    "fcpxml": fcpxml.dumps,
    "xml": final_cut_7.dumps,
    "otio": otio_json.dumps,
    "csv": markers_csv.dumps,
}


def clip_of(rate: Fraction, duration: Fraction) -> Clip:
    return Clip(Path("film.mp4"), "video", "mov", duration, 1280, 720, rate, "h264")


def read(tmp_path: Path, name: str, text: str | bytes, clip: Clip) -> CutList:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return cut_lists.read(path, clip)


def frames(times: Any, rate: FrameRate) -> list[int]:
    return [round(time * rate.rate) for time, _ in times]


@pytest.mark.medium
@ALL
@pytest.mark.parametrize("ending", WRITERS)
def test_what_was_handed_over_comes_back(tmp_path: Path, rate: FrameRate, ending: str) -> None:
    for timeline in (made(rate, number) for number in FILMS):
        found = read(
            tmp_path, f"edit.{ending}", WRITERS[ending](timeline), clip_of(rate.rate, timeline.duration)
        )
        sections = ending == "csv"  # there, a section is told from a hit point
        assert frames(found.markers, rate) == frames_of(timeline)[sections:]
        names = [name for _, name in found.markers]
        assert names == [marker.name for marker in timeline.markers][sections:]
        if ending in {"edl", "csv"}:
            assert frames(found.cuts, rate) == [round(cut * rate.rate) for cut in timeline.cuts]
        else:
            assert not found.cuts  # the film lies there as a whole


@pytest.mark.medium
@ALL
@pytest.mark.parametrize(
    ("ending", "adapter"), [("otio", "otio_json"), ("xml", "fcp_xml"), ("edl", "cmx_3600")]
)
def test_what_opentimelineio_writes_is_read(
    tmp_path: Path, rate: FrameRate, ending: str, adapter: str
) -> None:
    otio = pytest.importorskip("opentimelineio", reason="OpenTimelineIO has no wheels for this Python")
    told = float(rate.rate)

    def span(start: int, count: int) -> Any:
        return otio.opentime.TimeRange(
            otio.opentime.RationalTime(start, told), otio.opentime.RationalTime(count, told)
        )

    for timeline in (made(rate, number) for number in range(8)):
        theirs = otio.schema.Timeline(
            "edit", global_start_time=otio.opentime.RationalTime(timeline.start, told)
        )
        track = otio.schema.Track("V1", kind="Video")
        theirs.tracks.append(track)
        for first, end in timeline.shots():
            at = first + 5 * 3600 * rate.nominal  # in its camera's time of day
            media = otio.schema.ExternalReference("film.mp4", span(0, 12 * 3600 * rate.nominal))
            clip = otio.schema.Clip("shot", media, span(at, end - first))
            clip.markers.append(otio.schema.Marker("here", span(at, 1), color="RED"))
            track.append(clip)
        text = otio.adapters.write_to_string(theirs, adapter, **({"rate": told} if ending == "edl" else {}))
        found = read(tmp_path, f"edit.{ending}", text, clip_of(rate.rate, timeline.duration))
        shots = list(timeline.shots())
        assert frames(found.cuts, rate) == [first for first, _ in shots[1:]]
        assert frames(found.markers, rate) == [first for first, _ in shots]


EDL = """TITLE: Scene 4
FCM: DROP FRAME

001  A001C001 V     C        10:00:00;00 10:00:02;00 01:00:00;00 01:00:02;00
* FROM CLIP NAME: Opening
002  A001C002 AA    C        10:00:00;00 10:00:10;00 01:00:00;00 01:00:10;00
003  A001C001 V     C        10:00:02;00 10:00:02;00 01:00:02;00 01:00:02;00
003  A001C003 V     D    030 03:10:00;00 03:10:08;00 01:00:02;00 01:00:10;00
* LOC: 01:00:05;15 RED     THE DOOR OPENS
* LOC: 03:10:06;00 GREEN   told in the source's time
"""


def test_an_edl_with_a_dissolve_sound_and_locators(tmp_path: Path) -> None:
    rate = RATES["29.97 drop"]
    found = read(tmp_path, "scene.EDL", EDL, clip_of(rate.rate, rate.seconds(300)))
    assert found.cuts == ((exact(rate.seconds(75)), "dissolve"),)
    assert found.markers == (
        (exact(rate.seconds(165)), "THE DOOR OPENS"),
        (exact(rate.seconds(240)), "told in the source's time"),
    )


def test_an_edl_that_begins_in_black(tmp_path: Path) -> None:
    """Its first event is two seconds in: the film is long enough to begin at the hour."""
    text = "TITLE: x\n001  AX  V  C  00:00:00:00 00:00:08:00 01:00:02:00 01:00:10:00\n"
    found = read(tmp_path, "x.edl", text, clip_of(Fraction(25), Fraction(10)))
    assert found.cuts == ((Fraction(2), "cut"),)


def test_resolves_marker_edl_cuts_nothing(tmp_path: Path) -> None:
    timeline = made(RATES["25"], 2)
    found = read(
        tmp_path,
        "m.edl",
        edl.dump_markers(replace(timeline, start=90_000)),
        clip_of(Fraction(25), timeline.duration),
    )
    assert not found.cuts
    assert frames(found.markers, timeline.rate) == frames_of(timeline)


FCPXML = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE fcpxml>
<fcpxml version="1.11"><resources>
<format id="r1" frameDuration="1001/24000s"/>
<asset id="r2" hasVideo="1" hasAudio="1"/><asset id="r3" hasAudio="1"/></resources>
<library><event><project><sequence format="r1" tcStart="86486400/24000s" duration="240240/24000s"><spine>
<asset-clip ref="r2" offset="86486400/24000s" start="1001/24000s" duration="48048/24000s">
 <asset-clip ref="r3" lane="-1" offset="1001/24000s" duration="24024/24000s"/>
 <asset-clip ref="r2" lane="1" offset="25025/24000s" duration="12012/24000s"/>
 <marker start="13013/24000s" duration="1001/24000s" value="first look"/>
</asset-clip>
<transition offset="86522436/24000s" duration="24024/24000s"/>
<clip offset="86534448/24000s" duration="192192/24000s">
 <chapter-marker start="96096/24000s" value="chapter"/></clip>
</spine></sequence></project></event></library></fcpxml>"""


def test_an_fcpxml_with_connected_clips_a_transition_and_chapters(tmp_path: Path) -> None:
    rate = RATES["23.976"]
    found = read(tmp_path, "cut.fcpxml", FCPXML, clip_of(rate.rate, rate.seconds(240)))
    assert [(round(time * rate.rate), kind) for time, kind in found.cuts] == [
        (24, "cut"), (36, "cut"), (48, "dissolve")
    ]  # fmt: skip
    assert [(round(time * rate.rate), name) for time, name in found.markers] == [
        (12, "first look"),
        (144, "chapter"),
    ]


def test_premieres_own_table_of_markers(tmp_path: Path) -> None:
    head = "Marker Name\tDescription\tIn\tOut\tDuration\tMarker Type"
    text = f"{head}\nDoor\t\t00:00:02:12\t00:00:02:12\t00:00:00:00\tComment\n"
    found = read(tmp_path, "markers.csv", text.encode("utf-16"), clip_of(Fraction(24), Fraction(10)))
    assert found == CutList((), ((Fraction(5, 2), "Door"),))


@pytest.mark.parametrize("line", ["2.5", "2.5,Door", "0:02.5;Door", "00:00:02:12\tDoor", "0:00:02.500,Door"])
def test_a_time_on_each_line_is_enough(tmp_path: Path, line: str) -> None:
    found = read(tmp_path, "marks.txt", f"{line}\n", clip_of(Fraction(24), Fraction(10)))
    assert [time for time, _ in found.markers] == [Fraction(5, 2)]


_EVENT = "001  AX       V     C        00:00:00:00 00:00:02:00 00:00:00:00 00:00:02:00\n"
_SPINE = "<fcpxml><project><sequence><spine>{}</spine></sequence></project></fcpxml>"
_TRACK = (
    '{"OTIO_SCHEMA":"Timeline.1","tracks":{"children":[{"kind":"Video","children":[{"OTIO_SCHEMA":"Clip.1",'
    '"source_range":{"start_time":{"rate":25,"value":0},"duration":{"rate":25,"value":"%s"}}}]}]}}'
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.fcpxml", _SPINE.format('<clip offset="1e99999999s" duration="1s"/>')),
        ("a.fcpxml", _SPINE.format('<clip lane="1">' * 9000 + "</clip>" * 9000)),
        ("a.otio", _TRACK % "1e99999999"),
        ("a.otio", "[" * 90_000),
        ("a.edl", f"{_EVENT}001 A{' ' * 200_000}B\n"),
        ("a.csv", f'time,name\n99,"{"x" * 200_000}"\n'),
        ("a.txt", "9" * 90_000),
    ],
    ids=["power", "depth", "power in OTIO", "depth in OTIO", "spaces", "cell", "digits"],
)
def test_a_list_that_would_take_for_ever_is_refused_at_once(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(UserError):
        read(tmp_path, name, text, clip_of(Fraction(25), Fraction(10)))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.aaf", "x", "a.aaf is no cut list; bring one of: .edl, .fcpxml"),
        ("a.edl", "TITLE: x\n", "it has no event on a video track"),
        ("a.edl", "001 AX V C 00:00:00:00 00:00:01:00 00:00:00:00 00:00:00:29\n", "line 1 has a timecode"),
        ("a.edl", "1 A V C 00:00:00:00 00:01:00:00 00:00:00:00 00:01:00:00", "and the clip 10.00 s"),
        ("a.fcpxml", "<fcpxml", "it is damaged"),
        ("a.fcpxml", "<xmeml/>", "it is not FCPXML"),
        ("a.fcpxml", "<fcpxml><resources/></fcpxml>", "it holds no project"),
        ("a.fcpxml", "<!DOCTYPE f [<!ENTITY a 'x'>]><fcpxml/>", "it declares entities"),
        ("a.fcpxml", "<fcpxml><sequence tcStart='1/0s'><spine/></sequence></fcpxml>", "cannot be read as"),
        ("a.xml", "<xmeml><sequence/></xmeml>", "it does not say its rate"),
        ("a.otio", "{", "it is not JSON"),
        ("a.otio", "[]", "it holds no timeline"),
        ("a.otio", json.dumps({"OTIO_SCHEMA": "Timeline.1", "tracks": {"children": [7]}}), "cannot be read"),
        ("a.csv", "hello\n", "line 1 does not begin with a time; write 12.5, 1:02.5 or a timecode"),
        ("a.csv", "\n", "it is empty"),
        ("a.csv", "99\n", "a.csv has no cut and no marker inside this clip; look at its timecode"),
        ("a.otioz", "no zip", "a.otioz is no OTIO bundle"),
    ],
)  # fmt: skip
def test_what_is_no_cut_list_of_this_film_is_refused_in_one_line(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    with pytest.raises(UserError) as refused:
        read(tmp_path, name, text, clip_of(Fraction(25), Fraction(10)))
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.medium
@given(ending=st.sampled_from(sorted(WRITERS)), data=st.data())
def test_a_damaged_list_is_read_or_refused_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, ending: str, data: st.DataObject
) -> None:
    timeline = made(RATES["29.97 drop"], 1)
    text = WRITERS[ending](timeline)
    at = data.draw(st.integers(0, len(text) - 1))
    damaged = text[:at] + data.draw(st.text(max_size=6)) + text[at + data.draw(st.integers(0, 40)) :]
    try:
        found = read(
            tmp_path_factory.getbasetemp(),
            f"d.{ending}",
            damaged.encode("utf-8", "replace"),
            clip_of(timeline.rate.rate, timeline.duration),
        )
    except UserError:
        return
    assert found.cuts or found.markers
