"""Backend "vlm": things, place, action and mood by a model that watches, beside what was measured.

Each shot is shown as a short film, with its sound to a model that hears, and the answer's form leaves it
nothing but words that the house knows and one sentence. How fast a film is cut and moves stays measured: so
feeling is half measured ("visual") and half what the model names.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from immersivaudio import models
from immersivaudio.config import Settings
from immersivaudio.errors import BadSettingError
from immersivaudio.media import decode_audio
from immersivaudio.models import chat_model
from immersivaudio.models.chat_model import Dialogue
from immersivaudio.models.input_processors import HEARING, Question
from immersivaudio.models.memory import in_halves
from immersivaudio.situations import UNREAD
from immersivaudio.stages import Progress
from immersivaudio.stages.describe.answers import (
    FIELDS,
    HEARD_FIELDS,
    MOODS,
    TASK,
    HeardAnswer,
    StretchAnswer,
    sentence,
)
from immersivaudio.stages.describe.visual import VisualDescriber
from immersivaudio.values import Clip, Description, Detection, Footage, Selection, Shot

_TOKENS = 320
"""Of an answer; its form keeps it shorter unless every letter is a token."""
_PICTURES = 8
"""Of a film that a model is shown; it is shown them with their times."""
_SOUND, _WHOLE_SOUND = 10, 30
"""s of a shot's sound and of the clip's that a model hears: 30 is the most that Gemma takes."""
_QUIET = 1e-4
"""RMS (-80 dBFS) under which nothing is heard."""
_AGREES = 0.5
"""Valence by which the model may differ before what was read off the things in the picture is dropped."""
_SHARE = 0.5
"""What the model's mood counts against what was measured."""
Mono = NDArray[np.float32]


class VlmDescriber:
    """Asks a model about every shot, several at once. Loaded at the first clip, and kept."""

    name = "vlm"

    def __init__(self, path: Path, settings: Settings) -> None:
        """`path` is a folder with a model and its processor in transformers' format."""
        self._path, self._settings = path, settings
        self._model: Dialogue | None = None
        self._measured = VisualDescriber()
        self._lock = threading.Lock()

    def describe(
        self, footage: Footage, selection: Selection, detections: Sequence[Detection], progress: Progress
    ) -> tuple[Description, ...]:
        """Describe the clip, then its shots in order, greedily: the same film gives the same words.

        Raises `BackendUnavailableError` without weights, GPU or memory.
        """
        with self._lock:
            answers = self._answers(footage, selection, lambda share: progress(0.8 * share))
        measured = self._measured.describe(
            footage,
            selection,
            detections,
            lambda share: progress(0.8 + 0.2 * share),
            named={shot: one.named() for shot, one in answers.items()},
        )
        return tuple(_merged(one, answers.get(one.shot)) for one in measured)

    def close(self) -> None:
        """Give the model back."""
        held, self._model = self._model, None
        chat_model.give_back(held)

    def _answers(
        self, footage: Footage, selection: Selection, progress: Progress
    ) -> Mapping[int | None, StretchAnswer]:
        """Return what the model says of the whole clip (None) and of each shot; a single shot is the clip."""
        model = self._held()
        sound = _heard(footage.clip, self._settings) if model.hears else None
        asked: dict[int | None, Question] = {None: _whole(footage, selection, sound, watches=model.watches)}
        if len(footage.shots) > 1:
            for shot, chosen in zip(footage.shots, selection.shots, strict=True):
                asked[shot.index] = _shown(footage, shot, chosen, sound, watches=model.watches)
        form = HeardAnswer if sound is not None else StretchAnswer
        said = in_halves(
            lambda some: model.answer(some, form, _TOKENS),
            tuple(asked.values()),
            batch=self._settings.neural_batch,
            stage="describe",
            told=lambda done: progress(done / len(asked)),
        )
        answers: dict[int | None, StretchAnswer] = {}
        for (place, question), one in zip(asked.items(), said, strict=True):
            if one is not None:
                answers[place] = one if question.sound is not None else one.only_seen()
        if len(footage.shots) == 1 and None in answers:
            answers[footage.shots[0].index] = answers[None]
        return answers

    def _held(self) -> Dialogue:
        if self._model is None:
            self._model = chat_model.borrow(
                self._path,
                device=self._settings.device,
                stage="describe",
                remote_code=self._settings.vlm_remote_code,
            )
        return self._model


def _heard(clip: Clip, settings: Settings) -> Mono | None:
    """Return the clip's own sound, mono at `HEARING`; None without."""
    blocks = [block.mean(axis=0) for block in decode_audio.own_sound(clip, settings, rate=HEARING)]
    return np.concatenate(blocks) if blocks else None


def _whole(footage: Footage, selection: Selection, sound: Mono | None, *, watches: bool) -> Question:
    frames = list(range(len(footage.frames))) if watches else [selection.clip]
    length = float(footage.clip.duration)
    part = _part(sound, 0.0, length, _WHOLE_SOUND)
    return _question(footage, frames, (0.0, length), part, hears=sound is not None)


def _shown(footage: Footage, shot: Shot, chosen: int, sound: Mono | None, *, watches: bool) -> Question:
    frames = [n for n, one in enumerate(footage.frames) if one.shot == shot.index] if watches else []
    span = (float(shot.start), float(shot.end))
    part = _part(sound, *span, _SOUND)
    return _question(footage, frames or [chosen], span, part, hears=sound is not None)


def _question(
    footage: Footage, frames: Sequence[int], span: tuple[float, float], sound: Mono | None, *, hears: bool
) -> Question:
    places = np.unique(np.linspace(0, len(frames) - 1, _PICTURES).round().astype(int))
    shown = [footage.frames[frames[place]] for place in places]
    return Question(
        TASK + FIELDS + (HEARD_FIELDS if hears else ""),
        f"{span[1] - span[0]:.0f} s of film{', in silence' if hears and sound is None else ''}.",
        tuple(one.image for one in shown),
        tuple(max(0.0, float(one.time) - span[0]) for one in shown),
        sound,
    )


def _part(sound: Mono | None, start: float, end: float, longest: float) -> Mono | None:
    """Return the beginning of a stretch's sound; None for silence, and for too little to hear anything."""
    if sound is None:
        return None
    part = sound[round(start * HEARING) : round(min(end, start + longest) * HEARING)]
    loud = len(part) >= HEARING // 10 and float(np.sqrt(np.mean(np.square(part)))) > _QUIET
    return np.ascontiguousarray(part) if loud else None


def _merged(measured: Description, answer: StretchAnswer | None) -> Description:
    """Put the model's words beside the measurements; without any, these stand alone."""
    if answer is None:
        return measured
    valence, arousal = MOODS[answer.mood]
    return replace(
        measured,
        text=sentence((answer.sentence, answer.sounds())) or f"A {answer.mood} picture.",
        telling=None,
        reading=measured.reading if abs(valence - measured.valence) <= _AGREES else UNREAD,
        valence=round(_SHARE * valence + (1 - _SHARE) * measured.valence, 3),
        arousal=round(_SHARE * arousal + (1 - _SHARE) * measured.arousal, 3),
    )


def build(settings: Settings) -> VlmDescriber:
    """For the registry."""
    if settings.vlm_remote_code and "@" not in settings.vlm_model:
        raise BadSettingError(
            "code from a model's repository is run only at a pinned commit",
            "set IMMERSIVAUDIO_VLM_MODEL=owner/name@commit",
            stage="describe",
        )
    return VlmDescriber(models.locate(settings.vlm_model, settings, stage="describe"), settings)
