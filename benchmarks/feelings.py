"""Are the sentences true, and does the music fit? Clips and pictures of some folders, seen and planned.

    python -m benchmarks.feelings [FOLDER ...] [--judged benchmarks/feelings_judged.json] [--print]

Whether a sentence is true of its clip is judged by somebody who looked at it: "true" if it says what is
there, "vague" if it could be said of anything, "wrong" if something in it is not there. The judgements are
kept beside this script with the sentence they are of: one that reads otherwise now counts as not judged. The
table says how palettes and moods spread over the same inputs, and how often people are said where they are.
"""

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report import table, write
from immersivaudio.config import Settings
from immersivaudio.errors import UserError
from immersivaudio.options import ScoreOptions
from immersivaudio.pipeline import Pipeline
from immersivaudio.values import CueSheet, Description

_FOLDERS = (Path("../shared/media/dev"), Path("../shared/media/eyes"))
_KINDS = frozenset(
    (".mp4", ".mov", ".webm", ".mkv", ".avi", ".mpg", ".gif", ".jpg", ".jpeg", ".png", ".webp", ".heic")
)
JUDGED = Path(__file__).with_name("feelings_judged.json")
FIRST = frozenset(
    ("ambient", "bossa", "chiptune", "cinematic", "comedic pizzicato", "epic", "folk", "hip-hop", "hopeful",
     "horror", "house", "jazz", "lo-fi", "melancholic piano", "orchestral waltz", "rock", "synthwave",
     "tense")
)  # fmt: skip
"""The eighteen palettes there were when music was chosen by light alone."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One input, seen and planned."""

    name: str
    whole: Description
    sheet: CueSheet


def seen(folders: list[Path]) -> list[Seen]:
    """Look at everything that can be read, in the order of the names; frames cut from clips of the same
    folders are left out."""
    pipeline, found = Pipeline(Settings()), []
    paths = sorted(path for folder in folders for path in folder.iterdir() if path.suffix.lower() in _KINDS)
    clips = {path.stem: path for path in reversed(paths)}
    for path in paths:
        if path.stem.rpartition("_")[0] in clips or clips[path.stem] != path:
            continue
        try:
            analysis = pipeline.analyse(pipeline.open(path))
        except UserError:
            continue
        found.append(Seen(path.name, analysis.descriptions[0], pipeline.plan(analysis, ScoreOptions())))
    return found


def judged(found: list[Seen], file: Path) -> tuple[Counter[str], Counter[str]]:
    """Count the judgements, and of the inputs that show people those that say so."""
    known = json.loads(file.read_text()) if file.exists() else {"inputs": {}}
    counts: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for one in found:
        row = known["inputs"].get(one.name, {})
        counts[row.get("sentences", {}).get(one.whole.text, "not judged")] += 1
        if row.get("people"):
            told = one.whole.telling
            people["there"] += 1
            people["said"] += bool(
                told and any(label == "person" for label, _ in (*told.subjects, *told.objects))
            )
    return counts, people


def summary(found: list[Seen], file: Path) -> str:
    """Write the section."""
    counts, people = judged(found, file)
    total = sum(counts.values())
    sure = total - counts["not judged"]
    palettes = Counter(one.sheet.palette for one in found)
    cheerful = [one for one in found if one.whole.valence >= 0.4]
    glad = sum(one.sheet.mode in {"ionian", "lydian", "mixolydian"} for one in cheerful)
    rows = [
        ("inputs (clips and pictures held as photos)", len(found)),
        *(
            (f"sentences {verdict}", f"{counts[verdict]} of {sure} ({counts[verdict] / max(1, sure):.0%})")
            for verdict in ("true", "vague", "wrong")
        ),
        ("sentences not judged yet", counts["not judged"]),
        ("people said where people are", f"{people['said']} of {people['there']}"),
        ("palettes that occur", len(palettes)),
        ("of the first eighteen", len(FIRST & set(palettes))),
        ("commonest palette", f"{palettes.most_common(1)[0][0]}, {max(palettes.values()) / len(found):.0%}"),
        ("pleasant inputs (valence .4 and up) in a bright mode", f"{glad} of {len(cheerful)}"),
    ]
    spread = ", ".join(f"{name} {number}" for name, number in palettes.most_common())
    moods = Counter(one.sheet.mood for one in found)
    return (
        f"{table(('measure', 'value'), rows)}\n\nJudged by eye; `benchmarks/{file.name}` has each, and "
        f"when it was looked at.\n\nPalettes: {spread}.\n\nMoods: "
        + ", ".join(f"{name} {number}" for name, number in moods.most_common())
        + "."
    )


def main() -> None:
    """Look, print every line, and write the section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=list(_FOLDERS))
    parser.add_argument("--judged", type=Path, default=JUDGED)
    parser.add_argument("--print", action="store_true", help="print every line, and write nothing")
    asked = parser.parse_args()
    found = seen(asked.folders)
    if asked.print:
        for one in found:
            reading = one.whole.reading
            told = f"{one.sheet.mood}: {', '.join(reading.evidence)}"
            print(f"{one.name}\t{one.whole.text}\t{reading.situation}\t{told}\t{one.sheet.palette}")
        print(summary(found, asked.judged))
    else:
        write("Sentences, moods and palettes", summary(found, asked.judged))


if __name__ == "__main__":
    main()
