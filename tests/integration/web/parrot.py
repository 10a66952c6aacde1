"""The parrot renderer of the chat tests, with what a page asks for besides."""

from pathlib import Path

from immersivaudio.progress import StageProgress
from immersivaudio.queue.result import ShotBox, ShotSummary, Summary
from tests.integration.telegram.renderer import ParrotRenderer
from worker.sandbox.tasks import RenderAnswer, RenderTask


class WebParrot:
    """What comes back is the clip, and the user's mood wherever a real backend might repeat it."""

    def __init__(self) -> None:
        self._parrot = ParrotRenderer()

    def render(self, task: RenderTask, folder: Path, report: StageProgress) -> RenderAnswer:
        done = self._parrot.render(task, folder, report)
        if task.action == "export":
            (folder / "for-editor.zip").write_bytes(b"PK, for an editor")
            return RenderAnswer(media="for-editor.zip", sheet=task.sheet)
        if task.action == "describe":
            (folder / "description.json").write_bytes(b'{"scene": "a street at night"}')
            street = ShotSummary(start=0, end=2, at=1, text="a street", labels=("car",))
            seen = Summary(scene="a street at night", mood="calm", evidence=("night",), shots=(street,))
            return RenderAnswer(media="description.json", summary=seen, sheet='{"version": 1}')
        if task.cuts:
            scene = {"scene": f"cuts of {len(task.cuts.text)} characters"}
            done = done.model_copy(update={"summary": done.summary.model_copy(update=scene)})
        if not task.options.explain or task.action == "stems":
            return done
        files = {"audio": "music.flac", "midi": "music.mid", "plan": "plan.webp", "frames": "frames.webp"}
        for name, file in files.items():
            (folder / file).write_bytes(name.encode() * 100)
        mood = task.options.mood
        dog = ShotBox(label="dog", left=0.25, top=0.5, right=0.5, bottom=1.0)
        shot = ShotSummary(start=0, end=2, at=1, text=mood, labels=(mood[:40],), boxes=(dog,))
        said: dict[str, object] = {"shots": (shot,), "loudness_lufs": -14.0, "before_lufs": -20.5}
        changes = {
            "extras": files,
            "summary": done.summary.model_copy(update=said),
            "sheet": task.sheet or '{"version": 1, "mood": "hopeful"}',
        }
        return done.model_copy(update=changes)


def build() -> WebParrot:
    return WebParrot()
