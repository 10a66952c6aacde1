"""A language model that is asked, some in pictures and sound, too, and answers in a given form.

Two backends that name the same model share its weights: `borrow` loads it for the first, `give_back` lets it
go after the last.
"""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from immersivaudio.models.grammar import JsonGrammar
from immersivaudio.models.input_processors import GemmaReader, PictureReader, Question, Reader, TextReader
from immersivaudio.models.loading import opening
from immersivaudio.models.memory import release

Form = TypeVar("Form", bound=BaseModel)

_LARGE = 4 << 30
"""Bytes of weights from which a processor keeps them in 16 bits, too: or they fill the machine."""


class Dialogue:
    """A loaded model. Asked by one thread at a time."""

    def __init__(self, path: Path, *, device: str, remote_code: bool, stage: str) -> None:
        from immersivaudio.models.device import choose, number_type

        where = choose(device, stage=stage)
        # local_files_only: whatever is asked for was pulled before, at a pinned commit.
        how: dict[str, Any] = {"local_files_only": True, "trust_remote_code": remote_code}
        with opening(path, stage=stage):
            import torch
            from transformers import (
                AutoConfig,
                AutoModelForCausalLM,
                AutoModelForImageTextToText,
                AutoTokenizer,
            )
            from transformers.models.auto.modeling_auto import MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING_NAMES

            config = AutoConfig.from_pretrained(path, **how)
            sees = remote_code or config.model_type in MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING_NAMES
            self._reader: Reader
            if config.model_type == "gemma4":
                self._reader = GemmaReader(path, config, AutoTokenizer.from_pretrained(path, **how), how)
            elif sees:
                self._reader = PictureReader(path, how)
            else:
                self._reader = TextReader(AutoTokenizer.from_pretrained(path, **how))
            large = sum(file.stat().st_size for file in path.glob("*.safetensors")) > _LARGE
            numbers = torch.bfloat16 if large and where == "cpu" else number_type(where)
            kind = AutoModelForImageTextToText if sees else AutoModelForCausalLM
            self._model = kind.from_pretrained(path, dtype=numbers, **how).eval().to(where)
            self._grammar = JsonGrammar(self._reader.tokenizer)
        # The model's own sampling settings mean nothing to a greedy answer.
        self._model.generation_config.update(do_sample=False, temperature=None, top_p=None, top_k=None)
        self._lock = threading.Lock()

    @property
    def hears(self) -> bool:
        """Whether it takes sound."""
        return self._reader.hears

    @property
    def watches(self) -> bool:
        """Whether it takes several pictures as a film."""
        return self._reader.watches

    def answer(self, questions: Sequence[Question], form: type[Form], longest: int) -> list[Form | None]:
        """Answer all questions in one batch, greedily: the same questions get the same answers.

        No answer can be anything but `form`'s; None where it is not complete after `longest` tokens.
        """
        import torch

        with self._lock, torch.inference_mode():
            inputs = self._reader.read(questions).to(self._model.device)
            for name, each in inputs.items():
                if each.is_floating_point():
                    inputs[name] = each.to(self._model.dtype)
            start = inputs["input_ids"].shape[1]
            out = self._model.generate(
                **inputs,
                do_sample=False,
                max_new_tokens=longest,
                eos_token_id=self._grammar.end,
                pad_token_id=self._reader.tokenizer.pad_token_id,
                logits_processor=[self._grammar.led(form, len(questions), start)],
            )
        said = self._reader.tokenizer.batch_decode(out[:, start:], skip_special_tokens=True)
        return [_read(text, form) for text in said]


def _read(text: str, form: type[Form]) -> Form | None:
    try:
        return form.model_validate_json(text)
    except ValidationError:
        return None


_LENT: dict[tuple[Path, str, bool], tuple[Dialogue, int]] = {}
_LENDING = threading.Lock()


def borrow(path: Path, *, device: str, stage: str, remote_code: bool = False) -> Dialogue:
    """Return the model in the folder `path`, loaded or as another backend holds it.

    Raises `BackendUnavailableError` where it cannot be loaded, in the name of `stage`.
    """
    key = (path, device, remote_code)
    with _LENDING:
        if key in _LENT:
            dialogue, users = _LENT[key]
        else:
            dialogue, users = Dialogue(path, device=device, remote_code=remote_code, stage=stage), 0
        _LENT[key] = dialogue, users + 1
        return dialogue


def give_back(dialogue: Dialogue | None) -> None:
    """Release a borrowed model; its memory is freed with the last borrower. None: do nothing."""
    with _LENDING:
        for key, (lent, users) in list(_LENT.items()):
            if lent is dialogue:
                if users > 1:
                    _LENT[key] = lent, users - 1
                else:
                    del _LENT[key]
    release()
