"""Several takes of one clip: looked at once, played side by side, each what it would be alone."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

pytest.importorskip("transformers")
pytest.importorskip("torch")

from immersivaudio.config import Settings
from immersivaudio.options import ScoreOptions
from immersivaudio.pipeline import Pipeline
from tests import measure
from tests.neural import tiny

pytestmark = [pytest.mark.neural, pytest.mark.slow]


def test_takes_are_looked_at_once_and_sound_as_they_do_alone(film: Path, tmp_path: Path) -> None:
    told: list[str] = []
    settings = Settings(_env_file=None, **tiny.settings(generate="musicgen"))
    pipeline = Pipeline(settings, lambda stage, done: told.append(stage) if done == 0 else None)
    outs = [tmp_path / f"{number}.mp4" for number in (1, 2, 3)]
    requests = [ScoreOptions(mood="hopeful", seed=3, take=number) for number in (1, 2, 3)]
    try:
        scored = pipeline.takes(film, requests, outs, tmp_path / "work")
        assert (told.count("extract"), told.count("detect"), told.count("describe")) == (1, 1, 1)
        assert [one.sheet.take for one in scored] == [1, 2, 3]
        music = [soundfile.read(one.tracks[0].path)[0] for one in scored]
        assert not np.array_equal(music[0], music[1])
        (tmp_path / "alone").mkdir()
        alone = pipeline.score(film, requests[1], tmp_path / "alone.mp4", tmp_path / "alone")
        assert np.array_equal(soundfile.read(alone.tracks[0].path)[0], music[1])
    finally:
        pipeline.close()
    for out in outs:
        assert measure.video_packets(out) == measure.video_packets(film)
