"""How often is the detector right? Precision and recall on real clips, against truth written by hand.

    python -m benchmarks.detection [--media ../shared/media/dev]

The truth says where a person looking at the clip sees somebody. A detection is right if its middle lies in
such a region, at such a time, and its height fits; a frame is missed if somebody is there and nothing right
was found in it. Clips without a row show nobody: whatever is found there is wrong.
"""

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from PIL import Image as Pictures
from PIL import ImageOps

from benchmarks.report import table, write
from immersivaudio import media, registry
from immersivaudio.config import Settings
from immersivaudio.stages import Detector
from immersivaudio.stages.detect.labels import ANIMALS, FOOD, VEHICLES
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
KINDS = frozenset({"person", "food", "ball", *ANIMALS, *VEHICLES})
PLACES = (
    "indoor", "city", "forest", "flower", "sport", "night", "sea", "snow", "desert", "mountain", "underwater",
)  # fmt: skip


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


def judged(detector: Detector, folder: Path) -> tuple[list[tuple[str, str, str]], float]:
    """Return rows (what, precision, recall) on pictures with truth by hand, and CPU ms a picture."""
    tally: Counter[str] = Counter()
    spent = 0.0
    truths = json.loads((folder / "truth.json").read_text())
    for truth in truths:
        with Pictures.open(folder / truth["file"]) as opened:
            picture = np.array(ImageOps.exif_transpose(opened).convert("RGB"))
        before = time.process_time()
        found = detector.detect([Frame(Fraction(0), 0, picture)], lambda _: None)
        spent += time.process_time() - before
        said = {name for name in map(_truths_name, found) if name in KINDS}
        _tally(tally, "things", said, set(truth["things"]), set(truth["unsure"]))
        words = {one.label for one in found if one.kind == "scene"} & set(PLACES)
        _tally(tally, "scene words", words, set(truth["scenes"]), set(truth["unsure"]))
    rows = [
        (
            kind,
            f"{tally[f'{kind} right']} of {tally[f'{kind} said']}",
            f"{tally[f'{kind} right']} of {tally[f'{kind} there']}",
        )
        for kind in ("things", "scene words")
    ]
    return rows, 1000 * spent / len(truths)


def _truths_name(one: Detection) -> str:
    """The word that the truth has for a detection."""
    if one.label in FOOD:
        return "food"
    return "ball" if one.label == "sports ball" else one.label


def _tally(tally: Counter[str], kind: str, said: set[str], there: set[str], unsure: set[str]) -> None:
    tally[f"{kind} right"] += len(said & there)
    tally[f"{kind} said"] += len(said - (unsure - there))
    tally[f"{kind} there"] += len(there)


def cost(name: str) -> tuple[str, str, str, str]:
    """(name, ms to load, CPU s for a clip of 16 frames, MB more at the peak), in a process of its own."""
    script = (
        "import time\nfrom fractions import Fraction\nimport cv2,numpy as np\n"
        "from sklearn.datasets import load_sample_image\nfrom immersivaudio import registry\n"
        "from immersivaudio.config import Settings\nfrom immersivaudio.values import Frame\n"
        "cv2.setNumThreads(1)\n"
        "photo=np.array(load_sample_image('china.jpg'))\n"
        "frames=[Frame(Fraction(i),0,np.ascontiguousarray(np.roll(photo,9*i,axis=1))) for i in range(16)]\n"
        "peak=lambda: int(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])\n"
        f"settings=Settings(detect={name!r})\nregistry.check(settings)\n"
        "one=registry.load('detect',settings)\nbase=peak(); t=time.process_time()\n"
        "one.detect(frames[:1],lambda _: None); first=time.process_time()-t; t=time.process_time()\n"
        "one.detect(frames,lambda _: None); spent=time.process_time()-t\n"
        "print(first-spent/16,spent,(peak()-base)/1024)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    load, spent, peak = map(float, done.stdout.split())
    return name, f"{1000 * max(load, 0):.0f} ms", f"{spent:.2f} s", f"{peak:.0f} MB"


def main() -> None:
    """Measure, print, and write the section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--media", type=Path, default=Path("../shared/media/dev"))
    parser.add_argument("--pictures", type=Path, default=Path("../shared/media/eyes"))
    given = parser.parse_args()
    settings = Settings()
    rows, judgements = [], []
    for name in ("visual", "eyes"):
        detector = registry.load("detect", Settings(detect=name))
        total = on_clips(detector, given.media, settings)
        rows += [(name, *_row(total, label)) for label in LABELS]
        judgement, spent = judged(detector, given.pictures)
        judgements += [(name, *row, f"{spent:.0f} ms") for row in judgement]
    lines = (
        table(("detector", "label", "detections", "precision", "frames with somebody, found"), rows),
        "193 pictures with truth by hand (things of 18 kinds, places of 10), not used for training:",
        table(("detector", "what", "right when said", "found", "CPU a picture"), judgements),
        "One clip of 16 frames without people, one thread, a process for each:",
        table(("detector", "load", "CPU for the clip", "memory at its peak"), [cost("visual"), cost("eyes")]),
    )
    write("Detection", "\n\n".join(lines))


def on_clips(detector: Detector, folder: Path, settings: Settings) -> Counter[str]:
    """Tally the detections of people and faces on every clip of the folder."""
    extractor = PyAvExtractor(settings)
    total: Counter[str] = Counter()
    for path in sorted(p for p in folder.iterdir() if p.suffix != ".json"):
        frames = extractor.extract(media.probe(path, settings), lambda _: None).frames
        total += count(path.name, frames, detector.detect(frames, lambda _: None))
    return total


def _row(total: Counter[str], label: str) -> tuple[str, int, str, str]:
    said = total[f"{label} right"] + total[f"{label} wrong"]
    right = f"{total[f'{label} right'] / max(1, said):.0%}"
    return label, said, right, f"{total[f'{label} seen']} of {total[f'{label} there']}"


if __name__ == "__main__":
    main()
