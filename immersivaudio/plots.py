"""The cue sheet drawn over the clip's filmstrip: shots, sections, hit points, motion, loudness, speech."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray
from PIL import Image as Pictures
from PIL import ImageDraw, ImageFont

from immersivaudio.values import DYNAMICS_RATE, CueSheet, Footage, Frame

WIDTH, MARGIN = 1600, 40
STRIP, LANE, GAP = 132, 84, 12
INK, FAINT, PAPER = (34, 34, 40), (150, 150, 158), (250, 249, 246)
HIT, MOTION, LOUD, SPEECH = (214, 69, 65), (66, 133, 180), (120, 120, 128), (240, 180, 70)
SECTIONS = ((188, 214, 230), (246, 214, 186), (205, 224, 196), (226, 205, 229), (245, 226, 170))


class _Sheet:
    """A drawing surface on which x is time."""

    def __init__(self, seconds: float, height: int) -> None:
        self.picture = Pictures.new("RGB", (WIDTH, height), PAPER)
        self.pen = ImageDraw.Draw(self.picture, "RGBA")
        self.seconds = max(seconds, 1e-3)

    def x(self, time: float) -> float:
        """Where a time (s) stands, px."""
        return MARGIN + (WIDTH - 2 * MARGIN) * min(max(time / self.seconds, 0.0), 1.0)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: int = 15,
        ink: tuple[int, int, int] = INK,
        room: float = 1e9,
    ) -> None:
        """Write words, cut short where they pass `room` px."""
        font = ImageFont.load_default(size)
        while words and font.getlength(words) > room:
            words = words[:-2].rstrip() + "…" if len(words) > 2 else ""
        self.pen.text((x, y), words, fill=ink, font=font)

    def curve(
        self,
        values: Sequence[float] | NDArray[np.float32],
        top: int,
        ink: tuple[int, int, int],
        *,
        fill: bool = False,
    ) -> None:
        """Draw values (0 to 1, evenly spread over the clip) in the lane at `top`."""
        if len(values) < 2:
            return
        times = np.linspace(0, self.seconds, len(values))
        points = [(self.x(t), top + LANE * (1 - float(v))) for t, v in zip(times, values, strict=True)]
        if fill:
            ends = [(points[-1][0], top + float(LANE)), (points[0][0], top + float(LANE))]
            self.pen.polygon(points + ends, fill=(*ink, 70))
        self.pen.line(points, fill=ink, width=2)


def draw(footage: Footage, sheet: CueSheet, music: Path) -> Pictures.Image:
    """Draw what was seen and what was decided over the rendered sound `music` (WAV); an RGB picture."""
    tops = {"strip": 118, "sections": 118 + STRIP + GAP}
    tops["motion"] = tops["sections"] + 44
    tops["sound"] = tops["motion"] + LANE + GAP
    tops["axis"] = tops["sound"] + LANE + 6
    page = _Sheet(float(sheet.duration), tops["axis"] + 64)
    _headline(page, sheet)
    _filmstrip(page, footage, tops["strip"])
    _sections(page, sheet, tops["sections"])
    page.curve(footage.curves.motion, tops["motion"], MOTION, fill=True)
    page.curve(np.asarray(sheet.dynamics, dtype=np.float32), tops["motion"], INK)
    page.curve(_level(music), tops["sound"], LOUD, fill=True)
    for start, end in sheet.speech:
        page.pen.rectangle(
            (page.x(float(start)), tops["sound"], page.x(float(end)), tops["sound"] + LANE),
            fill=(*SPEECH, 90),
        )
    _hits(page, sheet, tops["strip"], tops["axis"])
    _axis(page, sheet, tops["axis"])
    return page.picture


def joined(upper: Pictures.Image, lower: Pictures.Image) -> Pictures.Image:
    """Stand one picture on another, as wide as the wider one."""
    whole = Pictures.new("RGB", (max(upper.width, lower.width), upper.height + lower.height), PAPER)
    whole.paste(upper, (0, 0))
    whole.paste(lower, (0, upper.height))
    return whole


def _headline(page: _Sheet, sheet: CueSheet) -> None:
    page.text(MARGIN, 14, f"{sheet.mood}  ·  {sheet.palette}", size=26, room=WIDTH - 2 * MARGIN)
    facts = f"{sheet.tempo:.0f} bpm  {sheet.metre}  {sheet.key}   {', '.join(sheet.instruments)}"
    page.text(MARGIN, 48, facts, size=16, room=WIDTH - 2 * MARGIN)
    page.text(MARGIN, 70, sheet.scene, size=15, ink=FAINT, room=WIDTH - 2 * MARGIN)


def _filmstrip(page: _Sheet, footage: Footage, top: int) -> None:
    """Fill each shot's stretch with its frames, and mark where it begins."""
    for shot in footage.shots:
        left, right = int(page.x(float(shot.start))), int(page.x(float(shot.end)))
        frames = [frame for frame in footage.frames if frame.shot == shot.index]
        if right - left < 2 or not frames:
            continue
        page.picture.paste(_stretch(frames, right - left), (left, top))
        page.pen.line((left, top - 6, left, top + STRIP), fill=PAPER, width=2)


