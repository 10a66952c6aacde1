"""The one door to ffmpeg and PyAV: nothing else in the house opens a stranger's file."""

from immersivaudio.media.probe import probe

__all__ = ["probe"]
