"""A photo moves slowly, smoothly, and stays whole."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from immersivaudio.config import Settings
from immersivaudio.media import decode, panzoom, probe
from immersivaudio.values import Clip
from tests import measure, samples


def _clip(seconds: int = 3) -> Clip:
    return Clip(Path("photo"), "photo", "pillow", Fraction(seconds), 480, 270, Fraction(30), "jpeg")


@pytest.mark.parametrize(
    ("photo", "film"),
    [
        ((4032, 3024), (1440, 1080)),
        ((3024, 4032), (1080, 1440)),
        ((1200, 1800), (1080, 1620)),
        ((1920, 1080), (1920, 1080)),
        ((1080, 1920), (1080, 1920)),
        ((641, 427), (720, 480)),
        ((200, 200), (480, 480)),
        ((8000, 1000), (1920, 822)),
        ((500, 5000), (500, 1112)),
    ],
)
def test_the_film_has_the_photos_shape_and_at_most_1080_lines(
    photo: tuple[int, int], film: tuple[int, int]
) -> None:
    width, height = panzoom.size(*photo)
    assert abs(width - film[0]) <= 2
    assert abs(height - film[1]) <= 2
    assert width % 2 == height % 2 == 0


@pytest.mark.medium
@pytest.mark.parametrize("seed", range(6))
def test_the_move_is_smooth(tmp_path: Path, settings: Settings, seed: int) -> None:
    """Follow one landmark by phase correlation: it never jumps, never turns back, starts and stops softly."""
    photo = np.ascontiguousarray(samples.scene(2, 900, 600))
    out = tmp_path / "out.mp4"
    panzoom.render(photo, _clip(), out, seed, lambda _: None)
    clip = probe(out, settings)
    greys = [
        cv2.cvtColor(decode.FrameScaler(clip, 10_000)(p), cv2.COLOR_RGB2GRAY).astype(np.float32)
        for p in decode.pictures(clip, settings)
    ]
    assert len(greys) == 90
    changes = np.array([np.abs(b - a).mean() for a, b in pairwise(greys)])
    steady = changes[20:70]
    assert steady.std() / steady.mean() < 0.35
    assert changes[:5].mean() < 0.6 * steady.mean()
    assert changes[-5:].mean() < 0.6 * steady.mean()
    assert np.abs(greys[-1] - greys[0]).mean() > 3 * steady.mean()


def test_the_seed_chooses_the_move() -> None:
    moves = {panzoom.plan((1500, 1000), (1500, 1000), seed) for seed in range(8)}
    assert len(moves) == 8
    assert {move.start.zoom < move.end.zoom for move in moves} == {True, False}
    assert panzoom.plan((1500, 1000), (1500, 1000), 3) == panzoom.plan((1500, 1000), (1500, 1000), 3)


@pytest.mark.medium
def test_a_panorama_is_panned_from_end_to_end(tmp_path: Path, settings: Settings) -> None:
    photo = np.zeros((300, 2400, 3), np.uint8)
    photo[:, :300], photo[:, -300:] = (200, 0, 0), (0, 0, 200)
    out = tmp_path / "out.mp4"
    panzoom.render(photo, _clip(2), out, 0, lambda _: None)
    clip = probe(out, settings)
    shown = [decode.FrameScaler(clip, 320)(p) for p in decode.pictures(clip, settings)]
    ends = {int(shown[i].mean(axis=(0, 1)).argmax()) for i in (0, -1)}
    assert ends == {0, 2}


def test_colours_stay(tmp_path: Path, settings: Settings) -> None:
    photo = np.full((480, 640, 3), (180, 60, 40), np.uint8)
    out = tmp_path / "out.mp4"
    panzoom.render(photo, _clip(1), out, 0, lambda _: None)
    clip = probe(out, settings)
    shown = decode.FrameScaler(clip, 320)(next(decode.pictures(clip, settings)))
    assert np.abs(shown.mean(axis=(0, 1)) - (180, 60, 40)).max() < 8
    assert measure.shown_seconds(out) == 1


def test_colours_stay_where_the_light_is(tmp_path: Path, settings: Settings) -> None:
    photo = np.full((480, 640, 3), (150, 110, 90), np.uint8)
    photo[200:, 300:] = (130, 170, 190)
    out = tmp_path / "out.mp4"
    panzoom.render(photo, _clip(1), out, 0, lambda _: None)
    clip = probe(out, settings)
    shown = decode.FrameScaler(clip, 10_000)(next(decode.pictures(clip, settings))).astype(int)
    for line in (shown[-40], shown[:, -40]):  # across the edge, and down it
        luma = line @ (0.2126, 0.7152, 0.0722)
        light = int(np.argmax(luma > 140))
        colour = int(np.argmax(line[:, 2] > line[:, 0]))
        assert abs(light - colour) <= 1, (light, colour)
