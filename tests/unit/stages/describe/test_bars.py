"""Bars round a film say nothing about it: what is seen and felt is the film's own."""

import numpy as np
import pytest

from immersivaudio.config import Settings
from immersivaudio.stages.describe.bars import window
from immersivaudio.stages.describe.visual import build
from immersivaudio.values import Description, Selection
from tests import pictures
from tests.pictures import Pixels, footage

CODEC_NOISE = 6


def in_a_frame(film: Pixels, above: int, beside: int = 0) -> Pixels:
    """`film` with black bars of `above` and `beside` px, as a codec leaves them."""
    height, width = film.shape[:2]
    rng = np.random.default_rng(1)
    framed = rng.integers(0, CODEC_NOISE, (height + 2 * above, width + 2 * beside, 3), dtype=np.uint8)
    framed[above : above + height, beside : beside + width] = film
    return framed


def described(shots: list[Pixels], motion: float) -> Description:
    film = footage([[shot] for shot in shots], motion=motion)
    chosen = Selection(0, tuple(range(len(shots))))
    return build(Settings()).describe(film, chosen, (), lambda _done: None)[0]


@pytest.mark.medium
@pytest.mark.parametrize("bars", [(190, 0), (24, 0), (0, 60), (24, 40)], ids=str)
def test_a_film_in_a_frame_of_another_shape_is_described_as_it_is(bars: tuple[int, int]) -> None:
    film = [pictures.grass(1), np.array(pictures.photo("temple"))[:270, :480]]
    framed = [in_a_frame(picture, *bars) for picture in film]
    share = film[0].size / framed[0].size
    alone = described(film, motion=0.2)
    # The whole picture's mean change is the film's share of it; the scale is 1 - exp(-change).
    inside = described(framed, motion=1 - (1 - 0.2) ** share)
    assert inside.text == alone.text
    assert inside.scenes == alone.scenes
    assert abs(inside.valence - alone.valence) < 0.05
    assert abs(inside.arousal - alone.arousal) < 0.05


@pytest.mark.parametrize(
    "picture",
    [
        pictures.plain(0),
        pictures.lettering(),
        pictures.city_night(),
        np.vstack([pictures.plain(0, (270, 480)), pictures.grass()]),
        pictures.grass(),
    ],
    ids=["black", "lettering", "night", "dark above alone", "no bars"],
)
def test_what_is_black_in_the_film_belongs_to_it(picture: Pixels) -> None:
    assert window([picture]).share == 1.0


def test_a_bright_world_in_black_space_has_no_bars() -> None:
    rows, columns = np.mgrid[:180, :320]
    world = (np.hypot(rows - 90, columns - 160) < 80)[..., None] * np.full(3, 200, np.uint8)
    assert window([world.astype(np.uint8)]).share == 1.0


def test_pictures_of_several_sizes_are_taken_whole() -> None:
    assert window([in_a_frame(pictures.grass(), 40), pictures.grass()]).share == 1.0