def _stretch(frames: Sequence[Frame], width: int) -> Pictures.Image:
    """Lay a shot's frames side by side over `width` px, each cropped around its middle."""
    rows, columns = frames[0].image.shape[:2]
    natural = max(1, round(STRIP * columns / rows))
    count = max(1, min(len(frames), round(width / natural)))
    strip = Pictures.new("RGB", (width, STRIP), INK)
    edges = np.linspace(0, width, count + 1).astype(int)
    picks = np.linspace(0, len(frames) - 1, count).round().astype(int)
    for left, right, pick in zip(edges[:-1], edges[1:], picks, strict=True):
        strip.paste(_cover(Pictures.fromarray(frames[pick].image), int(right - left), STRIP), (int(left), 0))
    return strip


def _cover(picture: Pictures.Image, width: int, height: int) -> Pictures.Image:
    """Scale and crop a picture so that it covers width x height."""
    scale = max(width / picture.width, height / picture.height)
    size = (max(width, round(picture.width * scale)), max(height, round(picture.height * scale)))
    scaled = picture.resize(size, Pictures.Resampling.LANCZOS)
    left, top = (scaled.width - width) // 2, (scaled.height - height) // 2
    return scaled.crop((left, top, left + width, top + height))


def _sections(page: _Sheet, sheet: CueSheet, top: int) -> None:
    letters = sorted({cue.label[:1] for cue in sheet.cues})
    for cue in sheet.cues:
        left, right = page.x(float(cue.start)), page.x(float(cue.end))
        ink = SECTIONS[letters.index(cue.label[:1]) % len(SECTIONS)]
        page.pen.rounded_rectangle((left + 1, top, right - 1, top + 34), 5, fill=ink)
        page.text(left + 8, top + 8, f"{cue.label}  {cue.mood}", room=right - left - 14)


def _hits(page: _Sheet, sheet: CueSheet, top: int, bottom: int) -> None:
    for hit in sheet.hits:
        x = page.x(float(hit.time))
        page.pen.line((x, top - 4, x, bottom), fill=(*HIT, 60 + int(150 * hit.strength)), width=2)
        size = 3 + 4 * hit.strength
        page.pen.ellipse((x - size, top - 10 - size, x + size, top - 10 + size), fill=HIT)


def _axis(page: _Sheet, sheet: CueSheet, top: int) -> None:
    page.pen.line((MARGIN, top, WIDTH - MARGIN, top), fill=FAINT)
    step = next(s for s in (0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 1e9) if page.seconds / s <= 16)
    for tick in np.arange(0, page.seconds, step):
        page.text(page.x(float(tick)), top + 4, f"{tick:g} s", size=13, ink=FAINT)
    legend = (("hit points", HIT), ("motion seen", MOTION), ("dynamics asked", INK), ("level played", LOUD))
    left = float(MARGIN)
    for words, ink in (*legend, *((("speech", SPEECH),) if sheet.speech else ())):
        page.pen.rounded_rectangle((left, top + 34, left + 14, top + 46), 3, fill=ink)
        page.text(left + 20, top + 31, words, size=14)
        left += 150


def _level(music: Path) -> NDArray[np.float32]:
    """The sound's level as 0 (-40 dBFS) to 1 (-6 dBFS), `DYNAMICS_RATE` x 2 values a second."""
    with soundfile.SoundFile(music) as sound:
        size = sound.samplerate // (2 * DYNAMICS_RATE)
        power = [np.mean(np.square(block)) for block in sound.blocks(size, dtype="float32", always_2d=True)]
    level = 10 * np.log10(np.maximum(power, 1e-10))
    return np.clip((level + 40) / 34, 0, 1).astype(np.float32)
