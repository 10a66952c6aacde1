"""The parrot renderer of the chat tests, with what a page asks for besides."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.integration.telegram.renderer import ParrotRenderer
from worker.sandbox.render_process import ProgressReport


class WebParrot:
    """What comes back is the clip, and the user's mood wherever a real backend might repeat it."""

    def __init__(self) -> None:
        self._parrot = ParrotRenderer()

    def render(self, task: Mapping[str, Any], folder: Path, report: ProgressReport) -> dict[str, Any]:
        done = self._parrot.render(task, folder, report)
        if task["action"] == "export":
            (folder / "for-editor.zip").write_bytes(b"PK, for an editor")
            return {"media": "for-editor.zip", "summary": {}, "sheet": task["sheet"]}
        if task["action"] == "describe":
            (folder / "description.json").write_bytes(b'{"scene": "a street at night"}')
            shot = {"start": 0, "end": 2, "at": 1, "text": "a street", "labels": ["car"]}
            summary = {"scene": "a street at night", "mood": "calm", "evidence": ["night"], "shots": [shot]}
            return {"media": "description.json", "summary": summary, "sheet": '{"version": 1}'}
        if task.get("cuts"):
            done["summary"]["scene"] = f"cuts of {len(task['cuts']['text'])} characters"
        if not task["options"]["explain"] or task["action"] == "stems":
            return done
        files = {"audio": "music.flac", "midi": "music.mid", "plan": "plan.webp", "frames": "frames.webp"}
        for name, file in files.items():
            (folder / file).write_bytes(name.encode() * 100)
        mood = task["options"]["mood"]
        done["extras"] = files
        done["summary"]["shots"] = [{"start": 0, "end": 2, "at": 1, "text": mood, "labels": [mood[:40]]}]
        done["summary"]["shots"][0]["boxes"] = [
            {"label": "dog", "left": 0.25, "top": 0.5, "right": 0.5, "bottom": 1.0}
        ]
        done["summary"] |= {"loudness_lufs": -14.0, "before_lufs": -20.5}
        done["sheet"] = task["sheet"] or '{"version": 1, "mood": "hopeful"}'
        return done


def build() -> WebParrot:
    return WebParrot()
