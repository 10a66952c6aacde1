"""Sections, hits and dynamics follow the film, for every film."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from immersivaudio.sentences.telling import Telling
from immersivaudio.stages.enhance.spotting import SpottingPlan, spot
from immersivaudio.values import DYNAMICS_RATE, Description, Moment, Transition
from tests.films import RATE, film

SHORTEST = Fraction(4)
"""s, of a section."""
SPACING = Fraction("0.35")
"""s, between hits."""
OPENINGS: tuple[Transition, ...] = ("cut", "cut", "cut", "fade", "dissolve")


def seconds_of(length: int) -> NDArray[np.float64]:
    return np.arange(int(length * RATE)) / float(RATE)


@st.composite
def plans(draw: st.DrawFn) -> SpottingPlan:
    seconds = draw(st.floats(0.05, 400))
    times = sorted(draw(st.sets(st.floats(0.001, 0.999), max_size=60)))
    cuts = [(time * seconds, draw(st.sampled_from(OPENINGS)), draw(st.floats(0, 1))) for time in times]
    moments = [
        Moment(Fraction(draw(st.floats(0, 1))) * Fraction(seconds), kind, draw(st.floats(0, 1)))
        for kind in draw(st.lists(st.sampled_from(["motion", "flash", "title", "user"]), max_size=10))
    ]
    size = int(np.ceil(seconds * RATE))
    motion = np.random.default_rng(draw(st.integers(0, 99))).random(size).astype(np.float32)
    return spot(film(seconds, cuts, moments=moments, motion=motion), ())


@pytest.mark.medium
@given(plans())
def test_sections_tile_the_film(plan: SpottingPlan) -> None:
    spots = plan.spots
    assert spots[0].start == 0
    assert all(before.end == after.start for before, after in pairwise(spots))
    assert all(s.start < s.end for s in spots)
    assert len(spots) == 1 or min(s.end - s.start for s in spots) >= SHORTEST
    assert spots[0].label == "A"
    assert all((s.start * 1_000_000).denominator == 1 for s in spots)


@pytest.mark.medium
@given(plans())
def test_hits_are_inside_in_order_and_spaced(plan: SpottingPlan) -> None:
    times = [hit.time for hit in plan.hits]
    assert times == sorted(times)
    assert all(0 < time < plan.spots[-1].end for time in times)
    assert all(after - before >= SPACING for before, after in pairwise(times))
    assert all(0 < hit.strength <= 1 for hit in plan.hits)


@pytest.mark.medium
@given(plans())
def test_dynamics_cover_the_film(plan: SpottingPlan) -> None:
    assert len(plan.dynamics) == -int(-plan.spots[-1].end * DYNAMICS_RATE // 1)
    assert all(0 <= value <= 1 for value in plan.dynamics)


@pytest.mark.parametrize("seconds", [0.3, 1, 5, 9.9])
def test_a_short_clip_is_one_section(seconds: float) -> None:
    assert len(spot(film(seconds, [seconds / 2]), ()).spots) == 1


def test_a_longer_film_has_more_sections_and_longer_ones() -> None:
    counts = [len(spot(film(s), ()).spots) for s in (8, 30, 60, 140, 600)]
    assert counts == sorted(counts)
    assert counts[0] == 1
    assert counts[-1] >= 20
    means = [s / n for s, n in zip((30, 60, 140, 600), counts[1:], strict=True)]
    assert all(6 <= mean <= 24 for mean in means)


def test_a_boundary_falls_on_the_cut_where_the_film_changes() -> None:
    bright = np.where(seconds_of(40) < 17.25, 0.8, 0.1).astype(np.float32)
    found = spot(film(40, [5, 11, 17.25, 22, 28, 33], brightness=bright), ()).spots
    assert Fraction("17.25") in {s.start for s in found}


def test_boundaries_prefer_the_films_own_breaths() -> None:
    cuts = [(t, "fade" if t == 20 else "cut", 0.5) for t in (18, 20, 22)]
    starts = {s.start for s in spot(film(40, cuts), ()).spots}
    assert Fraction(20) in starts


def test_even_the_strongest_changes_do_not_make_a_section_shorter_than_four_seconds() -> None:
    bright = np.where((seconds_of(30) // 2) % 2 == 0, 0.9, 0.1).astype(np.float32)
    found = spot(film(30, [(t, "fade", 1.0) for t in range(2, 30, 2)], brightness=bright), ()).spots
    assert min(s.end - s.start for s in found) >= SHORTEST


def test_material_returns() -> None:
    for seconds in (30, 45, 60, 90, 140, 300):
        labels = [s.label for s in spot(film(seconds), ()).spots]
        assert labels[0] in labels[1:], labels


def test_alike_pictures_share_a_letter() -> None:
    felt = [(-0.6, -0.5), (0.7, 0.6), (-0.6, -0.5), (0.7, 0.6)]
    descriptions = [Description("", v, a, shot=i) for i, (v, a) in enumerate(felt)]
    labels = [s.label for s in spot(film(52, [13, 26, 39]), descriptions).spots]
    assert labels == ["A", "B", "A", "B"]


def test_a_thing_or_a_place_that_comes_back_brings_its_letter_back() -> None:
    shows = [("dog", "garden"), ("boat", "sea"), ("boat", "sea"), ("dog", "garden")]
    descriptions = [
        Description("", 0.0, 0.0, shot=i, telling=Telling(subjects=((thing, 1),), places=(place,)))
        for i, (thing, place) in enumerate(shows)
    ]
    labels = [s.label for s in spot(film(52, [13, 26, 39]), descriptions).spots]
    assert labels[0] == labels[3] and labels[0] not in labels[1:3], labels
    people = [replace(one, telling=Telling(subjects=(("person", 1),))) for one in descriptions]
    unseen = [replace(one, telling=None) for one in descriptions]
    same, without = (spot(film(52, [13, 26, 39]), found).spots for found in (people, unseen))
    assert [s.label for s in same] == [s.label for s in without] != labels


def test_strong_cuts_are_hit_exactly_and_fades_are_not() -> None:
    plan = spot(film(30, [4.2, (9.0, "fade", 1.0), 14.7, (20.0, "dissolve", 1.0), 25.5]), ())
    assert [hit.time for hit in plan.hits] == [Fraction("4.2"), Fraction("14.7"), Fraction("25.5")]


def test_a_montage_keeps_its_strong_cuts_and_loses_some() -> None:
    cuts = [(5 + 0.4 * i, "cut", 0.9 if i % 4 == 0 else 0.2) for i in range(25)]
    plan = spot(film(20, cuts), ())  # type: ignore[arg-type]
    times = {float(hit.time) for hit in plan.hits}
    strong = {round(t, 6) for t, _, s in cuts if s == 0.9}
    assert strong <= {round(t, 6) for t in times}
    assert len(times) < len(cuts)


def test_of_two_close_moments_the_stronger_is_hit() -> None:
    plan = spot(film(20, [(8.0, "cut", 0.3), (8.2, "cut", 0.9)]), ())
    assert [float(hit.time) for hit in plan.hits] == [8.2]


def test_of_cuts_a_third_of_a_second_apart_no_two_neighbours_are_hit() -> None:
    plan = spot(film(20, [(8 + i / 3, "cut", 1.0) for i in range(6)]), ())
    times = [hit.time for hit in plan.hits]
    assert len(times) == 3
    assert min(after - before for before, after in pairwise(times)) > Fraction("0.6")


def test_a_peak_of_motion_and_a_flash_are_hit() -> None:
    moments = [
        Moment(Fraction(4), "motion", 0.9),
        Moment(Fraction(9), "flash", 0.7),
        Moment(Fraction(14), "motion", 0.1),
    ]
    assert [(h.time, h.kind) for h in spot(film(20, moments=moments), ()).hits] == [
        (4, "motion"),
        (9, "flash"),
    ]


def test_the_cut_to_an_end_card_is_the_end() -> None:
    assert [h.kind for h in spot(film(30, [10, 26]), ()).hits] == ["cut", "end"]


def test_loudness_follows_motion() -> None:
    seconds = seconds_of(60)
    motion = (0.3 + 0.25 * np.sin(seconds / 5)).astype(np.float32)
    curve = np.array(spot(film(60, motion=motion), ()).dynamics)
    asked = motion.reshape(-1, 2).mean(axis=1)
    assert np.corrcoef(curve, asked)[0, 1] > 0.95


def test_a_fade_to_black_is_a_decay() -> None:
    bright = np.clip((20 - seconds_of(20)) / 2, 0, 0.6).astype(np.float32)
    curve = spot(film(20, brightness=bright), ()).dynamics
    assert curve[-1] < 0.6 * curve[40]
    assert all(a >= b for a, b in zip(curve[-8:], curve[-7:], strict=False))


def test_a_dark_film_is_not_a_fade() -> None:
    curve = spot(film(20, brightness=0.03), ()).dynamics
    assert np.ptp(curve) < 0.05


def test_a_still_photo_keeps_a_middle_level() -> None:
    curve = spot(film(10, motion=0.0), ()).dynamics
    assert 0.3 < min(curve) <= max(curve) < 0.7


def test_curves_with_gaps_do_no_harm() -> None:
    motion = np.full(int(20 * RATE), np.nan, dtype=np.float32)
    assert all(np.isfinite(spot(film(20, motion=motion, brightness=motion), ()).dynamics))
