"""Real clips through workers with roles, with a real, tiny MusicGen: several pieces of music in one pass."""

import asyncio
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest
import soundfile

from immersivaudio.config import Settings
from immersivaudio.queue import Queue, Result, State, Status
from tests.integration.worker.service import Service, ended, send

pytest.importorskip("transformers")
pytest.importorskip("torch")
pytestmark = [pytest.mark.slow, pytest.mark.neural]

MOODS = ("hopeful", "eerie", "hopeful, fast")
LOOKING = {"extract", "detect", "select", "describe"}


@pytest.fixture
def service(tmp_path: Path):
    from tests.neural import tiny

    shelf = Settings(_env_file=None, models=tmp_path / "models")
    tiny.shelve("facebook/musicgen-small", shelf, tiny.musicgen)
    with Service(tmp_path, renderer="worker.rendering.step_renderer:build", GATHER="0.5") as made:
        made.environment |= {
            "IMMERSIVAUDIO_GENERATE": "musicgen",
            "IMMERSIVAUDIO_DEVICE": "cpu",
            "IMMERSIVAUDIO_MODELS": str(tmp_path / "models"),
        }
        yield made


def test_three_clips_are_played_in_one_pass_and_sound_as_they_do_alone(
    film: Path, tmp_path: Path, service: Service
) -> None:
    async def story(queue: Queue) -> None:
        service.start("run", "--role", "analyse", name="analyse")
        service.start("deliver")
        jobs = [await send(queue, mood, mood=mood, data=film.read_bytes(), locale="en") for mood in MOODS]
        while {(await queue.status(job)).state for job in jobs} != {State.PLANNED}:  # type: ignore[union-attr]
            await asyncio.sleep(0.1)
        service.start("run", "--role", "generate", name="generate")
        results = [_result(await ended(queue, job)) for job in jobs]
        for result in results:
            summary = result.summary
            assert summary.batch == len(MOODS)
            assert summary.backends["generate"] == "musicgen"
            assert set(summary.seconds) - LOOKING == {"enhance", "generate", "reconstruct"}
            assert any("not for commercial use" in note for note in summary.notes)
        assert [bool(LOOKING & set(result.summary.seconds)) for result in results] == [True, False, False]
        assert _passes(service) == [len(MOODS)]

        stems = await ended(
            queue, await send(queue, "stems", data=film.read_bytes(), action="stems", parent=jobs[0])
        )
        await queue.store.get(_result(stems).media.ref, tmp_path / "stems.zip")

        for name in ("analyse", "generate"):
            service.programs[name].terminate()
            assert await asyncio.to_thread(service.programs[name].wait, 60) == 0
        service.start("run")
        alone = _result(await ended(queue, await send(queue, "alone", mood=MOODS[1], data=film.read_bytes())))
        assert alone.summary.batch == 1
        assert alone.sheet == results[1].sheet
        assert np.array_equal(await _music(queue, alone, tmp_path), await _music(queue, results[1], tmp_path))

    service.run(story)
    with zipfile.ZipFile(tmp_path / "stems.zip") as stems:
        assert stems.namelist() == ["music.flac", "film.edl", "film.markers.edl", "markers.csv"]


def _result(status: Status) -> Result:
    assert status.state is State.DELIVERED, status.failure
    assert status.result
    return status.result


def _passes(service: Service) -> list[int]:
    """How many clips each pass played, by the player's log."""
    lines = [json.loads(line) for line in service.log("generate").read_text().splitlines()]
    return [line["clips"] for line in lines if line["event"] == "generated"]


async def _music(queue: Queue, result: Result, folder: Path) -> np.ndarray:
    await queue.store.get(result.extras["audio"].ref, folder / "music.flac")
    samples, _ = soundfile.read(folder / "music.flac", dtype="int32")
    return samples
