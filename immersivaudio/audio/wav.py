"""48 kHz stereo float32 WAV files, read and written anywhere inside them.

Written here rather than by libsndfile because its float files carry the time of writing, and ours must be
the same byte for byte whenever they are made.
"""

from collections.abc import Iterable
from pathlib import Path
from struct import pack, unpack
from types import TracebackType
from typing import Self

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import Sound

_FRAME = 8
_HEADER = 58


class NotWavError(ValueError):
    """A file that `WavWriter` did not write."""


def header(length: int) -> bytes:
    """Return RIFF, fmt (3: IEEE float), fact and data headers for `length` stereo frames."""
    size = length * _FRAME
    return (
        pack("<4sI4s", b"RIFF", _HEADER - 8 + size, b"WAVE")
        + pack("<4sIHHIIHHH", b"fmt ", 18, 3, 2, SAMPLE_RATE, SAMPLE_RATE * _FRAME, _FRAME, 32, 0)
        + pack("<4sII", b"fact", 4, length)
        + pack("<4sI", b"data", size)
    )


class _Wav:
    """A file of known length; frames outside it are silence to read."""

    def __init__(self, path: Path, mode: str, length: int) -> None:
        self.path, self.length = path, length
        self._file = path.open(mode)

    def read(self, start: int, size: int) -> Sound:
        """Return frames `start` to `start + size` as (2, size)."""
        sound = np.zeros((2, size), np.float32)
        first, last = max(start, 0), min(start + size, self.length)
        if first < last:
            self._file.seek(_HEADER + first * _FRAME)
            data = np.frombuffer(self._file.read((last - first) * _FRAME), "<f4")
            sound[:, first - start : last - start] = data.reshape(-1, 2).T
        return sound

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


class WavReader(_Wav):
    """Reads what WavWriter wrote."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            head = file.read(_HEADER)
        if len(head) < _HEADER or head[:4] != b"RIFF" or head[50:54] != b"data":
            raise NotWavError(f"{path.name} is not a WAV file that this program wrote.")
        super().__init__(path, "rb", unpack("<I", head[54:58])[0] // _FRAME)


class WavWriter(_Wav):
    """Writes in any order; what is never written is silence."""

    def __init__(self, path: Path, length: int) -> None:
        super().__init__(path, "wb+", length)
        self._file.write(header(length))
        self._file.truncate(_HEADER + length * _FRAME)

    def write(self, start: int, sound: Sound) -> None:
        """Write (2, n) at frame `start`, all of it inside the file."""
        self._file.seek(_HEADER + start * _FRAME)
        self._file.write(np.ascontiguousarray(sound.T, "<f4").tobytes())


def write(path: Path, blocks: Iterable[Sound]) -> None:
    """Write blocks of shape (2, n), one after the other."""
    length = 0
    with path.open("wb+") as file:
        file.write(header(0))
        for block in blocks:
            file.write(np.ascontiguousarray(block.T, "<f4").tobytes())
            length += block.shape[1]
        file.seek(0)
        file.write(header(length))
