"""Judges that share nothing with the code they judge: the ffmpeg program, and packets read by PyAV."""

import hashlib
import json
import re
import subprocess
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()


def ffmpeg(*arguments: str | Path) -> str:
    """Run the ffmpeg program, and return what it says."""
    command = [FFMPEG, "-hide_banner", "-nostdin", "-y", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stderr


@dataclass(frozen=True)
class Packets:
    """The video stream as it is stored."""

    count: int
    checksum: str


def video_packets(path: Path) -> Packets:
    """Count and hash the video packets' payload, in order of storage."""
    digest, count = hashlib.sha256(), 0
    with av.open(str(path)) as container:
        for packet in container.demux(container.streams.video[0]):
            if packet.size:
                digest.update(bytes(packet))
                count += 1
    return Packets(count, digest.hexdigest())


def shown_seconds(path: Path) -> Fraction:
    """How long the pictures are shown: from the first to the end of the last."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        times = [
            (packet.pts, packet.pts + (packet.duration or 0))
            for packet in container.demux(stream)
            if packet.pts is not None
        ]
        assert stream.time_base is not None
        return (max(end for _, end in times) - min(start for start, _ in times)) * stream.time_base


def sound(path: Path, rate: int = 48_000) -> NDArray[np.float32]:
    """Decode the sound as a player would (edit list honoured): shape (samples, 2)."""
    command = [FFMPEG, "-v", "error", "-nostdin", "-i", str(path), "-map", "0:a:0", "-f", "f32le", "-ac", "2"]
    done = subprocess.run([*command, "-ar", str(rate), "-"], capture_output=True, check=True)
    return np.frombuffer(done.stdout, dtype=np.float32).reshape(-1, 2)


@dataclass(frozen=True)
class Loudness:
    """What ffmpeg's ebur128 filter says of a file."""

    integrated: float
    """LUFS"""
    true_peak: float
    """dBTP"""
    spread: float
    """Loudness range, LU."""


def loudness(path: Path) -> Loudness:
    """Measure the delivered file, BS.1770 and EBU Tech 3342."""
    said = ffmpeg("-i", path, "-map", "0:a:0", "-af", "ebur128=peak=true", "-f", "null", "-")
    summary = said[said.rindex("Summary:") :]
    values = [
        float(re.search(pattern, summary)[1])  # type: ignore[index]
        for pattern in (
            r"I:\s+(-?[\d.]+|-inf) LUFS",
            r"Peak:\s+(-?[\d.]+|-inf) dBFS",
            r"LRA:\s+(-?[\d.]+) LU",
        )
    ]
    return Loudness(*values)


def longest_silence(samples: NDArray[np.float32], rate: int = 48_000, floor_db: float = -60.0) -> float:
    """Seconds of the longest stretch under `floor_db` dBFS in 10 ms windows."""
    size = rate // 100
    level = np.sqrt(np.mean(samples[: len(samples) // size * size].reshape(-1, size * 2) ** 2, axis=1))
    quiet = np.concatenate([[0], (level < 10 ** (floor_db / 20)).astype(int), [0]])
    edges = np.flatnonzero(np.diff(quiet))
    return float((edges[1::2] - edges[::2]).max(initial=0)) / 100


def is_faststart(path: Path) -> bool:
    """Whether the index stands before the media data."""
    data = path.read_bytes()
    return data.index(b"moov") < data.index(b"mdat")


def shared_folder() -> Path:
    """Where the shared clips lie: beside the checkout."""
    return Path(__file__).resolve().parents[2] / "shared" / "media" / "dev"


def true_cuts() -> dict[str, list[float]]:
    """Hard cuts of the shared clips, seen by people."""
    cuts: dict[str, list[float]] = json.loads((shared_folder() / "cuts.json").read_text())
    return cuts
