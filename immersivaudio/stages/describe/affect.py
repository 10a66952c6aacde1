"""How a picture feels: valence and arousal from colour, light, motion and the pace of cuts.

Colour: Valdez and Mehrabian, "Effects of color on emotions", Journal of Experimental Psychology: General
123 (1994): pleasure = 0.69 brightness + 0.22 saturation; arousal = -0.31 brightness + 0.60 saturation,
all in standard scores. Motion and cutting rate raise arousal: Detenber, Simons and Bennett, Journal of
Broadcasting and Electronic Media 42 (1998); Hanjalic and Xu, IEEE Transactions on Multimedia 7 (2005).
"""

import math
from dataclasses import dataclass

_BRIGHTNESS = (0.42, 0.20)
_SATURATION = (0.38, 0.22)
"""Mean and standard deviation over photographs and film frames."""
_FACE_VALENCE = 0.10
STILL_PICTURE = 0.06
"""What a photo counts as on the scale of `Sensed.motion`: it is shown with a slow pan."""
_SCALE = 0.55
"""Standard scores to the span of -1 to 1: two of them reach 0.8 after the hyperbolic tangent."""


@dataclass(frozen=True, slots=True)
class Sensed:
    """What was measured over one stretch; all 0 to 1 but `cuts`."""

    brightness: float
    saturation: float
    motion: float
    """Mean of `Curves.motion`."""
    cuts: float
    """Cuts a minute."""
    people: float
    """Share of the frames with people."""
    warmth: float
    """-1 to 1."""


def valence(sensed: Sensed) -> float:
    """Unpleasant -1 to pleasant 1. People and warm light please a little; no source gives the amount."""
    bright, vivid = _scores(sensed)
    colour = 0.69 * bright + 0.22 * vivid
    return _bounded(_SCALE * colour + _FACE_VALENCE * sensed.people + 0.15 * sensed.warmth)


def arousal(sensed: Sensed) -> float:
    """Calm -1 to excited 1."""
    bright, vivid = _scores(sensed)
    colour = -0.31 * bright + 0.60 * vivid
    pace = sensed.cuts / (sensed.cuts + 15)
    return _bounded(0.6 * _SCALE * colour + 1.9 * math.sqrt(max(0.0, sensed.motion)) + 0.6 * pace - 0.8)


def _scores(sensed: Sensed) -> tuple[float, float]:
    """Standard scores of brightness and saturation, kept within what film shows."""
    bright = (sensed.brightness - _BRIGHTNESS[0]) / _BRIGHTNESS[1]
    vivid = (sensed.saturation - _SATURATION[0]) / _SATURATION[1]
    return max(-2.0, min(2.0, bright)), max(-2.0, min(2.0, vivid))


def _bounded(value: float) -> float:
    return round(math.tanh(value), 3)
