"""Stem files, filled block by block: tails overlap, and nothing longer than a block and its tail is held."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import Sound
from immersivaudio.audio.wav import WavWriter
from immersivaudio.music.timbre.envelopes import fade

LAST_FADE = round(0.3 * SAMPLE_RATE)
"""Samples over which whatever still rings at the end is faded out."""


class StemTrack:
    """One stem being written: what is done is in the file, what may still grow is held."""

    def __init__(self, length: int, start: int) -> None:
        self._length, self._start = length, start
        self._held = np.zeros((2, 0), np.float32)

    def add(self, at: int, sound: Sound) -> None:
        """Add `sound` at absolute sample `at`; what lies past the end of the piece is dropped."""
        first = at - self._start
        sound = sound[:, : max(0, self._length - at)]
        missing = first + sound.shape[1] - self._held.shape[1]
        if missing > 0:
            self._held = np.pad(self._held, ((0, 0), (0, missing)))
        self._held[:, first : first + sound.shape[1]] += sound

    def take(self, until: int) -> Sound:
        """Return everything up to absolute sample `until`, faded at the very end of the piece."""
        size = until - self._start
        taken = np.zeros((2, size), np.float32)
        ready = self._held[:, :size]
        taken[:, : ready.shape[1]] = ready
        self._held = self._held[:, size:].copy()
        last = min(LAST_FADE, self._length // 4)
        over = until - (self._length - last)
        if last and over > 0:
            curve = fade(last)
            faded = min(over, size)
            taken[:, size - faded :] *= curve[over - faded : over]
        self._start = until
        return taken


class StemMixer:
    """All stems of a piece and their sum."""

    def __init__(self, length: int, mix: WavWriter, stems: dict[str, WavWriter]) -> None:
        self._length, self._mix, self._files = length, mix, stems
        self._tracks: dict[str, StemTrack] = {}
        self._done = 0

    def add(self, stem: str, at: int, sound: Sound) -> None:
        """Mix `sound` into `stem` at absolute sample `at`."""
        if stem not in self._tracks:
            self._tracks[stem] = StemTrack(self._length, self._done)
        self._tracks[stem].add(at, sound)

    def flush(self, until: int) -> None:
        """Write everything before `until`: no later block will touch it."""
        until = min(until, self._length)
        if until <= self._done:
            return
        total = np.zeros((2, until - self._done), np.float32)
        for name in sorted(self._tracks):
            piece = self._tracks[name].take(until)
            total += piece
            if name in self._files:
                self._files[name].write(self._done, piece)
        self._mix.write(self._done, total)
        self._done = until


@contextmanager
def open_desk(length: int, mix: Path, stems: dict[str, Path]) -> Iterator[StemMixer]:
    """Open the files of a mix and of its stems (none: only the mix is written)."""
    with ExitStack() as files:
        mixed = files.enter_context(WavWriter(mix, length))
        writers = {name: files.enter_context(WavWriter(path, length)) for name, path in stems.items()}
        yield StemMixer(length, mixed, writers)
