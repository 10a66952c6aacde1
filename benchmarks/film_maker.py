"""Little films with known cuts, drawn at run time: what hard-cut detection is measured on.

Shots move over the two photographs that scikit-learn installs (CC-BY 2.0) and over drawn textures. Each film
exercises one difficulty. All is seeded, so that every run measures the same films.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_sample_images

Pixels = NDArray[np.uint8]
WIDTH, HEIGHT = 320, 180


@dataclass(slots=True)
class Film:
    """Frames and the truth about them."""

    name: str
    rate: int = 25
    frames: list[Pixels] = field(default_factory=list)
    cuts: list[int] = field(default_factory=list)
    """Index of the first picture after each hard cut."""
    free: list[int] = field(default_factory=list)
    """Indices at which a cut may be found or not: text on black, flashes to black."""

    def add(self, shot: list[Pixels], *, cut: bool = True) -> "Film":
        if self.frames and cut:
            self.cuts.append(len(self.frames))
        self.frames.extend(shot)
        return self

    def write(self, path: Path, *, crf: int = 28) -> None:
        with av.open(str(path), "w") as container:
            stream = container.add_stream(
                "libx264", rate=self.rate, options={"crf": str(crf), "preset": "veryfast"}
            )
            stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
            for index, pixels in enumerate(self.frames):
                frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), "rgb24")
                frame.pts, frame.time_base = index, Fraction(1, self.rate)
                container.mux(stream.encode(frame))
            container.mux(stream.encode())


def pictures(rng: np.random.Generator) -> list[Pixels]:
    """Scenes to point a camera at, about 960 px wide: photographs, noise, cartoons, screens."""
    china, flower = load_sample_images().images
    scenes = [cv2.resize(p, (960, 640), interpolation=cv2.INTER_CUBIC) for p in (china, flower)]
    scenes += [scenes[0][:, ::-1], scenes[1][::-1], cv2.rotate(scenes[0], cv2.ROTATE_180)]
    scenes += [_clouds(rng) for _ in range(4)]
    scenes += [_cartoon(rng) for _ in range(4)]
    return [np.ascontiguousarray(s) for s in scenes]


def _clouds(rng: np.random.Generator) -> Pixels:
    total = np.zeros((640, 960, 3), np.float32)
    for octave in range(2, 8):
        grain = rng.normal(size=(2**octave, int(1.5 * 2**octave), 3)).astype(np.float32)
        total += cv2.resize(grain, (960, 640), interpolation=cv2.INTER_CUBIC) / 1.7**octave
    total = total.mean(axis=2, keepdims=True) * 0.7 + total * 0.3
    tint = rng.uniform(60, 190, size=3)
    return (tint + total / total.std() * 35).clip(0, 255).astype(np.uint8)


def _cartoon(rng: np.random.Generator) -> Pixels:
    canvas = np.full((640, 960, 3), rng.integers(60, 255, 3), np.uint8)
    for _ in range(14):
        centre = tuple(int(v) for v in rng.integers((0, 0), (960, 640)))
        colour = tuple(int(v) for v in rng.integers(0, 255, 3))
        cv2.circle(canvas, centre, int(rng.integers(20, 140)), colour, -1)
        cv2.rectangle(canvas, centre, (centre[0] + 90, centre[1] + 50), colour[::-1], -1)
    return canvas


def shot(  # noqa: PLR0913 - a camera has this many knobs
    scene: Pixels,
    rng: np.random.Generator,
    length: int,
    *,
    pan: float = 1.0,
    zoom: float = 0.0,
    shake: float = 0.0,
    blur: bool = False,
    noise: float = 2.0,
    view: float = 0.5,
) -> list[Pixels]:
    """Film `scene`: `pan` px a frame, `zoom` a second, `shake` px, motion `blur`, sensor `noise`."""
    high, wide = scene.shape[:2]
    x, y = rng.uniform(0.35, 0.65, 2) * (wide, high)
    angle = rng.uniform(0, 2 * np.pi)
    out = []
    for index in range(length):
        jitter = rng.normal(size=2) * shake
        size = view * (1 + zoom * index / 25)
        centre = np.array([x + np.cos(angle) * pan * index, y + np.sin(angle) * pan * index]) + jitter
        scale = wide * size / WIDTH
        matrix = np.array(
            [[scale, 0, centre[0] - scale * WIDTH / 2], [0, scale, centre[1] - scale * HEIGHT / 2]]
        )
        picture = cv2.warpAffine(
            scene,
            matrix,
            (WIDTH, HEIGHT),
            flags=cv2.INTER_AREA | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REFLECT,
        ).astype(np.float32)
        if blur:
            width = max(1, int((pan + shake) / scale))
            picture = cv2.blur(picture, (width, max(1, width // 2)))
        picture += rng.normal(size=picture.shape[:2])[..., None] * noise
        out.append(picture.clip(0, 255).astype(np.uint8))
    return out


def gain(frames: list[Pixels], factor: Callable[[int], float], lift: float = 0) -> list[Pixels]:
    """Change the light: `factor` of the frame's index, plus `lift`."""
    return [(f * factor(i) + lift).clip(0, 255).astype(np.uint8) for i, f in enumerate(frames)]


