"""Scene words of a picture: nothing yet but what a table of classes gives."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from immersivaudio.values import Detection, Image

NO_FACTS = np.zeros(4, np.float32)


def facts(image: Image) -> NDArray[np.float32]:
    """Return mean luma, its spread, mean saturation, and the share of dark pixels, 0 to 1."""
    coarse = image[::4, ::4].astype(np.float32) / 255
    luma = coarse @ np.array([0.299, 0.587, 0.114], np.float32)
    saturation = coarse.max(axis=2) - coarse.min(axis=2)
    return np.array([luma.mean(), luma.std(), saturation.mean(), (luma < 0.2).mean()], np.float32)


class Head:
    """Says which words hold."""

    def say(
        self,
        looks: Sequence[
            tuple[int, NDArray[np.float32], NDArray[np.float32], NDArray[np.float32], Sequence[Detection]]
        ],
    ) -> list[dict[str, float]]:
        """Return the words of each frame."""
        return [{} for _ in looks]
