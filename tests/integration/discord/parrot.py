"""The quick renderer, which repeats the mood wherever a planner may: so do strangers' words reach a reply."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.chaos.renderer import CopyRenderer
from worker.sandbox.render_process import ProgressReport


class Parrot(CopyRenderer):
    """Copies the clip, and says the mood as prompt, scene, mood and note."""

    def render(self, task: Mapping[str, Any], folder: Path, report: ProgressReport) -> dict[str, Any]:
        done = super().render(task, folder, report)
        mood = task["options"]["mood"]
        if mood:
            said = {
                "prompt": mood,
                "scene": mood,
                "mood": mood,
                "notes": [mood],
                "tempo": 90.0,
                "key": "C major",
            }
            done["summary"] |= said
        return done


def build() -> Parrot:
    return Parrot()
