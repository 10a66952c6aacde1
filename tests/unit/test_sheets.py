"""Sheets come back from JSON exactly, and a bad one says in a line what to mend."""

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from immersivaudio import score
from immersivaudio.cli.options import sheet_text
from immersivaudio.errors import BadSheetError, UserError
from immersivaudio.music.palettes import PALETTES
from immersivaudio.sheets import CAP, check_fits, dump, load
from immersivaudio.values import Cue, CueSheet, HitPoint, SoundCue, exact
from tests.films import film

SHEET = CueSheet(
    duration=Fraction("12.5"),
    mood="hopeful",
    palette="cinematic",
    tempo=92.5,
    tonic="Bb",
    mode="ionian",
    metre="3/4",
    instruments=("piano", "violins"),
    cues=(
        Cue(Fraction(0), Fraction("6.041667"), "A", "hopeful", 0.6, 0.1, 0.5, "warm piano", "A beach."),
        Cue(Fraction("6.041667"), Fraction("12.5"), "B", "dark", -0.6, 0.1, 0.7, "strings", seed=3),
    ),
    hits=(HitPoint(Fraction("6.041667"), 0.9), HitPoint(Fraction("9.1"), 0.4, "motion")),
    dynamics=(0.5,) * 50,
    prompt="film score",
    seed=2**52,
    speech=((Fraction(1), Fraction("2.5")),),
    sounds=(SoundCue("sea", Fraction(0), Fraction("12.5"), -3.0, 0.25),),
    scene="Eine Küste, 海.",
    notes=("A note.",),
    clip="0f" * 32,
    without=("drums",),
    levels=(("strings", -3.5), ("room", -60.0)),
)

times = st.integers(1, 40_000_000).map(lambda us: Fraction(us, 1_000_000))
shares = st.floats(0, 1)
signed = st.floats(-1, 1)
texts = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs"]), max_size=40)


