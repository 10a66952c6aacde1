"""The whole product on Telegram: a real film in, a real scored film out, by the real pipeline."""

import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from immersivaudio.config import Settings
from immersivaudio.provenance.verification import verify
from immersivaudio.share import find
from tests import measure
from tests.integration.telegram import rules
from tests.integration.telegram.town import Town


@pytest.mark.slow
def test_a_film_comes_back_scored_and_can_be_remixed(film: Path, tmp_path: Path) -> None:
    with (
        tempfile.TemporaryDirectory(prefix="real-") as folder,
        Town(Path(folder), renderer="worker.rendering.pipeline_renderer:build") as town,
    ):
        ann = town.person()
        ann.sends_video(film, "hopeful")
        first = town.result(ann)
        scored = tmp_path / "scored.mp4"
        scored.write_bytes(town.api.world.files[first["video"]["file_id"]].data)
        assert measure.shown_seconds(scored) == measure.shown_seconds(film)
        assert measure.video_packets(scored) == measure.video_packets(film)
        assert verify(scored, Settings(_env_file=None)).holds, "the mark came through the courier"
        assert measure.loudness(scored).integrated == pytest.approx(-14, abs=1.5)
        shown = first["video"]
        assert (shown["width"], shown["height"], shown["duration"]) == (320, 180, 3)
        picture = Image.open(BytesIO(town.api.world.files[shown["thumbnail"]["file_unique_id"]].data))
        assert picture.size == (320, 180)
        assert np.asarray(picture).std() > 10, "a picture of the film, not a blank"
        caption = first["caption"]
        assert "Prompt: " in caption
        assert " bpm · " in caption
        assert " on the beat" in caption
        assert "You may use it" in caption
        assert rules.units(caption) <= rules.CAPTION
        labels = {key["text"] for row in first["reply_markup"]["inline_keyboard"] for key in row}
        assert "Stems" in labels
        assert "Speech up" not in labels, "nobody speaks in it"

        ann.presses(first, "mood.tense")
        second = town.result(ann, 2)
        assert second["caption"] != caption
        ann.presses(second, "stems")
        zipped = town.api.world.files[town.result(ann, 3)["document"]["file_id"]].data
        assert {Path(name).suffix for name in zipfile.ZipFile(BytesIO(zipped)).namelist()} == {
            ".flac",
            ".mid",
            ".edl",
            ".csv",
        }
        assert len(town.api.world.ours(ann.chat)) == 3

        bob = town.person()
        bob.sends_video(film, "calm")
        town.result(bob)
        code = find(second["caption"])[0]
        assert code
        (mark,) = [each for each in second["caption_entities"] if each["type"] == "code"]
        assert second["caption"][mark["offset"] :][: mark["length"]] == code  # a tap copies it
        bob.writes(f"/remix {code}")
        shared = town.result(bob, 2)
        assert find(shared["caption"])[0] == code
        heard = [tmp_path / "ann.mp4", tmp_path / "bob.mp4"]
        for path, result in zip(heard, (second, shared), strict=True):
            path.write_bytes(town.api.world.files[result["video"]["file_id"]].data)
        assert measure.sound(heard[0]).tobytes() == measure.sound(heard[1]).tobytes()
