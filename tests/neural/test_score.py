"""A clip goes in, a scored clip comes out: every stage that can be neural is, on tiny models."""

from importlib.util import find_spec
from pathlib import Path

import pytest

pytest.importorskip("transformers")
if find_spec("ultralytics") is None:
    pytest.skip("ultralytics is not installed", allow_module_level=True)

from immersivaudio.config import Settings
from immersivaudio.pipeline import Pipeline
from immersivaudio.stages.enhance.llm import NO_ANSWER
from immersivaudio.values import Request
from tests import measure
from tests.neural import tiny

pytestmark = pytest.mark.neural
CHOSEN = {"detect": "yolo", "select": "neural", "describe": "vlm", "enhance": "llm", "generate": "musicgen"}


def test_every_neural_stage_together(film: Path, tmp_path: Path) -> None:
    out, folder = tmp_path / "out.mp4", tmp_path / "work"
    folder.mkdir()
    pipeline = Pipeline(Settings(_env_file=None, **tiny.settings(**CHOSEN)))
    try:
        scored = pipeline.score(film, Request(mood="hopeful", seed=3), out, folder)
    finally:
        pipeline.close()
    assert measure.video_packets(out) == measure.video_packets(film)
    assert scored.receipt.backends.items() >= CHOSEN.items()
    assert scored.receipt.length_error == 0
    assert abs(scored.receipt.loudness_lufs + 14) <= 0.5
    assert any("not for commercial use" in note for note in scored.receipt.notes)
    assert NO_ANSWER in scored.receipt.notes, (
        "this tiny language model ends before it begins, and that is said"
    )
    assert len(set(scored.receipt.notes)) == len(scored.receipt.notes)
    assert all(cue.prompt for cue in scored.sheet.cues)
