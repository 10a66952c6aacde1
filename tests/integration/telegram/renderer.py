"""The quick renderer of the queue's tests, answering as the real one does: an MP4, a summary, a zip of stems.

It repeats the user's mood wherever a real backend might.
"""

import zipfile
from pathlib import Path

from immersivaudio.progress import StageProgress
from immersivaudio.queue.result import Summary
from tests.chaos.renderer import CopyRenderer
from tests.integration.plan_of_three import SHEET
from worker.sandbox.tasks import RenderAnswer, RenderTask


class ParrotRenderer:
    """What comes back is the clip itself."""

    def __init__(self) -> None:
        self._copy = CopyRenderer()

    def render(self, task: RenderTask, folder: Path, report: StageProgress) -> RenderAnswer:
        done = self._copy.render(task, folder, report)
        mood = task.options.mood
        if task.action == "stems":
            with zipfile.ZipFile(folder / "stems.zip", "w") as archive:
                archive.writestr("strings.flac", b"fLaC")
            return RenderAnswer(media="stems.zip", sheet=task.sheet)
        if task.action == "export":
            (folder / "for-editor.zip").write_bytes(b"PK, for an editor")
            return RenderAnswer(media="for-editor.zip", sheet=task.sheet)
        if task.action == "music":
            (folder / "music.mp3").write_bytes(b"ID3 music")
            summary = Summary(mood="hopeful", tempo=92.4, duration=3.0)
            return RenderAnswer(media="music.mp3", sheet=task.sheet, summary=summary)
        (folder / "scored.bin").rename(folder / "scored.mp4")
        options = task.options
        facts = f"take {options.take}, {task.action}, sounds {options.sounds}, own sound {options.original}"
        facts += f", like {options.like}, loop {options.loop}"
        facts += f", section {options.cue}-{options.last_cue}"
        facts += f", cuts {task.cuts.text.strip()}" if task.cuts else ""
        said = {
            "prompt": f"cinematic strings, {mood}",
            "scene": f"a street at night, {mood}",
            "mood": "hopeful",
            "tempo": 92.4,
            "key": "D dorian",
            "instruments": ("felt_piano", "strings"),
            "hits": 7,
            "hits_planned": 7,
            "original": "replace",
            "duration": 3.0,
            "sections": 3,
            "notes": (f"I did not understand “{mood}”.", facts),
        }
        summary = done.summary.model_copy(update=said)
        return done.model_copy(update={"media": "scored.mp4", "sheet": SHEET, "summary": summary})


def build() -> ParrotRenderer:
    return ParrotRenderer()
