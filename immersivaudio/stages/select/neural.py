"""Backend "neural": the medoid again, of what the pictures are of: embeddings of a vision model (DINOv2)."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.spatial.distance import cdist

from immersivaudio import models
from immersivaudio.config import Settings
from immersivaudio.models.loading import LOCAL, opening
from immersivaudio.models.memory import in_halves, release
from immersivaudio.stages.select.features import Features
from immersivaudio.stages.select.medoid import ALIKE, MedoidSelector, Numbers
from immersivaudio.values import Frame

_APART = 0.45
"""Cosine distance of DINOv2 embeddings from which two pictures are of different things."""


class NeuralSelector(MedoidSelector):
    """Picks frames by what is in them rather than by their colours. Loaded at the first clip, and kept."""

    name = "neural"

    def __init__(self, path: Path, *, device: str = "auto", batch: int = 8) -> None:
        """`path` is a folder with a vision model and its image processor in transformers' format."""
        self._path, self._device, self._batch = path, device, batch
        self._loaded: tuple[Any, Any] | None = None
        self._lock = threading.Lock()

    def distances(self, frames: Sequence[Frame], seen: Sequence[Features]) -> Numbers:
        """Return how unlike every two frames are, on the scale of the medoid selector."""
        del seen
        with self._lock:
            vectors = in_halves(self._embed, frames, batch=self._batch, stage="select")
        embedded = np.array(vectors)
        return np.asarray(cdist(embedded, embedded, "cosine")) * (ALIKE / _APART)

    def close(self) -> None:
        """Give the model's memory back."""
        self._loaded = None
        release()

    def _embed(self, frames: Sequence[Frame]) -> Sequence[Numbers]:
        import torch

        model, processor = self._model()
        with torch.inference_mode():
            pictures = processor([frame.image for frame in frames], return_tensors="pt").to(
                model.device, model.dtype
            )
            # The first token stands for the whole picture.
            whole = model(**pictures).last_hidden_state[:, 0]
        return list(whole.double().cpu().numpy())

    def _model(self) -> tuple[Any, Any]:
        if self._loaded is None:
            from immersivaudio.models.device import choose, number_type

            device = choose(self._device, stage="select")
            with opening(self._path, stage="select"):
                from transformers import AutoImageProcessor, AutoModel

                model = AutoModel.from_pretrained(self._path, dtype=number_type(device), **LOCAL)
                self._loaded = (
                    model.eval().to(device),
                    AutoImageProcessor.from_pretrained(self._path, **LOCAL),
                )
        return self._loaded


def build(settings: Settings) -> NeuralSelector:
    """For the registry."""
    return NeuralSelector(
        models.locate(settings.embedding_model, settings, stage="select"),
        device=settings.device,
        batch=settings.neural_batch,
    )
