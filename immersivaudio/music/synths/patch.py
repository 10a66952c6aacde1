"""What a patch is: a function from a key to sound, and how its notes end."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.timbre.filters import Filter

Mono = NDArray[np.float32]
Chance = np.random.Generator


@dataclass(frozen=True, slots=True)
class ToneRequest:
    """One tone that is wanted."""

    key: int
    velocity: int
    size: int
    """Samples."""
    chance: Chance
    """Seeded from patch and key: the same tone every time."""
    equaliser: tuple[Filter, ...] = ()
    """What the tone goes through, for patches that shape themselves."""
    take: int = 0
    """Which stroke of a drum it is: no two are the same."""

    @property
    def frequency(self) -> float:
        """Hz."""
        return float(440.0 * 2.0 ** ((self.key - 69) / 12))

    @property
    def force(self) -> float:
        """Velocity, 0 to 1."""
        return self.velocity / 127

    def time(self) -> Mono:
        """Seconds since the tone began, shape (size,)."""
        return np.arange(self.size, dtype=np.float32) / np.float32(SAMPLE_RATE)


@dataclass(frozen=True, slots=True)
class Patch:
    """One row of the table of patches."""

    make: Callable[[ToneRequest], NDArray[np.float32]]
    """Returns (size,) or (2, size), at most; the mixer sets the level."""
    kind: Literal["held", "struck", "timed"] = "held"
    """"held" until the key is released; "struck" rings out by itself; "timed" fills exactly its note."""
    release: float = 0.3
    """s for a fall of 100 dB once released, or how long a struck tone may last."""
    reference: tuple[int, ...] = ()
    """Keys that tell how loud it is, where the middle of the range does not."""
    chokes: frozenset[int] = frozenset()
    """Drum keys that cut each other off."""
    shapes_itself: bool = False
    """It applies the equaliser where that is free, and a longer tone begins exactly like a shorter one."""
