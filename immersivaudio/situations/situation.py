"""One row of the table: what people film, how to tell it, and what should be heard."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Situation:
    """A kind of clip."""

    name: str
    valence: tuple[float, float]
    """Of the music, -1 to 1, and how far it may be off."""
    arousal: tuple[float, float]
    mood: str
    """A word of the enhancer's vocabulary."""
    styles: tuple[str, ...]
    """Palettes, first choice first; of those that exist the first three are used."""
    bpm: tuple[float, float]
    needs: str
    """Marks (see `conditions`) without which the row does not hold; empty: a rule chooses it, never marks."""
    marks: str = ""
    """Marks that speak for it."""
    enough: int = 3
    """Marks that must be there, the needed ones included."""
    grave: bool = False


def row(
    name: str,
    valence: tuple[float, float],
    arousal: tuple[float, float],
    mood: str,
    styles: str,
    bpm: tuple[float, float],
    needs: str,
    marks: str = "",
    *,
    enough: int = 3,
    grave: bool = False,
) -> Situation:
    """Write a row: `styles` parted by commas."""
    named = tuple(style.strip() for style in styles.split(","))
    return Situation(name, valence, arousal, mood, named, bpm, needs, marks, enough, grave)
