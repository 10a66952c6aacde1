"""How much the whole pipeline costs beside a plain decode, and how much memory a long clip takes.

python -m benchmarks.pipeline
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import imageio_ffmpeg

from benchmarks import report
from immersivaudio import example

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()


def film(folder: Path, seconds: int) -> Path:
    """The example clip, enlarged to 1080p with a little grain and looped: an H.264 file of some megabits."""
    out = folder / f"film_{seconds}.mp4"
    short = folder / "short.mp4"
    if not short.exists():
        source = example.make(folder / "example.mp4")
        _ffmpeg("-i", source, "-t", "15", "-vf", "scale=1920:1080,noise=alls=6:allf=t", "-c:v", "libx264",
                "-preset", "veryfast", "-pix_fmt", "yuv420p", short)  # fmt: skip
    _ffmpeg("-stream_loop", str(seconds // 15), "-i", short, "-t", str(seconds), "-c", "copy", out)
    return out


def _ffmpeg(*arguments: object) -> None:
    command = [FFMPEG, "-v", "error", "-nostdin", "-y", *map(str, arguments)]
    subprocess.run(command, check=True)


def main() -> None:
    """Measure, and write the section."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        half, long = film(folder, 30), film(folder, 600)
        score = [sys.executable, "-m", "immersivaudio", "score", "-q", "-o", str(folder / "out.mp4")]
        decode = [FFMPEG, "-nostdin", "-i", str(half), "-f", "null", "-"]
        plain, whole, sounds = report.costs([decode, [*score, str(half)], [*score, "--sounds", str(half)]])
        memory = report.peak_megabytes([*score, str(long)])
    rows = [
        ["plain decode of a 1080p 30 s clip, CPU s", f"{plain.cpu:.2f}", ""],
        [
            "the whole pipeline on it, CPU s",
            f"{whole.cpu:.2f}",
            f"at most {2 * plain.cpu + 3:.2f} (2.0 x decode + 3 s)",
        ],
        ["the same, wall s", f"{whole.wall:.2f}", ""],
        ["(pipeline - 3 s) / decode", f"{(whole.cpu - 3) / plain.cpu:.2f}", "at most 2.0"],
        ["with sounds of the scene, CPU", f"{(sounds.cpu / whole.cpu - 1) * 100:+.0f} %", "at most +25 %"],
        ["peak memory, 10 minutes of 1080p, MB", f"{memory:.0f}", "under 700"],
    ]
    report.write("Pipeline", report.table(["measure", "figure", "aim"], rows))


if __name__ == "__main__":
    main()
