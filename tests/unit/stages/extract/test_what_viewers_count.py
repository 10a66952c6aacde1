"""Shots as a person counts them: whips and wipes once; steps of a screen, lamps, a webcam's flashes never."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from immersivaudio.config import Settings
from immersivaudio.media import probe
from immersivaudio.stages.extract.pyav import build
from tests import samples
from tests.samples import Pixels

Openings = Callable[[list[Pixels]], list[tuple[float, str]]]


@pytest.fixture
def openings(tmp_path: Path, settings: Settings) -> Openings:
    """Write 25 pictures a second, and return when and how shots open, in pictures."""

    def run(frames: list[Pixels]) -> list[tuple[float, str]]:
        path = samples.write(tmp_path / "film.mp4", frames, 25, crf="26", preset="veryfast")
        shots = build(settings).extract(probe(path, settings), lambda _: None).shots
        return [(float(shot.start * 25), shot.opening) for shot in shots[1:]]

    return run


def _still(seed: int, count: int) -> list[Pixels]:
    rng = np.random.default_rng(seed)
    frame = samples.scene(seed, 320, 180).astype(np.float32)
    return [(frame + rng.normal(size=(180, 320, 1)) * 2).clip(0, 255).astype(np.uint8) for _ in range(count)]


def _torn(seed: int, count: int, *, leaving: bool) -> list[Pixels]:
    """A camera that speeds up from rest, or slows down to it, with what it sees smeared."""
    wide = np.asarray(samples.scene(seed, 1600, 180))
    places = np.cumsum(np.linspace(15, 140, count))
    frames = []
    for place, speed in zip(places, np.linspace(15, 140, count), strict=True):
        smeared = cv2.blur(wide[:, int(place) : int(place) + 400], (int(speed), 1))
        frames.append(np.ascontiguousarray(smeared[:, 40:360]))
    return frames if leaving else frames[::-1]


@pytest.mark.medium
def test_a_whip_counts_once(openings: Openings) -> None:
    frames = _still(1, 40) + _torn(1, 4, leaving=True) + _torn(2, 4, leaving=False) + _still(2, 40)
    ((time, kind),) = openings(frames)
    assert kind == "cut"
    assert 40 <= time <= 48


@pytest.mark.medium
@pytest.mark.parametrize("axis", [0, 1])
def test_a_picture_that_pushes_the_other_out_counts_once(axis: int, openings: Openings) -> None:
    one, two = _still(1, 40), _still(2, 40)
    whole = np.concatenate([one[-1], two[0]], axis=axis)
    size = whole.shape[axis] // 2
    places = [round(size * (0.5 - 0.5 * np.cos(np.pi * i / 13))) for i in range(1, 13)]
    pushed = [np.ascontiguousarray(np.take(whole, range(p, p + size), axis=axis)) for p in places]
    ((time, _),) = openings(one + pushed + two)
    assert 40 <= time <= 52


def _page(seed: int) -> Pixels:
    rng = np.random.default_rng(seed)
    page = np.full((180, 320, 3), 250, np.uint8)
    page[:16] = (60, 90, 160)
    for row in range(32, 176, 12):
        for left in range(12, 280, 40):
            word = "".join(chr(int(c)) for c in rng.integers(97, 122, 5))
            cv2.putText(page, word, (left, row), cv2.FONT_HERSHEY_PLAIN, 0.7, (40, 40, 40), 1, cv2.LINE_AA)
    return page


def _screen() -> list[Pixels]:
    """Another page, a menu, a dialogue over what is dimmed, a jump of the wheel, typing."""
    page, menu = _page(1), _page(1)
    cv2.rectangle(menu, (40, 16), (150, 130), (225, 225, 235), -1)
    dialogue = (page * 0.5).astype(np.uint8)
    cv2.rectangle(dialogue, (90, 50), (230, 120), (250, 250, 250), -1)
    scrolled = page.copy()
    scrolled[16:120] = page[76:]
    states = [page, _page(2), page, menu, page, dialogue, page, scrolled]
    frames = [state for state in states for _ in range(15)]
    for letter in range(20):
        scrolled = scrolled.copy()
        cv2.putText(scrolled, "x", (12 + 9 * letter, 150), cv2.FONT_HERSHEY_PLAIN, 0.8, (20, 20, 20), 1)
        frames += [scrolled] * 2
    return frames


@pytest.mark.medium
def test_steps_of_a_screen_are_no_shots(openings: Openings) -> None:
    assert openings(_screen() + _still(3, 40)) == [(160, "cut")]


@pytest.mark.medium
@pytest.mark.parametrize("flash", [0, 255])
def test_flashes_at_both_ends_open_no_shots(flash: int, openings: Openings) -> None:
    blank = [np.full((180, 320, 3), flash, np.uint8)] * 2
    assert openings([*blank, *_still(4, 60), *blank]) == []


def _light(kind: str, count: int) -> list[NDArray[np.float64]]:
    across = np.tile(np.linspace(0, 1, 320), (180, 1))[..., None]
    if kind == "lamp":
        return [np.full_like(across, (1.0, 0.35)[i // 20 % 2]) for i in range(count)]
    if kind == "dusk":
        return [np.full_like(across, 1.1 - 0.9 * i / count) for i in range(count)]
    return [0.35 + 0.8 / (1 + np.exp(-(across - 2 * i / count + 0.5) * 10)) for i in range(count)]


@pytest.mark.medium
@pytest.mark.parametrize("kind", ["lamp", "dusk", "a shadow passes"])
def test_light_that_changes_before_a_static_camera_opens_no_shot(kind: str, openings: Openings) -> None:
    lit = zip(_still(5, 100), _light(kind, 100), strict=True)
    assert openings([(frame * gain).clip(0, 255).astype(np.uint8) for frame, gain in lit]) == []


@pytest.mark.medium
def test_a_still_is_cut_to_fast_motion(openings: Openings) -> None:
    rng = np.random.default_rng(6)
    wide = np.asarray(samples.scene(7, 480, 300))
    places = rng.integers(0, (110, 150), (40, 2))
    fast = [np.ascontiguousarray(wide[y : y + 180, x : x + 320]) for y, x in places]
    assert openings(_still(6, 40) + fast)[:1] == [(40, "cut")]


def _border(kind: str) -> NDArray[np.float64]:
    across, down = np.meshgrid(np.linspace(0, 1, 320), np.linspace(0, 1, 180))
    if kind == "from the left":
        return across
    if kind == "from a corner":
        return (across + down) / 2
    return np.hypot(across - 0.5, down - 0.5) / np.hypot(0.5, 0.5)


@pytest.mark.medium
@pytest.mark.parametrize("kind", ["from the left", "from a corner", "iris"])
def test_a_wipe_opens_a_shot(kind: str, openings: Openings) -> None:
    one, two = samples.pan(1, 60, step=0.5), samples.pan(2, 60, step=0.5)
    mixed = [
        np.where(_border(kind)[..., None] < (i + 1) / 21, two[i], one[40 + i]).astype(np.uint8)
        for i in range(20)
    ]
    ((time, opening),) = openings(one[:40] + mixed + two[20:])
    assert opening == "wipe"
    assert 40 <= time <= 60


@pytest.mark.medium
@pytest.mark.parametrize("length", [16, 40])
def test_a_dissolve_between_moving_cameras_opens_a_shot(length: int, openings: Openings) -> None:
    one, two = samples.pan(1, 40 + length, step=1.5), samples.pan(2, 40 + length, step=2)
    share = np.linspace(0, 1, length + 2)[1:-1]
    share = share * share * (3 - 2 * share)
    mixed = [(a * (1 - s) + b * s).astype(np.uint8) for a, b, s in zip(one[40:], two, share, strict=False)]
    ((time, kind),) = openings(one[:40] + mixed + two[length:])
    assert kind == "dissolve"
    assert 40 <= time <= 40 + length


@pytest.mark.medium
def test_a_quick_fade_out_of_black_counts_once(openings: Openings) -> None:
    black = [np.zeros((180, 320, 3), np.uint8)] * 10
    rise = [(f * s).astype(np.uint8) for f, s in zip(_still(2, 8), np.linspace(0.15, 1, 8), strict=True)]
    ((time, _),) = openings([*_still(1, 40), *black, *rise, *_still(2, 40)])
    assert 40 <= time <= 58


@pytest.mark.medium
def test_a_camera_in_the_hand_mixes_nothing(openings: Openings) -> None:
    rng = np.random.default_rng(8)
    wide = np.asarray(samples.scene(8, 700, 300))
    sway = np.cumsum(rng.normal(size=(150, 2)) * 2.5, axis=0) + np.array((40, 60))
    down, across = sway[:, 0].clip(0, 119), (sway[:, 1] + np.arange(150)).clip(0, 379)
    places = np.stack([down, across], axis=1).astype(int)
    assert openings([np.ascontiguousarray(wide[y : y + 180, x : x + 320]) for y, x in places]) == []
