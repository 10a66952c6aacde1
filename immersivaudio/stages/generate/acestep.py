"""Backend "acestep": ACE-Step 1.5 by diffusers, made to fit the film. Weights: MIT."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soundfile
from numpy.typing import NDArray

from immersivaudio import models
from immersivaudio.config import Settings
from immersivaudio.errors import BadSettingError
from immersivaudio.stages import Progress
from immersivaudio.stages.generate.neural.engine import Sound
from immersivaudio.stages.generate.neural.performance import Performance
from immersivaudio.stages.generate.neural.player import SheetPlayer
from immersivaudio.stages.generate.neural.shaping import stereo
from immersivaudio.values import CueSheet, Soundtrack

if TYPE_CHECKING:
    from immersivaudio.stages.generate.neural.acestep import AceStepModel

_REFERENCE = 120.0
"""s of a reference that are read."""


class AceStep(SheetPlayer["AceStepModel"]):
    """A model that makes whole pieces of a tempo, key and length."""

    name = "acestep"

    def __init__(
        self,
        path: Path,
        *,
        device: str = "auto",
        precision: str = "auto",
        batch: int = 8,
        reference: Path | None = None,
    ) -> None:
        """`path` is a folder with an AceStepPipeline of diffusers; `reference` is a sound file that all music
        shall sound like.
        """
        super().__init__(device=device, batch=batch)
        self._path, self._precision, self._reference = path, precision, reference

    def generate_many(
        self,
        sheets: Sequence[CueSheet],
        folders: Sequence[Path],
        progress: Progress,
        *,
        stems: bool = False,
    ) -> tuple[Soundtrack, ...]:
        """Write the music of each sheet into its folder; films of the same length share a pass on a GPU.

        Each sheet sounds as it does alone. Raises `BackendUnavailableError` without weights, GPU or memory.
        """
        return self._played(sheets, folders, progress, stems=stems)

    def generate_after(
        self, sheet: CueSheet, played: NDArray[np.float32], folder: Path, progress: Progress
    ) -> Soundtrack:
        """As `generate`, following the melody and harmony of `played`, 48 kHz of shape (n, 2).

        A model that came without its tokenizer cannot follow: it makes a piece of the same tempo and key.
        """
        return self._played([sheet], [folder], progress, source=np.ascontiguousarray(played.T))[0]

    def _performed(
        self, model: "AceStepModel", sheets: Sequence[CueSheet], progress: Progress, source: Sound | None
    ) -> Sequence[Performance]:
        from immersivaudio.stages.generate.neural.full_piece import perform_whole

        return perform_whole(
            model,
            sheets,
            batch=self._batch,
            told=progress,
            reference=self._heard(),
            sources=[source] * len(sheets) if model.covers else [],
        )

    def _load(self) -> "AceStepModel":
        from immersivaudio.models.device import choose
        from immersivaudio.stages.generate.neural import acestep
        from immersivaudio.stages.generate.neural.precision import choose_precision

        self._heard()  # a reference that cannot be read is told before any work
        device = choose(self._device, stage="generate")
        precision = choose_precision(self._precision, device)
        return acestep.load(self._path, device=device, precision=precision, batch=self._batch)

    def _heard(self) -> Sound | None:
        """Return the reference, 48 kHz stereo of shape (2, n)."""
        if self._reference is None:
            return None
        try:
            with soundfile.SoundFile(self._reference) as file:
                sound = file.read(round(_REFERENCE * file.samplerate), dtype="float32", always_2d=True)
                both = stereo(np.ascontiguousarray(sound[:, :2].T), file.samplerate)
        except (OSError, soundfile.SoundFileError) as error:
            raise BadSettingError(
                f"the reference {self._reference.name!r} cannot be read as sound",
                "set IMMERSIVAUDIO_ACESTEP_REFERENCE to a WAV, FLAC, Ogg or MP3 file",
                stage="generate",
            ) from error
        if not len(both) or not both.any():
            raise BadSettingError(
                f"the reference {self._reference.name!r} is silent",
                "choose another for IMMERSIVAUDIO_ACESTEP_REFERENCE",
                stage="generate",
            )
        return np.ascontiguousarray(both.T)


def build(settings: Settings) -> AceStep:
    """For the registry."""
    return AceStep(
        models.locate(settings.acestep_model, settings, stage="generate"),
        device=settings.device,
        precision=settings.precision,
        batch=settings.neural_batch,
        reference=settings.acestep_reference,
    )
