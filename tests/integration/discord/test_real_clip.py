"""A real clip through the real pipeline: what comes back plays, fits the platform and explains itself."""

import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from immersivaudio.config import Settings
from immersivaudio.provenance.verification import verify
from tests import measure
from tests.integration.discord.server import until
from tests.integration.discord.stage import Play, Stage

pytestmark = pytest.mark.slow


def test_a_film_and_its_remix(film: Path, free_port: int, tmp_path: Path) -> None:
    async def scene(play: Play) -> None:
        asked = await play.server.command("score", clip=play.clip(film.read_bytes()), mood="hopeful")
        await until(play.world.results)
        (result,) = play.world.results()
        assert int(result["id"]) == asked.message
        await play.server.press(result, "Tense")
        await until(lambda: len(play.world.results()) == 2)
        play.world.upload = 120_000  # as if the film were minutes long
        await play.server.press(play.world.results()[0], "Stems")
        await until(lambda: len(play.world.results()) == 3)

    with (
        tempfile.TemporaryDirectory(prefix="real-") as folder,
        Stage(Path(folder), free_port, "worker.rendering.pipeline_renderer:build") as stage,
    ):
        stage.start("run")
        stage.start("deliver")
        world = stage.play(scene)
    assert len(world.of_bot()) == 3
    assert world.pinged == []
    *films, stems = world.results()
    for number, result in enumerate(films):
        path = tmp_path / f"{number}.mp4"
        path.write_bytes(world.bytes_of(result))
        assert verify(path, Settings(_env_file=None)).holds, "the mark came through the courier"
        assert result["attachments"][0]["filename"] == "scored.mp4"
        assert abs(float(measure.shown_seconds(path) - measure.shown_seconds(film))) < 0.05
        assert np.abs(measure.sound(path)).max() > 0.01
        assert "bpm" in result["content"]
        assert "You may use it" in result["content"]
    first, second = films
    assert world.bytes_of(first) != world.bytes_of(second)
    archives = [world.files[int(each["id"])][0] for each in stems["attachments"]]
    assert all(len(archive) <= 120_000 for archive in archives)
    names = [name for archive in archives for name in zipfile.ZipFile(BytesIO(archive)).namelist()]
    assert "score.mid" in names
    assert len([name for name in names if name.endswith(".opus")]) > 2
    assert len(set(names)) == len(names)
    assert "they are Opus at" in stems["content"]
