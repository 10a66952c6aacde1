"""Train the head of the scene words, and say how often each is right on sources it has not seen.

    python -m benchmarks.scene_words SOURCES

SOURCES is a folder with one folder for each source that `scene_pictures.json` names, unpacked there: packages
of Debian and npm, and repositories; docs/decisions/0141-scene-words.md lists their licences. The pictures are
not in this repository. Each line of the list is (source, file, words that hold, words better not asked), a
panorama's file with the heading of the view; the words were written down by looking at the pictures.
Writes `scene_words.npz` and the section.
"""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps
from sklearn.linear_model import LogisticRegression

from benchmarks import panoramas
from benchmarks.report import table, write
from immersivaudio.config import Settings
from immersivaudio.models import packaged
from immersivaudio.stages.detect import scene_words
from immersivaudio.stages.detect.networks import lite3, tflite

LIST = Path(__file__).with_name("scene_pictures.json")
WORDS = tuple(scene_words.LIMITS)
DROPPED = ("garden", "document")
"""Tried, and not right often enough."""
FOLDS = 6


def features(paths: list[Path]) -> NDArray[np.float32]:
    """Return what the classifier gives for each picture, prepared for the head."""
    with packaged.opened(packaged.LITE3, Settings()) as file:
        network = lite3.Lite3(tflite.layers(memoryview(file.read())))
    found = []
    for path in paths:
        square = cv2.resize(taken(path), (lite3.SIZE, lite3.SIZE), interpolation=cv2.INTER_AREA)
        found.append(network.look(square)[0])
    return scene_words.prepared(np.array(found))


def taken(path: Path) -> NDArray[np.uint8]:
    """Return the picture, RGB; of a panorama the view whose heading, in degrees, stands after the "#"."""
    name, _, heading = path.name.rpartition("#")
    if name:
        return panoramas.view(path.with_name(name), float(heading))
    with Image.open(path) as opened:
        opened.draft("RGB", (1000, 1000))
        picture = ImageOps.exif_transpose(opened).convert("RGB")
    picture.thumbnail((960, 960))
    return np.array(picture)


def fitted(x: NDArray[np.float32], y: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return the weights of one word; the last is the constant."""
    model = LogisticRegression(C=1, class_weight="balanced", max_iter=300, tol=1e-3)
    model.fit(x[:, :-1], y)
    return np.append(model.coef_[0], model.intercept_).astype(np.float32)


def main() -> None:
    """Train, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", type=Path)
    folder = parser.parse_args().sources
    lines = json.loads(LIST.read_text())
    x = features([folder / source / file for source, file, _, _ in lines])
    sources = np.array([source for source, *_ in lines])
    names = sorted(set(sources))
    np.random.default_rng(1).shuffle(names)
    rows, weights = [], []
    held = np.zeros((len(lines), len(WORDS + DROPPED)))
    truths = np.array([[word in words for word in WORDS + DROPPED] for *_, words, _ in lines])
    asked = np.array([[word not in unsure for word in WORDS + DROPPED] for *_, unsure in lines])
    for column, word in enumerate(WORDS + DROPPED):
        y, ok = truths[:, column], asked[:, column]
        for fold in range(FOLDS):
            out = np.isin(sources, names[fold::FOLDS])
            if y[~out & ok].sum() >= 2:
                w = fitted(x[~out & ok], y[~out & ok])
                held[out, column] = 1 / (1 + np.exp(-x[out] @ w))
        if word in WORDS:
            weights.append(fitted(x[ok], y[ok]))
    drawn = held[:, WORDS.index(scene_words.DRAWING)] >= scene_words.DRAWN
    for column, word in enumerate(WORDS + DROPPED):
        y, ok = truths[:, column], asked[:, column]
        said = (held[:, column] >= scene_words.LIMITS.get(word, 0.8)) & ok
        said &= ~drawn | np.isin(word, scene_words.FLAT)
        if word == "food":
            said &= held[:, WORDS.index("outdoors")] < scene_words.OPEN
            said &= held[:, WORDS.index("nature")] < scene_words.OPEN
        if word == "street":
            said &= held[:, WORDS.index("outdoors")] >= scene_words.OPEN
            said &= held[:, WORDS.index("indoor")] < scene_words.INSIDE
        rows.append(
            (
                word if word in scene_words.LIMITS else f"({word})",
                int(y.sum()),
                len(set(sources[y])),
                f"{int((said & y).sum())} of {int(said.sum())}",
                f"{int((said & y).sum())} of {int(y.sum())}",
            )
        )
    np.savez_compressed(scene_words.WEIGHTS, words=np.array(WORDS), weights=np.array(weights))
    shown = table(("word", "pictures", "sources", "right when said", "found"), rows)
    write(
        "Scene words",
        f"{len(lines)} pictures of {len(names)} sources, whole sources held out. In brackets: not said.\n\n"
        + shown,
    )


if __name__ == "__main__":
    main()
