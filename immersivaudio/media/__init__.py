"""The one door to ffmpeg and PyAV: nothing else in the house opens a stranger's file."""

from immersivaudio.media.probe import probe
from immersivaudio.media.silence import soundtrack as silence
from immersivaudio.media.speech import find_speech

__all__ = ["find_speech", "probe", "silence"]
