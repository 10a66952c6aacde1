"""The MIDI file plays what the sound plays, when it plays it."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pretty_midi
import pytest
from mido import MidiFile

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.brief import Brief, Hit, Section
from immersivaudio.music.composer import compose
from immersivaudio.music.general_midi import NAMES
from immersivaudio.music.instruments import TABLE
from immersivaudio.music.midi import write_midi
from immersivaudio.music.palettes import PALETTES
from immersivaudio.music.score import Score


def piece(palette: str = "epic", metre: tuple[int, int] = (4, 4), seconds: str = "31.4") -> Score:
    duration = Fraction(seconds)
    half = Fraction(14)
    return compose(
        Brief(
            duration,
            palette,
            110.0,
            "D",
            "aeolian",
            metre,
            (Section(Fraction(0), half, "A", 0.0, 0.5, 0.7), Section(half, duration, "B", 0.0, 0.7, 0.9)),
            hits=tuple(Hit(Fraction(time), 0.9) for time in ("4.2", "9.13", "14", "22.71")),
            seed=3,
        )
    )


@pytest.mark.medium
@pytest.mark.parametrize(
    ("palette", "metre"), [("epic", (4, 4)), ("orchestral waltz", (3, 4)), ("folk", (6, 8))]
)
def test_every_note_begins_when_it_is_heard(tmp_path: Path, palette: str, metre: tuple[int, int]) -> None:
    score = piece(palette, metre)
    played = pretty_midi.PrettyMIDI(str(write_midi(score, tmp_path / "piece.mid")))
    starts = sorted(note.start for player in played.instruments for note in player.notes)
    written = sorted(note.onset / SAMPLE_RATE for part in score.parts for note in part.notes)
    assert starts == pytest.approx(written, abs=0.001)
    assert played.get_end_time() <= score.length / SAMPLE_RATE + 0.01


def test_a_track_a_part_by_name(tmp_path: Path) -> None:
    score = piece()
    file = MidiFile(write_midi(score, tmp_path / "piece.mid"))
    assert [track.name for track in file.tracks[1:]] == [part.name for part in score.parts]


def test_markers_stand_at_sections_and_hits(tmp_path: Path) -> None:
    score = piece()
    file = MidiFile(write_midi(score, tmp_path / "piece.mid"))
    markers, now = {}, 0.0
    for message in file:
        now += message.time
        if message.type == "marker":
            markers[message.text] = now
    assert {"section A", "section B"} <= set(markers)
    for place, hit in enumerate(score.hits, 1):
        assert markers[f"hit {place} at {float(hit.asked):.3f} s"] == pytest.approx(
            hit.sample / SAMPLE_RATE, abs=0.001
        )


def test_beats_fall_on_whole_ticks_of_the_metre(tmp_path: Path) -> None:
    file = pretty_midi.PrettyMIDI(str(write_midi(piece("orchestral waltz", (3, 4)), tmp_path / "piece.mid")))
    assert (file.time_signature_changes[0].numerator, file.time_signature_changes[0].denominator) == (3, 4)
    assert all(earlier < later for earlier, later in pairwise(file.get_downbeats()))


@pytest.mark.medium
@pytest.mark.parametrize("palette", sorted(PALETTES))
def test_drums_are_drums_and_everything_else_has_a_programme(tmp_path: Path, palette: str) -> None:
    """Accents and rolls of kits were played by a piano in 12 of 54 files."""
    score = piece(palette, PALETTES[palette].metres[0])
    file = MidiFile(write_midi(score, tmp_path / "piece.mid"))
    for part, track in zip(score.parts, file.tracks[1:], strict=True):
        on = {message.channel for message in track if message.type == "note_on"}
        row = TABLE[part.instrument]
        drums = row.stem == "drums" or row.program == -1 or (row.stem == "percussion" and row.program is None)
        assert on == {9} if drums else 9 not in on, part.name
        assert any(m.data for m in track if m.type == "unknown_meta" and m.type_byte == 8)
        assert [m.name for m in track if m.type == "instrument_name"] == [part.instrument]
    assert len(NAMES) == 128
    played = [(m.channel, track) for track in file.tracks[1:] for m in track if m.type == "note_on"]
    pitched = {id(track): track for channel, track in played if channel != 9}.values()
    for track in pitched:
        assert any(m.type == "control_change" and m.control == 11 for m in track), track.name


def test_a_composer_finds_expression_pedal_slides_and_the_end(tmp_path: Path) -> None:
    score = piece("melancholic piano", (4, 4))
    bass = next(part for part in score.parts if part.role == "bass")
    slid = replace(bass, notes=(replace(bass.notes[0], slide=-5), *bass.notes[1:]))
    score = replace(score, parts=tuple(slid if part is bass else part for part in score.parts))
    file = MidiFile(write_midi(score, tmp_path / "piece.mid"))
    controls = {m.control for track in file.tracks for m in track if m.type == "control_change"}
    assert {1, 11, 64} <= controls
    bends = [m.pitch for track in file.tracks for m in track if m.type == "pitchwheel"]
    assert bends[0] == round(-5 / 12 * 8191)
    assert bends[-1] == 0
    assert bends == sorted(bends)
    down = 0
    for track in file.tracks:
        for message in track:
            if message.type == "control_change" and message.control == 64:
                down += 1 if message.value else -1
                assert 0 <= down <= 1, "a pedal that is never lifted blurs the piece"
    texts = {m.text for track in file.tracks for m in track if m.type in {"marker", "text"}}
    assert {"end of film"} <= texts
    assert texts & {"legato", "detached", "staccato"}


def test_a_grooves_bars_lie_on_the_bars_of_the_file(tmp_path: Path) -> None:
    """Though its first downbeat comes a moment after the film's start."""
    score = piece("house", seconds="40.13")
    played = pretty_midi.PrettyMIDI(str(write_midi(score, tmp_path / "piece.mid")))
    lines = [beat.sample / SAMPLE_RATE for beat in score.beats if beat.position == 0]
    found = played.get_downbeats()
    assert all(abs(found - line).min() < 0.002 for line in lines)
    assert len(played.time_signature_changes) == 1


def test_the_same_score_gives_the_same_bytes(tmp_path: Path) -> None:
    files = [write_midi(piece(), tmp_path / name).read_bytes() for name in ("one.mid", "two.mid")]
    assert files[0] == files[1]