@st.composite
def sheets(draw: st.DrawFn) -> CueSheet:
    ends = sorted(draw(st.sets(times, min_size=1, max_size=8)))
    duration = ends[-1]
    cues = tuple(
        Cue(
            start,
            end,
            draw(st.sampled_from("ABC")),
            draw(texts),
            draw(signed),
            draw(signed),
            draw(shares),
            draw(texts),
        )
        for start, end in zip([Fraction(0), *ends], ends, strict=False)
    )
    inside = st.integers(0, int(duration * 1_000_000) - 1).map(lambda us: Fraction(us, 1_000_000))
    hits = tuple(HitPoint(time, draw(shares)) for time in sorted(draw(st.sets(inside, max_size=8))))
    return replace(
        SHEET,
        duration=duration,
        palette=draw(st.sampled_from(sorted(PALETTES))),
        tempo=draw(st.floats(40, 240)),
        cues=cues,
        hits=hits,
        dynamics=tuple(draw(shares) for _ in range(min(20, -int(-duration * 4 // 1))))
        if duration <= 5
        else (),
        seed=draw(st.integers(0, 2**63 - 1)),
        speech=((Fraction(0), duration),),
        sounds=(),
        notes=tuple(draw(st.lists(texts, max_size=3))),
    )


@pytest.mark.medium
@given(sheets())
def test_what_is_written_is_read_exactly(sheet: CueSheet) -> None:
    assert load(dump(sheet)) == sheet


def test_every_field_survives() -> None:
    assert load(dump(SHEET)) == SHEET


def test_times_are_decimals_that_people_can_read() -> None:
    assert '"end": 6.041667' in dump(SHEET)
    assert exact(1 / 3) == Fraction(333_333, 1_000_000)


def test_the_first_lines_are_what_people_change() -> None:
    first = dump(SHEET).splitlines()[1:8]
    assert [line.split('"')[1] for line in first] == [
        "version",
        "scene",
        "mood",
        "palette",
        "tempo",
        "tonic",
        "mode",
    ]


def test_a_time_finer_than_a_microsecond_is_rounded() -> None:
    assert load(edited(lambda s: s["hits"][0].update(time=1.23456789))).hits[0].time == Fraction("1.234568")


def test_hits_may_be_written_in_any_order() -> None:
    text = edited(lambda s: s["hits"].reverse())
    assert load(text).hits == SHEET.hits


def test_what_may_be_left_out() -> None:
    def shorten(sheet: dict[str, Any]) -> None:
        for name in ("take", "speech", "sounds", "scene", "notes", "clip", "without"):
            del sheet[name]

    assert load(edited(shorten)).take == 1


def edited(change: Callable[[dict[str, Any]], Any]) -> str:
    data: dict[str, Any] = json.loads(dump(SHEET))
    change(data)
    return json.dumps(data)


MISTAKES: list[tuple[str, Callable[[dict[str, Any]], Any]]] = [
    ("palette", lambda s: s.update(palette="polka")),
    ("tempo", lambda s: s.update(tempo=300)),
    ("tempo", lambda s: s.update(tempo="fast")),
    ("tempo", lambda s: s.pop("tempo")),
    ("tonic", lambda s: s.update(tonic="Q")),
    ("mode", lambda s: s.update(mode="locrian")),
    ("metre", lambda s: s.update(metre="9/17")),
    ("instruments[0]", lambda s: s.update(instruments=["kazoo"])),
    ("without[0]", lambda s: s.update(without=["everyone"])),
    ("version", lambda s: s.update(version=2)),
    ("seed", lambda s: s.update(seed=-1)),
    ("seed", lambda s: s.update(seed=True)),
    ("take", lambda s: s.update(take=0)),
    ("duration", lambda s: s.update(duration=0)),
    ("duration", lambda s: s.update(duration=1e12)),
    ("duration", lambda s: s.update(duration="12")),
    ("cues", lambda s: s.update(cues=[])),
    ("cues[0].start", lambda s: s["cues"][0].update(start=1)),
    ("cues[1].start", lambda s: s["cues"][1].update(start=7)),
    ("last cue", lambda s: s["cues"][1].update(end=12)),
    ("cues[1].valence", lambda s: s["cues"][1].update(valence=2)),
    ("cues[0].label", lambda s: s["cues"][0].update(label="chorus")),
    ("cues[0] has a field", lambda s: s["cues"][0].update(colour="red")),
    ("cue sheet has a field", lambda s: s.update(bpm=100)),
    ("hit", lambda s: s["hits"][1].update(time=12.5)),
    ("hits[0].time", lambda s: s["hits"][0].update(time=-1)),
    ("hits[0].time", lambda s: s["hits"][0].update(time=None)),
    ("hits[0].kind", lambda s: s["hits"][0].update(kind="bang")),
    ("hits", lambda s: s.update(hits=s["hits"] * 6000)),
    ("dynamics", lambda s: s.update(dynamics=[0.5] * 3)),
    ("dynamics[2]", lambda s: s["dynamics"].__setitem__(2, 1.5)),
    ("speech[0]", lambda s: s.update(speech=[[3, 2]])),
    ("speech[0]", lambda s: s.update(speech=[[3]])),
    ("sounds[0]", lambda s: s["sounds"][0].update(end=99)),
    ("mood", lambda s: s.update(mood="a\u202eb")),
    ("mood", lambda s: s.update(mood="x" * 3000)),
    ("clip", lambda s: s.update(clip="../../etc/passwd")),
]


@pytest.mark.parametrize(("names", "mistake"), MISTAKES)
def test_a_mistake_is_named_in_one_line_with_its_remedy(
    names: str, mistake: Callable[[dict[str, Any]], Any]
) -> None:
    with pytest.raises(BadSheetError) as caught:
        load(edited(mistake))
    line = str(caught.value)
    assert names in line
    assert caught.value.remedy
    assert "\n" not in line
    assert "pydantic" not in line
    assert len(line) < 1500


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not json",
        "[]",
        "null",
        "{}",
        "42",
        '"text"',
        "[" * 100_000,
        '{"a":' * 50_000,
        '{"tempo": ' + "9" * 10_000 + "}",
        dump(SHEET).replace("92.5", "NaN"),
        dump(SHEET).replace("92.5", "Infinity"),
        dump(SHEET).replace("92.5", "1e999"),
        dump(SHEET).replace('"duration": 12.5', '"duration": 1e999'),
        dump(SHEET).replace('"duration": 12.5', '"duration": 1e-300'),
        dump(SHEET)[:-20],
        " " * (CAP + 1),
        "\ud800",
    ],
)
def test_what_is_no_sheet_at_all(text: str) -> None:
    with pytest.raises(BadSheetError) as caught:
        load(text)
    assert "\n" not in str(caught.value)


@pytest.mark.medium
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.text(), x),
    )
)
def test_any_json_is_a_sheet_or_a_plain_refusal(data: object) -> None:
    with pytest.raises(BadSheetError):
        load(json.dumps(data))


