"""From questions to what a model takes: words, pictures and sound as batches of tensors.

transformers has a processor for that, but Gemma 4's cannot be made without torchvision (its video processor
needs it), which does not load beside every torch. So Gemma's layout is written here, from the same image
processor and feature extractor that its processor holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from immersivaudio.values import Image

HEARING = 16_000
"""Hz of the sound of a question."""
_SMALLEST = 28
"""px: what the processors of all these models can take."""
_FRAME_TOKENS = 70
"""Tokens of a picture in a film: what Gemma 4's video processor gives each."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question about one stretch of film, or about words alone."""

    task: str
    """What to do: ours, never the user's words."""
    text: str
    pictures: tuple[Image, ...] = field(default=(), repr=False)
    """In order; a model that takes one only is shown the middle one."""
    times: tuple[float, ...] = ()
    """s of each picture, from the beginning of the stretch."""
    sound: NDArray[np.float32] | None = field(default=None, repr=False)
    """Of the stretch, mono at `HEARING`; for models that hear."""

    @property
    def middle(self) -> Image | None:
        """The picture for a model that takes one."""
        return self.pictures[len(self.pictures) // 2] if self.pictures else None


class Reader(Protocol):
    """Makes inputs of one kind of model."""

    tokenizer: Any
    hears: bool
    watches: bool
    """Whether it takes several pictures as a film."""

    def read(self, questions: Sequence[Question]) -> Any:
        """Return the arguments of `generate` for all questions as one batch, padded on the left."""
        ...


class GemmaReader:
    """Gemma 4: films as frames with their times, and sound."""

    watches = True

    def __init__(self, path: Path, config: Any, tokenizer: Any, how: dict[str, Any]) -> None:
        """`config` names the tokens that stand for pictures and sound."""
        from transformers import AutoFeatureExtractor
        from transformers.models.gemma4.image_processing_pil_gemma4 import Gemma4ImageProcessorPil

        self.tokenizer, self._config = tokenizer, config
        self.hears = config.audio_config is not None  # the larger ones are deaf
        self._frames = Gemma4ImageProcessorPil.from_pretrained(path, **how)
        self._sounds = AutoFeatureExtractor.from_pretrained(path, **how) if self.hears else None

    def read(self, questions: Sequence[Question]) -> Any:
        """As the processor does: "00:03 <frame>" for every picture, then the sound."""
        import torch
        from transformers import BatchFeature

        films, inputs = self._films(questions)
        sounds, heard = self._sounded(questions)
        texts = [
            _chat(self.tokenizer, one.task, "\n".join(part for part in (film, sound, one.text) if part))
            for one, film, sound in zip(questions, films, sounds, strict=True)
        ]
        words = self.tokenizer(
            texts, padding=True, padding_side="left", add_special_tokens=False, return_tensors="pt"
        )
        ids = words["input_ids"]
        kinds = torch.zeros_like(ids)
        kinds[ids == self._config.video_token_id] = 2
        kinds[ids == self._config.audio_token_id] = 3
        mask = words["attention_mask"]
        return BatchFeature(
            {"input_ids": ids, "attention_mask": mask, "mm_token_type_ids": kinds, **inputs, **heard}
        )

    def _films(self, questions: Sequence[Question]) -> tuple[list[str], dict[str, Any]]:
        """Return the words that stand for each question's pictures, and the pictures of all."""
        import torch

        shown = [_usable(picture) for one in questions for picture in one.pictures]
        if not shown:
            return [""] * len(questions), {}
        made = self._frames(shown, max_soft_tokens=_FRAME_TOKENS, return_tensors="pt")
        counts = iter(made["num_soft_tokens_per_image"].tolist())
        texts = [
            " ".join(
                f"{_clock(time)} {self._stands('boi', 'video', next(counts), 'eoi')}" for time in one.times
            )
            for one in questions
        ]
        return texts, {
            "pixel_values_videos": made["pixel_values"],
            "video_position_ids": made["image_position_ids"],
            "num_frames_per_video": torch.tensor([len(one.pictures) for one in questions if one.pictures]),
        }

    def _sounded(self, questions: Sequence[Question]) -> tuple[list[str], dict[str, Any]]:
        """The same of their sound."""
        sounds = [one.sound for one in questions if one.sound is not None]
        if self._sounds is None or not sounds:
            return [""] * len(questions), {}
        made = self._sounds(sounds, sampling_rate=HEARING, return_tensors="pt")
        # The encoder halves the number of frames twice.
        counts = iter([int(mask[::2][::2].sum()) for mask in made["input_features_mask"]])
        texts = [
            self._stands("boa", "audio", next(counts), "eoa") if one.sound is not None else ""
            for one in questions
        ]
        return texts, dict(made)

    def _stands(self, opening: str, kind: str, count: int, closing: str) -> str:
        """Return `count` placeholders between their marks."""
        names = (f"{opening}_token_id", f"{kind}_token_id", f"{closing}_token_id")
        ids = [getattr(self._config, name, None) for name in names]
        if ids[2] is None:
            ids[2] = self._config.eoa_token_index  # so named in the released configuration
        first, each, last = self.tokenizer.convert_ids_to_tokens(ids)
        return f"{first}{each * count}{last}"


class PictureReader:
    """Any other model of transformers' image-text-to-text kind (SmolVLM, LLaVA, ...): one picture."""

    watches = hears = False

    def __init__(self, path: Path, how: dict[str, Any]) -> None:
        from transformers import AutoProcessor

        self._processor = AutoProcessor.from_pretrained(path, **how)
        self.tokenizer = self._processor.tokenizer
        self.tokenizer.padding_side = "left"

    def read(self, questions: Sequence[Question]) -> Any:
        """Task and text are one turn of the user's: few of these models were taught another."""
        shown = [one.middle for one in questions]
        texts = []
        for one, picture in zip(questions, shown, strict=True):
            content: list[dict[str, str]] = [{"type": "image"}] if picture is not None else []
            content.append({"type": "text", "text": f"{one.task}\n{one.text}"})
            talk = [{"role": "user", "content": content}]
            texts.append(self._processor.apply_chat_template(talk, add_generation_prompt=True))
        images = [[_usable(picture)] for picture in shown if picture is not None] or None
        return self._processor(text=texts, images=images, padding=True, return_tensors="pt")


class TextReader:
    """A language model: words alone."""

    watches = hears = False

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer

    def read(self, questions: Sequence[Question]) -> Any:
        """Pictures and sound are left out."""
        texts = [_chat(self.tokenizer, one.task, one.text) for one in questions]
        return self.tokenizer(
            texts, padding=True, padding_side="left", add_special_tokens=False, return_tensors="pt"
        )


def _clock(time: float) -> str:
    return f"{int(time // 60):02d}:{int(time % 60):02d}"


def _chat(tokenizer: Any, task: str, text: str) -> str:
    talk = [{"role": "system", "content": task}, {"role": "user", "content": text}]
    told: str = tokenizer.apply_chat_template(talk, add_generation_prompt=True, tokenize=False)
    return told


def _usable(picture: Image) -> Any:
    """Return a picture as Pillow's, large enough and not too long for a processor."""
    from PIL import Image as Pillow

    height, width = picture.shape[:2]
    least = max(_SMALLEST, max(height, width) // 20)
    image = Pillow.fromarray(np.ascontiguousarray(picture))
    return image.resize((max(width, least), max(height, least))) if min(height, width) < least else image
