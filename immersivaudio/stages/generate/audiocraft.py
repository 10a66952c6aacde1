"""Backend "audiocraft": MusicGen by audiocraft, in an environment of its own (requirements/audiocraft.txt).

The same performance as "musicgen", and the way to checkpoints that only audiocraft reads. Weights: CC-BY-NC.
"""

from pathlib import Path

from immersivaudio import models
from immersivaudio.config import Settings, at_home
from immersivaudio.soundfonts import chosen
from immersivaudio.stages.generate.neural.engine import Engine
from immersivaudio.stages.generate.neural.player import SectionPlayer

_DEBUG = "debug"


class AudiocraftMusicGen(SectionPlayer):
    """A text-to-music model of audiocraft that plays a cue sheet. Loaded at the first sheet, and kept.

    One sheet at a time: audiocraft draws the chance of a whole batch from one stream, so a sheet's music
    would hang on whose it was made beside.
    """

    name = "audiocraft"

    def __init__(
        self,
        path: Path | None,
        *,
        shelf: Path,
        device: str = "auto",
        batch: int = 8,
        soundfont: Path | None = None,
    ) -> None:
        """`path` is a folder with state_dict.bin and compression_state_dict.bin; None is audiocraft's debug
        model.

        `shelf` is the folder of pulled models, in which the T5 that reads prompts is looked for.
        """
        super().__init__(device=device, batch=batch, soundfont=soundfont)
        self._weights, self._shelf = path, shelf

    def _load(self) -> Engine:
        from immersivaudio.models.device import choose
        from immersivaudio.stages.generate.neural.audiocraft import CraftVoice

        return CraftVoice(
            "MusicGen",
            self._weights,
            models=self._shelf,
            device=choose(self._device, stage="generate"),
            batch=self._batch,
            stage="generate",
        )


def build(settings: Settings) -> AudiocraftMusicGen:
    """For the registry."""
    name = settings.audiocraft_model
    return AudiocraftMusicGen(
        None if name == _DEBUG else models.locate(name, settings, stage="generate"),
        shelf=at_home(settings.models, "IMMERSIVAUDIO_MODELS"),
        device=settings.device,
        batch=settings.neural_batch,
        soundfont=chosen(settings),
    )
