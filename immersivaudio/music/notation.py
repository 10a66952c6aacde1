"""Notes as written, before they are performed: ticks, no samples yet."""

from dataclasses import dataclass


@dataclass(slots=True)
class Tone:
    """One written note."""

    tick: int
    length: int
    """Ticks."""
    pitch: int
    velocity: float
    accent: bool = False
    delay: float = 0.0
    """s, of a strummed or rolled chord's later notes."""
    sample: int | None = None
    """Where it must sound, for a free accent off the grid."""
    ghost: bool = False
    """An echo of the groove that may be dropped where there must be room."""

    slide: int = 0
    """Semitones from which it is slid into: under 0 from below."""

    @property
    def end(self) -> int:
        """Tick of its release."""
        return self.tick + self.length
