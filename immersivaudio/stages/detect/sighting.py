"""What a single look at a single picture finds, before other pictures had their say."""

from collections.abc import Iterable
from dataclasses import dataclass

from immersivaudio.stages.detect.boxes import Rect, iou, nested

_SAME_PLACE = 0.4
_INSIDE = 0.6


@dataclass(frozen=True, slots=True)
class Sighting:
    """One candidate."""

    label: str
    rect: Rect
    """px of the picture that was looked at."""
    confidence: float
    """0 to 1."""
    sure: bool
    """Confirmed by independent evidence; the others need a sure one nearby in time."""


def thin(sightings: Iterable[Sighting]) -> list[Sighting]:
    """Non-maximum suppression: one sighting for one thing.

    Of two in the same place the sure one stays, then the larger: what sits inside a person's box is
    mostly a part of that person.
    """
    kept: list[Sighting] = []
    ranked = sorted(sightings, key=lambda s: (not s.sure, -s.rect.area, s.rect))
    for one in ranked:
        if not any(_same(one, other) for other in kept):
            kept.append(one)
    return kept


def _same(a: Sighting, b: Sighting) -> bool:
    return a.label == b.label and (iou(a.rect, b.rect) > _SAME_PLACE or nested(a.rect, b.rect) > _INSIDE)
