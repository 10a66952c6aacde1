"""From valence and arousal to music.

The directions and their order of weight are Eerola, Friberg & Bresin's ("Emotional expression in music",
2013); the slopes were tuned here, by measure. Valence changes the notes, not only how they are played
(Livingstone et al., "Changing musical emotion", 2010).
"""

from dataclasses import dataclass

from immersivaudio.music.palette import Palette
from immersivaudio.music.theory import MODES, SHADES

MODE_VALENCE: dict[str, float] = {
    "phrygian": -0.9,
    "phrygian dominant": -0.4,
    "harmonic minor": -0.6,
    "aeolian": -0.5,
    "dorian": -0.15,
    "mixolydian": 0.2,
    "ionian": 0.55,
    "lydian": 0.9,
}
"""The valence at which a mode is at home."""


@dataclass(frozen=True, slots=True)
class Expression:
    """What a mood asks of the players."""

    register: float
    """Semitones to lift every part by."""
    velocity: float
    """Mean MIDI velocity."""
    articulation: float
    """Share of its written length that a note sounds: 1 is legato."""
    density: float
    """0 half notes to 1 sixteenths."""
    energy: float
    """How much of the orchestra plays, 0 to 1."""
    dissonance: float
    """Chance of a seventh, suspension or borrowed chord, 0 to 1."""


def expression(valence: float, arousal: float, intensity: float) -> Expression:
    """Return how to play at this valence and arousal (-1 to 1) and intensity (0 to 1)."""
    lift = (arousal + 1) / 2
    return Expression(
        register=4 * valence + 3 * arousal,
        velocity=66 + 18 * arousal + 10 * (intensity - 0.5),
        articulation=1.0 - 0.4 * lift**1.5,
        density=min(max(0.12 + 0.55 * lift + 0.33 * intensity, 0.0), 1.0),
        energy=min(max(0.15 + 0.65 * intensity + 0.3 * lift - 0.1, 0.0), 1.0),
        dissonance=0.5 - 0.35 * valence,
    )


def mode_for(valence: float, palette: Palette | None = None) -> str:
    """Return the mode for a valence, darkest to brightest, among those the palette uses."""
    usable = palette.modes if palette else SHADES
    return min(usable, key=lambda mode: abs(MODE_VALENCE[mode] - valence))


def tempo_for(valence: float, arousal: float, palette: Palette) -> float:
    """Return beats a minute: 85 + 45 A + 5 V (Eerola; Oliveira & Cardoso), bent into the palette's range.

    Bent and not clipped, so that more arousal is always faster: the formula's 35 to 135 is mapped on to
    the range.
    """
    low, high = palette.tempo
    return low + (high - low) * (50 + 45 * arousal + 5 * valence) / 100


_FAR, _LEANING = 0.6, 0.4
"""How far a section's valence lies from its mode's home, or from the rest of the piece, when it is shaded."""


def shaded(mode: str, valence: float, home: float | None = None) -> str:
    """Return the mode for a section whose valence lies far from the piece's, `home`: one shade over.

    The tonic stays, so a darker section is heard as a shadow over the same place.
    """
    order = SHADES
    if mode not in order:
        return mode  # the augmented second is the style: no shade of it is the same music
    distance = valence - (MODE_VALENCE[mode] if home is None else home)
    if abs(distance) < (_FAR if home is None else _LEANING):
        return mode
    index = order.index(mode) + (1 if distance > 0 else -1) * (2 if abs(distance) > 1.0 else 1)
    return order[min(max(index, 0), len(order) - 1)]


def is_dark(mode: str) -> bool:
    """Say whether the third above the tonic is minor."""
    return MODES[mode][2] == 3
