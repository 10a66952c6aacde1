"""SSD on MobileNetV2 (Liu et al. 2016; Sandler et al. 2018): from the frozen graph's weights to boxes.

The published graph holds the network and eight thousand nodes of TensorFlow's own bookkeeping. Here the
network's layers are written anew with batch normalisation folded in, the classes that COCO never used left
out, and anchors, decoding and suppression in numpy.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from immersivaudio import memory
from immersivaudio.stages.detect.networks.frozen_graph import Constants
from immersivaudio.stages.detect.networks.onnx import Graph

Array = NDArray[np.float32]

SIZE = 300
"""px: the square that the network looks at."""
_ROOT = "FeatureExtractor/MobilenetV2/"
_STRIDES = (1, 2, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1)
"""Of the 17 inverted residuals."""
_EXTRA = ("2_{}_512", "3_{}_256", "4_{}_256", "5_{}_128")
_GRID = (19, 10, 5, 3, 2, 1)
"""Cells a side of the six maps that boxes are read from."""
_EPSILON = 1e-3
_KINDS = ("weights", "biases", "/gamma", "/beta", "/moving_mean", "/moving_variance")
_READ_TOGETHER = ((0,), (1,), (2, 3, 4, 5))
_SCALES = tuple(0.2 + 0.15 * i for i in range(6))
"""Size of the anchors of each map, share of the picture's."""
_RATIOS = (1.0, 2.0, 0.5, 3.0, 1 / 3)
_CODING = np.array([10, 10, 5, 5], dtype=np.float32)
"""How much finer than the anchor y, x, height and width are coded."""


def is_weight(name: str) -> bool:
    """Whether a constant of the frozen graph belongs to the network."""
    return name.startswith((_ROOT, "BoxPredictor_")) and name.endswith(_KINDS)


class Ssd:
    """The network, ready to look.

    Four sessions and not one: onnxruntime lays the weights of a session out anew, several copies at a time,
    and most of them are in the layers that read boxes and scores off the maps. Those are left as they are: a
    tenth of a second less to load, three milliseconds more a picture.
    """

    def __init__(self, weights: Constants, classes: NDArray[np.int64]) -> None:
        """Take the `classes` that are wanted, numbered as COCO does (0 is the background).

        Raises `KeyError` where a weight is missing.
        """
        self._anchors = _anchors()
        self._body = _Body(weights).graph.session()
        self._heads = []
        for maps in _READ_TOGETHER:
            self._heads.append((maps, _heads(weights, maps, classes).session(laid_out=False)))
            memory.trim()

    def look(self, picture: NDArray[np.uint8]) -> tuple[Array, Array]:
        """Return 1,917 boxes (left, top, right, bottom), shares of the picture and not clipped, and the
        probability of each class in each, of a picture (300, 300, 3) in RGB.
        """
        seen = self._body.run([f"map{i}" for i in range(len(_GRID))], {"picture": picture[None]})
        coded, scores = [], []
        for maps, session in self._heads:
            boxes, logits = session.run(["boxes", "scores"], {f"map{i}": seen[i] for i in maps})
            coded.append(boxes[0])
            scores.append(logits[0])
        likely: Array = np.exp(-np.concatenate(scores))
        likely += 1
        return _decoded(np.concatenate(coded), self._anchors), np.divide(1, likely, out=likely)


def _heads(weights: Constants, maps: Sequence[int], classes: NDArray[np.int64]) -> Graph:
    """From maps to coded "boxes" (1, n, 4) and "scores" (1, n, classes), as logits."""
    graph = Graph()
    for i in maps:
        cells, width = _GRID[i], weights.shape(f"BoxPredictor_{i}/ClassPredictor/weights")[2]
        graph.given(f"map{i}", "float32", (1, width, cells, cells))
    counted = sum(_GRID[i] ** 2 * _each(i) for i in maps)
    for name, kind, numbers in (("boxes", "BoxEncodingPredictor", 4), ("scores", "ClassPredictor", 91)):
        took = np.arange(4) if numbers == 4 else classes
        graph.node("Concat", [_head(graph, weights, i, kind, numbers, took) for i in maps], name, axis=1)
        graph.wanted(name, "float32", (1, counted, len(took)))
    return graph


def _head(
    graph: Graph, weights: Constants, index: int, kind: str, numbers: int, took: NDArray[np.int64]
) -> str:
    """Boxes or scores of one map, as (1, cells x anchors, took)."""
    name = f"BoxPredictor_{index}/{kind}"
    take = (np.arange(_each(index))[:, None] * numbers + took).ravel()
    graph.constant(f"{name}.w", np.take(weights[f"{name}/weights"].transpose(3, 2, 0, 1), take, axis=0))
    graph.constant(f"{name}.b", weights[f"{name}/biases"][take])
    graph.constant(f"{name}.s", np.array([1, -1, len(took)], np.int64))
    layer = [f"map{index}", f"{name}.w", f"{name}.b"]
    graph.node("Conv", layer, f"{name}.y", kernel_shape=(3, 3), auto_pad="SAME_UPPER")
    graph.node("Transpose", [f"{name}.y"], f"{name}.t", perm=(0, 2, 3, 1))
    return graph.node("Reshape", [f"{name}.t", f"{name}.s"], f"{name}.r")


