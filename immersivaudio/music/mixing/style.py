"""What a palette asks of the desk and of the master: its room, its tone, its manners."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from immersivaudio.music.palettes import PALETTES


@dataclass(frozen=True, slots=True)
class Style:
    """Every field may be set by `Palette.mix`, under the same name."""

    reverb: float = 1.6
    """s until the room has fallen by 60 dB."""
    wet: float = 0.0
    """dB added to every send."""
    predelay: float = 0.022
    """s between a sound and the room's answer."""
    damping: float = 5000.0
    """Hz around which the room dies twice as fast."""
    brightness: float = 0.0
    """dB at 8 kHz, against the usual."""
    width: float = 0.75
    """0 narrow, 1 wide."""
    crest: float = 12.6
    """dB of peaks over loudness: real music has 11 in rock, 13.4 in an orchestra, more in electronic
    music.
    """
    pump: float = 0.0
    """dB everything but drums ducks under the kick."""
    crackle: float = 0.0
    """A record's surface noise, 0 none to 1 worn."""
    wobble: float = 0.0
    """Depth of a tape's wow, cents."""


MANNERS: dict[str, dict[str, float]] = {
    "ambient": {"wet": 3.0, "predelay": 0.04},
    "chiptune": {"wet": -6.0, "predelay": 0.01},
    "cinematic": {"predelay": 0.03},
    "epic": {"predelay": 0.03},
    "hip-hop": {"pump": 1.5},
    "horror": {"wet": 2.0, "damping": 3500.0},
    "house": {"pump": 4.5},
    "lo-fi": {"damping": 3500.0, "crackle": 0.5, "wobble": 7.0},
    "melancholic piano": {"wet": 2.0, "damping": 4000.0},
    "orchestral waltz": {"predelay": 0.028},
    "synthwave": {"pump": 2.5, "wet": 1.0},
    "tense": {"damping": 4000.0},
}
"""By palette; what `Palette.mix` says comes first."""


CREST: dict[str, float] = {
    "film": 13.4, "orchestra and march": 13.4, "quiet": 13.4, "electronic": 13.6, "pop and rock": 11.0,
    "hip-hop and soul": 11.5, "roots": 12.0, "latin and caribbean": 12.0, "media": 12.0,
}  # fmt: skip
"""Family -> dB of peaks over loudness. Electronic music of games has 16: at -14 LUFS no file holds that."""


def style_of(palette: str) -> Style:
    """Return how `palette` is mixed; an unknown palette is mixed plainly."""
    known = PALETTES.get(palette)
    hints: Mapping[str, float] = known.mix if known else {}
    names = {field.name for field in fields(Style)}
    family = {"crest": CREST[known.family]} if known and known.family in CREST else {}
    wanted = {**family, **MANNERS.get(palette, {}), **hints}
    return replace(Style(), **{name: float(value) for name, value in wanted.items() if name in names})
