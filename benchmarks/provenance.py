"""What marks and signatures cost, and whether `verify` tells the truth: 50 results, and changes of one byte.

python -m benchmarks.provenance [--count 50]
"""

import argparse
import random
import shutil
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks import report
from immersivaudio.config import Settings
from immersivaudio.options import ScoreOptions
from immersivaudio.pipeline import Pipeline
from immersivaudio.provenance import attaching, manifest, mark
from immersivaudio.provenance.credentials import identity
from immersivaudio.provenance.verification import same_render, verify
from immersivaudio.values import ScoredClip
from tests import samples

_MOODS = ("", "hopeful", "tense", "calm", "epic", "lo-fi", "sad piano", "bossa", "techno", "waltz")
_AGAIN = 10


def main() -> None:
    """Write the section."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=50)
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory(prefix="provenance-") as name:
        folder = Path(name)
        settings = Settings(_env_file=None)
        pipeline = Pipeline(settings)
        made = [_scored(pipeline, folder, number) for number in range(count)]
        rows = [*_truths(made, pipeline, folder), *_costs(made, folder)]
    report.write("Provenance", _INTRODUCTION + report.table(("what", "made", "result"), rows))


_INTRODUCTION = """Made films of one to four shots. A changed byte is one of the sound's
packets, or one letter of the sheet in the mark. Times are of the same films, in turn, in one process.

"""


def _scored(pipeline: Pipeline, folder: Path, number: int) -> ScoredClip:
    here = folder / str(number)
    here.mkdir()
    film = samples.film(here / "film.mp4", shots=1 + number % 4, sound="sine=f=330" if number % 2 else "")
    request = ScoreOptions(mood=_MOODS[number % len(_MOODS)], seed=number)
    return pipeline.score(film, request, here / "out.mp4", here / "music")


def _truths(made: list[ScoredClip], pipeline: Pipeline, folder: Path) -> list[tuple[object, ...]]:
    settings = pipeline.settings
    true = sum(verify(each.path, settings).holds for each in made)
    sound = sum(not verify(_changed(each.path, folder, b"mdat"), settings).holds for each in made)
    sheet = sum(not verify(_changed(each.path, folder, b'receipt="'), settings).holds for each in made)
    same = 0
    for each in made[:_AGAIN]:
        receipt = mark.read(each.path)
        assert receipt is not None
        again = pipeline.render(each.clip, each.sheet, receipt.request(), folder / "again.mp4", folder)
        same += "every byte is the same" in same_render(again.path, receipt, settings).words
    return [
        ("`verify` on fresh results: all true", len(made), true),
        ("one byte of the sound changed: caught", len(made), sound),
        ("one byte of the sheet changed: caught", len(made), sheet),
        ("rendered again from the receipt: every byte the same", _AGAIN, same),
    ]


def _changed(film: Path, folder: Path, after: bytes) -> Path:
    """A copy with one bit flipped somewhere behind a word."""
    data = bytearray(film.read_bytes())
    rng = random.Random(film.parent.name)
    place = (data.index(after) if after == b"mdat" else data.rindex(after)) + len(after)
    data[place + 40 + rng.randrange(400)] ^= 1
    out = folder / "changed.mp4"
    out.write_bytes(data)
    return out


def _costs(made: list[ScoredClip], folder: Path) -> list[tuple[object, ...]]:
    signer = identity(Settings(_env_file=None, sign=True))
    seconds, bytes_, marking, marks = [], [], [], []
    for each in made:
        film = Path(shutil.copy(each.path, folder / "sign.mp4"))
        receipt = mark.read(film)
        assert receipt is not None
        started = time.perf_counter()
        manifest.sign(film, each.clip, receipt, signer)
        seconds.append(time.perf_counter() - started)
        bytes_.append(film.stat().st_size - each.path.stat().st_size)
        marks.append(len(mark.box(receipt)))
        bare = film.with_name("bare.mp4")
        bare.write_bytes(each.path.read_bytes()[: -marks[-1]])
        started = time.perf_counter()
        attaching.attach(
            ScoredClip(bare, each.clip, each.sheet, each.receipt, each.tracks),
            ScoreOptions(),
            Settings(_env_file=None),
        )
        marking.append(time.perf_counter() - started)
    told = [
        ("signing: s, median and most", len(made), f"{median(seconds):.3f}, {max(seconds):.3f}"),
        ("signing: bytes, median and most", len(made), f"{median(bytes_):.0f}, {max(bytes_)}"),
        ("the mark: s, median and most", len(made), f"{median(marking):.3f}, {max(marking):.3f}"),
        ("the mark: bytes, median and most", len(made), f"{median(marks):.0f}, {max(marks)}"),
    ]
    return list(told)


if __name__ == "__main__":
    main()
