"""What the neural generators of music share: a sheet, or several at once, through an engine onto the disk."""

import threading
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import soundfile

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.models.memory import release
from immersivaudio.stages import Progress
from immersivaudio.stages.generate.neural.engine import Engine, Sound
from immersivaudio.stages.generate.neural.performance import PerformancePart, perform
from immersivaudio.values import CueSheet, Soundtrack

LICENCE_NOTE = "music by MusicGen, whose weights are CC-BY-NC-4.0: not for commercial use"


class SheetPlayer:
    """A text-to-music model that plays cue sheets. The model is loaded at the first sheet, and kept."""

    name = ""

    def __init__(self, *, device: str, batch: int, soundfont: Path | None) -> None:
        """`batch` sections are made at once; with less memory, half as many. A melody model follows the
        embedded composer's own piece, played with `soundfont`.
        """
        self._device, self._batch, self._soundfont = device, batch, soundfont
        self._voice: Engine | None = None
        self._lock = threading.Lock()

    def generate(
        self, sheet: CueSheet, folder: Path, progress: Progress, *, stems: bool = False
    ) -> Soundtrack:
        """Write the music into `folder`; there is one stem, the music itself.

        Raises `BackendUnavailableError` without weights, GPU or memory.
        """
        return self._played([sheet], [folder], progress, stems=stems)[0]

    def close(self) -> None:
        """Give the model's memory back."""
        self._voice = None
        release()

    def _played(
        self, sheets: Sequence[CueSheet], folders: Sequence[Path], progress: Progress, *, stems: bool
    ) -> tuple[Soundtrack, ...]:
        progress(0.0)
        with self._lock:
            engine = self._engine()
            parts = [
                PerformancePart(sheet, self._melody(sheet, engine.rate) if engine.follows else None)
                for sheet in sheets
            ]
            performances = perform(engine, parts, batch=self._batch, told=progress)
        tracks = []
        for played, folder in zip(performances, folders, strict=True):
            path = folder / "music.wav"
            soundfile.write(path, played.sound, SAMPLE_RATE, subtype="FLOAT")
            own = {"music": path} if stems else {}
            notes = (*played.notes, LICENCE_NOTE)
            tracks.append(Soundtrack(path, self.name, played.hits, own, notes=notes))
        progress(1.0)
        return tuple(tracks)

    def _engine(self) -> Engine:
        if self._voice is None:
            self._voice = self._load()
        return self._voice

    def _load(self) -> Engine:
        raise NotImplementedError

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
