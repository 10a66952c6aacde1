"""Every made input, through the command line: scored, or refused in one line, and no voice lost in silence.

    python -m benchmarks.made_inputs [--journal FILE]

The inputs are those of the tests: clips like those that people sent and that failed (`tests.found_clips`),
HDR photos, pictures that move, and files that are no clips. Each is given to `immersivaudio score`, in a
process of its own. Where somebody talks in the input, somebody talks in the result, or a note says what was
not heard. The tests assert the right value of each; here they are counted. A journal takes every outcome, and
a run that was ended goes on from it.
"""

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from PIL import Image

from benchmarks import report
from immersivaudio.cli import app
from immersivaudio.config import Settings
from immersivaudio.media import find_speech, probe
from tests import found_clips, hdr_photos, voices
from tests.found_clips import Maker
from tests.samples import film
from tests.unit.media.test_hostile import BAD

_TALK = 0.3
"""Share of a result in which somebody must be heard talking; in the inputs they do so all the time."""
_NO_FILES = {"folder", "pipe", "no such file"}
"""What is refused of `BAD` before there is a file."""
_REFUSED, _BROKE = 2, 1
"""Exit codes."""


class Outcome(NamedTuple):
    """How one input ended."""

    name: str
    code: int
    talks: bool
    """Whether somebody talks in it."""
    heard: bool
    """Whether somebody does in the result, or a note tells why not."""


def inputs(folder: Path) -> Iterator[tuple[str, Maker]]:
    """Every input by name; a maker takes the folder."""
    yield from found_clips.MADE.items()
    for coder in (hdr_photos.avif, hdr_photos.heic):
        for transfer in ("smpte2084", "arib-std-b67"):
            name = f"{transfer}.{coder.__name__}"
            yield name, partial(_written, partial(coder, transfer=transfer), name)
    for kind in ("gif", "png", "avif", "webp"):
        yield f"moving.{kind}", partial(_written, _moving, f"moving.{kind}")
    source = film(folder / "film.mp4", shots=2, seconds=1.0, size=(160, 90), sound="sine=f=440")
    for number, (spoil, words) in enumerate(BAD):
        if words not in _NO_FILES:
            yield (
                spoil.__name__.strip("_"),
                partial(_written, partial(_spoiled, spoil, source), f"{number}.mp4"),
            )


def _written(make: Callable[[Path], object], name: str, folder: Path) -> Path:
    make(folder / name)
    return folder / name


def _spoiled(spoil: Callable[[Path, Path], None], source: Path, path: Path) -> None:
    spoil(path, source)


def _moving(path: Path) -> Path:
    pictures = [Image.new("RGB", (120, 80), (80 * step, 90, 20)) for step in range(3)]
    pictures[0].save(path, save_all=True, append_images=pictures[1:], duration=[100, 400, 700])
    return path


def tried(name: str, make: Maker, folder: Path) -> Outcome:
    """Make an input, score it, and listen to the result."""
    talks: list[object] = []

    voice = voices.voice

    def talking(seconds: float, *, seed: int = 0, pitch: float = 120.0) -> voices.Sound:
        talks.append(seconds)
        return voice(seconds, seed=seed, pitch=pitch)

    (folder / "talk.wav").unlink(missing_ok=True)
    with patch.object(voices, "voice", talking):
        path = make(folder)
    out, said = folder / "out.mp4", folder / "said.json"
    out.unlink(missing_ok=True)
    code = scored(path, out, said)
    heard = True
    if talks and not code:
        facts = json.loads(said.read_text())
        settings = Settings()
        clip = probe(out, settings)
        spoken = float(sum(end - start for start, end in find_speech(clip, settings)))
        told = " ".join([*facts["clip"]["notes"], *facts["receipt"]["notes"]])
        heard = spoken > _TALK * clip.duration or "sound" in told
    return Outcome(name, code, bool(talks), heard)


def scored(path: Path, out: Path, said: Path) -> int:
    """Run the command in a child of this process, which has imported everything; returns its exit code."""
    child = os.fork()
    if not child:
        with said.open("w") as file, said.with_suffix(".err").open("w") as errors:
            os.dup2(file.fileno(), 1)
            os.dup2(errors.fileno(), 2)
        sys.argv = ["immersivaudio", "score", str(path), "-o", str(out), "--json", "--duration", "1"]
        try:
            app.main()
        except SystemExit as end:
            os._exit(end.code if isinstance(end.code, int) else 0 if end.code is None else 1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def outcomes(journal: Path | None) -> list[Outcome]:
    """Try every input that the journal does not know."""
    lines = journal.read_text().splitlines() if journal and journal.exists() else []
    known = {row[0]: Outcome(*row) for row in map(json.loads, lines)}
    with tempfile.TemporaryDirectory(prefix="inputs-") as place:
        folder = Path(place)
        for name, make in inputs(folder):
            if name in known:
                continue
            known[name] = each = tried(name, make, folder)
            if each.code not in {0, _REFUSED} or not each.heard:
                sys.stderr.write(f"{each}\n{(folder / 'said.err').read_text()}\n")
            if journal:
                with journal.open("a") as file:
                    file.write(json.dumps(each) + "\n")
    return list(known.values())


def main() -> None:
    """Measure and write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--journal", type=Path)
    found = outcomes(options.parse_args().journal)
    codes = Counter(each.code for each in found)
    spoken = [each for each in found if each.talks and not each.code]
    heard = sum(each.heard for each in spoken)
    rows = [
        ["kinds of input made", len(found), len(found) - codes[0] - codes[_REFUSED]],
        ["of them scored", codes[0], ""],
        ["of them refused in one line (exit code 2)", codes[_REFUSED], ""],
        ["of them ended in an error of ours (exit code 1)", codes[_BROKE], codes[_BROKE]],
        ["scored, and somebody talks in the input", len(spoken), ""],
        [
            "of these, nobody in the result, and no note says so",
            len(spoken),
            len(spoken) - heard,
        ],
    ]
    report.write(
        "Made inputs",
        "Clips like those that failed, HDR photos, pictures that move, and files that are no clips, made by "
        "`python -m benchmarks.made_inputs` and given to `immersivaudio score`. What is right for each is "
        "asserted in `tests/e2e/test_found_clips.py` and `tests/unit/media`; here they are counted.\n\n"
        + report.table(["attempts", "made", "failures"], rows),
        file=report.SECURITY,
    )


if __name__ == "__main__":
    main()
