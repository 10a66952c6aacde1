"""What a palette asks of the desk: its room and its manners. A palette without a row takes the plain one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """One row of the table."""

    room: float = 1.6
    """s until the room has fallen by 60 dB."""
    wet_db: float = 0.0
    """Added to every send."""
    predelay: float = 0.022
    """s between a sound and the room's answer."""
    damping: float = 5000.0
    """Hz above which the room dies twice as fast."""
    pump_db: float = 0.0
    """How far everything but drums ducks under the kick."""
    crackle_db: float | None = None
    """Level of a record's surface noise, dBFS; None: there is none."""
    wobble: float = 0.0
    """Depth of tape wow, cents."""


PLAIN = Style()
STYLES: dict[str, Style] = {
    "cinematic": Style(room=2.4, predelay=0.03),
    "epic": Style(room=2.6, predelay=0.03),
    "tense": Style(room=2.2, damping=4000),
    "horror": Style(room=3.0, wet_db=2.0, damping=3500),
    "melancholic piano": Style(room=2.2, wet_db=2.0),
    "hopeful": Style(room=1.9),
    "ambient": Style(room=3.2, wet_db=4.0, predelay=0.04),
    "lo-fi": Style(room=0.9, damping=3500, crackle_db=-58.0, wobble=7.0),
    "synthwave": Style(room=1.8, pump_db=2.5),
    "house": Style(room=1.1, pump_db=5.0),
    "hip-hop": Style(room=0.9, pump_db=1.5),
    "folk": Style(room=1.1),
    "jazz": Style(room=1.0),
    "bossa": Style(room=1.1),
    "rock": Style(room=1.2),
    "comedy": Style(room=1.2),
    "chiptune": Style(room=0.6, wet_db=-6.0),
    "waltz": Style(room=2.2, predelay=0.028),
}


def style_of(palette: str) -> Style:
    """Return the row of `palette`."""
    return STYLES.get(palette, PLAIN)
