"""Recordings of screens: pages, panels, menus, typing, scrolling; and cuts between them and a camera."""

from collections.abc import Iterator

import cv2
import numpy as np

from benchmarks import film_maker
from benchmarks.film_maker import HEIGHT, WIDTH, Pixels

_WORDS = ("lorem", "ipsum", "dolor", "sit", "amet", "consetetur", "elitr", "sed", "diam", "nonumy", "eirmod")
Recording = tuple[str, list[Pixels], list[tuple[int, int]]]
RATE = 25


def screens(rng: np.random.Generator, scenes: list[Pixels]) -> Iterator[Recording]:
    """Return recordings of several programs, each cut to and from what a camera saw."""
    for make, scene in zip((_form, _terminal, _article, _dashboard), scenes, strict=True):
        frames = make(rng, dark=bool(rng.integers(2)))
        camera = film_maker.shot(scene, rng, 40)
        middle = len(frames) // 2
        whole = [*frames[:middle], *camera, *frames[middle:]]
        yield "screen", whole, [(middle, middle), (middle + len(camera), middle + len(camera))]


def _colours(*, dark: bool) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    return ((24, 26, 32), (220, 220, 220)) if dark else ((250, 250, 250), (40, 40, 44))


def _text(
    canvas: Pixels, words: str, at: tuple[int, int], ink: tuple[int, int, int], size: float = 0.7
) -> None:
    cv2.putText(canvas, words, at, cv2.FONT_HERSHEY_PLAIN, size, ink, 1, cv2.LINE_AA)


def _sentence(rng: np.random.Generator, count: int) -> str:
    return " ".join(str(rng.choice(_WORDS)) for _ in range(count))


def _page(rng: np.random.Generator, *, dark: bool, height: int = HEIGHT) -> Pixels:
    ground, ink = _colours(dark=dark)
    canvas = np.full((height, WIDTH, 3), ground, np.uint8)
    cv2.rectangle(canvas, (0, 0), (WIDTH, 16), (60, 90, 160), -1)
    _text(canvas, "Program", (6, 12), (255, 255, 255))
    cv2.rectangle(canvas, (0, 16), (64, height), tuple(int(v * 0.9) for v in ground), -1)
    for row in range(8):
        _text(canvas, str(rng.choice(_WORDS)), (6, 34 + 16 * row), ink)
    return canvas


def _form(rng: np.random.Generator, *, dark: bool) -> list[Pixels]:
    """Fields that fill letter by letter, a menu, a dialogue, another page of the same program."""
    _, ink = _colours(dark=dark)
    page = _page(rng, dark=dark)
    frames: list[Pixels] = []
    for row in range(3):
        _text(page, str(rng.choice(_WORDS)), (76, 40 + 36 * row), ink)
        cv2.rectangle(page, (76, 46 + 36 * row), (300, 62 + 36 * row), (128, 128, 128), 1)
        words = _sentence(rng, 5)
        for end in range(0, len(words), 2):
            _text(page, words[:end], (80, 58 + 36 * row), ink)
            frames += [page.copy()] * 2
    menu = page.copy()
    cv2.rectangle(menu, (76, 20), (180, 130), (235, 235, 240), -1)
    for row in range(6):
        _text(menu, str(rng.choice(_WORDS)), (82, 38 + 16 * row), (20, 20, 20))
    dialogue = (page * 0.5).astype(np.uint8)
    cv2.rectangle(dialogue, (80, 50), (240, 130), (250, 250, 250), -1)
    _text(dialogue, _sentence(rng, 3), (90, 80), (20, 20, 20))
    cv2.rectangle(dialogue, (180, 104), (230, 122), (60, 120, 220), -1)
    for state in (menu, page, dialogue, page):
        frames += [state] * int(rng.integers(15, 30))
    other = _page(np.random.default_rng(1), dark=dark)
    other[17:, :64] = page[17:, :64]
    for row in range(4):
        cv2.rectangle(
            other, (80, 30 + 34 * row), (140, 56 + 34 * row), [int(v) for v in rng.integers(60, 220, 3)], -1
        )
        _text(other, _sentence(rng, 3), (150, 46 + 34 * row), ink)
    return [*frames, *[other] * 40, *[page] * 40]


def _terminal(rng: np.random.Generator, *, dark: bool) -> list[Pixels]:  # noqa: ARG001 - they are dark
    """Lines appear at the foot, and all moves up."""
    ground, ink = (16, 18, 20), (200, 220, 200)
    lines = [_sentence(rng, int(rng.integers(2, 9))) for _ in range(60)]
    frames = []
    for last in range(1, 60):
        canvas = np.full((HEIGHT, WIDTH, 3), ground, np.uint8)
        for row, line in enumerate(lines[max(0, last - 13) : last]):
            _text(canvas, line, (6, 14 + 13 * row), ink)
        frames += [canvas] * int(rng.integers(2, 8))
    return frames


def _article(rng: np.random.Generator, *, dark: bool) -> list[Pixels]:
    """A long page with pictures: scrolled smoothly, in jumps of the wheel, and by whole screens."""
    ground, ink = _colours(dark=dark)
    page = np.full((1600, WIDTH, 3), ground, np.uint8)
    for row in range(12, 1590, 12):
        _text(page, _sentence(rng, 6), (20, row), ink)
    for top in range(120, 1500, 330):
        scene = film_maker.pictures(rng)[int(rng.integers(5))]
        page[top : top + 90, 60:240] = cv2.resize(scene, (180, 90))
    places = [0] * 20 + list(range(0, 240, 5))
    for step in (40, 40, 60, 60, 40, 100, 100):
        places += [places[-1] + step] * 8
    places += [places[-1] + 150] * 20
    return [np.ascontiguousarray(page[p : p + HEIGHT]) for p in places]


def _dashboard(rng: np.random.Generator, *, dark: bool) -> list[Pixels]:
    """Charts that appear one after the other, tabs, a pointer, a panel that slides in."""
    _, ink = _colours(dark=dark)
    page = _page(rng, dark=dark)
    frames: list[Pixels] = [page] * 20
    for place in range(4):
        x, y = 72 + 124 * (place % 2), 24 + 78 * (place // 2)
        page = page.copy()
        cv2.rectangle(page, (x, y), (x + 116, y + 70), (150, 150, 150), 1)
        for bar in range(8):
            high = int(rng.integers(8, 55))
            colour = [int(v) for v in rng.integers(60, 220, 3)]
            cv2.rectangle(page, (x + 6 + 13 * bar, y + 66 - high), (x + 15 + 13 * bar, y + 66), colour, -1)
        frames += [page] * int(rng.integers(10, 25))
    for index in range(1, 9):
        slid = page.copy()
        slid[16:, WIDTH - 16 * index :] = (235, 235, 240)
        _text(slid, _sentence(np.random.default_rng(5), 2), (WIDTH - 16 * index + 8, 40), (20, 20, 20))
        frames.append(slid)
    frames += [frames[-1]] * 20
    tab = page.copy()
    tab[17:, 65:] = page[17:, 65:][::-1] if dark else 255 - page[17:, 65:] // 2
    _text(tab, _sentence(rng, 4), (80, 90), ink)
    frames += [page] * 20 + [tab] * 25
    for index in range(30):
        pointed = page.copy()
        cv2.circle(pointed, (80 + 6 * index, 60 + 2 * index), 4, (230, 60, 60), -1)
        frames.append(pointed)
    return frames
