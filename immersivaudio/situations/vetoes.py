"""Grave evidence is a veto, not a vote: a cheerful piece over a bad day is the worst that can happen.

Plain evidence shows the event, suspicion only who comes to it: a fire engine alone is no fire. Where only one
thing points that way the music stays neutral; a drawing or a screen around it is no event at all.
"""

from collections.abc import Mapping

from immersivaudio.situations.conditions import Evidence
from immersivaudio.situations.situation import Situation
from immersivaudio.situations.table import SITUATIONS

_PLAIN: Mapping[str, str] = {
    "cemetery": "cemetery", "headstone": "cemetery", "coffin": "cemetery", "stretcher": "hospital",
    "stethoscope": "hospital", "smoke": "accident or fire", "wreck": "accident or fire",
    "rubble": "accident or fire",
}  # fmt: skip
"""What shows a grave thing itself -> the row to take."""
_SUSPICION = ("fire engine", "ambulance", "police van", "rifle", "assault rifle", "revolver", "fire")
MARKS = frozenset((*_PLAIN, *_SUSPICION))
"""What must not be lost for being seen in passing."""
_FLAMES = ("city", "street", "smoke", "fire engine")
"""Where there is one of these, fire is not a camp fire: it counts as plain."""
_SURE, _HELD, _PRETENDED = 0.9, 0.3, 0.5


def suspected(evidence: Evidence) -> tuple[Situation, tuple[str, ...]] | None:
    """Return the row that grave evidence asks for and that evidence, or None where there is none."""
    if max(evidence.confidence("drawing"), evidence.confidence("screen")) >= _PRETENDED:
        return None
    plain = [name for name in _PLAIN if evidence.confidence(name) >= _HELD]
    hints = [name for name in _SUSPICION if evidence.confidence(name) >= _HELD]
    burning = "fire" in hints and any(evidence.confidence(place) >= _PRETENDED for place in _FLAMES)
    if not plain and not hints:
        return None
    rows = dict(_PLAIN) | ({"fire": "accident or fire"} if burning else {})
    shown = [*plain, *(["fire"] if burning else [])]
    told = tuple(dict.fromkeys([*shown, *hints]))
    if shown and (len(told) > 1 or evidence.confidence(shown[0]) >= _SURE):
        return SITUATIONS[rows[max(shown, key=evidence.confidence)]], told
    if sum(max(1, evidence.shots.get(name, 1)) for name in hints) >= 2 and len(hints) > 1:
        return SITUATIONS["grave"], told
    return SITUATIONS["perhaps grave"], told
