"""Sound files that are sent: FLAC, Opus and MP3, block by block."""

from pathlib import Path

import soundfile

_BLOCK = 1 << 16
"""Frames at once: libsndfile's Ogg writer overflows its stack on whole tracks."""
_SPAN = 512
"""kbit/s between libsndfile's least and most compression of stereo Opus."""


def flac(wav: Path, out: Path) -> Path:
    """24 bits, lossless."""
    return _written(wav, out, format="FLAC", subtype="PCM_24")


def mp3(wav: Path, out: Path) -> Path:
    """Joint stereo near 190 kbit/s: what every player of a messenger plays."""
    return _written(wav, out, format="MP3", subtype="MPEG_LAYER_III", compression_level=0.3)


def opus(wav: Path, out: Path, kbps: int) -> Path:
    """About `kbps` kbit/s in stereo. As many samples come out as went in, at the same places."""
    return _written(wav, out, format="OGG", subtype="OPUS", compression_level=1 - kbps / _SPAN)


def _written(wav: Path, out: Path, **options: str | float) -> Path:
    with (
        soundfile.SoundFile(wav) as sound,
        soundfile.SoundFile(out, "w", sound.samplerate, sound.channels, **options) as target,
    ):
        for block in sound.blocks(_BLOCK, dtype="float32"):
            target.write(block)
    return out
