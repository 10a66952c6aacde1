"""The group a clip is shown by is average linkage's, however seldom the library is asked."""

import numpy as np
import pytest
from scipy.spatial.distance import cdist
from sklearn.cluster import AgglomerativeClustering

from immersivaudio.stages.select.medoid import ALIKE, largest


def _linked(distances: np.ndarray, weights: np.ndarray) -> list[int]:
    labels = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=ALIKE
    ).fit_predict(distances)
    most = np.argmax(np.bincount(labels, weights=weights))
    return np.flatnonzero(labels == most).tolist()


@pytest.mark.parametrize("spread", [0.05, 0.2, 0.4, 0.8])
def test_it_is_that_of_the_whole_clustering(spread: float) -> None:
    chance = np.random.default_rng(round(100 * spread))
    for count in (2, 3, 5, 9, 17, 30):
        centres = chance.uniform(0, 2, (4, 3))
        points = centres[chance.integers(0, 4, count)] + chance.normal(0, spread, (count, 3))
        distances, weights = cdist(points, points), chance.uniform(0.5, 2, count)
        assert largest(distances, weights) == _linked(distances, weights)


def test_one_frame_is_a_group() -> None:
    assert largest(np.zeros((1, 1)), np.ones(1)) == [0]
