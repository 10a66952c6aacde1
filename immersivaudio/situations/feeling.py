"""From evidence to a feeling: grave things first, then a situation that fits, then single things, then light.

The order and every number are those of docs/decisions/0145-feeling-from-what-happens.md, where each rule has
its source; the numbers of the rules are named after them here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from immersivaudio.situations import singles
from immersivaudio.situations.conditions import ACTIONS, MEASURES, Evidence, best, parse
from immersivaudio.situations.situation import Situation
from immersivaudio.situations.table import GENERAL, MATCHED
from immersivaudio.situations.vetoes import suspected
from immersivaudio.terms import Feeling

_WEIGHTS = {"action": (0.35, 0.5), "thing": (0.30, 0.2), "place": (0.15, 0.2)}
"""Rule 2: what each kind counts for (valence, arousal)."""
_LIGHT = 0.05
_NEUTRAL, _TRUST, _NOTHING = 0.1, 0.25, 0.2
_APART, _ALIKE = 0.5, 0.8
"""Rule 9: two rows so far apart in valence, the weaker with such a share of the other's evidence: neither."""
_STIR, _STIR_MOST, _STIR_FROM, _STIR_ROW = 0.9, 0.4, 0.35, 0.45
"""Rule 3."""
_STILL = 0.1
_CUTS = ((40, 0.3), (20, 0.2), (6, 0.1))
"""Rule 4: cuts a minute, and what they add to arousal."""
_TOLD = 3
_ALONE = 0.6
"""Confidence that the mark of a row needs which asks for no other: what is seen in passing makes no clip."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a stretch feels, and what said so."""

    valence: float
    """-1 to 1."""
    arousal: float
    mood: str
    """A word of the vocabulary; empty where only numbers are known."""
    situation: str
    """A row's name; "neutral" where little is known; empty where single things were summed."""
    evidence: tuple[str, ...]
    """What decided, the strongest first."""


UNREAD = Reading(0.0, 0.0, "", "", ())
"""The reading of a stretch that was not analysed."""


def read(evidence: Evidence) -> Reading:
    """Return how what is in `evidence` feels. Nothing is claimed that no mark speaks for."""
    grave = suspected(evidence)
    if grave:
        row, told = grave
        return _settled(row, evidence, told)
    fitting = sorted(_fitting(MATCHED, evidence) or _fitting(GENERAL, evidence), key=lambda fit: -fit[1])
    if fitting:
        row, strength, told = fitting[0]
        rivals = [other for other, near, _ in fitting[1:] if near >= _ALIKE * strength]
        if all(abs(other.valence[0] - row.valence[0]) <= _APART for other in rivals):
            return _settled(row, evidence, told)
        return _neutral(evidence)
    return _summed(evidence)


def _fitting(rows: Sequence[Situation], evidence: Evidence) -> list[tuple[Situation, float, tuple[str, ...]]]:
    """Return the rows that hold, how strongly, and their marks, the strongest first."""
    return [fit for fit in (_fit(row, evidence) for row in rows) if fit]


def _fit(row: Situation, evidence: Evidence) -> tuple[Situation, float, tuple[str, ...]] | None:
    needed = [best(group, evidence) for group in parse(row.needs)]
    if not all(strength for _, strength in needed):
        return None
    more = [one for one in (best(group, evidence) for group in parse(row.marks)) if one[1]]
    if len(needed) + len(more) < row.enough:
        return None
    if row.enough == 1 and max(evidence.confidence(name) for name, _ in needed) < _ALONE:
        return None
    # What answers two groups is one piece of evidence.
    seen = {name or str(place): sure for place, (name, sure) in enumerate([*needed, *more])}
    ranked = sorted(seen, key=lambda name: -seen[name])
    return row, sum(seen.values()), tuple(name for name in ranked if not name.isdigit())


def _settled(row: Situation, evidence: Evidence, told: tuple[str, ...]) -> Reading:
    """A row's place, moved within its tolerance by motion, cuts, light and people."""
    valence, arousal = row.valence[0], row.arousal[0]
    if not row.grave:
        arousal += _stirred(evidence, _STIR_FROM + _STIR_ROW * arousal) + _cut(evidence)
        valence, arousal = _peopled(
            evidence, valence + 0.1 * _brightness(evidence), arousal + _vivid(evidence)
        )
    motion = evidence.measures.get("motion")
    if motion is not None and motion < _STILL:
        arousal = min(arousal, max(0.0, row.arousal[0]))
    valence = _within(_greyed(evidence, valence), row.valence)
    return Reading(valence, _within(arousal, row.arousal), row.mood, row.name, _told(told, evidence))


