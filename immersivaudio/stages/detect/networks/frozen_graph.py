"""A frozen TensorFlow graph (.pb): its constants by name, with nothing of it executed.

Source: graph.proto, node_def.proto, attr_value.proto and tensor.proto of TensorFlow.
"""

import math
import mmap
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from immersivaudio.stages.detect.networks import wire

_GRAPH_NODE, _NODE_NAME, _NODE_OP, _NODE_ATTRIBUTE = 1, 1, 2, 5
_KEY, _VALUE, _VALUE_TENSOR = 1, 2, 8
_TENSOR_TYPE, _TENSOR_SHAPE, _TENSOR_DATA, _FLOAT = 1, 2, 4, 1


class Constants(Mapping[str, NDArray[np.float32]]):
    """The float32 constants of a file whose name is wanted.

    Each is read when it is asked for, and not kept: together they are as large as the file. Raises
    `ValueError` (or `IndexError`, `KeyError`) for what is no such file. The file must stay open.
    """

    def __init__(self, file: BinaryIO, wanted: Callable[[str], bool]) -> None:
        self._file = file
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped, memoryview(mapped) as view:
            self._found = dict(_found(view, wanted))

    def __getitem__(self, name: str) -> NDArray[np.float32]:
        start, shape = self._found[name]
        self._file.seek(start)
        return np.fromfile(self._file, "<f4", math.prod(shape)).reshape(shape)

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __contains__(self, name: object) -> bool:
        return name in self._found

    def shape(self, name: str) -> tuple[int, ...]:
        """Return the shape of a constant without reading it."""
        return self._found[name][1]


def _found(
    data: memoryview, wanted: Callable[[str], bool]
) -> Iterator[tuple[str, tuple[int, tuple[int, ...]]]]:
    """Yield (name, (where its numbers are in the file, shape))."""
    for number, start, node in wire.places(data):
        if number != _GRAPH_NODE:
            continue
        name = _name(node)
        if name and not wanted(name):
            continue
        for part, at, value in wire.places(node):
            if part == _NODE_NAME:
                name = str(value, "utf-8")
                if not wanted(name):
                    break
            elif part == _NODE_OP and bytes(value) != b"Const":
                break
            elif part == _NODE_ATTRIBUTE:
                pair = {key: (where, content) for key, where, content in wire.places(value)}
                if bytes(pair[_KEY][1]) == b"value":
                    outer, content = pair[_VALUE]
                    tensor = next(each for each in wire.places(content) if each[0] == _VALUE_TENSOR)
                    place, shape = _tensor(tensor[2])
                    yield name, (start + at + outer + tensor[1] + place, shape)


def _name(node: memoryview) -> str:
    """Return the name if it is the first field and short, as it mostly is: thousands of nodes are read no
    further; else "".
    """
    if len(node) > 2 and node[0] == _NODE_NAME << 3 | wire.BYTES and node[1] < 128:
        return str(node[2 : 2 + node[1]], "utf-8")
    return ""


def _tensor(data: memoryview) -> tuple[int, tuple[int, ...]]:
    """Return where in a TensorProto its numbers are, and their shape."""
    if wire.number(data, _TENSOR_TYPE) != _FLOAT:
        raise ValueError("a weight is not float32")
    parts = {number: (at, value) for number, at, value in wire.places(data)}
    sizes = [value for number, _, value in wire.places(parts[_TENSOR_SHAPE][1]) if number == 2]
    shape = tuple(wire.number(size, 1) for size in sizes)
    at, numbers = parts[_TENSOR_DATA]
    if len(numbers) != 4 * math.prod(shape):
        raise ValueError("a weight has not as many numbers as its shape says")
    return at, shape
