"""Backend "hybrid": ACE-Step's music with the composer's accents and ending. Weights: MIT."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import soundfile

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.config import Settings
from immersivaudio.progress import part
from immersivaudio.soundfonts import chosen
from immersivaudio.stages import Progress
from immersivaudio.stages.generate import acestep
from immersivaudio.stages.generate.acestep import AceStep
from immersivaudio.stages.generate.composer import Composer
from immersivaudio.stages.generate.neural.blending import blended
from immersivaudio.stages.generate.neural.shaping import settled
from immersivaudio.values import CueSheet, Soundtrack

_COMPOSING = 0.15
"""Share of the work that is done when the composer has played."""


class Hybrid:
    """The model for timbre, the composer for what must land. One sheet at a time."""

    name = "hybrid"

    def __init__(self, model: AceStep, composer: Composer) -> None:
        self._model, self._composer = model, composer

    def generate(
        self, sheet: CueSheet, folder: Path, progress: Progress, *, stems: bool = False
    ) -> Soundtrack:
        """Write the music and, with `stems`, the bed and the accents, which sum to it.

        Raises `BackendUnavailableError` without weights, GPU, memory or a SoundFont.
        """
        progress(0.0)
        with TemporaryDirectory(prefix="immersivaudio-") as place:
            own, made = Path(place) / "composer", Path(place) / "model"
            own.mkdir()
            made.mkdir()
            played = self._composer.generate(sheet, own, part(progress, 0.0, _COMPOSING))
            score, _ = soundfile.read(played.path, dtype="float32", always_2d=True)
            track = self._model.generate_after(sheet, score, made, part(progress, _COMPOSING, 0.95))
            bed, _ = soundfile.read(track.path, dtype="float32", always_2d=True)
        parts = dict(zip(("bed", "accents"), settled(*blended(bed, score, sheet.hits)), strict=True))
        path = folder / "music.wav"
        soundfile.write(path, sum(parts.values(), np.zeros_like(bed)), SAMPLE_RATE, subtype="FLOAT")
        paths = {name: folder / f"{name}.wav" for name in parts} if stems else {}
        for name, place_ in paths.items():
            soundfile.write(place_, parts[name], SAMPLE_RATE, subtype="FLOAT")
        progress(1.0)
        return Soundtrack(path, self.name, played.hits, paths, notes=track.notes)

    def close(self) -> None:
        """Give the model's memory back."""
        self._model.close()
        self._composer.close()


def build(settings: Settings) -> Hybrid:
    """For the registry."""
    return Hybrid(acestep.build(settings), Composer(soundfont=chosen(settings)))
