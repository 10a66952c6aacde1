"""Backend "dfine": 80 kinds of things by D-FINE (Peng et al. 2024). Weights: Apache-2.0."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from immersivaudio import models
from immersivaudio.config import Settings
from immersivaudio.models.loading import LOCAL
from immersivaudio.stages.detect.detr import QueryDetector
from immersivaudio.values import Frame


class DFineDetector(QueryDetector):
    """D-FINE, or RT-DETR, of transformers, with the image processor that needs no torchvision."""

    name = "dfine"
    kind: ClassVar[tuple[str, ...]] = ("d_fine", "rt_detr", "rt_detr_v2")

    def _prepare(self, path: Path) -> None:
        from transformers.models.rt_detr.image_processing_pil_rt_detr import RTDetrImageProcessorPil

        self._processor = RTDetrImageProcessorPil.from_pretrained(path, **LOCAL)

    def _pixels(self, frames: Sequence[Frame]) -> Any:
        images = [frame.image for frame in frames]
        # Said, not guessed: a picture three pixels high would be taken for one with its colours first.
        return self._processor(
            images=images, input_data_format="channels_last", return_tensors="pt"
        ).pixel_values


def build(settings: Settings) -> DFineDetector:
    """For the registry."""
    return DFineDetector(
        models.locate(settings.dfine_model, settings, stage="detect"),
        confidence=settings.detector_confidence,
        device=settings.device,
        batch=settings.neural_batch,
    )
