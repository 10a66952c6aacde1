"""Decoded sound of any layout brought to two channels, or taken apart into single ones; and to one rate.

Layouts with a name go through libswresample's matrix. One without a name, or an odd one, would come out
silent, or not at all: there every channel counts alike. Ambisonics (AmbiX order: W, Y, Z, X) are heard
through two microphones that look left and right.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from immersivaudio.audio.layout import Sound

_NAMED = frozenset(
    {"mono", "stereo", "downmix", "2.1", "3.0", "3.0(back)", "4.0", "quad", "quad(side)"}
    | {"3.1", "4.1", "5.0", "5.0(side)", "5.1", "5.1(side)", "6.0", "6.0(front)", "hexagonal"}
    | {
        "6.1",
        "6.1(back)",
        "6.1(front)",
        "7.0",
        "7.0(front)",
        "7.1",
        "7.1(wide)",
        "7.1(wide-side)",
        "octagonal",
    }
)
"""Layouts for which libswresample has a good matrix."""
_MOST = 16
"""Single channels that are told apart; of more, neighbours are added up."""

_KINDS: Mapping[str, type[np.generic]] = {
    "u8p": np.uint8, "s16p": np.int16, "s32p": np.int32, "s64p": np.int64,
    "fltp": np.float32, "dblp": np.float64,
}  # fmt: skip
"""Planar formats, one sample of theirs."""

Key = tuple[str, str, int]


class Stereo:
    """Brings frames to stereo."""

    count = 2

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._key: Key | None = None
        self._resampler: av.AudioResampler | None = None

    def __call__(self, frame: AudioFrame) -> Iterator[tuple[Sound, int | None]]:
        """Yield pieces of shape (2, n), each with the number of its first sample where it says."""
        key = (frame.layout.name, frame.format.name, frame.sample_rate)
        if key != self._key:  # it may change half-way, as in broadcasts
            self._key = key
            self._resampler = av.AudioResampler(format="fltp", layout="stereo", rate=self.rate)
        if frame.layout.name not in _NAMED:
            frame = _framed(folded(_samples(frame), frame.layout.name), "stereo", frame)
        for piece in self._resampler.resample(frame) if self._resampler else ():
            yield piece.to_ndarray().astype(np.float32), _first(piece, self.rate)


class Single:
    """Keeps the channels apart."""

    def __init__(self, rate: int, count: int) -> None:
        self.rate = rate
        self.count = min(count, _MOST)
        self._key: Key | None = None
        self._resamplers: list[av.AudioResampler] = []

    def __call__(self, frame: AudioFrame) -> Iterator[tuple[Sound, int | None]]:
        """Yield pieces of shape (channels, n), each with the number of its first sample where it says."""
        key = (frame.layout.name, frame.format.name, frame.sample_rate)
        if key != self._key:
            self._key = key
            self._resamplers = [
                av.AudioResampler(format="flt", layout="mono", rate=self.rate) for _ in range(self.count)
            ]
        samples = _samples(frame)
        groups = np.array_split(np.arange(samples.shape[0]), self.count)
        singles = [
            resampler.resample(_framed(samples[group].sum(axis=0, keepdims=True), "mono", frame))
            for resampler, group in zip(self._resamplers, groups, strict=True)
        ]
        for pieces in zip(*singles, strict=True):
            rows = [piece.to_ndarray().reshape(-1).astype(np.float32) for piece in pieces]
            yield np.stack(rows), _first(pieces[0], self.rate)


def folded(samples: NDArray[np.float32], layout: str) -> NDArray[np.float32]:
    """Return (2, n) of channels (c, n) that no matrix knows."""
    count = len(samples)
    if count <= 2:
        return np.broadcast_to(samples, (2, samples.shape[1])).astype(np.float32)
    if layout.startswith("ambisonic") and count >= 4:
        middle = samples[0] + 0.5 * (samples[2] + samples[3]) + 0.25 * samples[4:].sum(axis=0)
        return np.stack([middle + samples[1], middle - samples[1]]).astype(np.float32)
    return np.repeat(samples.sum(axis=0, keepdims=True) / np.float32(np.sqrt(count)), 2, axis=0)


def _samples(frame: AudioFrame) -> NDArray[np.float32]:
    """The samples of a frame; shape (channels, n), full scale 1."""
    raw = _planes(frame) if frame.format.is_planar else frame.to_ndarray()
    kind = raw.dtype
    if not frame.format.is_planar:
        raw = raw.reshape(-1, frame.layout.nb_channels).T
    if kind == np.uint8:
        return ((raw.astype(np.float32) - 128) / 128).astype(np.float32)
    scale = 1.0 if kind.kind == "f" else float(2 ** (8 * kind.itemsize - 1))
    return (raw / scale).astype(np.float32)


def _planes(frame: AudioFrame) -> NDArray[Any]:
    """The planes of a frame, one a channel; shape (channels, n).

    `to_ndarray` of PyAV 18 counts planes to a pointer that is NULL; beyond eight channels there may be none,
    and it reads addresses that are no planes (findings/planes_beyond_channels.py).
    """
    planes = frame.planes[: frame.layout.nb_channels]
    return np.stack(
        [np.frombuffer(memoryview(plane), _KINDS[frame.format.name], frame.samples) for plane in planes]
    )


def _framed(samples: NDArray[np.float32], layout: str, like: AudioFrame) -> AudioFrame:
    frame = AudioFrame.from_ndarray(np.ascontiguousarray(samples), format="fltp", layout=layout)
    frame.sample_rate, frame.pts = like.sample_rate, like.pts
    if like.time_base is not None:
        frame.time_base = like.time_base
    return frame


def _first(frame: AudioFrame, rate: int) -> int | None:
    """Which sample of the stream a frame begins with; None where it does not say."""
    if frame.pts is None or frame.time_base is None:
        return None
    return round(frame.pts * rate * frame.time_base.numerator / frame.time_base.denominator)
