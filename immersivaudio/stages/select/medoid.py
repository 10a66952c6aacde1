"""Best-frame selection: the medoid of the largest group of look-alikes, among frames fit to be shown."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from immersivaudio.config import Settings
from immersivaudio.stages.select.features import Features, features
from immersivaudio.values import Footage, Frame, Selection

Numbers = NDArray[np.float64]

ALIKE = 0.55
"""Mean Hellinger distance under which two groups of frames are one: less than between most shots."""
_FIT = 0.75
"""Share of the best quality at hand under which a frame is passed over."""
_TRANSITION = Fraction(1, 2)
"""s after a fade or dissolve begins, or before the next one, in which pictures are mixed or dark."""
_MIXED = 0.5


class MedoidSelector:
    """Picks the frame with the least total distance to the others of its group. Deterministic."""

    name = "medoid"

    def select(self, footage: Footage) -> Selection:
        """Choose one frame for the clip and one for every shot.

        A frame counts for the time it stands for, so the group on screen longest wins. A shot of which no
        frame was kept gets the frame nearest in time.
        """
        seen = [features(frame.image) for frame in footage.frames]
        distances = self.distances(footage.frames, seen)
        quality = np.array([one.quality for one in seen]) * _settled(footage)
        weights = _weights(footage)
        groups = [_of_shot(footage, shot) for shot in range(len(footage.shots))]
        return Selection(
            clip=_medoid(largest(distances, weights * quality), distances, weights, quality),
            shots=tuple(_medoid(group, distances, weights, quality) for group in groups),
        )

    def distances(self, frames: Sequence[Frame], seen: Sequence[Features]) -> Numbers:
        """Return how unlike every two frames are, shape (n, n): from `ALIKE` on they belong apart."""
        del frames
        vectors = np.array([one.vector for one in seen])
        return np.array([np.linalg.norm(vectors - one, axis=1) for one in vectors])

    def close(self) -> None:
        """Nothing is held."""


def _medoid(group: Sequence[int], distances: Numbers, weights: Numbers, quality: Numbers) -> int:
    """The index in `group` that is nearest to all of it, of those fit to be shown; the best of equals."""
    members = np.asarray(group)
    fit = members[quality[members] >= _FIT * quality[members].max()]
    costs = distances[np.ix_(fit, members)] @ weights[members]
    return int(fit[np.lexsort((-quality[fit], costs.round(6)))[0]])


def largest(distances: Numbers, weights: Numbers) -> list[int]:
    """The group of look-alikes with the most weight: screen time, dark and blurred frames counting less.

    Look-alikes that no chain links are never in one group, so each chain is asked by itself, and those that
    weigh less as a whole than a group that is known are not asked.
    """
    label = _chains(distances < ALIKE)
    count = int(label.max()) + 1
    totals = np.bincount(label, weights=weights)
    best, weight = np.arange(0), -1.0
    for own in sorted(range(count), key=lambda own: -totals[own]):
        if totals[own] <= weight:
            break
        chain = np.flatnonzero(label == own)
        for group in look_alikes(distances[np.ix_(chain, chain)]):
            members = chain[group]
            if (total := float(weights[members].sum())) > weight:
                best, weight = members, total
    return [int(frame) for frame in best]


def _chains(near: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Number the chains of frames of which each is near the next: to each frame its chain."""
    label = np.arange(len(near))
    while True:
        least = np.where(near, label, len(near)).min(axis=1)
        if (least == label).all():
            return np.unique(label, return_inverse=True)[1]
        label = least


def look_alikes(distances: Numbers) -> list[NDArray[np.intp]]:
    """Group frames by average linkage: two groups are one while their mean distance is under `ALIKE`.

    Where all are alike they are one group, in whatever order they are joined: that needs no library, whose
    import takes longer than the rest of this stage.
    """
    if (distances < ALIKE).all():
        return [np.arange(len(distances))]
    from sklearn.cluster import AgglomerativeClustering  # a second of CPU: not before it is needed

    labels = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=ALIKE
    ).fit_predict(distances)
    return [np.flatnonzero(labels == own) for own in range(labels.max() + 1)]


def _of_shot(footage: Footage, shot: int) -> list[int]:
    inside = [i for i, frame in enumerate(footage.frames) if frame.shot == shot]
    if inside:
        return inside
    middle = (footage.shots[shot].start + footage.shots[shot].end) / 2
    times = [abs(frame.time - middle) for frame in footage.frames]
    return [times.index(min(times))]


def _weights(footage: Footage) -> Numbers:
    """Seconds of film that each frame stands for: an equal share of its shot."""
    counts = np.bincount([frame.shot for frame in footage.frames], minlength=len(footage.shots))
    lengths = [float(shot.end - shot.start) for shot in footage.shots]
    return np.array([max(lengths[f.shot], 1e-3) / counts[f.shot] for f in footage.frames])


def _settled(footage: Footage) -> Numbers:
    """1 for a frame well inside its shot, less for one within a fade or dissolve."""
    soft = ("fade", "dissolve", "wipe")
    openings = [shot.start for shot in footage.shots if shot.opening in soft]
    return np.array(
        [
            _MIXED if any(abs(frame.time - start) < _TRANSITION for start in openings) else 1.0
            for frame in footage.frames
        ]
    )


def build(settings: Settings) -> MedoidSelector:
    """Make the selector; it has no settings of its own."""
    del settings
    return MedoidSelector()
