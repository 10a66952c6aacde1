"""Samples of real instruments: a SoundFont 2 / 3 reader and player in plain numpy.

Follows "SoundFont Technical Specification 2.04" (Creative, 2006); the section numbers in this room are its.
"""

from immersivaudio.music.soundfont.bank import SoundFont
from immersivaudio.music.soundfont.find import LICENCES, FoundFont, find_soundfont

__all__ = ["LICENCES", "FoundFont", "SoundFont", "find_soundfont"]
