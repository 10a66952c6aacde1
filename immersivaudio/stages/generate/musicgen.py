"""Backend "musicgen": MusicGen by transformers, made to fit the film. Weights: CC-BY-NC, not for commercial
use."""

from collections.abc import Sequence
from pathlib import Path

from immersivaudio import models
from immersivaudio.config import Settings
from immersivaudio.soundfonts import chosen
from immersivaudio.stages import Progress
from immersivaudio.stages.generate.neural.engine import Engine
from immersivaudio.stages.generate.neural.player import SectionPlayer
from immersivaudio.values import CueSheet, Soundtrack


class MusicGen(SectionPlayer):
    """A text-to-music model of transformers that plays cue sheets, several in one pass if there are."""

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
        """`path` is a folder with the model, its codec and its tokenizer in transformers' format."""
        super().__init__(device=device, batch=batch, soundfont=soundfont)
        self._path, self._precision = path, precision

    def generate_many(
        self,
        sheets: Sequence[CueSheet],
        folders: Sequence[Path],
        progress: Progress,
        *,
        stems: bool = False,
    ) -> tuple[Soundtrack, ...]:
        """Write the music of each sheet into its folder, made side by side: each sheet sounds as it does
        alone.

        Raises `BackendUnavailableError` without weights, GPU or memory.
        """
        return self._played(sheets, folders, progress, stems=stems)

    def _load(self) -> Engine:
        from immersivaudio.models.device import choose
        from immersivaudio.stages.generate.neural import musicgen
        from immersivaudio.stages.generate.neural.precision import choose_precision

        device = choose(self._device, stage="generate")
        precision = choose_precision(self._precision, device)
        return musicgen.load(self._path, device=device, precision=precision, batch=self._batch)


def build(settings: Settings) -> MusicGen:
    """For the registry."""
    return MusicGen(
        models.locate(settings.musicgen_model, settings, stage="generate"),
        device=settings.device,
        precision=settings.precision,
        batch=settings.neural_batch,
        soundfont=chosen(settings),
    )
