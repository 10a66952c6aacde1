"""Backend "musicgen": MusicGen by transformers, made to fit the film. Weights: CC-BY-NC, not for commercial
use."""

import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import soundfile

from immersivaudio import models
from immersivaudio.config import Settings
from immersivaudio.stages import Progress
from immersivaudio.stages.generate.neural.engine import Engine, Sound
from immersivaudio.stages.generate.neural.performance import perform
from immersivaudio.values import SAMPLE_RATE, CueSheet, Soundtrack

LICENCE_NOTE = "music by MusicGen, whose weights are CC-BY-NC-4.0: not for commercial use"


class MusicGen:
    """A text-to-music model that plays a cue sheet. The model is loaded at the first sheet, and kept."""

    name = "musicgen"

    def __init__(
        self,
        path: Path,
        *,
        device: str = "auto",
        precision: str = "auto",
        batch: int = 8,
        soundfont: Path | None = None,
    ) -> None:
        """`path` is a folder with the model, its codec and its tokenizer in transformers' format.

        `batch` sections are made at once; with less memory, half as many. A melody model follows the embedded
        composer's own piece, played with `soundfont`.
        """
        self._path, self._device, self._precision = path, device, precision
        self._batch, self._soundfont = batch, soundfont
        self._voice: Engine | None = None
        self._lock = threading.Lock()

    def generate(
        self, sheet: CueSheet, folder: Path, progress: Progress, *, stems: bool = False
    ) -> Soundtrack:
        """Write the music into `folder`; there is one stem, the music itself.

        Raises `BackendUnavailableError` without weights, GPU or memory.
        """
        progress(0.0)
        with self._lock:
            engine = self._engine()
            melody = self._melody(sheet, engine.rate) if engine.follows else None
            played = perform(engine, sheet, batch=self._batch, melody=melody, told=progress)
        path = folder / "music.wav"
        soundfile.write(path, played.sound, SAMPLE_RATE, subtype="FLOAT")
        progress(1.0)
        own = {"music": path} if stems else {}
        return Soundtrack(path, self.name, played.hits, own, notes=(*played.notes, LICENCE_NOTE))

    def close(self) -> None:
        """Give the model's memory back."""
        self._voice = None

    def _engine(self) -> Engine:
        if self._voice is None:
            self._voice = self._load()
        return self._voice

    def _load(self) -> Engine:
        from immersivaudio.models.device import choose
        from immersivaudio.stages.generate.neural import voice
        from immersivaudio.stages.generate.neural.precision import choose_precision

        device = choose(self._device, stage="generate")
        precision = choose_precision(self._precision, device)
        return voice.load(self._path, device=device, precision=precision, batch=self._batch)

    def _melody(self, sheet: CueSheet, rate: int) -> Sound:
        """Return the composer's own piece over the same sheet, mono at `rate` Hz."""
        from scipy import signal

        from immersivaudio.stages.generate.composer import Composer

        with TemporaryDirectory(prefix="immersivaudio-") as folder:
            composer = Composer(soundfont=self._soundfont)
            track = composer.generate(sheet, Path(folder), lambda _done: None)
            sound, _ = soundfile.read(track.path, dtype="float32")
        common = np.gcd(rate, SAMPLE_RATE)
        tune = signal.resample_poly(sound.mean(axis=1), rate // common, SAMPLE_RATE // common)
        return np.asarray(tune, np.float32)


def build(settings: Settings) -> MusicGen:
    """For the registry."""
    return MusicGen(
        models.locate(settings.musicgen_model, settings, stage="generate"),
        device=settings.device,
        precision=settings.precision,
        batch=settings.neural_batch,
        soundfont=settings.soundfont,
    )
