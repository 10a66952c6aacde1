"""Melody: one motif, stated, varied, returned; and a second voice that answers it."""

from immersivaudio.music.melody.cells import CELLS
from immersivaudio.music.melody.counter import answer, at_the_octave
from immersivaudio.music.melody.line import sing
from immersivaudio.music.melody.motif import Gesture, Motif, invent
from immersivaudio.music.melody.phrasing import theme
from immersivaudio.music.melody.register import aside

__all__ = ["CELLS", "Gesture", "Motif", "answer", "aside", "at_the_octave", "invent", "sing", "theme"]
