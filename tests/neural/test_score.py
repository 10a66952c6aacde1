"""A clip goes in, a scored clip comes out: every stage that can be neural is, on tiny models."""

from importlib.util import find_spec
from pathlib import Path

import pytest

pytest.importorskip("transformers")

from immersivaudio.config import Settings
from immersivaudio.options import ScoreOptions
from immersivaudio.pipeline import Pipeline
from immersivaudio.stages.enhance.llm import NO_ANSWER
from tests import measure
from tests.neural import tiny

pytestmark = pytest.mark.neural
WORDS = {"select": "neural", "describe": "vlm", "enhance": "llm"}
CHOSEN = {"detect": "yolo", **WORDS, "generate": "musicgen"}
RECOMMENDED = {"detect": "rfdetr", **WORDS, "generate": "acestep"}


@pytest.mark.parametrize("chosen", [CHOSEN, RECOMMENDED], ids=["as asked by name", "recommended"])
def test_every_neural_stage_together(film: Path, tmp_path: Path, chosen: dict[str, str]) -> None:
    needs = {"yolo": "ultralytics", "acestep": "diffusers"}
    missing = [
        package for name, package in needs.items() if name in chosen.values() and not find_spec(package)
    ]
    if missing:
        pytest.skip(f"{', '.join(missing)} is not installed")
    out, folder = tmp_path / "out.mp4", tmp_path / "work"
    folder.mkdir()
    pipeline = Pipeline(Settings(_env_file=None, **tiny.settings(**chosen)))
    try:
        scored = pipeline.score(film, ScoreOptions(mood="hopeful", seed=3), out, folder)
    finally:
        pipeline.close()
    assert measure.video_packets(out) == measure.video_packets(film)
    assert scored.receipt.backends.items() >= chosen.items()
    assert scored.receipt.length_error == 0
    # The tiny ACE-Step's decoder makes noise up to 24 kHz: what AAC leaves out above 20 is worth 0.74 LU.
    assert abs(scored.receipt.loudness_lufs + 14) <= (0.5 if chosen is CHOSEN else 1.0)
    forbidden = any("not for commercial use" in note for note in scored.receipt.notes)
    assert forbidden == (chosen is CHOSEN), "the recommended set may be used for anything"
    assert NO_ANSWER not in scored.receipt.notes
    assert len(set(scored.receipt.notes)) == len(scored.receipt.notes)
    assert all(cue.prompt for cue in scored.sheet.cues)


def test_every_generator_with_weights_is_named_with_them_in_a_films_receipt() -> None:
    from immersivaudio.provenance import receipt
    from immersivaudio.registry import TABLE

    loading = {row.name: row.model for row in TABLE if row.stage in ("generate", "sounds") and row.model}
    assert loading == receipt._MODELS
