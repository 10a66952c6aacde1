"""Cuts, flashes, fades and dissolves, in films of which the truth is known."""

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from immersivaudio.config import Settings
from immersivaudio.media import probe
from immersivaudio.stages.extract.pyav import build
from immersivaudio.values import Footage
from tests import samples
from tests.samples import Pixels


@pytest.fixture
def extract(tmp_path: Path, settings: Settings) -> Callable[..., Footage]:
    def run(frames: list[Pixels], rate: int = 25) -> Footage:
        path = samples.write(tmp_path / "film.mp4", frames, rate, crf="26", preset="veryfast")
        return build(settings).extract(probe(path, settings), lambda _: None)

    return run


def _lit(frames: list[Pixels], gains: list[float], lift: float = 0) -> list[Pixels]:
    return [(f * g + lift).clip(0, 255).astype(np.uint8) for f, g in zip(frames, gains, strict=True)]


def _openings(footage: Footage) -> list[tuple[float, str]]:
    return [(float(shot.start), shot.opening) for shot in footage.shots[1:]]


@pytest.mark.medium
@pytest.mark.parametrize("rate", [10, 24, 60])
def test_cuts_at_any_frame_rate(rate: int, extract: Callable[..., Footage]) -> None:
    lengths = [rate, rate // 2, 2 * rate, rate]
    frames = [f for seed, n in enumerate(lengths) for f in samples.pan(seed + 1, n)]
    truth = np.cumsum(lengths)[:-1]
    shots = extract(frames, rate).shots
    assert [shot.start for shot in shots[1:]] == [Fraction(int(n), rate) for n in truth]


@pytest.mark.medium
@pytest.mark.parametrize("step", [6, 20])
def test_a_fast_pan_is_one_shot(step: float, extract: Callable[..., Footage]) -> None:
    wide = np.array(samples.scene(6, 1600, 180))
    frames = [np.ascontiguousarray(wide[:, int(i * step) :][:, :320]) for i in range(60)]
    footage = extract(frames)
    assert _openings(footage) == []
    # The camera goes right, so the picture goes left: step / 320 widths a picture, 25 pictures a second.
    assert float(np.median(footage.curves.pan)) == pytest.approx(-step / 320 * 25, rel=0.25)


@pytest.mark.medium
def test_violent_shaking_is_one_shot(extract: Callable[..., Footage]) -> None:
    rng = np.random.default_rng(3)
    wide = np.array(samples.scene(7, 480, 300))
    places = rng.integers(0, (60, 60), (60, 2))
    frames = [np.ascontiguousarray(wide[y : y + 180, x : x + 320]) for y, x in places]
    footage = extract(frames)
    assert _openings(footage) == []
    assert footage.curves.motion.mean() > 0.5


def test_a_cut_between_dark_and_similar_shots(extract: Callable[..., Footage]) -> None:
    scene = np.array(samples.scene(8, 700, 400))
    left, right = scene[200:380, :320], scene[:180, 360:680]
    frames = _lit([left] * 30 + [right] * 30, [0.2] * 60)
    assert _openings(extract(frames)) == [(1.2, "cut")]


@pytest.mark.medium
@pytest.mark.parametrize("gain", [2.6, 0.0])
def test_flashes_and_black_frames_are_moments_not_cuts(gain: float, extract: Callable[..., Footage]) -> None:
    gains = [1.0] * 60
    gains[30:32] = [gain] * 2
    footage = extract(_lit(samples.pan(2, 60), gains))
    assert _openings(footage) == []
    assert [(float(m.time), m.kind) for m in footage.moments] == [(1.2, "flash")]
    assert footage.curves.motion.max() < 0.6  # the change of light is not motion


def test_title_cards_open_shots(extract: Callable[..., Footage]) -> None:
    import cv2

    card = np.zeros((180, 320, 3), np.uint8)
    cv2.putText(card, "Chapter 2", (50, 100), cv2.FONT_HERSHEY_SIMPLEX, 1.3, (255, 255, 255), 3)
    frames = samples.pan(1, 30) + [card] * 30 + samples.pan(2, 30)
    assert _openings(extract(frames)) == [(1.2, "cut"), (2.4, "cut")]


def test_flat_colours(extract: Callable[..., Footage]) -> None:
    colours = ((200, 30, 30), (30, 30, 200), (40, 160, 40))
    frames = [np.full((180, 320, 3), colour, np.uint8) for colour in colours for _ in range(20)]
    assert _openings(extract(frames)) == [(0.8, "cut"), (1.6, "cut")]


@pytest.mark.medium
def test_a_fade_through_black_opens_a_shot(extract: Callable[..., Footage]) -> None:
    down, up = list(np.linspace(1, 0, 20)), list(np.linspace(0, 1, 20))
    out = _lit(samples.pan(1, 60), [1.0] * 40 + down)
    into = _lit(samples.pan(2, 60), up + [1.0] * 40)
    ((time, kind),) = _openings(extract(out + [np.zeros_like(out[0])] * 8 + into))
    assert kind == "fade"
    assert 68 / 25 <= time <= 74 / 25


@pytest.mark.medium
def test_fading_in_and_out_makes_no_shots_of_their_own(extract: Callable[..., Footage]) -> None:
    gains = [*np.linspace(0, 1, 25), *[1.0] * 30, *np.linspace(1, 0, 25)]
    assert _openings(extract(_lit(samples.pan(1, 80), [float(g) for g in gains]))) == []


@pytest.mark.medium
@pytest.mark.parametrize("length", [14, 26])
def test_a_dissolve_opens_a_shot(length: int, extract: Callable[..., Footage]) -> None:
    one, two = samples.pan(1, 50 + length, step=0.5), samples.pan(2, 50 + length, step=0.5)
    shares = np.linspace(0, 1, length + 2)[1:-1]
    mixed = [
        (a * (1 - s) + b * s).astype(np.uint8) for a, b, s in zip(one[50:], two[:length], shares, strict=True)
    ]
    ((time, kind),) = _openings(extract(one[:50] + mixed + two[length:]))
    assert kind == "dissolve"
    assert abs(time - (50 + length / 2) / 25) < 0.25


def test_a_burst_of_motion_is_a_moment(extract: Callable[..., Footage]) -> None:
    wide = np.array(samples.scene(6, 1600, 180))
    steps = np.full(100, 0.3)
    steps[50:56] = 12
    places = np.cumsum(steps).astype(int)
    footage = extract([np.ascontiguousarray(wide[:, x : x + 320]) for x in places])
    assert _openings(footage) == []
    ((time, kind),) = [(float(m.time), m.kind) for m in footage.moments]
    assert kind == "motion"
    assert 1.9 <= time <= 2.4


@pytest.mark.medium
def test_real_clips(shared_media: Callable[[str], Path], settings: Settings) -> None:
    """Recall at least 95 %, precision at least 90 %, within a picture; see benchmarks/cuts.py for more."""
    truth = json.loads(shared_media("cuts.json").read_text())
    either_way = {9.417, 47.583, 48.542, 50.917}  # cards that pop on and off over black
    hits = missed = extra = 0
    for name in ("sintel_trailer_52s.mp4", "bbb_480p_30s.mp4", "city_night.mpg", "friday_dialogue.mp4"):
        clip = probe(shared_media(name), settings)
        shots = build(settings).extract(clip, lambda _: None).shots
        found = [float(shot.start) for shot in shots if shot.opening == "cut"]
        room = 1 / float(clip.frame_rate)
        hit = sum(any(abs(f - cut) <= room for f in found) for cut in truth[name])
        hits, missed = hits + hit, missed + len(truth[name]) - hit
        extra += sum(all(abs(f - cut) > room for cut in [*truth[name], *either_way]) for f in found)
    assert hits / (hits + missed) >= 0.95
    assert hits / (hits + extra) >= 0.9


def test_a_still_shot_after_a_cut_is_not_taken_for_a_pan(extract: Callable[..., Footage]) -> None:
    frames = [samples.scene(seed, 320, 180) for seed in (1, 2, 3, 4) for _ in range(20)]
    footage = extract(frames)
    assert len(footage.shots) == 4
    assert float(np.abs(footage.curves.pan).max()) < 0.01


def test_a_pan_is_as_fast_at_sixty_pictures_a_second(extract: Callable[..., Footage]) -> None:
    # Most pictures are not asked for the pan there: the ones that are must speak for the others.
    footage = extract(samples.pan(4, 150, step=1), rate=60)
    assert float(np.median(footage.curves.pan)) == pytest.approx(-60 / 320, rel=0.2)
