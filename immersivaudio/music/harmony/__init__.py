"""Harmony: a vocabulary of chords, progressions that breathe, voices that move by little."""

from immersivaudio.music.harmony.chords import Harmony, chord
from immersivaudio.music.harmony.progressions import Span, final_chord, harmonise, loops
from immersivaudio.music.harmony.tables import PROGRESSIONS
from immersivaudio.music.harmony.voicing import lead_voices, stacked

__all__ = [
    "PROGRESSIONS",
    "Harmony",
    "Span",
    "chord",
    "final_chord",
    "harmonise",
    "lead_voices",
    "loops",
    "stacked",
]
