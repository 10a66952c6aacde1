"""Touching up: what particular fonts are known to do badly, and the filter that mends it."""

from pathlib import Path

from immersivaudio.music.timbre.filters import Filter

FIXES: dict[str, dict[int, tuple[Filter, ...]]] = {
    "TimGM6mb": {
        # Its grand piano is closed at 2.5 kHz: nothing is left of the hammers.
        0: (Filter("highshelf", 2200, 0.7, 6.0),),
    },
}
"""Beginning of the file's name -> General MIDI program -> filters."""


def fixes_for(font: Path, program: int) -> tuple[Filter, ...]:
    """Return the filters for `program` of `font`; none for fonts nobody complained about."""
    return next((rows.get(program, ()) for name, rows in FIXES.items() if font.name.startswith(name)), ())
