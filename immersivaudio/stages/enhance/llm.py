"""Backend "llm": a small language model names the mood and writes the prompt; the rules do the plan.

The rules know where hits and sections are, and what words of their vocabulary mean; the model knows what
"like my grandmother's kitchen" sounds like. So a wish that the rules understand is theirs, any other is the
model's, and the prompt is the model's words followed by the rules' facts (tempo, key, instruments).
"""

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from immersivaudio import models, sheets
from immersivaudio.config import Settings
from immersivaudio.errors import BadSheetError
from immersivaudio.models import chat_model
from immersivaudio.models.chat_model import Dialogue
from immersivaudio.models.input_processors import Question
from immersivaudio.models.memory import in_halves
from immersivaudio.options import ScoreOptions
from immersivaudio.stages.enhance import llm_prompt, remixing, wishes
from immersivaudio.stages.enhance.llm_prompt import Writing
from immersivaudio.stages.enhance.rules import RulesEnhancer
from immersivaudio.values import CueSheet, Description, Detection, Footage

NO_ANSWER = "the language model gave no usable answer: the rules wrote the prompt"
_TOKENS = 300
"""Of an answer; its form keeps it shorter."""
_SHOTS = 12
"""Descriptions that are passed on: the clip's, then those of shots, evenly chosen."""


class LlmEnhancer:
    """Rules with a writer. The model is loaded at the first sheet, and kept."""

    name = "llm"

    def __init__(self, path: Path, *, device: str = "auto") -> None:
        """`path` is a folder with an instruct model and its tokenizer in transformers' format; one that sees
        will do.
        """
        self._path, self._device = path, device
        self._rules = RulesEnhancer()
        self._model: Dialogue | None = None
        self._lock = threading.Lock()

    def enhance(
        self,
        footage: Footage,
        detections: Sequence[Detection],
        descriptions: Sequence[Description],
        request: ScoreOptions,
    ) -> CueSheet:
        """Plan by the rules, with the model's mood where the rules have none, and the model's prompt."""
        seen = [one.text for one in descriptions]
        labels = sorted({one.label for one in detections})
        written = self._write(llm_prompt.question(_spread(seen), labels, request.mood))
        asked, wish = _asked(request, written)
        return _dressed(self._rules.plan(footage, detections, descriptions, asked, wish), written)

    def remix(self, sheet: CueSheet, request: ScoreOptions) -> CueSheet:
        """As the rules do; a wish they do not understand is put into words that they do."""
        if not request.mood.strip():
            return self._rules.remix(sheet, request)
        written = self._write(llm_prompt.question([sheet.scene], [], request.mood))
        return _dressed(remixing.remix(sheet, *_asked(request, written)), written)

    def close(self) -> None:
        """Give the model back."""
        held, self._model = self._model, None
        chat_model.give_back(held)

    def _write(self, asked: Question) -> Writing | None:
        """Ask, greedily: the same question gives the same answer."""
        with self._lock:
            if self._model is None:
                self._model = chat_model.borrow(self._path, device=self._device, stage="enhance")
            model = self._model
            return in_halves(
                lambda some: model.answer(some, Writing, _TOKENS), [asked], batch=1, stage="enhance"
            )[0]


def _asked(request: ScoreOptions, written: Writing | None) -> tuple[ScoreOptions, wishes.Wish]:
    """Return the request as the rules should read it, and what they read in its mood."""
    wish = wishes.read(request.mood)
    if written is None or wish.understood:
        return request, wish
    return replace(request, mood=written.mood), wishes.read(written.mood)


def _dressed(sheet: CueSheet, written: Writing | None) -> CueSheet:
    """Return the sheet with the model's words before the rules' facts, if it is still a sheet then."""
    if written is None:
        return replace(sheet, notes=(*sheet.notes, NO_ANSWER))
    dressed = replace(
        sheet,
        prompt=f"{written.words}, {sheet.prompt}",
        cues=tuple(replace(cue, prompt=f"{written.words}, {cue.prompt}") for cue in sheet.cues),
    )
    try:
        return sheets.load(sheets.dump(dressed))
    except BadSheetError:
        return replace(sheet, notes=(*sheet.notes, NO_ANSWER))


def _spread(texts: Sequence[str]) -> list[str]:
    if len(texts) <= _SHOTS:
        return list(texts)
    return [texts[round(place * (len(texts) - 1) / (_SHOTS - 1))] for place in range(_SHOTS)]


def build(settings: Settings) -> LlmEnhancer:
    """For the registry."""
    return LlmEnhancer(models.locate(settings.llm_model, settings, stage="enhance"), device=settings.device)
