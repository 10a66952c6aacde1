"""The composer. Could live alone: a brief goes in, a score and its sound come out.

from immersivaudio import music
score = music.compose(brief)
rendering = music.render(score, folder)
"""

from immersivaudio.music.brief import Brief, Hit, Section
from immersivaudio.music.composer import compose
from immersivaudio.music.errors import MusicError, SoundFontError, UnknownInstrumentError
from immersivaudio.music.midi import write_midi
from immersivaudio.music.moods import mode_for, tempo_for
from immersivaudio.music.palette import Palette
from immersivaudio.music.palettes import PALETTES
from immersivaudio.music.rendering import Rendering, render
from immersivaudio.music.score import Score
from immersivaudio.music.soundfont.find import FoundFont, find_soundfont
from immersivaudio.music.tempo_map import choose_tempo

__all__ = [
    "PALETTES",
    "Brief",
    "FoundFont",
    "Hit",
    "MusicError",
    "Palette",
    "Rendering",
    "Score",
    "Section",
    "SoundFontError",
    "UnknownInstrumentError",
    "choose_tempo",
    "compose",
    "find_soundfont",
    "mode_for",
    "render",
    "tempo_for",
    "write_midi",
]
