"""What is seen in a clip, and the plan that it suggests, for who asks for no music."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from immersivaudio import sheets
from immersivaudio.pipeline import Analysis
from immersivaudio.values import CueSheet
from worker.rendering import thumbnails

FILE = "description.json"


def answer(seen: Analysis, sheet: CueSheet, spent: Mapping[str, float], folder: Path) -> dict[str, Any]:
    """Write `description.json` and the tiles of the shots; returns what a renderer answers."""
    shots = thumbnails.shots(seen)
    told = {
        "scene": sheet.scene,
        "mood": sheet.mood,
        "because": list(sheet.evidence),
        "duration": float(sheet.duration),
        "cuts": [float(cut) for cut in sheet.cuts],
        "shots": [{name: shot[name] for name in shot if name != "telling"} for shot in shots],
    }
    (folder / FILE).write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    thumbnails.tiles(seen, folder / thumbnails.TILES)
    summary = {
        "prompt": sheet.prompt,
        "scene": sheet.scene,
        "telling": sheet.telling,
        "evidence": sheet.evidence,
        "mood": sheet.mood,
        "tempo": sheet.tempo,
        "key": f"{sheet.tonic} {sheet.mode}",
        "instruments": sheet.instruments,
        "duration": float(sheet.duration),
        "speech": bool(sheet.speech),
        "sections": len(sheet.cues),
        "notes": sheet.notes,
        "seconds": dict(spent),
        "shots": shots,
    }
    extras = {"frames": thumbnails.TILES}
    return {"media": FILE, "extras": extras, "summary": summary, "sheet": sheets.dump(sheet)}
