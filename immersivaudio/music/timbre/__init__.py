"""One note of one instrument, whoever makes it: rendered once, then placed as often as it is played."""

from immersivaudio.music.timbre.tone import RenderedTone

__all__ = ["RenderedTone"]
