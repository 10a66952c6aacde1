"""What does an album as one film cost, beside its longest part alone?

    python -m benchmarks.album

Six photos of 12 megapixels and four clips of 720p, drawn at run time, by the command line, in turn with the
longest clip.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from statistics import median

import av
import cv2
import numpy as np

from benchmarks.film_maker import Pixels, pictures
from benchmarks.report import table, write

PHOTOS, CLIPS = 6, (4.0, 5.0, 6.0, 8.0)
"""How many photos, and the clips' lengths, s."""
ROUNDS = 3
_RATE, _SIZE, _PHOTO = 30, (1280, 720), (4000, 3000)


def parts(folder: Path) -> list[Path]:
    """Draw ten parts into `folder`: photos and clips in turn, the longest clip last."""
    scenes = iter(pictures(np.random.default_rng(10)))
    made = []
    for number in range(PHOTOS):
        path = folder / f"photo{number}.jpg"
        cv2.imwrite(str(path), cv2.resize(next(scenes), _PHOTO, interpolation=cv2.INTER_CUBIC))
        made.append(path)
    for number, seconds in enumerate(CLIPS):
        path = folder / f"clip{number}.mp4"
        _film(path, _moves(next(scenes), round(seconds * _RATE)))
        made.insert(2 * number + 1, path)
    return made


def _moves(scene: Pixels, count: int) -> Iterator[Pixels]:
    """Yield pictures of a camera that moves over `scene`."""
    width, height = _SIZE
    wide = cv2.resize(scene, (width + 2 * count, height + 2 * count), interpolation=cv2.INTER_LINEAR)
    for step in range(count):
        yield np.ascontiguousarray(wide[step : step + height, 2 * step : 2 * step + width])


def _film(path: Path, shown: Iterator[Pixels]) -> None:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=_RATE, options={"crf": "23", "preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = *_SIZE, "yuv420p"
        for index, pixels in enumerate(shown):
            frame = av.VideoFrame.from_ndarray(pixels, "bgr24")
            frame.pts, frame.time_base = index, Fraction(1, _RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def _taken(*words: str | Path) -> float:
    """Return the wall time of a command of ours, s."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "immersivaudio", *map(str, words), "--quiet"], check=True)
    return time.perf_counter() - start


def main() -> None:
    """Measure, and write the section."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        album = parts(folder)
        longest = next(path for path in album if path.stem == f"clip{len(CLIPS) - 1}")
        alone, together = [], []
        for _ in range(ROUNDS):
            alone.append(_taken("score", longest, "--out", folder / "alone.mp4"))
            together.append(_taken("film", *album, "--out", folder / "album.mp4"))
        with av.open(str(folder / "album.mp4")) as made:
            length = float((made.duration or 0) / av.time_base)
    one, ten = median(alone), median(together)
    rows = [
        ("longest part alone", f"{CLIPS[-1]:.0f} s", f"{one:.1f} s", ""),
        ("ten parts as one film", f"{length:.0f} s", f"{ten:.1f} s", f"<= {1.2 * one + 5:.1f} s"),
        (
            "a second of the album beside one of the part alone",
            "",
            f"{ten / length / (one / CLIPS[-1]):.2f} x",
            "",
        ),
    ]
    write("An album as one film", table(("what", "film", "from the command to the file", "aim"), rows))


if __name__ == "__main__":
    main()
