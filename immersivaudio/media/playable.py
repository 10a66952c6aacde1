"""Which coded pictures play where people watch (Telegram, Discord, browsers), and so are copied as they are.

Muxing into MP4 is not the test: MPEG-2, MPEG-4 part 2, ProRes and MJPEG mux well and stay black in a browser.
4:2:0 only, since no phone and no browser decodes more in hardware; 10 bits only where the codec's main
profile has them. docs/decisions/0060-copy-or-encode.md weighs it.
"""

from immersivaudio.values import Clip

_EIGHT = frozenset(("yuv420p", "yuvj420p"))
_TEN = _EIGHT | {"yuv420p10le"}

COPIED = {"h264": _EIGHT, "hevc": _TEN, "av1": _TEN, "vp9": _TEN}
"""Codec -> the pixel formats that play."""

_UNTIMED = frozenset(("avi",))
"""Demuxers of containers that do not store when a picture is shown, only the order of decoding."""


def plays(clip: Clip) -> bool:
    """Whether the clip's pictures may be copied into an MP4 that plays everywhere."""
    return (
        clip.kind == "video"
        and clip.pixel_format in COPIED.get(clip.codec, frozenset())
        and clip.demuxer not in _UNTIMED
    )
