"""A network written down as ONNX, and the session of onnxruntime that runs it.

The weights are handed over beside the file, as the arrays they are: written into it they would be copied four
times over. Source: onnx.proto of the ONNX project, whose field numbers stand here by name.
"""

import os
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from immersivaudio.stages.detect.networks import wire

_MODEL_IR, _MODEL_GRAPH, _MODEL_OPSET = 1, 7, 8
_OPSET_VERSION = 2
_GRAPH_NODE, _GRAPH_NAME, _GRAPH_CONSTANT, _GRAPH_INPUT, _GRAPH_OUTPUT = 1, 2, 5, 11, 12
_NODE_INPUT, _NODE_OUTPUT, _NODE_OP, _NODE_ATTRIBUTE = 1, 2, 4, 5
_ATTRIBUTE_NAME, _ATTRIBUTE_INT, _ATTRIBUTE_STRING, _ATTRIBUTE_INTS, _ATTRIBUTE_TYPE = 1, 3, 4, 8, 20
_INT, _STRING, _INTS = 2, 3, 7
_TENSOR_SHAPE, _TENSOR_TYPE, _TENSOR_NAME, _TENSOR_DATA, _TENSOR_ENTRY, _TENSOR_PLACE = 1, 2, 8, 9, 13, 14
_ELSEWHERE = 1
_SMALL = 256
"""Bytes up to which a constant is written into the file."""
_TYPES = {"float32": 1, "uint8": 2, "int8": 3, "int32": 6, "int64": 7}
_IR, _OPSET = 8, 17

Attribute = int | str | Sequence[int]


class Graph:
    """Collects a network. Names of values are the caller's."""

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._constants: list[bytes] = []
        self._ends: list[bytes] = []
        self._weights: dict[str, NDArray[np.generic]] = {}

    def given(self, name: str, kind: str, shape: Sequence[int]) -> str:
        """Declare what the network is fed."""
        self._ends.append(wire.block(_GRAPH_INPUT, _value(name, kind, shape)))
        return name

    def wanted(self, name: str, kind: str, shape: Sequence[int]) -> None:
        """Declare a value that the network returns."""
        self._ends.append(wire.block(_GRAPH_OUTPUT, _value(name, kind, shape)))

    def constant(self, name: str, array: NDArray[np.generic]) -> str:
        """Store numbers under `name`."""
        if array.nbytes <= _SMALL:
            content = wire.block(_TENSOR_DATA, array.tobytes())
        else:
            self._weights[name] = np.ascontiguousarray(array)
            entry = wire.block(1, b"location") + wire.block(2, b"weights")
            content = wire.block(_TENSOR_ENTRY, entry) + wire.varint(_TENSOR_PLACE, _ELSEWHERE)
        self._constants.append(
            wire.block(
                _GRAPH_CONSTANT,
                *(wire.varint(_TENSOR_SHAPE, size) for size in array.shape),
                wire.varint(_TENSOR_TYPE, _TYPES[array.dtype.name]),
                wire.block(_TENSOR_NAME, name.encode()),
                content,
            )
        )
        return name

    def node(self, op: str, inputs: Sequence[str], output: str, **attributes: Attribute) -> str:
        """Add one layer and return the name of what comes out of it."""
        parts = [wire.block(_NODE_INPUT, each.encode()) for each in inputs]
        parts.append(wire.block(_NODE_OUTPUT, output.encode()))
        parts.append(wire.block(_NODE_OP, op.encode()))
        parts += [wire.block(_NODE_ATTRIBUTE, _attribute(*each)) for each in attributes.items()]
        self._nodes.append(wire.block(_GRAPH_NODE, *parts))
        return output

    def session(self, *, laid_out: bool = True) -> Any:
        """Return the network as an `onnxruntime.InferenceSession` on one thread of the CPU.

        `laid_out` lets the weights be copied into the order that the processor likes best.
        """
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read at import; else 1.32 leaves an id in the temp folder
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        if not laid_out:
            options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(array) for array in self._weights.values()]
        options.add_external_initializers(list(self._weights), values)
        return onnxruntime.InferenceSession(self._model(), options, providers=["CPUExecutionProvider"])

    def _model(self) -> bytes:
        name = wire.block(_GRAPH_NAME, b"network")
        opset = wire.block(_MODEL_OPSET, wire.varint(_OPSET_VERSION, _OPSET))
        graph = wire.block(_MODEL_GRAPH, name, *self._nodes, *self._constants, *self._ends)
        return wire.varint(_MODEL_IR, _IR) + opset + graph


def _attribute(name: str, value: Attribute) -> bytes:
    head = wire.block(_ATTRIBUTE_NAME, name.encode())
    if isinstance(value, int):
        return head + wire.varint(_ATTRIBUTE_INT, value) + wire.varint(_ATTRIBUTE_TYPE, _INT)
    if isinstance(value, str):
        return head + wire.block(_ATTRIBUTE_STRING, value.encode()) + wire.varint(_ATTRIBUTE_TYPE, _STRING)
    many = b"".join(wire.varint(_ATTRIBUTE_INTS, each) for each in value)
    return head + many + wire.varint(_ATTRIBUTE_TYPE, _INTS)


def _value(name: str, kind: str, shape: Sequence[int]) -> bytes:
    """A ValueInfoProto: name (1) and type (2), that a tensor (1) of element type (1) and shape (2)."""
    sizes = b"".join(wire.block(1, wire.varint(1, size)) for size in shape)
    tensor = wire.varint(1, _TYPES[kind]) + wire.block(2, sizes)
    return wire.block(1, name.encode()) + wire.block(2, wire.block(1, tensor))
