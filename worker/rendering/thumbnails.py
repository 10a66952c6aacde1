"""What a page shows of a clip: the best frame of each shot, as tiles of one picture, and the plan drawn."""

from fractions import Fraction
from pathlib import Path

from PIL import Image as Pictures

from immersivaudio import annotation, plots
from immersivaudio.pipeline import Analysis
from immersivaudio.queue.result import ShotBox, ShotSummary
from immersivaudio.values import CueSheet

TILES = "frames.webp"
"""Name of the tiles in the folder of what was seen."""
_WIDTH, _HEIGHT = 320, 180
"""px of a tile; what has another shape stands in its middle."""
_AROUND = (24, 24, 28)
_LABELS = 6


def tiles(seen: Analysis, path: Path) -> None:
    """Write the best frame of each shown shot, one below the other, as WebP; boxes are drawn by the page."""
    pictures = [
        annotation.annotated(seen.footage.frames[frame].image, (), _WIDTH, _HEIGHT)
        for _, frame in _shown(seen)
    ]
    sheet = Pictures.new("RGB", (_WIDTH, _HEIGHT * len(pictures)), _AROUND)
    for place, picture in enumerate(pictures):
        sheet.paste(
            picture, ((_WIDTH - picture.width) // 2, place * _HEIGHT + (_HEIGHT - picture.height) // 2)
        )
    sheet.save(path, quality=80)


def shots(seen: Analysis) -> tuple[ShotSummary, ...]:
    """When each shown shot is, what it looks like in words, and which things are in it."""
    told = {each.shot: each for each in seen.descriptions}
    found = []
    for place, frame in _shown(seen):
        shot = seen.footage.shots[place]
        one = told.get(shot.index)
        found.append(
            ShotSummary(
                start=float(shot.start),
                end=float(shot.end),
                at=float(_time(seen, frame)),
                text=one.text if one else "",
                telling=one.telling if one else None,
                labels=_labels(seen, shot.index),
                boxes=_boxes(seen, frame),
            )
        )
    return tuple(found)


def _boxes(seen: Analysis, frame: int) -> tuple[ShotBox, ...]:
    """Where things are in a frame, as shares of its tile."""
    high, wide = seen.footage.frames[frame].image.shape[:2]
    scale = min(_WIDTH / wide, _HEIGHT / high)
    across, down = wide * scale / _WIDTH, high * scale / _HEIGHT
    placed = [one for one in seen.detections if one.frame == frame and one.placed]
    return tuple(
        ShotBox(
            label=one.label,
            left=round((1 - across) / 2 + across * one.box.left, 4),
            top=round((1 - down) / 2 + down * one.box.top, 4),
            right=round((1 - across) / 2 + across * one.box.right, 4),
            bottom=round((1 - down) / 2 + down * one.box.bottom, 4),
        )
        for one in sorted(placed, key=lambda one: one.confidence)
    )


def plan(seen: Analysis, sheet: CueSheet, music: Path, path: Path) -> None:
    """Draw the sheet over the filmstrip, as WebP."""
    plots.draw(seen.footage, sheet, music).save(path, quality=85)


def _shown(seen: Analysis) -> list[tuple[int, int]]:
    """(shot, frame) of those that are shown."""
    return annotation.shown(seen.selection.shots)


def _time(seen: Analysis, frame: int) -> Fraction:
    return seen.footage.frames[frame].time


def _labels(seen: Analysis, shot: int) -> tuple[str, ...]:
    """Things detected in any frame of the shot, the surest first, then what kind of scene it is."""
    inside = [each for each in seen.detections if seen.footage.frames[each.frame].shot == shot]
    ranked = sorted(inside, key=lambda each: (not each.placed, -each.confidence))
    things = [each.label for each in ranked]
    scenes = [scene for each in seen.descriptions if each.shot == shot for scene in each.scenes]
    return tuple(dict.fromkeys(things + scenes))[:_LABELS]
