"""EfficientNet-Lite3 (Tan and Le 2019; Liu 2020): from the published file to features and ImageNet classes.

The file is quantised to eight bits. Its weights are read as what they stand for and run in float32: the int8
kernels of processors without VNNI saturate, and would see something else than those of newer ones.
"""

import numpy as np
from numpy.typing import NDArray

from immersivaudio.stages.detect.networks import tflite
from immersivaudio.stages.detect.networks.onnx import Graph

Array = NDArray[np.float32]

SIZE = 280
"""px: the square that the network looks at."""
FEATURES, CLASSES = 1280, 1000
_ADD, _POOL, _CONV, _DEEP, _DENSE, _SQUEEZE, _SOFTMAX, _QUANTISE = 0, 1, 3, 4, 9, 22, 25, 114
_RELU6 = 3
_STRIDE = 1
_ACTIVE = {_CONV: 3, _DEEP: 4}
"""Which option says what follows a convolution."""


class Lite3:
    """The network, ready to look."""

    def __init__(self, layers: list[tflite.TfliteLayer]) -> None:
        """Take the layers of the file. Raises `ValueError` for those of another network."""
        self._session = _Writer(layers).graph.session()

    def look(self, picture: NDArray[np.uint8]) -> tuple[Array, Array]:
        """Return the features (1280,) and the class probabilities (1000,) of (280, 280, 3) in RGB."""
        features, classes = self._session.run(["features", "classes"], {"picture": picture[None]})
        return features[0], classes[0]


class _Writer:
    def __init__(self, layers: list[tflite.TfliteLayer]) -> None:
        self.graph = graph = Graph()
        entry = layers[0]
        if entry.code != _QUANTISE or entry.output.shape != (1, SIZE, SIZE, 3):
            raise ValueError("this is not EfficientNet-Lite3")
        graph.given("picture", "uint8", entry.output.shape)
        given = entry.inputs[0]
        for name, value in (("scale", given.scale[0]), ("middle", given.zero[0]), ("zero", 0), ("six", 6)):
            graph.constant(name, np.array(value, np.float32))
        graph.node("Cast", ["picture"], "numbers", to=1)
        graph.node("Mul", [graph.node("Sub", ["numbers", "middle"], "centred"), "scale"], "scaled")
        self._values = {entry.output.name: graph.node("Transpose", ["scaled"], "planes", perm=(0, 3, 1, 2))}
        for number, layer in enumerate(layers[1:]):
            self._values[layer.output.name] = self._written(layer, f"v{number}")
        graph.wanted("features", "float32", (1, FEATURES))
        graph.wanted("classes", "float32", (1, CLASSES))

    def _written(self, layer: tflite.TfliteLayer, name: str) -> str:
        taken = [self._values[each.name] for each in layer.inputs if each.numbers is None]
        if layer.code in _ACTIVE:
            return self._convolution(layer, taken[0], name)
        if layer.code == _ADD:
            return self.graph.node("Add", taken, name)
        if layer.code == _POOL:
            self.graph.node("GlobalAveragePool", taken, name)
            return self.graph.node("Flatten", [name], "features")
        if layer.code == _DENSE:
            weights = [_stood_for(layer.inputs[1]), _stood_for(layer.inputs[2])]
            constants = [self.graph.constant(f"{name}.{i}", each) for i, each in enumerate(weights)]
            return self.graph.node("Gemm", [*taken, *constants], name, transB=1)
        if layer.code == _SOFTMAX:
            return self.graph.node("Softmax", taken, "classes", axis=1)
        if layer.code in (_SQUEEZE, _QUANTISE):
            return taken[0]
        raise ValueError(f"layer {layer.code} is not known")

    def _convolution(self, layer: tflite.TfliteLayer, value: str, name: str) -> str:
        deep, graph = layer.code == _DEEP, self.graph
        kernel = _stood_for(layer.inputs[1], axis=3 if deep else 0)
        kernel = kernel.transpose(3, 0, 1, 2) if deep else kernel.transpose(0, 3, 1, 2)
        graph.constant(f"{name}.w", kernel)
        graph.constant(f"{name}.b", _stood_for(layer.inputs[2]))
        graph.node(
            "Conv",
            [value, f"{name}.w", f"{name}.b"],
            name,
            kernel_shape=kernel.shape[2:],
            strides=(layer.options[_STRIDE],) * 2,
            group=len(kernel) if deep else 1,
            auto_pad="SAME_UPPER",
        )
        if layer.options[_ACTIVE[layer.code]] == _RELU6:
            return graph.node("Clip", [name, "zero", "six"], f"{name}.z")
        return name


def _stood_for(tensor: tflite.Tensor, axis: int = 0) -> Array:
    """What the numbers of a weight stand for, which are symmetric around 0."""
    if tensor.numbers is None or np.any(tensor.zero):
        raise ValueError("a weight is not quantised as expected")
    shape = [1] * len(tensor.shape)
    shape[axis] = -1 if len(tensor.scale) > 1 else 1
    return np.asarray(tensor.numbers, np.float32) * tensor.scale.reshape(shape)
