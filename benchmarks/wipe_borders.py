"""Borders of wipes: when, from 0 to 1, each pixel shows the next shot."""

import numpy as np
from numpy.typing import NDArray

from benchmarks.film_maker import HEIGHT, WIDTH

Grid = NDArray[np.float64]


def _plane(rng: np.random.Generator) -> Grid:
    angle = float(rng.choice((0, 0.5, 1, 1.5, 0.25, 0.75, 1.25, 1.75))) * np.pi
    across, down = np.meshgrid(np.linspace(-1, 1, WIDTH), np.linspace(-1, 1, HEIGHT))
    return _ranked(across * np.cos(angle) + down * np.sin(angle))


def _iris(rng: np.random.Generator) -> Grid:
    across, down = np.meshgrid(np.linspace(-1.6, 1.6, WIDTH), np.linspace(-0.9, 0.9, HEIGHT))
    away = np.hypot(across, down)
    return _ranked(away if rng.random() < 0.5 else -away)


def _clock(rng: np.random.Generator) -> Grid:
    across, down = np.meshgrid(np.linspace(-1.6, 1.6, WIDTH), np.linspace(-0.9, 0.9, HEIGHT))
    turned = np.arctan2(across, -down)
    return _ranked(turned if rng.random() < 0.5 else -turned)


def _doors(rng: np.random.Generator) -> Grid:
    across, down = np.meshgrid(np.linspace(-1, 1, WIDTH), np.linspace(-1, 1, HEIGHT))
    away = np.abs(across if rng.random() < 0.5 else down)
    return _ranked(away if rng.random() < 0.5 else -away)


def _blinds(rng: np.random.Generator) -> Grid:
    across = np.linspace(0, int(rng.integers(3, 7)), WIDTH, endpoint=False) % 1
    return _ranked(np.tile(across, (HEIGHT, 1)))


def _ranked(values: Grid) -> Grid:
    return (values - values.min()) / np.ptp(values)


BORDERS = (_plane, _plane, _plane, _iris, _clock, _doors, _blinds)
