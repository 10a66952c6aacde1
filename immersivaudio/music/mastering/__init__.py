"""The last hand on the mix: tonal balance, gentle compression, loudness, true peaks."""

from immersivaudio.music.mastering.balance import Aim
from immersivaudio.music.mastering.master import Measured, master

__all__ = ["Aim", "Measured", "master"]
