"""From a list of sounds and times to one stereo file, a block at a time."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import Sound, silence
from immersivaudio.audio.wav import WavWriter
from immersivaudio.sound.synthesis import Voice
from immersivaudio.sound.table import TABLE

BLOCK = 2 * SAMPLE_RATE
CEILING = 0.89
"""-1 dBFS: where the soft clip of a pile-up begins to bend."""


class UnknownSoundError(ValueError):
    """A name that stands in no row of the table."""


@dataclass(frozen=True, slots=True)
class Event:
    """One sound, from `start` to `end`, in samples."""

    name: str
    start: int
    end: int
    gain_db: float = 0.0
    pan: float = 0.0
    """-1 left to 1 right."""


def render(
    events: Sequence[Event],
    size: int,
    path: Path,
    *,
    seed: int = 0,
    stems: Path | None = None,
    progress: Callable[[float], None] = lambda _done: None,
) -> dict[str, Path]:
    """Write `size` samples of 48 kHz stereo float32 WAV to `path`; with `stems`, one file a sound there.

    The same events and seed always give the same bytes. Returns the stems by sound name.
    Raises `UnknownSoundError`.
    """
    players = [_Player(event, seed, index) for index, event in enumerate(events) if event.end > event.start]
    names = sorted({event.name for event in events}) if stems else []
    written = {name: stems / f"sounds_{name.replace(' ', '_')}.wav" for name in names} if stems else {}
    with ExitStack() as stack:
        mix = stack.enter_context(WavWriter(path, size))
        files = {name: stack.enter_context(WavWriter(target, size)) for name, target in written.items()}
        for start in range(0, size, BLOCK):
            _write(players, start, min(BLOCK, size - start), mix, files)
            progress(min(1.0, (start + BLOCK) / max(size, 1)))
    return written


def _write(
    players: Sequence["_Player"],
    start: int,
    size: int,
    mix: WavWriter,
    files: dict[str, WavWriter],
) -> None:
    total = silence(size)
    parts = {name: np.zeros_like(total) for name in files}
    for player in players:
        for at, sound in player.heard(start, size):
            heard = slice(at, at + sound.shape[1])
            total[:, heard] += sound
            if files:
                parts[player.event.name][:, heard] += sound
    mix.write(start, _bend(total))
    for name, file in files.items():
        file.write(start, parts[name])


class _Player:
    """One event being played: its voice is made when it begins, and forgotten when it ends."""

    def __init__(self, event: Event, seed: int, index: int) -> None:
        if event.name not in TABLE:
            raise UnknownSoundError(
                f"there is no sound called {event.name!r}; there are: {', '.join(sorted(TABLE))}"
            )
        self.event, self._row = event, TABLE[event.name]
        self._seed = (seed & 0xFFFFFFFF, crc32(event.name.encode()), index)
        self._voice: Voice | None = None

    def heard(self, start: int, size: int) -> Iterator[tuple[int, Sound]]:
        """Yield the piece of this sound that falls into [start, start + size), and where in it."""
        first, last = max(self.event.start, start), min(self.event.end, start + size)
        if last <= first:
            if self.event.end <= start:
                self._voice = None
            return
        if self._voice is None:
            seconds = (self.event.end - self.event.start) / SAMPLE_RATE
            self._voice = self._row.make(np.random.default_rng(self._seed), seconds)
        sound = self._voice(last - first) * self._gain(first, last)
        yield first - start, sound.astype(np.float32)

    def _gain(self, first: int, last: int) -> Sound:
        """Level, pan and fades over [first, last)."""
        here = np.arange(first, last)
        length = self.event.end - self.event.start
        fade = max(1.0, min(self._row.fade * SAMPLE_RATE, length / 3))
        edges = np.minimum(here - self.event.start, self.event.end - here) / fade if self._row.fade else 1.0
        level = 10 ** ((self._row.trim_db + self.event.gain_db) / 20) * np.sin(
            np.clip(edges, 0, 1) * np.pi / 2
        )
        angle = (np.clip(self.event.pan, -1, 1) + 1) * np.pi / 4
        sides = np.sqrt(2) * np.array([np.cos(angle), np.sin(angle)])
        return np.asarray(np.multiply.outer(sides, np.broadcast_to(level, len(here))), dtype=np.float32)


def _bend(block: Sound) -> Sound:
    """Leave what stays below the ceiling as it is; round off what does not."""
    size = np.abs(block)
    if size.max(initial=0.0) <= CEILING:
        return block
    over = np.maximum(size - CEILING, 0) / (1 - CEILING)
    return np.asarray(
        np.where(size > CEILING, np.sign(block) * (CEILING + 0.99 * (1 - CEILING) * np.tanh(over)), block)
    )
