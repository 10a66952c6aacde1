"""The sync figure rewards landing on cuts, and nothing else."""

from fractions import Fraction

import numpy as np
import pytest

from immersivaudio.media import onsets, sync
from immersivaudio.media.sync import WINDOW
from immersivaudio.values import SyncFigure

MINUTE = Fraction(60)


def figure(cuts: list[float], heard: list[float], duration: Fraction = MINUTE) -> SyncFigure:
    found = sync.figure([Fraction(cut).limit_denominator(10**6) for cut in cuts], np.array(heard), duration)
    assert found is not None
    return found


def test_music_on_every_cut_gets_all_but_what_chance_would() -> None:
    cuts = [5.0, 17.3, 31.04, 44.5]
    found = figure(cuts, cuts)
    assert (found.hit, found.share) == (4, 1.0)
    assert found.chance == pytest.approx(4 * 2 * WINDOW / 60, abs=1e-4)
    assert found.sync == pytest.approx(1 - found.chance)
    assert found.tbiou == 1.0
    assert found.luck < 0.001


def test_a_window_is_40_ms_on_each_side_and_no_more() -> None:
    assert figure([10.0], [10.040]).hit == figure([10.0], [9.960]).hit == 1
    assert figure([10.0], [10.041]).hit == figure([10.0], [9.959]).hit == 0


def test_music_that_never_stops_beginning_gets_nothing_for_hitting_everything() -> None:
    found = figure([5.0, 17.3, 31.04], list(np.arange(0, 60, 0.07)))
    assert found.share == 1.0
    assert found.sync == pytest.approx(0.0, abs=0.01)
    assert found.luck > 0.9


def test_random_onsets_get_nothing_on_average() -> None:
    chance = np.random.default_rng(3)
    figures = [
        figure(list(chance.uniform(1, 59, 20)), list(chance.uniform(0, 60, 100))).sync for _ in range(300)
    ]
    assert np.mean(figures) == pytest.approx(0.0, abs=0.02)


def test_chance_is_the_share_of_moments_not_a_sum_of_windows() -> None:
    assert figure([1.0], [10.0, 10.01, 10.02]).chance == pytest.approx((2 * WINDOW + 0.02) / 60, abs=1e-4)
    assert figure([1.0], [0.0, 60.0]).chance == pytest.approx(2 * WINDOW / 60, abs=1e-4)


def test_tbiou_falls_with_every_onset_beside_a_cut_and_the_figure_does_not() -> None:
    """Its named weakness: the denser piece hits every cut, and looks far worse than the sparse one."""
    cuts = [5.0, 17.3, 31.04, 44.5]
    sparse, dense = figure(cuts, cuts[:2]), figure(cuts, cuts + list(np.arange(0.25, 60, 0.5)))
    assert sparse.tbiou > 0.45
    assert dense.tbiou < 0.05
    assert dense.sync > 0.8 > sparse.sync


def test_a_film_without_a_cut_has_no_figure_and_silence_hits_none() -> None:
    assert sync.figure([], np.array([1.0]), MINUTE) is None
    assert sync.figure([Fraction(0), MINUTE], np.array([1.0]), MINUTE) is None
    found = figure([5.0], [])
    assert (found.hit, found.chance, found.tbiou, found.luck) == (0, 0.0, 0.0, 1.0)


def test_clicks_are_heard_where_they_are() -> None:
    """From sound to figure: clicks on three of four cuts, and one elsewhere."""
    sound = np.zeros((48_000 * 20, 2), np.float32)
    noise = np.random.default_rng(1).normal(0, 0.4, 2400).astype(np.float32) * np.exp(-np.arange(2400) / 400)
    for moment in (3.0, 8.5, 12.2, 16.0):
        start = round(moment * 48_000)
        sound[start : start + 2400] += noise.astype(np.float32)[:, None]
    found = sync.figure(
        [Fraction(3), Fraction(17, 2), Fraction(61, 5), Fraction(18)],
        onsets.accents(onsets.flux([sound.T])),
        Fraction(20),
    )
    assert found is not None
    assert (found.hit, found.onsets) == (3, 4)
