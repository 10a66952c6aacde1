"""A tone: the sound of one key at one strength, before it is placed in time."""

from dataclasses import dataclass
from math import cos, pi, sin

from immersivaudio.audio.layout import Sound


def constant_power(pan: float) -> tuple[float, float]:
    """Return left and right gains for `pan` (-1 to 1); both are 1 in the middle."""
    angle = (min(max(pan, -1.0), 1.0) + 1) * pi / 4
    return 2**0.5 * cos(angle), 2**0.5 * sin(angle)


@dataclass(frozen=True, slots=True)
class RenderedTone:
    """Rendered once and kept; never changed."""

    sound: Sound
    lag: int
    """Samples from its first one to where it is heard to begin."""
    spoken: int
    """Samples until it is as loud as it gets."""
    release: int
    """Samples it takes to fall silent once the key is released; 0: it rings on to its own end."""
    choke: int = 0
    """Tones of one class cut each other off (open and closed hi-hat); 0: none."""
    gain: float = 1.0
    """What brings it to the common loudness."""
