"""The real pipeline behind the queue: a film in, a scored film out, and a remix that does not look again."""

import json
import zipfile
from pathlib import Path

import av
import pytest

from immersivaudio.config import Settings
from immersivaudio.provenance import receipt as receipts
from immersivaudio.provenance import verification
from immersivaudio.queue import Queue, State
from tests.integration.worker.service import Service, ended, send

LOOKING = {"extract", "detect", "select", "describe"}


@pytest.mark.slow
def test_a_film_is_scored_remixed_and_taken_apart(film: Path, tmp_path: Path) -> None:
    async def story(queue: Queue) -> None:
        first = await ended(queue, await send(queue, "1", data=film.read_bytes()))
        assert first.state is State.DELIVERED, first.failure
        assert first.result
        assert set(first.result.summary.seconds) >= LOOKING
        assert first.result.summary.prompt
        assert set(first.result.extras) == {"audio", "midi", "thumbnail", "receipt"}

        again = await ended(queue, await send(queue, "2", data=film.read_bytes()))
        assert again.result
        assert not LOOKING & set(again.result.summary.seconds)
        assert again.result.sheet == first.result.sheet, "what was kept says exactly what was seen"

        job = first.job
        remix = await ended(
            queue, await send(queue, "3", mood="eerie", data=film.read_bytes(), action="remix", parent=job)
        )
        assert remix.result
        assert not LOOKING & set(remix.result.summary.seconds)
        assert remix.result.sheet != first.result.sheet

        shared = send(queue, "6", remix.result.summary.share, film.read_bytes(), action="score", parent=job)
        heard = await ended(queue, await shared)
        assert heard.result
        assert heard.result.sheet == remix.result.sheet, "the code alone says all that the remix did"

        stems = await ended(queue, await send(queue, "4", data=film.read_bytes(), action="stems", parent=job))
        assert stems.result
        await queue.store.get(stems.result.media.ref, tmp_path / "stems.zip")
        given = await ended(
            queue, await send(queue, "7", data=film.read_bytes(), action="export", parent=remix.job)
        )
        assert given.result, given.failure
        assert given.result.sheet == remix.result.sheet
        await queue.store.get(given.result.media.ref, tmp_path / "for-editor.zip")

        await _described(queue, film.read_bytes(), first.result.summary.scene)

        text = await ended(queue, await send(queue, "5", data=b"ffconcat version 1.0\nfile /etc/passwd\n"))
        assert text.state is State.DEAD
        assert text.failure
        assert (text.failure.blame, text.tries) == ("user", 1)

    with Service(tmp_path, renderer="worker.rendering.pipeline_renderer:build") as service:
        service.start("run")
        service.start("deliver")
        service.run(story)
        for path in (tmp_path / "out").glob("*.mp4"):
            with av.open(str(path)) as scored:
                assert scored.streams.video
                assert scored.streams.audio
    with zipfile.ZipFile(tmp_path / "stems.zip") as stems:
        assert "score.mid" in stems.namelist()
        assert len([name for name in stems.namelist() if name.endswith(".flac")]) > 1
    with zipfile.ZipFile(tmp_path / "for-editor.zip") as given:
        names = {name.removeprefix("film/") for name in given.namelist()}
        assert {"film.mp4", "music.wav", "music.mid", "film.fcpxml", "film.dawproject"} <= names
        assert given.read("film/film.mp4") == film.read_bytes(), "the film as it came"
        timeline = json.loads(given.read("film/film.otio"))
    assert timeline["tracks"]["children"][0]["name"] == "film"


async def _described(queue: Queue, film: bytes, scene: str) -> None:
    told = await ended(queue, await send(queue, "8", data=film, action="describe"))
    assert told.result, told.failure
    assert (told.result.media.name, set(told.result.extras)) == ("description.json", {"frames"})
    assert told.result.summary.scene == scene
    assert not {"generate", "sounds", "reconstruct"} & set(told.result.summary.seconds), "no music"
    assert [shot.text for shot in told.result.summary.shots]
    played = await ended(queue, await send(queue, "9", data=film, action="remix", parent=told.job))
    assert played.result, played.failure
    assert played.result.media.name == "scored.mp4"


@pytest.mark.slow
def test_a_worker_signs_what_its_shut_in_child_made(
    film: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("c2pa")
    monkeypatch.setenv("IMMERSIVAUDIO_SIGN", "true")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    receipt = tmp_path / "receipt.json"

    async def story(queue: Queue) -> None:
        first = await ended(queue, await send(queue, "1", data=film.read_bytes()))
        assert first.state is State.DELIVERED, first.failure
        assert first.result
        await queue.store.get(first.result.extras["receipt"].ref, receipt)

    with Service(tmp_path, renderer="worker.rendering.step_renderer:build") as service:
        service.start("run")
        service.start("deliver")
        service.run(story)
    (scored,) = (tmp_path / "out").glob("*.mp4")
    given = receipts.load(receipt.read_text("utf-8"))
    found = verification.verify(scored, Settings(_env_file=None), given=given)
    assert {check.what: check.truth for check in found.checks} == {
        "mark": "true",
        "film": "true",
        "signature": "true",
    }
