"""Backend "yolo": 80 kinds of things by ultralytics' YOLO. The package and its weights are AGPL-3.0."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from immersivaudio import models
from immersivaudio.config import Settings
from immersivaudio.models.loading import opening
from immersivaudio.stages.detect.batch_detector import BatchDetector, Things
from immersivaudio.values import Box, Frame


class YoloDetector(BatchDetector):
    """A .pt file of ultralytics: a pickle, so load only one that you trust."""

    name = "yolo"

    def __init__(
        self, path: Path, *, confidence: float = 0.35, device: str = "auto", batch: int = 8, size: int = 640
    ) -> None:
        """Pictures are looked at with a longer side of `size` px."""
        super().__init__(path, confidence=confidence, device=device, batch=batch)
        self._size, self._where = size, ""

    def _load(self) -> None:
        # On import, ultralytics asks the network whether it is there; it need not know.
        os.environ.setdefault("YOLO_OFFLINE", "true")
        from immersivaudio.models.device import choose

        self._where = choose(self._device, stage="detect")
        with opening(self._path, stage="detect"):
            from ultralytics import YOLO

            self._model = YOLO(self._path, task="detect", verbose=False)
            self._predictor = _predictor()

    def _look(self, frames: Sequence[Frame]) -> Sequence[Things]:
        # Its convention is OpenCV's: blue first.
        pictures = [np.ascontiguousarray(frame.image[..., ::-1]) for frame in frames]
        results = self._model.predict(
            pictures,
            conf=self._confidence,
            imgsz=self._size,
            batch=len(pictures),
            predictor=self._predictor,
            device=self._where,
            save=False,
            verbose=False,
        )
        return [_things(result) for result in results]


def _predictor() -> Any:
    """Return a predictor that suppresses the overlapping boxes of one picture at a time.

    ultralytics 8.4 ends this step 2 s + 0.05 s a picture after it began, by the clock: on a busy machine the
    last pictures of a batch came back empty, with nothing but a warning in a log. A single picture is always
    finished.
    """
    from ultralytics.models.yolo.detect import DetectionPredictor

    class OneByOne(DetectionPredictor):  # type: ignore[misc]  # a class of a library without types
        def postprocess(self, preds: Any, img: Any, orig_imgs: Any, **kwargs: Any) -> list[Any]:
            found = preds[0] if isinstance(preds, list | tuple) else preds
            results: list[Any] = []
            for n in range(len(found)):
                one = slice(n, n + 1)
                results += super().postprocess(found[one], img[one], orig_imgs[one], **kwargs)
            return results

    return OneByOne


def _things(result: Any) -> Things:
    """Return everything in one picture."""
    boxes = result.boxes.cpu().numpy()
    corners = np.clip(boxes.xyxyn, 0.0, 1.0)
    things = [
        (str(result.names[int(kind)]), float(confidence), Box(*map(float, corner)))
        for kind, confidence, corner in zip(boxes.cls, boxes.conf, corners, strict=True)
    ]
    return sorted(things, key=lambda thing: -thing[1])


def build(settings: Settings) -> YoloDetector:
    """For the registry."""
    return YoloDetector(
        models.locate(settings.yolo_model, settings, stage="detect"),
        confidence=settings.yolo_confidence,
        device=settings.device,
        batch=settings.neural_batch,
    )
