"""What was seen, drawn: boxes and words on the best frame of each shot."""

from collections.abc import Sequence

import numpy as np
from PIL import Image as Pictures
from PIL import ImageDraw, ImageFont

from immersivaudio.values import Detection, Footage, Image

WIDTH, COLUMNS = 1600, 4
"""px of a sheet of frames, and how many stand side by side."""
_GAP, _LINE = 10, 22
MOST = 24
"""The most shots that are drawn."""
_WORDS = 6
_PAPER, _INK = (250, 249, 246), (34, 34, 40)
_COLOURS = ((214, 69, 65), (46, 125, 190), (56, 142, 60), (171, 71, 188), (239, 130, 20), (0, 140, 140))


def annotated(image: Image, seen: Sequence[Detection], width: int, height: int) -> Pictures.Image:
    """Return `image`, made to fit `width` x `height` px, with a box and a name for each thing in `seen`."""
    picture = Pictures.fromarray(image)
    scale = min(width / picture.width, height / picture.height)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    picture = picture.resize(size, Pictures.Resampling.LANCZOS)
    pen = ImageDraw.Draw(picture)
    font = ImageFont.load_default(max(9, round(height / 18)))
    names = sorted({one.label for one in seen if one.placed})
    for one in sorted((one for one in seen if one.placed), key=lambda one: one.confidence):
        colour = _COLOURS[names.index(one.label) % len(_COLOURS)]
        left, top = one.box.left * size[0], one.box.top * size[1]
        right, bottom = max(left + 1, one.box.right * size[0] - 1), max(top + 1, one.box.bottom * size[1] - 1)
        pen.rectangle((left, top, right, bottom), outline=colour, width=2)
        around = pen.textbbox((left + 3, max(0, top)), one.label, font=font)
        pen.rectangle((around[0] - 3, around[1] - 1, around[2] + 3, around[3] + 2), fill=colour)
        pen.text((left + 3, max(0, top)), one.label, fill="white", font=font)
    return picture


def shown(frames: Sequence[int]) -> list[tuple[int, int]]:
    """(shot, frame) of those that are shown of the best frames: all, or as many as fit, spread evenly."""
    places = np.unique(np.linspace(0, len(frames) - 1, min(len(frames), MOST)).round().astype(int))
    return [(int(place), frames[place]) for place in places]


def sheet(footage: Footage, detections: Sequence[Detection], frames: Sequence[int]) -> Pictures.Image:
    """Draw the best frame of each shot (`frames`, one a shot), with what was seen in it; an RGB picture."""
    tiles = shown(frames)
    columns = min(COLUMNS, len(tiles))
    wide = (WIDTH - _GAP) // COLUMNS - _GAP
    high = round(wide * 9 / 16)
    rows = -(-len(tiles) // columns)
    page = Pictures.new("RGB", (WIDTH, rows * (high + _LINE + _GAP) + _GAP), _PAPER)
    pen = ImageDraw.Draw(page)
    font = ImageFont.load_default(15)
    for place, (shot, frame) in enumerate(tiles):
        here = [one for one in detections if one.frame == frame]
        picture = annotated(footage.frames[frame].image, here, wide, high)
        left, top = _GAP + place % columns * (wide + _GAP), _GAP + place // columns * (high + _LINE + _GAP)
        page.paste(picture, (left + (wide - picture.width) // 2, top + (high - picture.height) // 2))
        line = f"{shot + 1}: {', '.join(_words(here)) or 'nothing certain'}"
        while font.getlength(line) > wide:
            line = line[:-2].rstrip() + "…"
        pen.text((left, top + high + 2), line, fill=_INK, font=font)
    return page


def _words(seen: Sequence[Detection]) -> list[str]:
    """Each name once, with how many there are, then the words for the whole picture."""
    placed = [one.label for one in sorted(seen, key=lambda one: -one.confidence) if one.placed]
    counted = [
        f"{placed.count(name)} × {name}" if placed.count(name) > 1 else name for name in dict.fromkeys(placed)
    ]
    whole = [one.label for one in sorted(seen, key=lambda one: -one.confidence) if not one.placed]
    return [*counted, *whole][:_WORDS]
