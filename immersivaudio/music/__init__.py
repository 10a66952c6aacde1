"""The composer. Could live alone: a brief goes in, a score and its sound come out.

from immersivaudio import music
score = music.compose(brief)
rendering = music.render(score, folder)
"""

from immersivaudio.music.errors import MusicError, SoundFontError, UnknownInstrumentError
from immersivaudio.music.rendering import Rendering, render
from immersivaudio.music.soundfont.find import FoundFont, find_soundfont

__all__ = [
    "FoundFont",
    "MusicError",
    "Rendering",
    "SoundFontError",
    "UnknownInstrumentError",
    "find_soundfont",
    "render",
]
