"""How well sound lands on cuts, as a value. `immersivaudio.values` holds it with the others."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SyncFigure:
    """How well the sound of a film lands on its cuts; see `immersivaudio.media.sync`."""

    cuts: int
    hit: int
    """Cuts with a heard onset within 40 ms."""
    chance: float
    """Share of all moments of the film that have one: what random cuts would get."""
    luck: float
    """How likely so many hits or more are by chance alone."""
    onsets: int
    tbiou: float
    """Intersection over union of the windows around cuts and onsets."""

    @property
    def share(self) -> float:
        """Share of the cuts that are hit."""
        return self.hit / self.cuts

    @property
    def sync(self) -> float:
        """The figure: the share that is hit beyond chance."""
        return self.share - self.chance
