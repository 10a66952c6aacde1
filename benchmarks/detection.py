"""How often is the detector right? Precision and recall on real clips, against truth written by hand.

    python -m benchmarks.detection [--media ../shared/media/dev]

The truth says where a person looking at the clip sees somebody. A detection is right if its middle lies in
such a region, at such a time, and its height fits; a frame is missed if somebody is there and nothing right
was found in it. Clips without a row show nobody: whatever is found there is wrong.
"""

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report import table, write
from immersivaudio import media
from immersivaudio.config import Settings
from immersivaudio.stages.detect.visual import build
from immersivaudio.stages.extract.pyav import PyAvExtractor
from immersivaudio.values import Detection, Frame


@dataclass(frozen=True, slots=True)
class Truth:
    """Somebody is seen in a region during a stretch of the clip."""

    label: str
    start: float
    """s"""
    end: float
    region: tuple[float, float, float, float]
    """Left, top, right, bottom in which the middle of the box must lie, shares of the picture."""
    heights: tuple[float, float]
    """Least and greatest height of the box, share of the picture's."""


_WHOLE, _HEAD = (0.5, 1.0), (0.05, 0.35)
TRUTH: dict[str, tuple[Truth, ...]] = {
    "exif_rotated_portrait_6.jpg": (Truth("person", 0, 10, (0.35, 0.6, 0.55, 0.9), (0.2, 0.45)),),
    "friday_dialogue.mp4": (
        Truth("face", 0, 7, (0.55, 0.1, 0.78, 0.35), _HEAD),
        Truth("face", 0, 7, (0.3, 0.38, 0.56, 0.65), _HEAD),
    ),
    "people_139s_10fps.mp4": tuple(
        Truth("person", start, end, (0.42, 0.2, 0.72, 0.7), _WHOLE)
        for start, end in ((9, 17), (26, 45), (52, 67), (76, 84), (95, 117), (125, 133))
    ),
    "sintel_trailer_52s.mp4": (
        Truth("face", 12.2, 16.3, (0.25, 0.2, 0.65, 0.75), (0.3, 1.0)),
        Truth("face", 16.58, 16.92, (0.55, 0.1, 0.75, 0.5), (0.1, 0.4)),
        Truth("face", 22.3, 23.9, (0.2, 0.2, 0.5, 0.6), (0.2, 0.6)),
        Truth("face", 27.4, 28.1, (0.3, 0.2, 0.7, 0.8), (0.4, 1.0)),
    ),
    "soccer_juggle.mp4": (
        Truth("person", 0, 11, (0.4, 0.3, 0.72, 0.7), _WHOLE),
        Truth("face", 0, 8, (0.48, 0.1, 0.68, 0.3), (0.04, 0.15)),
    ),
    "phone_dog_rot270.mp4": (Truth("person", 0, 5, (0.3, 0.0, 1.0, 0.9), (0.3, 1.0)),),
}
LABELS = ("face", "person")


def count(name: str, frames: Sequence[Frame], found: Sequence[Detection]) -> Counter[str]:
    """Tally "<label> right", "<label> wrong", "<label> seen" and "<label> there" (frames)."""
    truths = TRUTH.get(name, ())
    tally: Counter[str] = Counter()
    for index, frame in enumerate(frames):
        here = [t for t in truths if t.start <= float(frame.time) <= t.end]
        mine = [one for one in found if one.frame == index]
        for label in LABELS:
            right = [one for one in mine if one.label == label and any(_fits(one, t) for t in here)]
            there = any(t.label == label for t in here)
            tally[f"{label} right"] += len(right)
            tally[f"{label} wrong"] += sum(one.label == label for one in mine) - len(right)
            tally[f"{label} there"] += there
            tally[f"{label} seen"] += there and bool(right)
    return tally


def _fits(one: Detection, truth: Truth) -> bool:
    x, y = (one.box.left + one.box.right) / 2, (one.box.top + one.box.bottom) / 2
    left, top, right, bottom = truth.region
    tall = truth.heights[0] <= one.box.bottom - one.box.top <= truth.heights[1]
    return one.label == truth.label and left < x < right and top < y < bottom and tall


def main() -> None:
    """Measure, print, and write the section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--media", type=Path, default=Path("../shared/media/dev"))
    folder = parser.parse_args().media
    settings = Settings()
    extractor, detector = PyAvExtractor(settings), build(settings)
    total: Counter[str] = Counter()
    spent, looked = 0.0, 0
    for path in sorted(p for p in folder.iterdir() if p.suffix != ".json"):
        frames = extractor.extract(media.probe(path, settings), lambda _: None).frames
        before = time.process_time()
        found = detector.detect(frames, lambda _: None)
        spent, looked = spent + time.process_time() - before, looked + len(frames)
        total += count(path.name, frames, found)
    rows = [
        (
            label,
            total[f"{label} right"] + total[f"{label} wrong"],
            f"{total[f'{label} right'] / max(1, total[f'{label} right'] + total[f'{label} wrong']):.0%}",
            f"{total[f'{label} seen']} of {total[f'{label} there']}",
        )
        for label in LABELS
    ]
    lines = table(("label", "detections", "precision", "frames with somebody, found"), rows)
    write("Detection", f"{lines}\n\n{1000 * spent / looked:.0f} ms of CPU a frame over {looked} frames.")


if __name__ == "__main__":
    main()
