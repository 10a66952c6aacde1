"""Detectors of transformers that answer with a list of things (DETR's kind): several pictures at once."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from immersivaudio.models.loading import LOCAL, opening
from immersivaudio.stages.detect.batch_detector import BatchDetector, Things
from immersivaudio.values import Box, Frame

_NAMES = {
    "aeroplane": "airplane",
    "diningtable": "dining table",
    "motorbike": "motorcycle",
    "pottedplant": "potted plant",
    "sofa": "couch",
    "tvmonitor": "tv",
}
"""Classes that some weights call by their names of Pascal VOC."""
_NOTHING = ("n/a", "background", "")


class QueryDetector(BatchDetector):
    """A detector of transformers: `path` is a folder with the model and its preprocessor_config.json."""

    kind: ClassVar[tuple[str, ...]] = ()
    """The `model_type`s it reads."""

    def _load(self) -> None:
        from immersivaudio.models.device import choose, number_type

        where = choose(self._device, stage="detect")
        with opening(self._path, stage="detect"):
            from transformers import AutoModelForObjectDetection

            model = AutoModelForObjectDetection.from_pretrained(self._path, dtype=number_type(where), **LOCAL)
            if model.config.model_type not in self.kind:
                raise ValueError(f"a model of kind {model.config.model_type}")
            self._prepare(self._path)
            self._labels = {
                number: _NAMES.get(word, word)
                for number, label in model.config.id2label.items()
                if (word := label.strip().lower()) not in _NOTHING
            }
            self._model = model.eval().to(where)

    def _prepare(self, path: Path) -> None:
        """Read how pictures are made ready, from the model's folder."""
        raise NotImplementedError

    def _pixels(self, frames: Sequence[Frame]) -> Any:
        """Return the pictures as the model wants them, a tensor (pictures, 3, height, width)."""
        raise NotImplementedError

    def _look(self, frames: Sequence[Frame]) -> Sequence[Things]:
        import torch

        with torch.inference_mode():
            pixels = self._pixels(frames).to(self._model.device, self._model.dtype)
            out = self._model(pixel_values=pixels)
            scores = out.logits.float().sigmoid()
            queries, classes = scores.shape[1:]
            best, places = scores.flatten(1).topk(min(queries, scores[0].numel()))
            boxes = out.pred_boxes.float().cpu().numpy()
        return [
            self._things(sure, place, box, classes)
            for sure, place, box in zip(best.cpu().numpy(), places.cpu().numpy(), boxes, strict=True)
        ]

    def _things(self, scores: np.ndarray, places: np.ndarray, boxes: np.ndarray, classes: int) -> Things:
        """Return (label, confidence, box) of everything in one picture, the most certain first.

        `places` count through (query, class); `boxes` are centre and size of every query.
        """
        found = []
        for score, place in zip(scores, places, strict=True):
            query, label = divmod(int(place), classes)
            if score < self._confidence or label not in self._labels:
                continue
            x, y, width, height = map(float, boxes[query])
            left, right = np.clip((x - width / 2, x + width / 2), 0.0, 1.0)
            top, bottom = np.clip((y - height / 2, y + height / 2), 0.0, 1.0)
            if left < right and top < bottom:
                box = Box(float(left), float(top), float(right), float(bottom))
                found.append((self._labels[label], float(score), box))
        return found