def test_what_a_stranger_wrote_is_not_repeated() -> None:
    with pytest.raises(BadSheetError) as caught:
        load(edited(lambda s: s.update({"<script>": 1, "palette": "secret-word"})))
    assert "secret" not in str(caught.value)
    assert "script" not in str(caught.value)


def test_a_sheet_belongs_to_a_clip_of_its_length() -> None:
    check_fits(SHEET, film(12.51).clip)
    with pytest.raises(BadSheetError, match=r"12\.500 s long, the clip 13\.000 s"):
        check_fits(SHEET, film(13).clip)


def test_a_wrong_tonic_is_answered_with_those_there_are() -> None:
    plain = json.loads(dump(SHEET))
    with pytest.raises(BadSheetError, match="tonic cannot be used as it is; choose a tonic of: A, A#, Ab, B"):
        load(json.dumps(plain | {"tonic": "Q"}))


def _edited(**changes: Any) -> str:
    return json.dumps({**json.loads(dump(SHEET)), **changes})


@pytest.mark.parametrize(
    ("changes", "field", "understood"),
    [
        ({"mode": "minor"}, "mode", "aeolian"),
        ({"mode": "Major"}, "mode", "ionian"),
        ({"palette": "Ambient"}, "palette", "ambient"),
        ({"palette": "Lo-Fi"}, "palette", "lo-fi"),
        ({"instruments": ["Piano", "Violins"]}, "instruments", ("piano", "violins")),
        ({"tonic": "B♭"}, "tonic", "Bb"),
        ({"tonic": "f♯"}, "tonic", "F#"),
        ({"tonic": "H"}, "tonic", "B"),
        ({"instruments": ["piano", "violins"], "without": ["Piano"]}, "instruments", ("violins",)),
    ],
)
def test_what_people_write_is_understood(changes: dict[str, Any], field: str, understood: object) -> None:
    assert getattr(load(_edited(**changes)), field) == understood


def test_a_key_that_stands_twice_is_told() -> None:
    text = dump(SHEET).replace('"tempo": 92.5,', '"tempo": 92.5,\n  "tempo": 120.0,')
    with pytest.raises(BadSheetError, match="tempo stands twice in the cue sheet; remove one of them"):
        load(text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_sheet_may_come_from_any_editor(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "sheet.json"
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    path.write_text(mark + dump(SHEET), encoding=encoding)
    assert load(sheet_text(path)) == SHEET


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: load(7), "a cue sheet is text, not int; read the file first"),  # type: ignore[arg-type]
        (lambda: score(5), "a clip is named by a path, not by int"),  # type: ignore[arg-type]
        (lambda: score("a.mp4", mood=None), "mood cannot be what it is here; it should be a valid string"),  # type: ignore[arg-type]
        (lambda: score("a.mp4", tempo=3), "there is no wish called tempo; choose one of: mood,"),
        (
            lambda: score("a.mp4", original="loud"),
            "original cannot be what it is here; it should be 'auto', 'keep'",
        ),
    ],
)
def test_a_wrong_type_is_one_plain_error(call: Callable[[], object], said: str) -> None:
    with pytest.raises(UserError, match=said):
        call()


def test_a_theme_is_kept_and_a_sheet_without_one_is_written_as_before() -> None:
    assert "theme" not in dump(SHEET)
    first, second = SHEET.cues
    named = replace(SHEET, cues=(replace(first, theme="Anna"), second))
    assert '"theme": "Anna"' in dump(named)
    assert load(dump(named)) == named
