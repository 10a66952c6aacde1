"""Describe a clip, and the plan that it suggests, without making music."""

import json
from collections.abc import Mapping
from pathlib import Path

from immersivaudio import sheets
from immersivaudio.pipeline import Analysis
from immersivaudio.queue.result import Summary
from immersivaudio.values import CueSheet
from worker.rendering import thumbnails
from worker.sandbox.tasks import RenderAnswer

FILE = "description.json"


def answer(seen: Analysis, sheet: CueSheet, spent: Mapping[str, float], folder: Path) -> RenderAnswer:
    """Write `description.json` and the tiles of the shots; returns what a renderer answers."""
    shots = thumbnails.shots(seen)
    told = {
        "scene": sheet.scene,
        "mood": sheet.mood,
        "because": list(sheet.evidence),
        "duration": float(sheet.duration),
        "cuts": [float(cut) for cut in sheet.cuts],
        "shots": [shot.model_dump(mode="json", exclude={"telling"}) for shot in shots],
    }
    (folder / FILE).write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    thumbnails.tiles(seen, folder / thumbnails.TILES)
    summary = Summary(
        prompt=sheet.prompt,
        scene=sheet.scene,
        telling=sheet.telling,
        evidence=sheet.evidence,
        mood=sheet.mood,
        tempo=sheet.tempo,
        key=str(sheet.key),
        instruments=sheet.instruments,
        duration=float(sheet.duration),
        speech=bool(sheet.speech),
        sections=len(sheet.cues),
        notes=sheet.notes,
        seconds=dict(spent),
        shots=shots,
    )
    extras = {"frames": thumbnails.TILES}
    return RenderAnswer(media=FILE, extras=extras, summary=summary, sheet=sheets.dump(sheet))
