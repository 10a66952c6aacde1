"""The players of a score, and every tone they have already played."""

from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from threading import Lock
from typing import Protocol

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import Sound
from immersivaudio.audio.loudness import k_weighting
from immersivaudio.audio.peaks import MILLISECOND
from immersivaudio.music.errors import UnknownInstrumentError
from immersivaudio.music.instruments import TABLE, Instrument
from immersivaudio.music.score import Note, Part
from immersivaudio.music.soundfont.bank import DRUM_BANK, SoundFont
from immersivaudio.music.soundfont.player import SampledPlayer
from immersivaudio.music.synths import SynthPlayer
from immersivaudio.music.timbre.filters import Filter
from immersivaudio.music.timbre.lengths import length_class
from immersivaudio.music.timbre.spectra import spectrum, waveform
from immersivaudio.music.timbre.tone import RenderedTone

LAYERS = (24, 48, 72, 96, 120)
"""Velocities at which tones are rendered; between them only the loudness changes."""
COMMON_LEVEL = -24.0
"""K-weighted dB of the loudest 200 ms of every player's reference tone, a forte in mid-range."""
REFERENCE_VELOCITY = 96
MEMORY = 80_000_000
"""Bytes of tones kept; beyond it those that are wanted last are rendered again."""
NEVER = 1 << 40


class ToneSource(Protocol):
    """Anything that makes tones. A tone may depend on nothing but the arguments."""

    @property
    def grows(self) -> bool:
        """Whether a longer tone begins with exactly the samples of a shorter one."""
        ...

    def tone(
        self, key: int, velocity: int, size: int, equaliser: tuple[Filter, ...], take: int = 0
    ) -> RenderedTone:
        """Return one tone of at most `size` samples, as loud as the instrument would be at full velocity;
        of a drum, stroke number `take`.
        """
        ...

    def size(self, key: int, velocity: int, duration: int) -> int:
        """Return how many samples of tone a note of `duration` samples needs, its ringing on included."""
        ...

    @property
    def reference(self) -> tuple[int, ...]:
        """Keys that tell how loud the player is; empty: the middle of the instrument's range."""
        ...


class Orchestra:
    """Seats players by name and remembers their tones. Safe to share between threads."""

    def __init__(self, font: SoundFont) -> None:
        self._font = font
        self._players: dict[str, tuple[ToneSource, float]] = {}
        self._tones: dict[tuple[object, ...], RenderedTone] = {}
        self._longest: dict[tuple[str, int, int, int], int] = {}
        self._onsets: dict[tuple[object, ...], list[int]] = {}
        self._now = 0
        self._held = 0
        self._lock = Lock()

    def expect(self, parts: Iterable[Part]) -> None:
        """Learn what will be played: a tone that grows is made once, for its longest note."""
        for part in parts:
            player, _ = self._player(part.instrument)
            for note in part.notes:
                name = (part.instrument, note.pitch, _layer(note), note.take)
                self._onsets.setdefault(name, []).append(note.onset)
                if player.grows:
                    size = player.size(note.pitch, name[2], note.duration)
                    self._longest[name] = max(size, self._longest.get(name, 0))
        for onsets in self._onsets.values():
            onsets.sort()

    def reach(self, now: int) -> None:
        """Hear that everything before sample `now` has been played."""
        self._now = now

    def tone(self, instrument: str, note: Note, equaliser: tuple[Filter, ...]) -> tuple[RenderedTone, float]:
        """Return the tone for `note` and the linear gain of its velocity and of its player."""
        player, level = self._player(instrument)
        layer = _layer(note)
        size = player.size(note.pitch, layer, note.duration)
        size = max(size, self._longest.get((instrument, note.pitch, layer, note.take), 0))
        key = (instrument, note.pitch, layer, note.take, size, equaliser)
        with self._lock:
            tone = self._tones.get(key)
        if tone is None:
            tone = player.tone(note.pitch, layer, size, equaliser, note.take)
            self._keep(key, tone)
        return tone, level * (note.velocity / 127) ** 2

    def _keep(self, key: tuple[object, ...], tone: RenderedTone) -> None:
        with self._lock:
            if key in self._tones:
                return
            self._tones[key] = tone
            self._held += tone.sound.nbytes
            while self._held > MEMORY and len(self._tones) > 1:
                last = max(self._tones, key=self._next_use)
                self._held -= self._tones.pop(last).sound.nbytes

    def _next_use(self, key: tuple[object, ...]) -> int:
        """Return when a tone will be played next, as far as is known: what is wanted last is let go first."""
        onsets = self._onsets.get(key[:4], [])
        after = bisect_left(onsets, self._now)
        return onsets[after] if after < len(onsets) else NEVER

    def _player(self, name: str) -> tuple[ToneSource, float]:
        with self._lock:
            if name not in self._players:
                row = instrument(name)
                player = self._hire(row)
                self._players[name] = player, _level(player, row)
            return self._players[name]

    def _hire(self, row: Instrument) -> ToneSource:
        if row.program is None:
            return SynthPlayer(row.synth)
        if row.program < 0:
            return SampledPlayer(self._font, DRUM_BANK, row.kit, rings=True)
        return SampledPlayer(self._font, 0, row.program)


def instrument(name: str) -> Instrument:
    """Return the row of `name`. Raises UnknownInstrumentError where the table has none."""
    if name not in TABLE:
        raise UnknownInstrumentError(
            f"There is no instrument called {name!r}. See immersivaudio.music.instruments."
        )
    return TABLE[name]


def _layer(note: Note) -> int:
    return min(LAYERS, key=lambda velocity: abs(velocity - note.velocity))


def _level(player: ToneSource, row: Instrument) -> float:
    """Return the gain that makes all players equally loud: fonts and patches disagree by 20 dB and more."""
    keys = player.reference or ((row.low + row.high) // 2,)
    size = length_class(SAMPLE_RATE)
    loudest = max(_k_level(player.tone(key, REFERENCE_VELOCITY, size, ()).sound) for key in keys)
    if loudest <= 0.0:
        return 1.0
    velocity = (REFERENCE_VELOCITY / 127) ** 2
    return float(10 ** ((COMMON_LEVEL + row.gain_db) / 20) / (loudest * velocity))


def _k_level(sound: Sound) -> float:
    """Return the K-weighted RMS of the loudest 200 ms of the first second."""
    size = 65_536
    weighted = waveform(spectrum(sound[:, :SAMPLE_RATE], size) * _weighting(size), size)
    power = (
        np.square(weighted[:, :SAMPLE_RATE])
        .mean(axis=0)
        .reshape(-1, MILLISECOND)
        .mean(axis=1, dtype=np.float64)
    )
    total = np.concatenate(([0.0], np.cumsum(power)))
    return float(np.sqrt((total[200:] - total[:-200]).max() / 200))


@cache
def _weighting(size: int) -> np.ndarray[tuple[int, ...], np.dtype[np.complex64]]:
    return k_weighting(size)
