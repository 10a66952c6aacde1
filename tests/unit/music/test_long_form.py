"""Pieces of minutes go somewhere: other keys that are prepared, breakdowns that build, a last chorus
with more.
"""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from benchmarks.journey import brief
from immersivaudio.music import PALETTES, compose
from immersivaudio.music.composer import _Composer
from immersivaudio.music.form import Passage, plan_form
from immersivaudio.music.harmony import harmonise
from immersivaudio.music.long_form import stages
from immersivaudio.music.moods import is_dark
from immersivaudio.music.rhythm import KEYS
from immersivaudio.music.score import Note, PlacedSection, Score
from immersivaudio.music.tempo_map import lay_grid
from immersivaudio.stages.enhance.forms import letters, themes

SNARE = KEYS["snare"]


def passages(palette: str, seconds: int) -> tuple[Passage, ...]:
    asked = brief(palette, seconds)
    return plan_form(asked, lay_grid(asked))


def inside(score: Score, section: PlacedSection, *roles: str) -> list[Note]:
    notes = (note for part in score.parts if part.role in roles for note in part.notes)
    return [note for note in notes if section.start <= note.onset < section.end]


def test_a_minute_stays_where_it_is() -> None:
    for palette in PALETTES.values():
        for stage in stages("ABAC", 60.0, palette, palette.modes[0]):
            assert stage.shift == 0
            assert not stage.turned


@pytest.mark.parametrize("palette", ["cinematic", "ambient", "jazz", "house"])
def test_ten_minutes_visit_other_keys_and_every_change_is_prepared(palette: str) -> None:
    asked = brief(palette, 600)
    grid = lay_grid(asked)
    plan = plan_form(asked, grid)
    assert len({passage.tonic for passage in plan}) >= 3
    for passage, following in pairwise(plan):
        if passage.tonic == following.tonic:
            continue
        last = harmonise(passage, PALETTES[palette], grid.metre)[-1].harmony
        assert last.root == (following.tonic + 7) % 12
        assert (following.tonic + 11) % 12 in last.pitches, "the new key's leading note"


def test_the_last_chorus_has_more() -> None:
    own = replace(PALETTES["rock"], key_change=2)
    plan = stages("ABACABA", 180.0, own, "ionian")
    assert plan[-1].kind == "last chorus"
    assert plan[-1].shift == 2
    assert plan[-1].energy > plan[0].energy
    score = compose(brief("cinematic", 180))
    first, last = (
        sum(any(at.start <= note.onset < at.end for note in part.notes) for part in score.parts)
        for at in (score.sections[0], score.sections[-1])
    )
    assert last > first


def test_an_electronic_piece_breaks_down_and_builds_into_its_drop() -> None:
    asked = brief("house", 180)
    composer = _Composer(asked)
    score = compose(asked)
    kinds = [passage.stage.kind for passage in composer.passages]
    assert {"breakdown", "last chorus"} <= set(kinds)
    at = kinds.index("breakdown")
    passage, section = composer.passages[at], score.sections[at]
    assert passage.building >= 2
    build = composer.grid.sample(passage.bars[-passage.building].tick) - 2000
    quiet = [n for n in inside(score, section, "drums") if section.start + 20_000 < n.onset < build]
    assert not quiet, "a breakdown has no beat"
    rolled = [n for n in inside(score, section, "drums") if n.pitch == SNARE and n.onset > build]
    gaps = np.diff([note.onset for note in sorted(rolled, key=lambda note: note.onset)])
    assert gaps[0] > 3 * gaps[-1], "it hurries"
    assert rolled[-1].velocity > rolled[0].velocity


def test_long_films_bring_themes_back_with_their_scenes() -> None:
    chance = np.random.default_rng(0)
    places = np.array([[0.8, 0.2, 0.5, 0.3, 0.2], [0.2, 0.7, -0.5, -0.3, 0.6], [0.5, 0.4, 0.0, 0.6, 0.9]])
    order = [0, 0, 1, 2, 0, 1, 1, 0, 2, 2, 0, 1, 0, 2, 1, 0, 0, 1, 2, 0]
    found = letters([places[place] + chance.normal(0, 0.03, 5) for place in order])
    assert found == "".join("ABC"[place] for place in order)


def test_ten_minutes_of_one_picture_do_not_swing_between_two_themes() -> None:
    chance = np.random.default_rng(1)
    found = letters([np.full(5, 0.4) + chance.normal(0, 0.02, 5) for _ in range(30)])
    assert found.endswith("A")
    assert len(set(found)) >= 4
    for start in range(len(found) - 5):
        assert len(set(found[start : start + 6])) > 1
        assert found[start : start + 5] not in {"ABABA", "BABAB"}


def test_a_theme_of_ones_own_is_known_again_whatever_its_letter() -> None:
    """Two cues of one name sing one motif; another name another; a take of none stays what it was."""
    asked = brief("cinematic", 180)

    def sung(**names: str) -> list[list[int]]:
        """The melody's rhythm in every section's first bars: gaps between its first onsets, sixteenths."""
        sections = tuple(
            replace(section, theme=names.get(f"at{place}", ""))
            for place, section in enumerate(asked.sections)
        )
        score = compose(replace(asked, sections=sections))
        lead = next(part for part in score.parts if part.role == "lead")
        bars = [[n for n in lead.notes if at.start <= n.onset < at.end][:7] for at in score.sections]
        return [[round(4 * float(b.beat - a.beat)) for a, b in pairwise(bar)] for bar in bars]

    plain, named = sung(), sung(at1="anna", at3="anna", at5="the sea")
    assert named[1][:4] == named[3][:4], "anna"
    assert named[5][:4] != named[3][:4], "the sea"
    assert named[1] != plain[1]
    assert named[0] == plain[0], "nobody else has changed"


def test_a_film_that_turns_turns_its_mode_and_keeps_its_place() -> None:
    asked = brief("cinematic", 180)
    home = asked.sections[2]
    dark = replace(home, valence=home.valence - 0.9)
    sections = (*asked.sections[:2], dark, *asked.sections[3:])
    bright = replace(asked, mode="ionian", valence=home.valence)
    calm, turned = (plan_form(one, lay_grid(one)) for one in (bright, replace(bright, sections=sections)))
    assert not is_dark(calm[2].mode)
    assert is_dark(turned[2].mode)
    assert turned[2].tonic == calm[2].tonic
    assert [p.mode for p in turned[:2]] == [p.mode for p in calm[:2]]


@pytest.mark.parametrize("palette", ["cinematic", "pop"])
def test_the_last_chorus_is_sung_in_octaves(palette: str) -> None:
    score = compose(brief(palette, 180))
    doubled = next(part for part in score.parts if part.name.endswith(" octave"))
    assert all(note.onset >= score.sections[-1].start for note in doubled.notes)
    sung = {(n.beat, n.pitch % 12) for part in score.parts if part.role == "lead" for n in part.notes}
    assert {(n.beat, n.pitch % 12) for n in doubled.notes} <= sung


def test_what_comes_back_gives_its_theme_a_name() -> None:
    seen = [("woman", "beach"), ("car",), ("woman", "dog", "beach"), ("car", "city"), ("tree",)]
    assert themes("ABABC", seen) == ("woman, beach", "car", "woman, beach", "car", "")
    assert themes("ABAB", [("man",)] * 4) == ("",) * 4, "a name that tells nothing apart is none"
