"""Our own synthesis: pads, basses, leads, chips, drums and film effects, all from seeded mathematics."""

from immersivaudio.music.synths.player import SynthPlayer
from immersivaudio.music.synths.table import PATCHES

__all__ = ["PATCHES", "SynthPlayer"]
