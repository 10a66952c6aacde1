"""A vision-language model that answers questions about pictures."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from immersivaudio.models.loading import opening
from immersivaudio.values import Image

_SMALLEST = 28
"""px: what the processors of all these models can take."""


class Seer:
    """A loaded model of transformers' image-text-to-text kind (SmolVLM, Qwen-VL, LLaVA, ...)."""

    def __init__(self, path: Path, *, device: str, remote_code: bool) -> None:
        from immersivaudio.models.device import choose, number_type

        where = choose(device, stage="describe")
        # local_files_only: whatever is asked for was pulled before, at a pinned commit.
        how: dict[str, Any] = {"local_files_only": True, "trust_remote_code": remote_code}
        with opening(path, stage="describe"):
            from transformers import AutoModelForImageTextToText, AutoProcessor

            self._processor = AutoProcessor.from_pretrained(path, **how)
            self._processor.tokenizer.padding_side = "left"
            model = AutoModelForImageTextToText.from_pretrained(path, dtype=number_type(where), **how)
            self._model = model.eval().to(where)

    def ask(self, pictures: Sequence[Image], questions: Sequence[str], words: int) -> list[str]:
        """Return an answer of at most `words` tokens to each question about its picture, all in one batch."""
        return self._generate(pictures, questions, max_new_tokens=words)

    def choose(self, pictures: Sequence[Image], question: str, choices: Sequence[str]) -> list[str]:
        """Return which of `choices` the model answers about every picture: no other answer can be given."""
        tokenizer = self._processor.tokenizer
        ids = [tokenizer(f" {choice}", add_special_tokens=False).input_ids for choice in choices]
        end = tokenizer.eos_token_id
        start = 0

        def allowed(_row: int, tokens: Any) -> list[int]:
            said = tokens[start:].tolist()
            following = {one[len(said)] for one in ids if one[: len(said)] == said and len(one) > len(said)}
            return sorted(following | ({end} if said in ids else set())) or [end]

        inputs = self._inputs(pictures, [question] * len(pictures))
        start = inputs["input_ids"].shape[1]
        said = self._run(inputs, max_new_tokens=max(map(len, ids)) + 1, prefix_allowed_tokens_fn=allowed)
        return [self._nearest(one, choices, ids) for one in said]

    def _nearest(self, tokens: list[int], choices: Sequence[str], ids: Sequence[list[int]]) -> str:
        """Return the choice that was spelt."""
        spelt = [one for one in tokens if one != self._processor.tokenizer.eos_token_id]
        return max(
            zip(choices, ids, strict=True), key=lambda pair: (pair[1] == spelt[: len(pair[1])], len(pair[1]))
        )[0]

    def _generate(self, pictures: Sequence[Image], questions: Sequence[str], **how: Any) -> list[str]:
        said = self._run(self._inputs(pictures, questions), **how)
        texts: list[str] = self._processor.tokenizer.batch_decode(said, skip_special_tokens=True)
        return texts

    def _run(self, inputs: Any, **how: Any) -> list[list[int]]:
        import torch

        with torch.inference_mode():
            out = self._model.generate(**inputs, do_sample=False, **how)
        said: list[list[int]] = out[:, inputs["input_ids"].shape[1] :].tolist()
        return said

    def _inputs(self, pictures: Sequence[Image], questions: Sequence[str]) -> Any:
        talks = [
            [{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": question}]}]
            for question in questions
        ]
        texts = [self._processor.apply_chat_template(talk, add_generation_prompt=True) for talk in talks]
        images = [[_usable(picture)] for picture in pictures]
        found = self._processor(text=texts, images=images, padding=True, return_tensors="pt")
        return found.to(self._model.device, self._model.dtype)


def _usable(picture: Image) -> Any:
    """Return a picture as Pillow's, large enough and not too long for a processor."""
    from PIL import Image as Pillow

    height, width = picture.shape[:2]
    least = max(_SMALLEST, max(height, width) // 20)
    image = Pillow.fromarray(np.ascontiguousarray(picture))
    return image.resize((max(width, least), max(height, least))) if min(height, width) < least else image
