"""Rhythm: figures and grooves as tables, and how to read them."""

from immersivaudio.music.rhythm.figures import BASS, COMPING
from immersivaudio.music.rhythm.grades import fitted, graded, metre_name, pick, strokes, turning
from immersivaudio.music.rhythm.grooves import FILL_OF, FILLS, GROOVES, KEYS, STRENGTH

__all__ = [
    "BASS",
    "COMPING",
    "FILLS",
    "FILL_OF",
    "GROOVES",
    "KEYS",
    "STRENGTH",
    "fitted",
    "graded",
    "metre_name",
    "pick",
    "strokes",
    "turning",
]