class _Body:
    """From "picture" (1, 300, 300, 3), uint8, to the six maps that boxes are read from."""

    def __init__(self, weights: Constants) -> None:
        self._weights, self.graph = weights, Graph()
        graph = self.graph
        graph.given("picture", "uint8", (1, SIZE, SIZE, 3))
        graph.node("Cast", ["picture"], "numbers", to=1)
        for name, size in (("scale", 1 / 127.5), ("one", 1), ("zero", 0), ("six", 6)):
            graph.constant(name, np.array(size, np.float32))
        graph.node("Sub", [graph.node("Mul", ["numbers", "scale"], "scaled"), "one"], "centred")
        value = graph.node("Transpose", ["centred"], "planes", perm=(0, 3, 1, 2))
        for i, name in enumerate(self._maps(self._conv(value, "Conv", stride=2))):
            width = weights.shape(f"BoxPredictor_{i}/ClassPredictor/weights")[2]
            graph.node("Identity", [name], f"map{i}")
            graph.wanted(f"map{i}", "float32", (1, width, _GRID[i], _GRID[i]))

    def _maps(self, value: str) -> list[str]:
        maps = []
        for i, stride in enumerate(_STRIDES):
            name = "expanded_conv" + (f"_{i}" if i else "")
            wide = self._conv(value, f"{name}/expand") if i else value
            if i == 13:
                maps.append(wide)
            deep = self._conv(wide, f"{name}/depthwise", stride=stride)
            flat = self._conv(deep, f"{name}/project", active=False)
            kept = stride == 1 and self._width(f"{name}/project") == self._previous(i)
            value = self.graph.node("Add", [flat, value], f"{name}/sum") if kept else flat
        maps.append(self._conv(value, "Conv_1"))
        for extra in _EXTRA:
            width = int(extra.rpartition("_")[2])
            narrow = self._conv(
                maps[-1], "layer_19_1_Conv2d_" + extra.format("1x1").replace(str(width), str(width // 2))
            )
            name = "layer_19_2_Conv2d_" + extra.format("3x3_s2")
            maps.append(self._conv(self._conv(narrow, f"{name}_depthwise", stride=2), name))
        return maps

    def _width(self, name: str) -> int:
        return self._weights.shape(f"{_ROOT}{name}/weights")[3]

    def _previous(self, i: int) -> int:
        return self._width("expanded_conv" + (f"_{i - 1}" if i > 1 else "") + "/project") if i else 0

    def _conv(self, value: str, name: str, *, stride: int = 1, active: bool = True) -> str:
        """A convolution, its batch normalisation folded in, and ReLU6."""
        path, graph = _ROOT + name, self.graph
        deep = f"{path}/depthwise_weights" in self._weights
        kernel = self._weights[f"{path}/depthwise_weights" if deep else f"{path}/weights"]
        kernel = kernel.transpose(2, 3, 0, 1) if deep else kernel.transpose(3, 2, 0, 1)
        norm = {
            part: self._weights[f"{path}/BatchNorm/{part}"]
            for part in ("gamma", "beta", "moving_mean", "moving_variance")
        }
        factor = norm["gamma"] / np.sqrt(norm["moving_variance"] + np.float32(_EPSILON))
        graph.constant(f"{name}.w", kernel * factor[:, None, None, None])
        graph.constant(f"{name}.b", norm["beta"] - norm["moving_mean"] * factor)
        out = graph.node(
            "Conv",
            [value, f"{name}.w", f"{name}.b"],
            f"{name}.y",
            kernel_shape=kernel.shape[2:],
            strides=(stride, stride),
            group=len(kernel) if deep else 1,
            auto_pad="SAME_UPPER",
        )
        return graph.node("Clip", [out, "zero", "six"], f"{name}.z") if active else out


def _each(index: int) -> int:
    """Return how many anchors a cell of a map has."""
    return 6 if index else 3


def _anchors() -> Array:
    """Return the 1,917 anchors as (y, x, height, width), shares of the picture.

    In the first map three a cell (its own size reduced to half), in the others six.
    """
    found = []
    for i, cells in enumerate(_GRID):
        scale, after = _SCALES[i], _SCALES[i + 1] if i < 5 else 1.0
        if i == 0:
            shapes = [(0.1, 1.0), (scale, 2.0), (scale, 0.5)]
        else:
            shapes = [(scale, ratio) for ratio in _RATIOS] + [((scale * after) ** 0.5, 1.0)]
        middle = (np.arange(cells) + 0.5) / cells
        y, x, k = np.meshgrid(middle, middle, np.arange(len(shapes)), indexing="ij")
        high = np.array([s / r**0.5 for s, r in shapes])[k]
        wide = np.array([s * r**0.5 for s, r in shapes])[k]
        found.append(np.stack([y, x, high, wide], axis=-1).reshape(-1, 4))
    return np.concatenate(found).astype(np.float32)


def _decoded(coded: Array, around: Array) -> Array:
    """Return boxes (left, top, right, bottom) of coded ones (n, 4), shares of the picture, not clipped."""
    coded = coded / _CODING
    y, x = (coded[:, i] * around[:, i + 2] + around[:, i] for i in (0, 1))
    high, wide = (np.exp(coded[:, i]) * around[:, i] for i in (2, 3))
    return np.stack([x - wide / 2, y - high / 2, x + wide / 2, y + high / 2], axis=1)
