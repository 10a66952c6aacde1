"""The quick renderer, which repeats the mood wherever a planner may: so do strangers' words reach a reply."""

from pathlib import Path

from immersivaudio.progress import StageProgress
from tests.chaos.renderer import CopyRenderer
from tests.integration.plan_of_three import SHEET
from worker.sandbox.tasks import RenderAnswer, RenderTask

_LEAST = 2**20
"""Bytes below which no encoder gets."""


class Parrot(CopyRenderer):
    """Copies the clip, and says the mood as prompt, scene, mood and note."""

    def render(self, task: RenderTask, folder: Path, report: StageProgress) -> RenderAnswer:
        done = super().render(task, folder, report)
        mood, options = task.options.mood, task.options
        media = folder / done.media
        if _LEAST < (options.max_bytes or 0) < media.stat().st_size:
            media.write_bytes(media.read_bytes()[: options.max_bytes])  # as an encoder fits it in
        said: dict[str, object] = {}
        if task.action != "stems":
            facts = f"take {options.take}, own {options.original}, sounds {options.sounds}"
            facts += f", like {options.like}, loop {options.loop}"
            facts += f", section {options.cue}-{options.last_cue}"
            facts += f", cuts {task.cuts.text.strip()}" if task.cuts else ""
            done = done.model_copy(update={"sheet": SHEET})
            said = {"sections": 3, "original": "replace", "prompt": f"strings {mood}", "notes": (facts,)}
        if mood:
            notes = (mood, *said.get("notes", done.summary.notes))
            said |= {
                "prompt": mood,
                "scene": mood,
                "mood": mood,
                "notes": notes,
                "tempo": 90.0,
                "key": "C major",
            }
        return done.model_copy(update={"summary": done.summary.model_copy(update=said)})


def build() -> Parrot:
    return Parrot()
