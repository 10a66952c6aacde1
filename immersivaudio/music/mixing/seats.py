"""Where a part sits in the mix, by its role: how loud, and which part of the spectrum is its own."""

from dataclasses import dataclass

from immersivaudio.music.score import Role
from immersivaudio.music.timbre.filters import Filter


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
