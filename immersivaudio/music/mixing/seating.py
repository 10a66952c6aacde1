"""Where a part sits in the mix, by its role: how loud, which part of the spectrum is its own, and from where.

Parts of one section stand beside each other, never on one place.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from immersivaudio.music.instruments import Instrument
from immersivaudio.music.score import Role
from immersivaudio.music.timbre.filters import Filter

NEAR = 0.12
"""Two pans that are closer than this are one place."""
ASIDE = 0.4
"""Where a second player goes if the first one took the middle."""
LEAD = 0.5
"""Share of its pan that a lead keeps: the melody belongs near the middle."""
_ANYWHERE: frozenset[Role] = frozenset({"drums", "effects"})


@dataclass(frozen=True, slots=True)
class StagePosition:
    """One row of the table."""

    gain_db: float
    equaliser: tuple[Filter, ...]
    centred: bool = False
    """The bottom of the mix belongs in the middle."""


def _low_cut(frequency: float) -> Filter:
    return Filter("highpass", frequency)


SEATS: dict[Role, StagePosition] = {
    "lead": StagePosition(0.0, (_low_cut(120), Filter("peak", 2800, 0.8, 1.5))),
    "counter": StagePosition(-3.5, (_low_cut(130), Filter("peak", 350, 0.9, -1.5))),
    "pad": StagePosition(-7.0, (_low_cut(160), Filter("peak", 2500, 0.6, -2.5))),
    "arp": StagePosition(-6.5, (_low_cut(200), Filter("peak", 400, 0.9, -2.0))),
    "bass": StagePosition(-2.0, (_low_cut(32), Filter("peak", 280, 0.9, -2.0)), centred=True),
    "drums": StagePosition(-2.0, (_low_cut(28), Filter("peak", 380, 0.9, -2.5))),
    "effects": StagePosition(-5.0, (_low_cut(30), Filter("highshelf", 5000, 0.7, -5.0))),
}
"""Loudness is relative to players that all speak equally loud; see `rendering.orchestra`."""


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
