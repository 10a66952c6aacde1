"""Backend "yolo": 80 kinds of things by ultralytics' YOLO. The package and its weights are AGPL-3.0."""

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from immersivaudio import models
from immersivaudio.config import Settings
from immersivaudio.models.loading import opening
from immersivaudio.models.memory import in_halves, release
from immersivaudio.stages import Progress
from immersivaudio.values import Box, Detection, Frame


class YoloDetector:
    """Finds what is in frames, several at once. The model is loaded at the first frames, and kept."""

    name = "yolo"

    def __init__(
        self, path: Path, *, confidence: float = 0.35, device: str = "auto", batch: int = 8, size: int = 640
    ) -> None:
        """`path` is a .pt file of ultralytics: a pickle, so load only one that you trust.

        Detections under `confidence` (0 to 1) are left out; pictures are looked at with a longer side of
        `size` px.
        """
        self._path, self._confidence = path, confidence
        self._device, self._batch, self._size = device, batch, size
        self._model: Any = None
        self._where = ""
        self._lock = threading.Lock()

    def detect(self, frames: Sequence[Frame], progress: Progress) -> tuple[Detection, ...]:
        """Label the frames: in their order, the most certain thing first.

        Raises `BackendUnavailableError` without weights, GPU or memory.
        """
        progress(0.0)
        with self._lock:
            self._load()
            found = in_halves(
                self._look,
                frames,
                batch=self._batch,
                stage="detect",
                told=lambda done: progress(done / len(frames)),
            )
        progress(1.0)
        return tuple(
            Detection(label, confidence, box, index)
            for index, things in enumerate(found)
            for label, confidence, box in sorted(things, key=lambda thing: -thing[1])
        )

    def close(self) -> None:
        """Give the model's memory back."""
        self._model = None
        release()

    def _load(self) -> None:
        if self._model is not None:
            return
        # On import, ultralytics asks the network whether it is there; it need not know.
        os.environ.setdefault("YOLO_OFFLINE", "true")
        from immersivaudio.models.device import choose

        self._where = choose(self._device, stage="detect")
        with opening(self._path, stage="detect"):
            from ultralytics import YOLO

            self._model = YOLO(self._path, task="detect", verbose=False)

    def _look(self, frames: Sequence[Frame]) -> Sequence[list[tuple[str, float, Box]]]:
        # Its convention is OpenCV's: blue first.
        pictures = [np.ascontiguousarray(frame.image[..., ::-1]) for frame in frames]
        results = self._model.predict(
            pictures,
            conf=self._confidence,
            imgsz=self._size,
            batch=len(pictures),
            device=self._where,
            save=False,
            verbose=False,
        )
        return [_things(result) for result in results]


def _things(result: Any) -> list[tuple[str, float, Box]]:
    """Return (label, confidence, box) of everything in one picture."""
    boxes = result.boxes.cpu().numpy()
    corners = np.clip(boxes.xyxyn, 0.0, 1.0)
    return [
        (str(result.names[int(kind)]), float(confidence), Box(*map(float, corner)))
        for kind, confidence, corner in zip(boxes.cls, boxes.conf, corners, strict=True)
    ]


def build(settings: Settings) -> YoloDetector:
    """For the registry."""
    return YoloDetector(
        models.locate(settings.yolo_model, settings, stage="detect"),
        confidence=settings.yolo_confidence,
        device=settings.device,
        batch=settings.neural_batch,
    )
