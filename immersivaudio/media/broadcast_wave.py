"""Broadcast WAV: 48 kHz, 24 bits, with the time at which it belongs on a film's timeline (EBU Tech 3285)."""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import Sound
from immersivaudio.media.ffmpeg import failure

_FULL = 1 << 23
_OPTIONS = {"write_bext": "1", "rf64": "auto", "fflags": "+bitexact"}
"""RF64 where a file passes 4 GB; no time of writing, so that the same sound is the same file."""


def write(
    path: Path, sound: Iterable[Sound], *, time_reference: int, description: str, gain_db: float = 0.0
) -> None:
    """Write `sound` (48 kHz stereo, blocks of shape (2, n)), rounded to 24 bits.

    `time_reference` is its first sample, counted from midnight in timecode. Raises `StageFailedError` where
    the file cannot be written.
    """
    told = {
        "description": description[:256],
        "originator": "Immersivaudio",
        "time_reference": str(time_reference),
        "coding_history": f"A=PCM,F={SAMPLE_RATE},W=24,M=stereo",
    }
    gain = 10 ** (gain_db / 20) if gain_db else 1.0
    try:
        with av.open(f"file:{path}", "w", format="wav", options=_OPTIONS) as target:
            target.metadata.update(told)
            stream = target.add_stream("pcm_s24le", rate=SAMPLE_RATE, layout="stereo")
            done = 0
            for block in sound:
                frame = AudioFrame.from_ndarray(_whole(block, gain), format="s32", layout="stereo")
                frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, done, Fraction(1, SAMPLE_RATE)
                done += block.shape[1]
                target.mux(stream.encode(frame))
            target.mux(stream.encode(None))
    except av.error.FFmpegError as error:
        raise failure(str(error)) from error


def _whole(block: Sound, gain: float) -> np.ndarray[tuple[int, int], np.dtype[np.int32]]:
    """Round to 24 bits, in the upper part of 32, as the coder takes them: shape (1, 2 n)."""
    scaled = np.rint(block.T.astype(np.float64) * (gain * _FULL))
    return (np.clip(scaled, -_FULL, _FULL - 1).astype(np.int32) << 8).reshape(1, -1)
