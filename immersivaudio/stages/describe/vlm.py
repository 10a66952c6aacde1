"""Backend "vlm": scene, action and mood by a vision-language model, beside what was measured.

A model sees one picture: it cannot see motion, nor how fast a film is cut. So feeling is half measured
("visual") and half what the model names. The mood is chosen from a closed list, so that any model gives one.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from immersivaudio import models
from immersivaudio.config import Settings
from immersivaudio.errors import BadSettingError
from immersivaudio.models.memory import in_halves, release
from immersivaudio.situations import UNREAD
from immersivaudio.stages import Progress
from immersivaudio.stages.describe.answers import scenes, sentence
from immersivaudio.stages.describe.seer import Seer
from immersivaudio.stages.describe.visual import VisualDescriber
from immersivaudio.terms import Feeling
from immersivaudio.values import Description, Detection, Footage, Image, Selection

MOODS: Mapping[str, Feeling] = {
    "joyful": Feeling(0.9, 0.5),
    "playful": Feeling(0.7, 0.4),
    "energetic": Feeling(0.5, 0.8),
    "triumphant": Feeling(0.8, 0.8),
    "hopeful": Feeling(0.6, 0.1),
    "romantic": Feeling(0.7, 0.0),
    "calm": Feeling(0.5, -0.7),
    "dreamy": Feeling(0.4, -0.5),
    "nostalgic": Feeling(0.2, -0.4),
    "mysterious": Feeling(-0.1, 0.0),
    "serious": Feeling(-0.1, 0.0),
    "melancholic": Feeling(-0.5, -0.4),
    "sad": Feeling(-0.7, -0.4),
    "lonely": Feeling(-0.6, -0.4),
    "dark": Feeling(-0.6, 0.1),
    "tense": Feeling(-0.5, 0.6),
    "scary": Feeling(-0.8, 0.7),
    "dramatic": Feeling(-0.1, 0.7),
    "epic": Feeling(0.3, 0.8),
}
"""The moods that a model may choose from: whatever it is, its answer is one of them. Places after Russell's
circumplex (1980), as in the enhancer's vocabulary, which knows all of these words."""
_SCENE = "Say in one short sentence what this picture shows and where it is."
_ACTION = "Say in one short sentence what is happening in this picture."
_MOOD = f"Which one word names the mood of this picture best? {', '.join(MOODS)}."
_WORDS = 32
"""Tokens of an answer."""
_AGREES = 0.5
"""Valence by which the model may differ before what was read off the things in the picture is dropped."""
_SHARE = 0.5
"""What the model's mood counts against what was measured."""


class VlmDescriber:
    """Asks a model about one picture a shot, several at once. Loaded at the first clip, and kept."""

    name = "vlm"

    def __init__(
        self, path: Path, *, device: str = "auto", batch: int = 8, remote_code: bool = False
    ) -> None:
        """`path` is a folder with a model and its processor in transformers' format.

        `remote_code` lets the model run code of its own repository: only for one that you have read.
        """
        self._path, self._device = path, device
        self._batch, self._remote = batch, remote_code
        self._seer: Seer | None = None
        self._measured = VisualDescriber()
        self._lock = threading.Lock()

    def describe(
        self, footage: Footage, selection: Selection, detections: Sequence[Detection], progress: Progress
    ) -> tuple[Description, ...]:
        """Describe the clip, then its shots in order, greedily: the same pictures give the same words.

        Raises `BackendUnavailableError` without weights, GPU or memory.
        """
        measured = self._measured.describe(footage, selection, detections, lambda done: progress(0.2 * done))
        chosen = (selection.clip, *selection.shots)
        pictures = [footage.frames[index].image for index in dict.fromkeys(chosen)]
        with self._lock:
            answers = in_halves(
                self._ask,
                pictures,
                batch=self._batch,
                stage="describe",
                told=lambda done: progress(0.2 + 0.8 * done / len(pictures)),
            )
        said = dict(zip(dict.fromkeys(chosen), answers, strict=True))
        return tuple(_merged(one, *said[index]) for one, index in zip(measured, chosen, strict=True))

    def close(self) -> None:
        """Give the model's memory back."""
        self._seer = None
        release()

    def _ask(self, pictures: Sequence[Image]) -> Sequence[tuple[str, str, str]]:
        """Return (scene, action, mood) of every picture."""
        if self._seer is None:
            self._seer = Seer(self._path, device=self._device, remote_code=self._remote)
        told = self._seer.ask(
            [*pictures, *pictures], [_SCENE] * len(pictures) + [_ACTION] * len(pictures), _WORDS
        )
        moods = self._seer.choose(pictures, _MOOD, tuple(MOODS))
        return list(zip(told[: len(pictures)], told[len(pictures) :], moods, strict=True))


def _merged(measured: Description, scene: str, action: str, mood: str) -> Description:
    """Put the model's words beside the measurements."""
    valence, arousal = MOODS[mood]
    text = sentence((scene, action)) or f"A {mood} picture."
    return replace(
        measured,
        text=text,
        telling=None,
        reading=measured.reading if abs(valence - measured.valence) <= _AGREES else UNREAD,
        valence=round(_SHARE * valence + (1 - _SHARE) * measured.valence, 3),
        arousal=round(_SHARE * arousal + (1 - _SHARE) * measured.arousal, 3),
        scenes=tuple(dict.fromkeys((*scenes(f"{scene} {action}"), *measured.scenes))),
    )


def build(settings: Settings) -> VlmDescriber:
    """For the registry."""
    if settings.vlm_remote_code and "@" not in settings.vlm_model:
        raise BadSettingError(
            "code from a model's repository is run only at a pinned commit",
            "set IMMERSIVAUDIO_VLM_MODEL=owner/name@commit",
            stage="describe",
        )
    return VlmDescriber(
        models.locate(settings.vlm_model, settings, stage="describe"),
        device=settings.device,
        batch=settings.neural_batch,
        remote_code=settings.vlm_remote_code,
    )
