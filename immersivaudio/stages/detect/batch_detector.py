"""What the neural detectors share: several frames in one pass, and a model that is loaded once."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from immersivaudio.models.memory import in_halves, release
from immersivaudio.stages import Progress
from immersivaudio.values import Box, Detection, Frame

Things = list[tuple[str, float, Box]]
"""(label, confidence, box) of everything in one picture, the most certain first."""


class BatchDetector:
    """Finds what is in frames. The model is loaded at the first frames, and kept."""

    name = ""

    def __init__(self, path: Path, *, confidence: float = 0.5, device: str = "auto", batch: int = 8) -> None:
        """`path` is the model; detections under `confidence` (0 to 1) are left out."""
        self._path, self._confidence = path, confidence
        self._device, self._batch = device, batch
        self._model: Any = None
        self._lock = threading.Lock()

    def detect(self, frames: Sequence[Frame], progress: Progress) -> tuple[Detection, ...]:
        """Label the frames: in their order, the most certain thing first.

        Raises `BackendUnavailableError` without weights, GPU or memory.
        """
        progress(0.0)
        with self._lock:
            if frames and self._model is None:
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
            for label, confidence, box in things
        )

    def close(self) -> None:
        """Give the model's memory back."""
        self._model = None
        release()

    def _load(self) -> None:
        """Set `_model`."""
        raise NotImplementedError

    def _look(self, frames: Sequence[Frame]) -> Sequence[Things]:
        """Return the things in each picture."""
        raise NotImplementedError
