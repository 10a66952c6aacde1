"""Films of what a viewer counts and what a viewer does not: whips, wipes, dissolves, screens, webcams, lamps.

Each film exercises one kind. An event is the stretch of pictures in which one transition may be told, once;
what is told anywhere else is wrong. All is seeded. Scenes: `film_maker`'s, or a folder's photographs.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks import film_maker
from benchmarks.film_maker import HEIGHT, WIDTH, Film, Pixels
from benchmarks.screen_films import screens
from benchmarks.wipe_borders import BORDERS

Grid = NDArray[np.float64]
_RATES = (24, 25, 30, 60)


@dataclass(slots=True)
class EventFilm(Film):
    """A film whose transitions take time."""

    kind: str = ""
    events: list[tuple[int, int]] = field(default_factory=list)
    """First and last picture at which the transition may be told; both the same for a hard cut."""

    def join(self, shot: list[Pixels], *, before: int = 0, after: int = 0) -> None:
        """Add a shot whose opening is told at its first picture, or up to so many pictures off."""
        if self.frames:
            self.events.append((len(self.frames) - before, len(self.frames) + after))
        self.frames.extend(shot)


class Stage:
    """Hands out scenes, lengths and cameras by chance."""

    def __init__(self, seed: int, folder: Path | None = None) -> None:
        self.rng = np.random.default_rng(seed)
        scenes = _photographs(folder, self.rng) if folder else film_maker.pictures(self.rng)
        self._scenes = scenes
        self._order: list[int] = []

    def scene(self) -> Pixels:
        """Return the next scene; none twice in a row."""
        if not self._order:
            self._order = [int(i) for i in self.rng.permutation(len(self._scenes))]
        return self._scenes[self._order.pop()]

    def rate(self) -> int:
        """Return a frame rate."""
        return int(self.rng.choice(_RATES))

    def calm(self, seconds: float, rate: int, scene: Pixels | None = None) -> list[Pixels]:
        """Film a scene from a tripod, by hand or with a slow pan."""
        camera = self.rng.choice(3)
        options = ({"pan": 0.0}, {"pan": 0.0, "shake": 1.5}, {"pan": float(self.rng.uniform(10, 50)) / rate})[
            camera
        ]
        return film_maker.shot(
            self.scene() if scene is None else scene,
            self.rng,
            round(seconds * rate),
            noise=float(self.rng.uniform(0, 4)),
            **options,
        )

    def seconds(self, low: float = 1.2, high: float = 2.5) -> float:
        """Return a length, s."""
        return float(self.rng.uniform(low, high))


def event_films(seed: int, folder: Path | None = None) -> Iterator[EventFilm]:
    """Return all films, a few of each kind."""
    stage = Stage(seed, folder)
    makers: tuple[Callable[[Stage], EventFilm], ...] = (
        whip_cut,
        whip_of_the_camera,
        push,
        webcam,
        light,
        fast_cut,
        wipe,
        dissolve,
        fade,
    )
    for make in makers:
        for _ in range(4):
            yield make(stage)
    for kind, frames, events in screens(stage.rng, [stage.scene() for _ in range(4)]):
        yield EventFilm(kind, 25, frames, kind=kind, events=events)


def whip_cut(stage: Stage) -> EventFilm:
    """Two shots joined in the blur of a camera that is torn away from one and comes to rest on the other."""
    rate = stage.rate()
    film = EventFilm("whip in the edit", rate, kind="whip in the edit")
    before = stage.scene()
    film.frames += stage.calm(stage.seconds(), rate, before)
    for _ in range(4):
        after = stage.scene()
        half = max(2, round(float(stage.rng.uniform(0.06, 0.2)) * rate))
        start = len(film.frames)
        film.frames += _smear(before, half, stage.rng, leaving=True)
        film.frames += _smear(after, half, stage.rng, leaving=False)
        film.events.append((start, len(film.frames)))
        film.frames += stage.calm(stage.seconds(), rate, after)
        before = after
    return film


def whip_of_the_camera(stage: Stage) -> EventFilm:
    """A camera that swings from one place to another in a fraction of a second, and rests."""
    rate = stage.rate()
    film = EventFilm("whip of the camera", rate, kind="whip of the camera")
    wide = np.concatenate([cv2.resize(stage.scene(), (640, 427))[30:210] for _ in range(5)], axis=1)
    place = 100.0
    film.frames += _rest(wide, place, stage, rate)
    for _ in range(4):
        span = float(stage.rng.uniform(1.2, 2.0)) * WIDTH
        target = place + span if place + span < wide.shape[1] - WIDTH else place - span
        count = max(3, round(float(stage.rng.uniform(0.12, 0.35)) * rate))
        path = place + (target - place) * (0.5 - 0.5 * np.cos(np.pi * np.arange(1, count + 1) / count))
        start = len(film.frames)
        for one, other in zip([place, *path], path, strict=False):
            film.frames.append(_blurred(wide, one, other))
        film.events.append((start, len(film.frames)))
        place = target
        film.frames += _rest(wide, place, stage, rate)
    return film


def push(stage: Stage) -> EventFilm:
    """One picture pushes the other out."""
    rate = stage.rate()
    film = EventFilm("push", rate, kind="push")
    before = stage.calm(stage.seconds(), rate)
    film.frames += before
    for _ in range(4):
        after = stage.calm(stage.seconds(), rate)
        count = round(float(stage.rng.uniform(0.25, 0.7)) * rate)
        axis, back = int(stage.rng.integers(2)), bool(stage.rng.integers(2))
        start = len(film.frames)
        for index in range(1, count + 1):
            share = 0.5 - 0.5 * np.cos(np.pi * index / (count + 1))
            pair = (after[0], before[-1]) if back else (before[-1], after[0])
            whole = np.concatenate(pair, axis=axis)
            size = whole.shape[axis] // 2
            offset = round(size * (1 - share if back else share))
            film.frames.append(
                whole[offset : offset + size] if axis == 0 else whole[:, offset : offset + size]
            )
        film.events.append((start, len(film.frames)))
        film.frames += after
        before = after
    return film


def webcam(stage: Stage) -> EventFilm:
    """Somebody before a camera that opens and closes with a flash, black, green or a glitch."""
    rate = int(stage.rng.choice((15, 24, 30)))
    film = EventFilm("webcam", rate, kind="webcam")
    film.frames = _sitter(stage, round(stage.seconds(4, 6) * rate))
    light = np.ones(len(film.frames))
    settle = round(rate * float(stage.rng.uniform(0.2, 1.0)))
    light[:settle] = np.linspace(float(stage.rng.choice((0.25, 0.5, 1.9))), 1, settle)
    film.frames = film_maker.gain(film.frames, lambda i: float(light[i]))
    for end in (False, True):
        count = int(stage.rng.integers(1, max(2, int(0.1 * rate) + 1)))
        odd = [_odd(stage, film.frames[0]) for _ in range(1)] * count
        if end:
            film.frames[-count:] = odd
        else:
            film.frames[:count] = odd
    cut = stage.calm(2.0, rate)
    middle = len(film.frames) // 2
    rest = film.frames[middle:]
    del film.frames[middle:]
    film.join(cut)
    film.join(rest)
    return film


def light(stage: Stage) -> EventFilm:
    """A camera that stands still while light changes and somebody moves; one hard cut."""
    rate = int(stage.rng.choice((24, 30)))
    film = EventFilm("static camera, light", rate, kind="static camera, light")
    for _ in range(3):
        frames = _sitter(stage, round(stage.seconds(4, 6) * rate))
        film.join(
            [_lit(stage_light, f) for stage_light, f in zip(_light(stage, len(frames)), frames, strict=True)]
        )
    return film


def fast_cut(stage: Stage) -> EventFilm:
    """Cuts from a still into fast motion, and back."""
    rate = stage.rate()
    film = EventFilm("cut into fast motion", rate, kind="cut into fast motion")
    for _ in range(3):
        still = film_maker.shot(stage.scene(), stage.rng, round(stage.seconds() * rate), pan=0.0)
        film.join(still)
        smeared = bool(stage.rng.integers(2))
        fast: dict[str, float | bool] = {"pan": float(stage.rng.uniform(500, 2000)) / rate, "blur": smeared}
        if stage.rng.random() < 0.5:
            fast = {"shake": float(stage.rng.uniform(15, 60)) * (25 / rate), "blur": smeared}
        film.join(film_maker.shot(stage.scene(), stage.rng, round(stage.seconds(0.8, 1.6) * rate), **fast))  # type: ignore[arg-type]
    return film


def wipe(stage: Stage) -> EventFilm:
    """A border moves over the picture; behind it is the next shot."""
    rate = stage.rate()
    film = EventFilm("wipe", rate, kind="wipe")
    before = stage.calm(4.2, rate)
    kinds = stage.rng.permutation(len(BORDERS))[:4]
    for kind in kinds:
        kept = round(stage.seconds(1.0, 1.6) * rate)
        count = round(float(stage.rng.uniform(0.4, 1.2)) * rate)
        after = stage.calm(4.2, rate)
        film.frames += before[:kept]
        start = len(film.frames)
        soft = float(stage.rng.choice((0.004, 0.004, 0.08)))
        border = BORDERS[kind](stage.rng)
        for index in range(count):
            share = ((index + 1) / (count + 1) * (1 + 2 * soft) - soft - border) / soft + 0.5
            mask = np.clip(share, 0, 1)[..., None]
            film.frames.append((before[kept + index] * (1 - mask) + after[index] * mask).astype(np.uint8))
        film.events.append((start, len(film.frames)))
        before = after[count:]
    film.frames += before[: rate + rate // 2]
    return film


def dissolve(stage: Stage) -> EventFilm:
    """Dissolves of any length and curve, between cameras that move."""
    rate = stage.rate()
    film = EventFilm("dissolve", rate, kind="dissolve")
    before = stage.calm(6.0, rate)
    for _ in range(4):
        kept = round(stage.seconds(1.2, 1.8) * rate)
        count = round(float(stage.rng.uniform(0.4, 2.2)) * rate)
        after = stage.calm(6.0, rate)
        film.frames += before[:kept]
        start = len(film.frames)
        share = np.linspace(0, 1, count + 2)[1:-1]
        if stage.rng.random() < 0.5:
            share = share * share * (3 - 2 * share)
        for one, other, s in zip(before[kept:], after, share, strict=False):
            film.frames.append((one * (1 - s) + other * s).astype(np.uint8))
        film.events.append((start, len(film.frames)))
        before = after[count:]
    film.frames += before[: 2 * rate]
    return film


def fade(stage: Stage) -> EventFilm:
    """Through black, white or a colour, down and up, or down and cut, or cut and up."""
    rate = stage.rate()
    film = EventFilm("fade", rate, kind="fade")
    film.frames += stage.calm(stage.seconds(), rate)
    for _ in range(4):
        colour = np.array(
            ((0, 0, 0), (0, 0, 0), (255, 255, 255), (16, 16, 24))[int(stage.rng.integers(4))], np.float32
        )
        down, held, up = (
            round(float(stage.rng.uniform(*r)) * rate) for r in ((0.3, 1), (0.05, 0.5), (0.3, 1))
        )
        ends = ((down, up), (down, up), (down, 0), (0, up))[int(stage.rng.integers(4))]
        after = stage.calm(stage.seconds(1.6, 2.5) + 1, rate)
        last, first = film.frames[len(film.frames) - ends[0] :] if ends[0] else [], after[: ends[1]]
        film.frames = film.frames[: len(film.frames) - ends[0]]
        start = len(film.frames)
        for index, frame in enumerate(last):
            film.frames.append(_toward(frame, colour, (index + 1) / (ends[0] + 1)))
        film.frames += [np.broadcast_to(colour, frame_shape()).astype(np.uint8)] * max(1, held)
        for index, frame in enumerate(first):
            film.frames.append(_toward(frame, colour, 1 - (index + 1) / (ends[1] + 1)))
        film.events.append((start, len(film.frames)))
        film.frames += after[ends[1] :]
    return film


def frame_shape() -> tuple[int, int, int]:
    """Return the shape of every picture here."""
    return (HEIGHT, WIDTH, 3)


def _toward(frame: Pixels, colour: NDArray[np.float32], share: float) -> Pixels:
    return (frame * (1 - share) + colour * share).astype(np.uint8)


def _photographs(folder: Path, rng: np.random.Generator) -> list[Pixels]:
    paths = sorted(folder.glob("*.jpg"))
    chosen = [paths[int(i)] for i in rng.permutation(len(paths))[:24]]
    pictures = [cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB) for path in chosen]
    return [np.asarray(cv2.resize(p, (960, 640), interpolation=cv2.INTER_AREA), np.uint8) for p in pictures]


def _smear(scene: Pixels, count: int, rng: np.random.Generator, *, leaving: bool) -> list[Pixels]:
    view = cv2.resize(scene, (1440, 960))[300:480]
    view = np.concatenate([view, view[:, ::-1]] * 2, axis=1)
    place = float(rng.uniform(200, 700))
    speeds = np.linspace(20, float(rng.uniform(90, 220)), count)
    places = place + np.concatenate([[0], np.cumsum(speeds)])
    steps = [_blurred(view, a, b) for a, b in pairwise(places)]
    return steps if leaving else steps[::-1]


def _blurred(wide: Pixels, one: float, other: float) -> Pixels:
    span = max(1, round(abs(other - one) * 0.7))
    left = round(min(max(other, 0), wide.shape[1] - WIDTH))
    pad = cv2.copyMakeBorder(wide, 0, 0, span, span, cv2.BORDER_REFLECT)
    return np.ascontiguousarray(cv2.blur(pad, (span, 1))[:HEIGHT, span + left : span + left + WIDTH])


def _rest(wide: Pixels, place: float, stage: Stage, rate: int) -> list[Pixels]:
    shake = float(stage.rng.uniform(0, 1.5))
    places = place + stage.rng.normal(size=round(stage.seconds() * rate)) * shake
    return [_blurred(wide, p, p) for p in places]


def _sitter(stage: Stage, count: int) -> list[Pixels]:
    """A head and shoulders that sway, speak and sometimes walk through, before a room that stands still."""
    room = cv2.resize(stage.scene(), (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    head, coat = ([int(v) for v in stage.rng.integers(40, 220, 3)] for _ in range(2))
    sway = np.cumsum(stage.rng.normal(size=(count, 2)) * 1.2, axis=0)
    sway -= np.linspace(0, 1, count)[:, None] * sway[-1]
    walk = np.linspace(-200, WIDTH + 200, count) if stage.rng.random() < 0.4 else np.full(count, WIDTH / 2)
    frames = []
    for index in range(count):
        canvas = room.copy()
        x, y = int(walk[index] + sway[index, 0]), int(100 + sway[index, 1])
        cv2.ellipse(canvas, (x, y + 95), (85, 60), 0, 0, 360, coat, -1, cv2.LINE_AA)
        cv2.ellipse(canvas, (x, y - 15), (34, 44), 0, 0, 360, head, -1, cv2.LINE_AA)
        cv2.ellipse(
            canvas, (x, y + 5), (12, int(abs(8 * np.sin(index / 3))) + 1), 0, 0, 360, (60, 20, 30), -1
        )
        noisy = canvas + stage.rng.normal(size=canvas.shape[:2])[..., None] * 3
        frames.append(noisy.clip(0, 255).astype(np.uint8))
    return frames


def _odd(stage: Stage, like: Pixels) -> Pixels:
    kind = int(stage.rng.integers(4))
    if kind == 0:
        return np.zeros(frame_shape(), np.uint8)
    if kind == 1:
        return np.full(frame_shape(), (0, 135, 0), np.uint8)
    if kind == 2:
        return (like * 0.2 + 200).clip(0, 255).astype(np.uint8)
    return np.ascontiguousarray(np.roll(like, HEIGHT // 2, axis=0)[:, ::-1])


def _light(stage: Stage, count: int) -> list[Grid]:
    """Return a gain for every pixel of every picture: lamps, clouds, a sweep, a dusk, a lamp of its own."""
    across, down = np.meshgrid(np.linspace(0, 1, WIDTH), np.linspace(0, 1, HEIGHT))
    time = np.arange(count) / count
    kind = int(stage.rng.integers(5))
    if kind == 0:
        steps = np.repeat(stage.rng.uniform(0.35, 1.2, 6), -(-count // 6))[:count]
        return [np.full_like(across, s) for s in steps]
    if kind == 1:
        return [0.4 + 0.8 / (1 + np.exp(-(across + 0.4 * down - 2.2 * t + 0.4) * 12)) for t in time]
    if kind == 2:
        return [np.full_like(across, 1.1 - 0.85 * t) for t in time]
    if kind == 3:
        turn = float(stage.rng.uniform(2, 5))
        return [0.75 + 0.45 * np.sin(2 * np.pi * (turn * t + across)) for t in time]
    lamp = np.exp(-((across - stage.rng.uniform(0.2, 0.8)) ** 2 + (down - 0.4) ** 2) / 0.1)
    level = np.clip(np.interp(time, np.linspace(0, 1, 8), stage.rng.uniform(0, 1.4, 8)), 0, 2)
    return [0.45 + lamp * v for v in level]


def _lit(light_map: Grid, frame: Pixels) -> Pixels:
    return (frame * light_map[..., None]).clip(0, 255).astype(np.uint8)
