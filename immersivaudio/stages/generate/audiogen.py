"""Backend "audiogen": the scene's sounds by AudioGen, in audiocraft's environment. Weights: CC-BY-NC."""

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import soundfile

from immersivaudio import models
from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.config import Settings, at_home
from immersivaudio.models.memory import release
from immersivaudio.stages import Progress
from immersivaudio.stages.generate.neural import shaping, windows
from immersivaudio.stages.generate.neural.engine import Engine, Line
from immersivaudio.stages.generate.neural.windows import Piece
from immersivaudio.values import CueSheet, SoundCue, Soundtrack

_DEBUG = "debug"
_LONGEST = 20.0
"""s of a sound that are made; a longer one begins again under a cross-fade."""
_LEVEL_DB = -28.0
"""RMS of one sound before its own gain: a bed under the music."""
_EDGE = 0.05
"""s of a sound's fades."""
_SEAM = 1.0
"""s of the cross-fade where a long sound begins again."""
LICENCE_NOTE = "sounds by AudioGen, whose weights are CC-BY-NC-4.0: not for commercial use"


class AudioGen:
    """A text-to-sound model that makes what a sheet's `sounds` name. Loaded at the first sheet, and kept."""

    name = "audiogen"

    def __init__(self, path: Path | None, *, shelf: Path, device: str = "auto", batch: int = 8) -> None:
        """`path` is a folder with AudioGen's two state dicts; None is audiocraft's own debug model."""
        self._path, self._shelf = path, shelf
        self._device, self._batch = device, batch
        self._voice: Engine | None = None
        self._lock = threading.Lock()

    def generate(
        self, sheet: CueSheet, folder: Path, progress: Progress, *, stems: bool = False
    ) -> Soundtrack:
        """Write the sounds of the scene into `folder`, and with `stems` each on its own.

        Raises `BackendUnavailableError` without weights, GPU or memory.
        """
        progress(0.0)
        length = round(sheet.duration * SAMPLE_RATE)
        mix = np.zeros((length, 2), np.float32)
        own: dict[str, Path] = {}
        with self._lock:
            sounds = self._made(sheet, lambda share: progress(0.9 * share))
        for number, (cue, sound) in enumerate(zip(sheet.sounds, sounds, strict=True)):
            start = min(length, round(cue.start * SAMPLE_RATE))
            part = sound[: length - start]
            mix[start : start + len(part)] += part
            if stems:
                alone = np.zeros_like(mix)
                alone[start : start + len(part)] = part
                path = folder / f"sound-{number + 1}.wav"
                soundfile.write(path, alone, SAMPLE_RATE, subtype="FLOAT")
                own[f"{number + 1} {cue.name}"] = path
        path = folder / "sounds.wav"
        soundfile.write(path, np.clip(mix, -1, 1), SAMPLE_RATE, subtype="FLOAT")
        progress(1.0)
        return Soundtrack(path, self.name, stems=own, notes=(LICENCE_NOTE,))

    def close(self) -> None:
        """Give the model's memory back."""
        self._voice = None
        release()

    def _made(self, sheet: CueSheet, progress: Progress) -> Sequence[shaping.Stereo]:
        if not sheet.sounds:
            return []
        engine = self._engine()
        pieces = [
            Piece(
                Line(f"the sound of {cue.name.replace('_', ' ').replace('-', ' ')}", _seed(sheet, number)),
                min(_LONGEST, max(1.0, float(cue.end - cue.start) + _EDGE)),
            )
            for number, cue in enumerate(sheet.sounds)
        ]
        made = windows.play(engine, pieces, batch=self._batch, told=progress)
        return [
            _placed(shaping.stereo(passage.sound, engine.rate), cue)
            for passage, cue in zip(made, sheet.sounds, strict=True)
        ]

    def _engine(self) -> Engine:
        if self._voice is None:
            from immersivaudio.models.device import choose
            from immersivaudio.stages.generate.neural.audiocraft import CraftVoice

            device = choose(self._device, stage="sounds")
            self._voice = CraftVoice(
                "AudioGen", self._path, models=self._shelf, device=device, batch=self._batch, stage="sounds"
            )
        return self._voice


def _seed(sheet: CueSheet, number: int) -> int:
    return (sheet.seed * 1_000_003 + sheet.take * 10_007 + number * 101) % 2**31


def _placed(sound: shaping.Stereo, cue: SoundCue) -> shaping.Stereo:
    """Return a sound as long as its cue, with its level, gain, place and soft edges."""
    count = max(1, round((cue.end - cue.start) * SAMPLE_RATE))
    sound = _lasting(sound, count)
    power = float(np.sqrt(np.mean(np.square(sound, dtype=np.float64)))) or 1.0
    gain = 10 ** ((_LEVEL_DB + cue.gain_db) / 20) / power
    # Constant power: the middle is 3 dB down on each side, made up by the square root of two.
    angle = (cue.pan + 1) * np.pi / 4
    sides = np.array([np.cos(angle), np.sin(angle)], np.float32) * np.sqrt(2)
    edge = min(round(_EDGE * SAMPLE_RATE), count // 2)
    out = np.clip(sound * gain, -0.9, 0.9) * sides
    if edge:
        out[:edge] *= shaping.fall(edge)[::-1]
        out[-edge:] *= shaping.fall(edge)
    return np.asarray(np.clip(out, -1, 1), np.float32)


def _lasting(sound: shaping.Stereo, count: int) -> shaping.Stereo:
    """Return `count` samples of a sound that begins again, each time under a cross-fade of equal power."""
    seam = min(round(_SEAM * SAMPLE_RATE), len(sound) // 3)
    while len(sound) < count:
        fall = shaping.fall(seam)
        middle = sound[-seam:] * fall + sound[:seam] * fall[::-1]
        sound = np.concatenate([sound[:-seam], middle, sound[seam:]])
    return sound[:count]


def build(settings: Settings) -> AudioGen:
    """For the registry."""
    name = settings.audiogen_model
    return AudioGen(
        None if name == _DEBUG else models.locate(name, settings, stage="sounds"),
        shelf=at_home(settings.models, "IMMERSIVAUDIO_MODELS"),
        device=settings.device,
        batch=settings.neural_batch,
    )
