"""Light, colour and movement in words, for what nothing more is known of."""

from immersivaudio.stages.describe.picture_features import COLOURS, PictureFeatures

Steps = tuple[tuple[float, str], ...]
"""Upper limits and what is said below them; the last limit holds everything."""

_LIGHT: Steps = (
    (0.12, "very dark"),
    (0.27, "dark"),
    (0.37, "dim"),
    (0.62, ""),
    (0.75, "bright"),
    (2, "very bright"),
)
_MOTION: Steps = (
    (0.004, "still"),
    (0.025, "almost still"),
    (0.08, "gentle"),
    (0.3, ""),
    (0.55, "lots"),
    (2, "wild"),
)
_PACE: Steps = ((4, "slow"), (15, ""), (35, "brisk"), (1e9, "rapid"))
RAPID = 35
"""Cuts or flashes a minute from which they themselves are the movement."""
GENTLE = 0.08
_DARK_NAMES = {"orange": "brown", "yellow": "olive"}
_PASTEL_NAMES = {"red": "pink", "orange": "peach"}
_NOTABLE = 0.1
_PAN = 0.02
"""Widths a second from which a person notices that the camera turns."""


def light_of(look: PictureFeatures) -> str:
    """The light, or "" where it is nothing special."""
    return _step(_LIGHT, look.light)


def colours(look: PictureFeatures) -> tuple[str, ...]:
    """The one or two colours that a person would name."""
    shares: dict[str, float] = {}
    for name in COLOURS:
        word = _colour_name(name, look)
        shares[word] = shares.get(word, 0.0) + look.colours[name]
    shares["white"], shares["grey"] = look.white, look.pale * 0.7
    ranked = sorted(shares.items(), key=lambda item: -item[1])
    return tuple(word for word, share in ranked[:2] if share >= _NOTABLE)


def movement(motion: float, pan: float, *, flashes: float = 0.0, cuts: float = 0.0) -> str:
    """Movement of the camera if a person would notice it, else of what is seen.

    Where light beats or the film is cut fast, nothing is still, whatever moves inside the shots.
    """
    if motion < GENTLE and (flashes > RAPID or cuts > RAPID):
        return ""
    if abs(pan) < _PAN or motion < 0.01:
        return _step(_MOTION, motion)
    speed = "drift" if abs(pan) < 0.08 else "pan" if abs(pan) < 0.3 else "sweep"
    # What the picture does, the camera does the other way round.
    return f"{speed} {'left' if pan > 0 else 'right'}"


def pace(cuts: float) -> str:
    """How fast a film is cut, or "" where that is nothing special."""
    return _step(_PACE, cuts)


def _colour_name(name: str, look: PictureFeatures) -> str:
    """What a hue is called in this light: dim orange is brown, pale red is pink."""
    if look.light < 0.5 and look.chroma < 0.35:
        return _DARK_NAMES.get(name, name)
    if look.light > 0.62 and look.chroma < 0.3:
        return _PASTEL_NAMES.get(name, name)
    return name


def _step(steps: Steps, value: float) -> str:
    return next(word for limit, word in steps if value < limit)
