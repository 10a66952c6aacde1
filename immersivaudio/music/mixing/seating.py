"""Stereo position of every part: parts of one section stand beside each other, never on one place."""

from collections.abc import Sequence

from immersivaudio.music.instruments import Instrument
from immersivaudio.music.mixing.seats import SEATS
from immersivaudio.music.score import Role

NEAR = 0.12
"""Two pans that are closer than this are one place."""
ASIDE = 0.4
"""Where a second player goes if the first one took the middle."""
LEAD = 0.5
"""Share of its pan that a lead keeps: the melody belongs near the middle."""
_ANYWHERE: frozenset[Role] = frozenset({"drums", "effects"})


def pans(players: Sequence[tuple[Role, Instrument]]) -> list[float]:
    """Return the pan of each part, -1 to 1, in order; bass and drums stay in the middle."""
    taken: list[float] = []
    for role, row in players:
        pan = 0.0 if SEATS[role].centred else row.pan * (LEAD if role == "lead" else 1.0)
        if role not in _ANYWHERE and not SEATS[role].centred and role != "lead":
            places = (pan, -pan) if abs(pan) > NEAR else (pan, ASIDE, -ASIDE)
            pan = next((place for place in places if _free(place, taken)), pan)
        taken.append(pan)
    return taken


def _free(place: float, taken: Sequence[float]) -> bool:
    return all(abs(place - other) > NEAR for other in taken)
