"""Spotting: where music changes, where it strikes, how loud it follows. The film decides; no mood is known
here."""

from collections.abc import Sequence
from dataclasses import dataclass

from immersivaudio.stages.enhance import dynamics, forms, hits, sections
from immersivaudio.stages.enhance.feature_matrix import COLUMNS, Looks
from immersivaudio.values import Description, Footage, HitPoint, Seconds

_LONG = 100
"""s from which themes have names: music of minutes travels, and comes back."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One section: its place in time and in the form, and how its pictures look and feel."""

    start: Seconds
    end: Seconds
    label: str
    valence: float
    arousal: float
    motion: float
    scene: str
    """What is seen for the longest part of it, in words."""
    evidence: tuple[str, ...] = ()
    """What is seen there that tells most."""
    theme: str = ""
    """Name of its theme, in a long film where a person or place comes back."""


@dataclass(frozen=True, slots=True)
class SpottingPlan:
    """What spotting decided."""

    spots: tuple[Spot, ...]
    hits: tuple[HitPoint, ...]
    dynamics: tuple[float, ...]
    fade: Seconds
    """How long the pictures fade to black at the end."""


def spot(footage: Footage, descriptions: Sequence[Description]) -> SpottingPlan:
    """Divide the clip, choose its hit points and draw its dynamics; see the three modules for how."""
    looks = Looks(footage, descriptions)
    stretches = sections.divide(looks)
    rows = [looks.mean(start, end) for start, end in stretches]
    seen = [_seen(looks, descriptions, start, end) for start, end in stretches]
    labels = forms.letters(rows, [_shown(looks, descriptions, start, end) for start, end in stretches])
    long = stretches[-1][1] >= _LONG
    names = forms.themes(labels, [words for _, words in seen]) if long else ("",) * len(labels)
    spots = []
    for (start, end), row, label, what, name in zip(stretches, rows, labels, seen, names, strict=True):
        felt = dict(zip(COLUMNS, (float(value) for value in row), strict=True))
        spots.append(Spot(start, end, label, felt["valence"], felt["arousal"], felt["motion"], *what, name))
    openings = {start for start, _ in stretches}
    return SpottingPlan(
        tuple(spots), hits.choose(footage, openings), dynamics.follow(looks), dynamics.closing(footage)
    )


def _seen(
    looks: Looks, descriptions: Sequence[Description], start: Seconds, end: Seconds
) -> tuple[str, tuple[str, ...]]:
    """What is seen between two times: what the shot that fills most of it shows, or else the whole clip."""
    by_shot = {description.shot: description for description in descriptions}
    found = [by_shot[key] for key in (_longest(looks, start, end), None) if key in by_shot]
    text = next((one.text for one in found if one.text), "")
    return text, next((_told(one) for one in found if one.reading.evidence), ())


def _shown(looks: Looks, descriptions: Sequence[Description], start: Seconds, end: Seconds) -> frozenset[str]:
    """The things and places in the shot that fills most of the time."""
    longest = _longest(looks, start, end)
    told = next((one.telling for one in descriptions if one.shot == longest), None)
    if told is None:
        return frozenset()
    return frozenset((*(label for label, _ in (*told.subjects, *told.objects)), *told.places))


def _longest(looks: Looks, start: Seconds, end: Seconds) -> int:
    """The shot that fills most of the time between two times."""
    return max(looks.shots, key=lambda shot: min(shot.end, end) - max(shot.start, start)).index


def _told(one: Description) -> tuple[str, ...]:
    """What tells most of what the sentence says: the evidence it names, then the rest of what it names."""
    told = one.telling
    if told is None:
        return one.reading.evidence
    labels = [label for label, _ in (*told.subjects, *told.objects)]
    named = [*labels, told.action, *told.places, told.light]
    weighty = [word for word in one.reading.evidence if word in named]
    return tuple(dict.fromkeys([*weighty, *labels, *told.places]))