def blend(before: list[Pixels], after: list[Pixels]) -> list[Pixels]:
    """Dissolve between two stretches of the same length."""
    shares = np.linspace(0, 1, len(before) + 2)[1:-1]
    return [(a * (1 - s) + b * s).astype(np.uint8) for a, b, s in zip(before, after, shares, strict=True)]


def flat(colour: tuple[int, int, int], length: int, text: str = "") -> list[Pixels]:
    """A still of one colour, with or without a title."""
    canvas = np.full((HEIGHT, WIDTH, 3), colour, np.uint8)
    if text:
        cv2.putText(canvas, text, (40, 100), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (240, 240, 240), 2, cv2.LINE_AA)
    return [canvas] * length


def films(seed: int = 7) -> Iterator[Film]:
    """All films of the set."""
    rng = np.random.default_rng(seed)
    scenes = pictures(rng)

    def several(name: str, count: int, rate: int = 25, **camera: float | bool) -> Film:
        film = Film(name, rate)
        order = rng.permutation(len(scenes))[:count]
        for index in order:
            film.add(shot(scenes[index], rng, int(rng.integers(rate, 2 * rate)), **camera))  # type: ignore[arg-type]
        return film

    yield several("calm", 8)
    yield several("pan", 8, pan=6.0)
    yield several("whip pan", 6, pan=40.0, blur=True)
    yield several("zoom", 8, zoom=0.8, view=0.3)
    yield several("shake", 8, shake=8.0)
    yield several("violent shake", 6, shake=35.0, blur=True)
    yield several("noisy", 6, noise=18.0)
    yield several("10 fps", 6, rate=10, pan=12.0, shake=5.0)
    yield several("60 fps", 5, rate=60)
    yield several("montage", 12, rate=25)
    yield from _lights(rng, scenes)
    yield from _similar(rng, scenes)
    yield from _cards(rng, scenes)
    yield from _soft(rng, scenes)
    yield from _busy(rng, scenes)


