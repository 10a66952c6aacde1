"""Access to ffmpeg and PyAV: no other package opens untrusted media files."""

from immersivaudio.media.probe import probe
from immersivaudio.media.silence import soundtrack as silence
from immersivaudio.media.speech import find_speech

__all__ = ["find_speech", "probe", "silence"]
