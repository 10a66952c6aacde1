"""Backend "rfdetr": 80 kinds of things by RF-DETR (Robinson et al. 2025). Weights: Apache-2.0."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from immersivaudio import models
from immersivaudio.config import Settings
from immersivaudio.stages.detect.detr import QueryDetector
from immersivaudio.values import Frame


class RfDetrDetector(QueryDetector):
    """RF-DETR of transformers, without torchvision, which its own image processor wants.

    That one scales to 0..1, normalises, and resizes without antialiasing: so is done here, equal to 1e-6.
    """

    name = "rfdetr"
    kind: ClassVar[tuple[str, ...]] = ("rf_detr",)

    def _prepare(self, path: Path) -> None:
        facts = json.loads((path / "preprocessor_config.json").read_text(encoding="utf-8"))
        self._size = int(facts["size"]["height"]), int(facts["size"]["width"])
        self._mean, self._deviation = facts["image_mean"], facts["image_std"]

    def _pixels(self, frames: Sequence[Frame]) -> Any:
        import torch

        mean = torch.tensor(self._mean)[:, None, None]
        deviation = torch.tensor(self._deviation)[:, None, None]
        ready = []
        for frame in frames:
            picture = torch.from_numpy(frame.image.copy()).permute(2, 0, 1).float() / 255
            ready.append(
                torch.nn.functional.interpolate(
                    ((picture - mean) / deviation)[None], size=self._size, mode="bilinear", antialias=False
                )
            )
        return torch.cat(ready)


def build(settings: Settings) -> RfDetrDetector:
    """For the registry."""
    return RfDetrDetector(
        models.locate(settings.rfdetr_model, settings, stage="detect"),
        confidence=settings.detector_confidence,
        device=settings.device,
        batch=settings.neural_batch,
    )
