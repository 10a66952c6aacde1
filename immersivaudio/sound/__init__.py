"""Procedural ambience and effects: no samples, no weights. Could live alone.

from immersivaudio.sound import Event, render
render([Event("rain", 0, 480_000)], 480_000, Path("rain.wav"), seed=7)
"""

from immersivaudio.sound.render import Event, UnknownSoundError, render
from immersivaudio.sound.table import TABLE

NAMES = tuple(TABLE)

__all__ = ["NAMES", "Event", "UnknownSoundError", "render"]
