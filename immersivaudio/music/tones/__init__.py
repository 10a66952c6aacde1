"""One note of one instrument, whoever makes it: rendered once, then placed as often as it is played."""

from immersivaudio.music.tones.tone import Tone

__all__ = ["Tone"]
