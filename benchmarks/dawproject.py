"""Does another program's reader find in our DAWproject what we wrote? `python -m benchmarks.dawproject`.

openDAW's `lib-dawproject` (AGPL-3.0-or-later: run here as a program, in a folder that is removed afterwards;
nothing of it is part of this project) reads 20 made films at each of ten rates. Needs node, npm and a
registry of their packages. With `--schema Project.xsd` (from Bitwig's repository) and xmlschema, the schema
judges, too.

It reads no marker of anybody's: it looks for the markers inside the first of them (0.0.77). The day it does,
this fails and says so.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.export import dawproject
from immersivaudio.export.timeline import EditTimeline
from tests.edit_timelines import RATES, made

# Its 0.0.78 asks for a lib-xml that was never published.
PACKAGES = ("@opendaw/lib-dawproject@0.0.77", "linkedom@0.18", "esbuild@0.25")
READER = """
import { DOMParser } from "linkedom";
import { readFileSync } from "node:fs";
globalThis.DOMParser = DOMParser;
console.debug = console.info = () => {};
const { Xml } = await import("@opendaw/lib-xml");
const { ProjectSchema } = await import("@opendaw/lib-dawproject");
const read = process.argv.slice(2).map((path) => Xml.parse(readFileSync(path, "utf8"), ProjectSchema));
console.log(JSON.stringify(read));
"""


def main() -> None:
    """Write the films, have them read, and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schema", type=Path, help="Bitwig's Project.xsd")
    schema = parser.parse_args().schema
    if not (shutil.which("npm") and shutil.which("node")):
        sys.exit("benchmarks.dawproject needs node and npm")
    timelines = [made(rate, number) for rate in RATES.values() for number in range(20)]
    with tempfile.TemporaryDirectory(prefix="dawproject-") as folder:
        paths = [Path(folder) / f"{number}.xml" for number in range(len(timelines))]
        for path, timeline in zip(paths, timelines, strict=True):
            path.write_text(dawproject.project(timeline), encoding="utf-8")
        if schema:
            import xmlschema

            judge = xmlschema.XMLSchema(str(schema))
            for path in paths:
                judge.validate(str(path))
            print(f"valid by {schema.name}: {len(paths)}")
        for read, timeline in zip(_read(Path(folder), paths), timelines, strict=True):
            assert _found(read) == _wanted(timeline), timeline.name
            assert not read["arrangement"]["markers"]["marker"], (
                "openDAW reads markers now: compare them, too"
            )
    told = "tracks, clips, gains, what is off, tempo and metre are as written"
    print(f"read by {PACKAGES[0]}: {len(timelines)}; {told}")


def _read(folder: Path, paths: list[Path]) -> list[dict[str, Any]]:
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    (folder / "read.js").write_text(READER, encoding="utf-8")
    bundle = "npx esbuild read.js --bundle --platform=node --format=esm --outfile=read.mjs --log-level=error"
    require = 'import { createRequire } from "module"; const require = createRequire(import.meta.url);'
    for argv in (["npm", "install", "--silent", *PACKAGES], [*bundle.split(), f"--banner:js={require}"]):
        subprocess.run(argv, cwd=folder, check=True)
    done = subprocess.run(
        ["node", "read.mjs", *map(str, paths)], cwd=folder, check=True, capture_output=True, text=True
    )
    read: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return read


def _found(read: dict[str, Any]) -> list[object]:
    """What the reader gives of a project."""
    tracks = [(track["name"], track["channel"]) for track in read["structure"] if track["name"] != "Master"]
    clips = [lane["lanes"][0]["clips"][0] for lane in read["arrangement"]["lanes"]["lanes"]]
    tempi, metres = (
        read["arrangement"][f"{name}Automation"]["points"] for name in ("tempo", "timeSignature")
    )
    return [
        [(name, round(channel["volume"]["value"], 9), channel["mute"]["value"]) for name, channel in tracks],
        [(clip["time"], round(clip["duration"], 6), clip["content"][0]["file"]["path"]) for clip in clips],
        [(float(point["time"]), point["value"]) for point in tempi],
        [(float(point["time"]), point["numerator"], point["denominator"]) for point in metres],
    ]


def _wanted(timeline: EditTimeline) -> list[object]:
    assert timeline.tempo
    return [
        [(sound.name, round(10 ** (sound.gain_db / 20), 9), sound.muted) for sound in timeline.sounds],
        [(0, round(sound.samples / SAMPLE_RATE, 6), sound.file) for sound in timeline.sounds],
        [(float(point.quarter), point.bpm) for point in timeline.tempo.tempi],
        [(float(point.quarter), point.numerator, point.denominator) for point in timeline.tempo.metres],
    ]


if __name__ == "__main__":
    main()
