"""Rhythm: figures and grooves as tables, and how to read them."""

from immersivaudio.music.rhythm.figures import BASS, COMPING
from immersivaudio.music.rhythm.grooves import FILL_OF, FILLS, GROOVES, KEYS, STRENGTH
from immersivaudio.music.rhythm.pattern_choice import (
    ROWS,
    fitted,
    graded,
    metre_name,
    pick,
    placed,
    row,
    row_name,
    strokes,
    turning,
)

__all__ = [
    "BASS",
    "COMPING",
    "FILLS",
    "FILL_OF",
    "GROOVES",
    "KEYS",
    "ROWS",
    "STRENGTH",
    "fitted",
    "graded",
    "metre_name",
    "pick",
    "placed",
    "row",
    "row_name",
    "strokes",
    "turning",
]
