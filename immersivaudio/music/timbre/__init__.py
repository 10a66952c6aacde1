"""One note of one instrument, sampled or synthesised: rendered once, then placed as often as it is played."""

from immersivaudio.music.timbre.tone import RenderedTone

__all__ = ["RenderedTone"]
