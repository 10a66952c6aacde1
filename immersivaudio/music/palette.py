"""What a palette is: a style of music as one table. Adding one means adding one file to `palettes/`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from immersivaudio.music.score import Role

Ending = Literal["cadence", "button", "ring"]
"""How a piece ends: a broad last chord, a dry short one, or one struck softly and left to die away."""


Shape = Literal["", "power", "parallel"]
Family = Literal[
    "film", "electronic", "hip-hop and soul", "pop and rock", "roots", "latin and caribbean",
    "around the world", "orchestra and march", "media", "quiet",
]  # fmt: skip
"""Under which heading a list of styles shows it."""


Journey = Literal["song", "drop", "arc", "still"]
"""How a piece of minutes travels: verses and a chorus that is lifted at last; builds, drops and breakdowns;
a film's arc through related keys; or one place, slowly lit from other sides.
"""


@dataclass(frozen=True, slots=True)
class Player:
    """One player: its instrument, the kind of figure, and the energy from which on it plays."""

    instrument: str
    """A name in `immersivaudio.music.instruments`."""
    role: Role
    pattern: str = ""
    """A row of the role's table in `immersivaudio.music.rhythm`; a lead has none."""
    enters: float = 0.0
    """Energy of the moment, 0 to 1, from which it joins. 0: whenever there is music."""
    centre: int = 60
    """MIDI note around which it stays."""
    level: int = 0
    """Added to every velocity."""
    voices: int = 3
    """Notes of a chord it plays at once."""
    name: str = ""
    """Of the part; empty: the instrument's."""
    shape: Shape = ""
    """How it lays a chord: "" leads the voices; "power": root, fifth and octave, never a third;
    "parallel": one shape in root position, moved whole.
    """
    straight: float = 0.0
    """Share of the palette's swing that it leaves out: soloists swing less than the ride they play over."""
    echo: int = 0
    """Sixteenths after which what it plays is heard again, softer; 0: never."""
    throws: bool = False
    """Only the last stroke of every phrase is echoed, and for long: the thrown echoes of dub."""

    @property
    def title(self) -> str:
        """Name of the part it writes."""
        return self.name or self.instrument


@dataclass(frozen=True, slots=True)
class LeadStyle:
    """How this music sings."""

    cells: str
    """A row of `immersivaudio.music.melody.CELLS`: the rhythms a motif is made of."""
    leap: float = 0.15
    """Share of the motif's moves that are a third or more."""
    soar: float = 0.03
    """Share of the motif's moves that are a sixth or more; a step back follows."""
    arch: int = 3
    """Scale steps by which a phrase climbs to its summit: 0 a loop's riff, 5 a film's theme."""
    rest: float = 0.25
    """Share of a phrase left to breathe."""
    ornament: float = 0.15
    """Chance that a repeated bar gains passing or neighbour notes."""
    chromatic: float = 0.08
    """Chance that an ornament is a semitone from outside the scale."""
    span: int = 23
    """Semitones from the lowest to the highest note of the line, about: 12 a lullaby, 24 a virtuoso."""
    vary: float = 0.0
    """Chance that a bar says something new where its place in the phrase would return: .5 an improviser."""
    scale: str = ""
    """A row of `immersivaudio.music.theory.SCALES` it sings in; empty: the mode of the piece."""


@dataclass(frozen=True, slots=True)
class Accent:
    """What is struck at a hit point."""

    instrument: str
    pitch: int | None
    """MIDI key of a drum or effect; None: the root of the chord."""
    weakest: float
    """Strength of the weakest hit that gets it, 0 to 1."""
    velocity: int = 112
    """At a hit of strength 1."""


@dataclass(frozen=True, slots=True)
class Palette:
    """One style of music. `words`, `valence`, `arousal` and `tempo` say when to choose it."""

    name: str
    words: tuple[str, ...]
    """What people call it, and the scenes it suits; lower case, most telling first."""
    valence: float
    """Where the style is at home, -1 to 1."""
    arousal: float
    tempo: tuple[float, float]
    """Slowest and fastest, beats a minute."""
    metres: tuple[tuple[int, int], ...]
    """Usable metres, the usual one first."""
    modes: tuple[str, ...]
    """Usable modes, darkest first."""
    harmony: str
    """A row of `immersivaudio.music.harmony.PROGRESSIONS`."""
    players: tuple[Player, ...]
    lead: LeadStyle
    accents: tuple[Accent, ...]
    journey: Journey = "song"
    """How a long piece travels, see `immersivaudio.music.form`."""
    ending: Ending = "cadence"
    colour: int = 0
    """Thickness of chords: -1 as written, 0 triads that may glow with a ninth, 1 sevenths now and then,
    2 sevenths, 3 ninths.
    """
    chord_bars: float = 1.0
    """Bars a chord usually lasts."""
    swing: float = 0.5
    """Where the second of two off-beat notes falls between beats: .5 straight, .67 a triplet."""
    swung: Literal["eighths", "sixteenths"] = "eighths"
    """Which notes swing."""
    looseness: float = 1.0
    """Humanising: 0 a machine, 1 an ensemble, 1.5 a tired trio."""
    swing_by_tempo: bool = False
    """The ride's short note stays near 100 ms, so the faster, the straighter; `swing` is then the most."""
    late: Mapping[str, float] = field(default_factory=dict)
    """Drum of `rhythm.KEYS` -> seconds it is laid back behind the beat; under 0: pushed before it."""
    steady: bool = False
    """A groove: one tempo (within 1 %) and one metre from the first bar to the last. False: a film score,
    whose tempo gives by up to 5 % so that more cuts fall on beats.
    """
    key_change: int = 0
    """Semitones by which the last chorus lies higher, where a piece is long enough to have one."""
    riser: str = ""
    """Instrument that swells into joins; empty: none."""
    roll: str = ""
    """Drum that rolls through the beat before a strong hit; empty: none."""
    dynamic_range: float = 9.0
    """dB between the softest and the loudest stretch when the picture varies."""
    mix: Mapping[str, float] = field(default_factory=dict)
    """Hints to the renderer: "brightness" dB at 8 kHz, "reverb" seconds, "width" 0 to 1; and every other
    field of `immersivaudio.music.mixing.style.Style`.
    """
    family: Family = "film"
    source: str = ""
    """One line: where it stands what makes this style; "general knowledge" where nowhere in particular."""
