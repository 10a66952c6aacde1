"""The quick renderer, which repeats the mood wherever a planner may: so do strangers' words reach a reply."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.chaos.renderer import CopyRenderer
from tests.integration.plan_of_three import SHEET
from worker.sandbox.render_process import ProgressReport


class Parrot(CopyRenderer):
    """Copies the clip, and says the mood as prompt, scene, mood and note."""

    def render(self, task: Mapping[str, Any], folder: Path, report: ProgressReport) -> dict[str, Any]:
        done = super().render(task, folder, report)
        mood, options = task["options"]["mood"], task["options"]
        if task["action"] != "stems":
            facts = f"take {options['take']}, own {options['original']}, sounds {options['sounds']}"
            facts += f", section {options['cue']}-{options['last_cue']}"
            done["sheet"] = SHEET
            done["summary"] |= {
                "sections": 3,
                "original": "replace",
                "prompt": f"strings {mood}",
                "notes": [facts],
            }
        if mood:
            said = {
                "prompt": mood,
                "scene": mood,
                "mood": mood,
                "notes": [mood, *done["summary"]["notes"]],
                "tempo": 90.0,
                "key": "C major",
            }
            done["summary"] |= said
        return done


def build() -> Parrot:
    return Parrot()