def _lights(rng: np.random.Generator, scenes: list[Pixels]) -> Iterator[Film]:
    film = Film("flashes")
    for scene in scenes[:5]:
        frames = shot(scene, rng, 50)
        frames[20:22] = gain(frames[20:22], lambda _: 1.5, 120)
        frames[35:36] = gain(frames[35:36], lambda _: 0.4, 150)
        film.add(frames)
    yield film
    film = Film("strobe")
    for scene in scenes[:4]:
        film.add(gain(shot(scene, rng, 60, pan=2.0), lambda i: 2.4 if i % 6 < 2 else 0.6))
    yield film
    film = Film("lamp on and off")
    for scene in scenes[:4]:
        film.add(gain(shot(scene, rng, 60), lambda i: 1.0 if (i // 20) % 2 else 0.35))
    yield film


def _similar(rng: np.random.Generator, scenes: list[Pixels]) -> Iterator[Film]:
    film = Film("same palette")
    for _ in range(6):  # other places of one photograph
        y, x = int(rng.integers(0, 300)), int(rng.integers(0, 460))
        film.add(shot(scenes[0][y : y + 340, x : x + 500], rng, 40, view=0.5))
    yield film
    film = Film("dark")
    for index in rng.permutation(len(scenes))[:7]:
        film.add(gain(shot(scenes[index], rng, 40, noise=6.0), lambda _: 0.14, 6))
    yield film
    film = Film("animation on twos", 24)
    for scene in scenes[9:13]:
        frames = shot(scene, rng, 24, pan=14.0, noise=0)
        film.add([f for f in frames for _ in range(2)])
    yield film
    film = Film("screen")
    page = np.full((HEIGHT, WIDTH, 3), 250, np.uint8)
    for row in range(12):
        cv2.putText(
            page, "lorem ipsum dolor", (16, 20 + 14 * row), cv2.FONT_HERSHEY_PLAIN, 0.8, (40, 40, 40), 1
        )
    scrolled = [np.roll(page, -4 * i, axis=0) for i in range(40)]
    film.add([page] * 30).add(scrolled, cut=False)
    box = page.copy()
    cv2.rectangle(box, (110, 60), (210, 120), (60, 120, 220), -1)
    film.free.append(len(film.frames))
    film.add([box] * 30, cut=False)
    film.add(shot(scenes[0], rng, 40))
    yield film


def _cards(rng: np.random.Generator, scenes: list[Pixels]) -> Iterator[Film]:
    film = Film("black frames")
    for scene in scenes[:5]:
        frames = shot(scene, rng, 60)
        frames[30:31] = flat((0, 0, 0), 1)
        film.free += [len(film.frames) + 30, len(film.frames) + 31]
        film.add(frames)
    yield film
    film = Film("title cards")
    for index, scene in enumerate(scenes[:4]):
        film.add(flat((0, 0, 0), 30, f"Chapter {index}")).add(shot(scene, rng, 40))
    yield film
    film = Film("flat colours")
    for colour in ((200, 30, 30), (30, 30, 200), (30, 160, 40), (120, 120, 120), (240, 240, 240)):
        film.add(flat(colour, 25))
    yield film


def _soft(rng: np.random.Generator, scenes: list[Pixels]) -> Iterator[Film]:
    film = Film("fades")
    for scene in scenes[:4]:
        frames = shot(scene, rng, 80)
        film.add(gain(frames, lambda i: min(1, i / 20, (79 - i) / 20)), cut=False)
    yield film
    film = Film("dissolves")
    previous = shot(scenes[0], rng, 70)
    film.add(previous[:50])
    for scene in scenes[1:5]:
        following = shot(scene, rng, 90)
        film.add(blend(previous[-20:], following[:20]), cut=False).add(following[20:70], cut=False)
        previous = following
    yield film


def _busy(rng: np.random.Generator, scenes: list[Pixels]) -> Iterator[Film]:
    film = Film("confetti")
    for scene in scenes[:4]:
        film.add([_sprinkled(frame, rng) for frame in shot(scene, rng, 40, pan=3.0)])
    yield film
    film = Film("passer-by")
    for scene in scenes[:5]:
        frames = shot(scene, rng, 50)
        for index in range(8):  # someone crosses close to the lens
            left = int(WIDTH * (1 - index / 5))
            frames[20 + index][20:, max(0, left) : max(0, left + 200)] = (28, 24, 30)
        film.add(frames)
    yield film
    film = Film("letterbox")
    for scene in scenes[3:8]:
        frames = shot(scene, rng, 40, pan=5.0, shake=4.0)
        for frame in frames:
            frame[:36], frame[-36:] = 0, 0
        film.add(frames)
    yield film
    film = Film("picture in picture")
    for scene in scenes[:4]:
        frames, inset = shot(scene, rng, 50), shot(scenes[-1], rng, 50, pan=8.0)
        for frame, small in zip(frames, inset, strict=True):
            frame[110:170, 220:310] = cv2.resize(small, (90, 60))
        film.add(frames)
    yield film


def _sprinkled(frame: Pixels, rng: np.random.Generator) -> Pixels:
    for x, y, side in rng.integers((0, 0, 3), (WIDTH, HEIGHT, 12), (120, 3)):
        frame[y : y + side, x : x + side] = rng.integers(0, 255, 3)
    return frame
