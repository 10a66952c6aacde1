"""Backend "llm": a small language model names the mood and writes the prompt; the rules do the plan.

The rules know where hits and sections are, and what words of their vocabulary mean; the model knows what
"like my grandmother's kitchen" sounds like. So a wish that the rules understand is theirs, any other is the
model's, and the prompt is the model's words followed by the rules' facts (tempo, key, instruments).
"""

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from immersivaudio import models, sheets
from immersivaudio.config import Settings
from immersivaudio.errors import BadSheetError
from immersivaudio.models.loading import LOCAL, opening
from immersivaudio.models.memory import in_halves, release
from immersivaudio.options import ScoreOptions
from immersivaudio.stages.enhance import wishes, writing
from immersivaudio.stages.enhance.rules import RulesEnhancer
from immersivaudio.stages.enhance.writing import Talk, Writing
from immersivaudio.values import CueSheet, Description, Detection, Footage

NO_ANSWER = "the language model gave no usable answer: the rules wrote the prompt"
_TOKENS = 160
"""Of an answer."""
_SHOTS = 12
"""Descriptions that are passed on: the clip's, then those of shots, evenly chosen."""


class LlmEnhancer:
    """Rules with a writer. The model is loaded at the first sheet, and kept."""

    name = "llm"

    def __init__(self, path: Path, *, device: str = "auto") -> None:
        """`path` is a folder with an instruct model and its tokenizer in transformers' format."""
        self._path, self._device = path, device
        self._rules = RulesEnhancer()
        self._loaded: tuple[Any, Any] | None = None
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
        written = self._write(writing.opening(_spread(seen), labels, request.mood))
        asked = _asked(request, written)
        return _dressed(self._rules.enhance(footage, detections, descriptions, asked), written)

    def remix(self, sheet: CueSheet, request: ScoreOptions) -> CueSheet:
        """As the rules do; a wish they do not understand is put into words that they do."""
        if not request.mood.strip():
            return self._rules.remix(sheet, request)
        written = self._write(writing.opening([sheet.scene], [], request.mood))
        return _dressed(self._rules.remix(sheet, _asked(request, written)), written)

    def close(self) -> None:
        """Give the model's memory back."""
        self._loaded = None
        release()

    def _write(self, talk: Talk) -> Writing | None:
        """Ask, and once more if the answer cannot be used."""
        with self._lock:
            answer = self._say(talk)
            written, wrong = writing.accepted(answer)
            if written is None:
                written, _ = writing.accepted(self._say(writing.complaint(talk, answer, wrong)))
        return written

    def _say(self, talk: Talk) -> str:
        """Return the model's answer, greedily: the same talk gives the same answer."""
        return in_halves(self._answers, [talk], batch=1, stage="enhance")[0]

    def _answers(self, talks: Sequence[Talk]) -> Sequence[str]:
        import torch

        model, tokenizer = self._model()
        told = tokenizer.apply_chat_template(
            list(talks), add_generation_prompt=True, return_tensors="pt", return_dict=True
        ).to(model.device)
        with torch.inference_mode():
            out = model.generate(
                **told, do_sample=False, max_new_tokens=_TOKENS, pad_token_id=tokenizer.pad_token_id
            )
        said: list[str] = tokenizer.batch_decode(out[:, told.input_ids.shape[1] :], skip_special_tokens=True)
        return said

    def _model(self) -> tuple[Any, Any]:
        if self._loaded is None:
            from immersivaudio.models.device import choose, number_type

            device = choose(self._device, stage="enhance")
            with opening(self._path, stage="enhance"):
                from transformers import AutoModelForCausalLM, AutoTokenizer

                tokenizer = AutoTokenizer.from_pretrained(self._path, **LOCAL)
                model = AutoModelForCausalLM.from_pretrained(self._path, dtype=number_type(device), **LOCAL)
                # The model's own sampling settings mean nothing to a greedy answer.
                model.generation_config.update(do_sample=False, temperature=None, top_p=None, top_k=None)
                self._loaded = model.eval().to(device), tokenizer
        return self._loaded


def _asked(request: ScoreOptions, written: Writing | None) -> ScoreOptions:
    """Return the request as the rules should read it."""
    if written is None or wishes.read(request.mood).understood:
        return request
    return replace(request, mood=written.mood)


def _dressed(sheet: CueSheet, written: Writing | None) -> CueSheet:
    """Return the sheet with the model's words before the rules' facts, if it is still a sheet then."""
    if written is None:
        return replace(sheet, notes=(*sheet.notes, NO_ANSWER))
    dressed = replace(
        sheet,
        prompt=f"{written.prompt}, {sheet.prompt}",
        cues=tuple(replace(cue, prompt=f"{written.prompt}, {cue.prompt}") for cue in sheet.cues),
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
