"""The quick renderer of the queue's tests, answering as the real one does: an MP4, a summary, a zip of stems.

It repeats the user's mood wherever a real backend might.
"""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.chaos.renderer import CopyRenderer
from tests.integration.plan_of_three import SHEET
from worker.sandbox.render_process import ProgressReport


class ParrotRenderer:
    """What comes back is the clip itself."""

    def __init__(self) -> None:
        self._copy = CopyRenderer()

    def render(self, task: Mapping[str, Any], folder: Path, report: ProgressReport) -> dict[str, Any]:
        done = self._copy.render(task, folder, report)
        mood = task["options"]["mood"]
        if task["action"] == "stems":
            with zipfile.ZipFile(folder / "stems.zip", "w") as archive:
                archive.writestr("strings.flac", b"fLaC")
            return {"media": "stems.zip", "sheet": task["sheet"]}
        if task["action"] == "export":
            (folder / "for-editor.zip").write_bytes(b"PK, for an editor")
            return {"media": "for-editor.zip", "sheet": task["sheet"]}
        (folder / "scored.bin").rename(folder / "scored.mp4")
        facts = f"take {task['options']['take']}, {task['action']}, sounds {task['options']['sounds']}"
        facts += f", own sound {task['options']['original']}"
        facts += f", section {task['options']['cue']}-{task['options']['last_cue']}"
        done |= {"media": "scored.mp4", "sheet": SHEET}
        done["summary"] |= {
            "prompt": f"cinematic strings, {mood}",
            "scene": f"a street at night, {mood}",
            "mood": "hopeful",
            "tempo": 92.4,
            "key": "D dorian",
            "instruments": ["felt_piano", "strings"],
            "hits": 7,
            "hits_planned": 7,
            "original": "replace",
            "duration": 3.0,
            "sections": 3,
            "notes": [f"I did not understand “{mood}”.", facts],
        }
        return done


def build() -> ParrotRenderer:
    return ParrotRenderer()
