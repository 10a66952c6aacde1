"""Every made input: scored, or refused in one line, and no voice lost in silence.

    python -m benchmarks.made_inputs [--journal FILE]

The inputs are those of the tests: clips like those that people sent and that failed (`tests.found_clips`),
HDR photos, pictures that move, and files that are no clips. Each is watched, planned and put together with
silence for music, in a process of its own, which ends with the exit code that the shell would be told. Where
somebody talks in the input, somebody talks in the result, or a note says what was not heard. The tests assert
the right value of each; here they are counted. A journal takes the outcomes: a run goes on from it.
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
from immersivaudio.audio import wav
from immersivaudio.cli.explaining import explained
from immersivaudio.config import Settings
from immersivaudio.media import find_speech, probe
from immersivaudio.options import ScoreOptions
from immersivaudio.pipeline import Pipeline
from immersivaudio.values import Soundtrack
from tests import found_clips, hdr_photos, voices
from tests.found_clips import Maker
from tests.samples import film
from tests.unit.media.test_hostile import BAD

_TALK = 0.3
"""Share of a result in which somebody must be heard talking; in the inputs they do so all the time."""
_SYLLABLES = 1
"""s from which talk can be told from any other sound."""
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
    heard, spoken_for = True, bool(talks)
    if talks and not code:
        settings = Settings()
        clip = probe(out, settings)
        spoken_for = clip.duration >= _SYLLABLES
        spoken = float(sum(end - start for start, end in find_speech(clip, settings)))
        told = " ".join(json.loads(said.read_text()))
        heard = spoken > _TALK * clip.duration or "sound" in told
    return Outcome(name, code, spoken_for, heard or not spoken_for)


def scored(path: Path, out: Path, said: Path) -> int:
    """Score in a child of this process, with silence for music; returns what the shell would be told."""
    child = os.fork()
    if not child:
        code = _BROKE
        try:
            notes = _scored(path, out)
            said.write_text(json.dumps(notes))
            code = 0
        except Exception as error:
            line, code = explained(error)
            said.write_text(json.dumps([line]))
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _scored(path: Path, out: Path) -> list[str]:
    """Watch, plan, and put together; returns the notes of it."""
    pipeline = Pipeline(Settings())
    clip = pipeline.open(path, photo_duration=1.0)
    sheet = pipeline.plan(pipeline.analyse(clip), ScoreOptions())
    music = out.with_suffix(".wav")
    wav.write(music, [])
    made = pipeline.assemble(clip, sheet, (Soundtrack(music, "composer"),), ScoreOptions(), out)
    return [*clip.notes, *made.receipt.notes]


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
                sys.stderr.write(f"{each}\n{(folder / 'said.json').read_text()}\n")
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
        ["scored, and somebody talks in the input for a second or more", len(spoken), ""],
        [
            "of these, nobody in the result, and no note says so",
            len(spoken),
            len(spoken) - heard,
        ],
    ]
    report.write(
        "Made inputs",
        "Clips like those that failed, HDR photos, pictures that move, and files that are no clips, made by "
        "`python -m benchmarks.made_inputs`, and scored with silence for music. What is right for each is "
        "asserted in `tests/e2e/test_found_clips.py` and `tests/unit/media`; here they are counted.\n\n"
        + report.table(["attempts", "made", "failures"], rows),
        file=report.SECURITY,
    )


if __name__ == "__main__":
    main()
