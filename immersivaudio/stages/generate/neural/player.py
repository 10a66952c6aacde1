"""What the neural generators of music share: a sheet, or several at once, played and written to the disk."""

import threading
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Generic, TypeVar

import numpy as np
import soundfile

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.models.memory import release
from immersivaudio.stages import Progress
from immersivaudio.stages.generate.neural.engine import Engine, Sound
from immersivaudio.stages.generate.neural.performance import Performance, PerformancePart, perform
from immersivaudio.values import CueSheet, Soundtrack

Model = TypeVar("Model")


class SheetPlayer(Generic[Model]):
    """A model that plays cue sheets. It is loaded at the first sheet, and kept."""

    name = ""
    licence = ""
    """What the receipt says of its weights, where they forbid something."""

    def __init__(self, *, device: str, batch: int) -> None:
        """`batch` sections, or pieces, are made at once; with less memory, half as many."""
        self._device, self._batch = device, batch
        self._model: Model | None = None
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
        self._model = None
        release()

    def _played(
        self,
        sheets: Sequence[CueSheet],
        folders: Sequence[Path],
        progress: Progress,
        *,
        stems: bool = False,
        source: Sound | None = None,
    ) -> tuple[Soundtrack, ...]:
        """Play each sheet into its folder; `source` (48 kHz) is what they follow, where the model can."""
        progress(0.0)
        with self._lock:
            if self._model is None:
                self._model = self._load()
            performances = self._performed(self._model, sheets, progress, source)
        tracks = []
        for played, folder in zip(performances, folders, strict=True):
            path = folder / "music.wav"
            soundfile.write(path, played.sound, SAMPLE_RATE, subtype="FLOAT")
            own = {"music": path} if stems else {}
            notes = (*played.notes, self.licence) if self.licence else played.notes
            tracks.append(Soundtrack(path, self.name, played.hits, own, notes=notes))
        progress(1.0)
        return tuple(tracks)

    def _load(self) -> Model:
        raise NotImplementedError

    def _performed(
        self, model: Model, sheets: Sequence[CueSheet], progress: Progress, source: Sound | None
    ) -> Sequence[Performance]:
        raise NotImplementedError


class SectionPlayer(SheetPlayer[Engine]):
    """A text-to-music model that plays section by section: MusicGen, loaded by transformers or audiocraft."""

    licence = "music by MusicGen, whose weights are CC-BY-NC-4.0: not for commercial use"

    def __init__(self, *, device: str, batch: int, soundfont: Path | None) -> None:
        """A melody model follows the embedded composer's own piece, played with `soundfont`."""
        super().__init__(device=device, batch=batch)
        self._soundfont = soundfont

    def _performed(
        self, model: Engine, sheets: Sequence[CueSheet], progress: Progress, source: Sound | None
    ) -> Sequence[Performance]:
        del source
        parts = [
            PerformancePart(sheet, self._melody(sheet, model.rate) if model.follows else None)
            for sheet in sheets
        ]
        return perform(model, parts, batch=self._batch, told=progress)

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
