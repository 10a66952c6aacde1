"""The MIDI file plays what the sound plays, when it plays it."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pretty_midi
import pytest
from mido import MidiFile

from immersivaudio.music.brief import Brief, Hit, Section
from immersivaudio.music.composer import compose
from immersivaudio.music.midi import write_midi
from immersivaudio.music.score import SAMPLE_RATE, Score


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


def test_the_same_score_gives_the_same_bytes(tmp_path: Path) -> None:
    files = [write_midi(piece(), tmp_path / name).read_bytes() for name in ("one.mid", "two.mid")]
    assert files[0] == files[1]
