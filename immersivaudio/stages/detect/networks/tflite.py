"""A TensorFlow Lite file: its tensors and its layers, read from the FlatBuffer and not executed.

Source: "FlatBuffers: internals" for the tables; schema.fbs of TensorFlow Lite for what is in them.
"""

import struct
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

_TYPES = {0: "<f4", 2: "<i4", 3: "u1", 4: "<i8", 9: "i1"}
_MODEL_CODES, _MODEL_GRAPHS, _MODEL_BUFFERS = 1, 2, 4
_GRAPH_TENSORS, _GRAPH_OPERATORS = 0, 3
_TENSOR_SHAPE, _TENSOR_TYPE, _TENSOR_BUFFER, _TENSOR_NAME, _TENSOR_QUANTISATION = 0, 1, 2, 3, 4
_SCALE, _ZERO = 2, 3
_OPERATOR_CODE, _OPERATOR_INPUTS, _OPERATOR_OUTPUTS, _OPERATOR_OPTIONS = 0, 1, 2, 4


@dataclass(frozen=True, slots=True)
class Tensor:
    """A value that travels between layers, or a weight. A quantised q stands for scale x (q - zero)."""

    name: str
    shape: tuple[int, ...]
    scale: NDArray[np.float32] = field(compare=False, repr=False)
    """One, or one a channel of the first axis."""
    zero: NDArray[np.int64] = field(compare=False, repr=False)
    numbers: NDArray[np.generic] | None = field(compare=False, repr=False)
    """Of a weight."""


@dataclass(frozen=True, slots=True)
class TfliteLayer:
    """One operator."""

    code: int
    """Of the schema's `BuiltinOperator`."""
    inputs: tuple[Tensor, ...]
    output: Tensor
    options: tuple[int, ...]
    """The first five of its options that are one byte, or the first byte of an integer."""


def layers(data: memoryview) -> list[TfliteLayer]:
    """Return the layers of a model in order. Raises `ValueError` (or `struct.error`) for another file."""
    if bytes(data[4:8]) != b"TFL3":
        raise ValueError("no TensorFlow Lite file")
    model = _Table(data, _u32(data, 0))
    codes = [max(code.byte(0), code.byte(3)) for code in model.tables(_MODEL_CODES)]
    buffers = model.tables(_MODEL_BUFFERS)
    graph = model.tables(_MODEL_GRAPHS)[0]
    tensors = [_tensor(table, buffers) for table in graph.tables(_GRAPH_TENSORS)]
    found = []
    for operator in graph.tables(_GRAPH_OPERATORS):
        code = operator.at(_OPERATOR_CODE)
        options = operator.table(_OPERATOR_OPTIONS)
        found.append(
            TfliteLayer(
                codes[_u32(data, code) if code else 0],
                tuple(tensors[i] for i in operator.vector(_OPERATOR_INPUTS, "<i4")),
                tensors[operator.vector(_OPERATOR_OUTPUTS, "<i4")[0]],
                tuple(options.byte(i) for i in range(5)) if options else (),
            )
        )
    return found


def _tensor(table: "_Table", buffers: list["_Table"]) -> Tensor:
    where = table.at(_TENSOR_BUFFER)
    packed = buffers[_u32(table.data, where) if where else 0].vector(0, "u1")
    quantised = table.table(_TENSOR_QUANTISATION)
    shape = tuple(int(size) for size in table.vector(_TENSOR_SHAPE, "<i4"))
    kind = _TYPES[table.byte(_TENSOR_TYPE)]
    return Tensor(
        name=bytes(table.vector(_TENSOR_NAME, "u1")).decode(),
        shape=shape,
        scale=np.asarray(quantised.vector(_SCALE, "<f4") if quantised else (), np.float32),
        zero=np.asarray(quantised.vector(_ZERO, "<i8") if quantised else (), np.int64),
        numbers=packed.view(kind).reshape(shape) if packed.size else None,
    )


class _Table:
    """A table at `place`: its fields are found through the list of offsets it names."""

    def __init__(self, data: memoryview, place: int) -> None:
        self.data, self._place = data, place
        self._offsets = place - struct.unpack_from("<i", data, place)[0]
        self._length = struct.unpack_from("<H", data, self._offsets)[0]

    def at(self, number: int) -> int:
        """Return where a field is, or 0 if it was left out."""
        slot = 4 + 2 * number
        if slot >= self._length:
            return 0
        offset: int = struct.unpack_from("<H", self.data, self._offsets + slot)[0]
        return self._place + offset if offset else 0

    def byte(self, number: int) -> int:
        where = self.at(number)
        return self.data[where] if where else 0

    def table(self, number: int) -> "_Table | None":
        where = self.at(number)
        return _Table(self.data, where + _u32(self.data, where)) if where else None

    def tables(self, number: int) -> list["_Table"]:
        where = self.at(number)
        start = where + _u32(self.data, where)
        places = range(start + 4, start + 4 + 4 * _u32(self.data, start), 4)
        return [_Table(self.data, place + _u32(self.data, place)) for place in places]

    def vector(self, number: int, kind: str) -> NDArray[np.generic]:
        where = self.at(number)
        if not where:
            return np.zeros(0, kind)
        start = where + _u32(self.data, where)
        return np.frombuffer(self.data, kind, _u32(self.data, start), start + 4)


def _u32(data: memoryview, place: int) -> int:
    value: int = struct.unpack_from("<I", data, place)[0]
    return value