def _summed(evidence: Evidence) -> Reading:
    """Rule 2's sum over single things, drawn towards neutral by how little is known."""
    parts = list(_parts(evidence))
    known = sum(_WEIGHTS[kind][0] * sure for kind, sure, _, _ in parts)
    if known < _NOTHING:
        return _neutral(evidence)
    lively = sum(_WEIGHTS[kind][1] * sure for kind, sure, _, _ in parts)
    light = 0.1 * _brightness(evidence)
    valence = sum(_WEIGHTS[kind][0] * sure * felt.valence for kind, sure, felt, _ in parts) / known
    arousal = sum(_WEIGHTS[kind][1] * sure * felt.arousal for kind, sure, felt, _ in parts) / lively
    valence = _NEUTRAL + known / (known + _TRUST) * (valence - _NEUTRAL) + light
    arousal = lively / (lively + _TRUST) * arousal + _stirred(evidence, _STIR_FROM) + _cut(evidence)
    valence, arousal = _peopled(evidence, valence, arousal + _vivid(evidence))
    told = tuple(name for _, _, _, names in parts for name in names[:2])
    return Reading(
        _bounded(_greyed(evidence, valence)), _quieted(evidence, arousal), "", "", _told(told, evidence)
    )


def _parts(evidence: Evidence) -> Iterator[tuple[str, float, Feeling, list[str]]]:
    """(kind, confidence, feeling, names) of actions, things and places, where there are any."""
    tables = {"action": singles.ACTIONS, "thing": singles.THINGS, "place": singles.PLACES}
    for kind, table in tables.items():
        found = _ranked(table, evidence)
        if not found:
            continue
        if kind == "action":
            found = found[:1]
        total = sum(sure for _, sure in found)
        felt = [sum(table[name][axis] * sure for name, sure in found) / total for axis in (0, 1)]
        yield kind, found[0][1], Feeling(*felt), [name for name, _ in found]


def _ranked(table: Mapping[str, Feeling], evidence: Evidence) -> list[tuple[str, float]]:
    """What of a table is there, the surest first; a face is no second thing beside its person."""
    found = [(name, evidence.confidence(name)) for name in table]
    both = evidence.confidence("person") > 0
    kept = [(name, sure) for name, sure in found if sure >= 0.3 and not (both and name == "face")]
    return sorted(kept, key=lambda one: -one[1])


def _neutral(evidence: Evidence) -> Reading:
    """Rule 9: nothing is known, so light says a little (rule 5) and motion says how busy."""
    arousal = _stirred(evidence, _STIR_FROM) + _cut(evidence)
    valence = _greyed(evidence, _NEUTRAL + 0.25 * _brightness(evidence))
    return Reading(_bounded(valence), _quieted(evidence, arousal), "", "neutral", _told((), evidence))


def _brightness(evidence: Evidence) -> float:
    """-1 to 1: brightness and saturation, three to one (Valdez & Mehrabian 1994), in standard scores."""
    light = (evidence.measures.get("light", 0.42) - 0.42) / 0.2
    vivid = (evidence.measures.get("saturation", 0.38) - 0.38) / 0.22
    return max(-1.0, min(1.0, 0.6 * (0.69 * light + 0.22 * vivid)))


def _vivid(evidence: Evidence) -> float:
    return 0.1 if evidence.measures.get("saturation", 0.0) > 0.5 else 0.0


def _greyed(evidence: Evidence, valence: float) -> float:
    """Grey weakens what is felt, and is not sad itself."""
    return 0.8 * valence if "black and white" in evidence.marks else valence


def _stirred(evidence: Evidence, middle: float) -> float:
    """What motion adds to arousal. A camera that turns over what stands still counts half."""
    motion = evidence.measures.get("motion")
    if motion is None:
        return 0.0
    turned = evidence.measures.get("pan", 0.0) > 0.05 and not any(name in ACTIONS for name in evidence.marks)
    change = _STIR * (motion - middle) * (0.5 if turned else 1.0)
    return max(-_STIR_MOST, min(_STIR_MOST, change))


def _cut(evidence: Evidence) -> float:
    """What cuts add, and light that beats: it quickens as they do."""
    cuts = evidence.measures.get("cuts", 0.0) + evidence.measures.get("flashes", 0.0)
    return next((more for least, more in _CUTS if cuts >= least), 0.0)


def _peopled(evidence: Evidence, valence: float, arousal: float) -> Feeling:
    """Rule 6: two or more people strengthen what is there, whichever way it points."""
    several = max(evidence.counts.get("person", 0), evidence.counts.get("face", 0)) >= 2
    return Feeling(1.1 * valence, arousal + 0.1) if several else Feeling(valence, arousal)


def _quieted(evidence: Evidence, arousal: float) -> float:
    motion = evidence.measures.get("motion")
    return _bounded(
        min(arousal, 0.0) if motion is not None and motion < _STILL and not _cut(evidence) else arousal
    )


def _told(names: tuple[str, ...], evidence: Evidence) -> tuple[str, ...]:
    """The strongest pieces in words that every language has; measurements by what they mean."""
    words = [name for name in names if name not in MEASURES or name == "fades"]
    motion = evidence.measures.get("motion")
    if evidence.confidence("outdoors") >= 0.5 and evidence.measures.get("light", 0.0) > 0.3:
        words += ["daylight"] if not evidence.confidence("night") else []
    if motion is not None and (motion > 0.5 or motion < _STILL):
        words.append("movement" if motion > 0.5 else "stillness")
    return tuple(dict.fromkeys(words))[:_TOLD]


def _within(value: float, place: tuple[float, float]) -> float:
    middle, reach = place
    return _bounded(max(middle - reach, min(middle + reach, value)))


def _bounded(value: float) -> float:
    return round(max(-1.0, min(1.0, value)), 3) + 0.0  # no negative zero
