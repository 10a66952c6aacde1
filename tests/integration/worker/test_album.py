"""An album through the real renderer: one film, remixed over the same cuts, whatever of it cannot be read."""

from pathlib import Path

import pytest
from PIL import Image

from immersivaudio.config import Settings
from immersivaudio.options import ScoreOptions
from immersivaudio.progress import no_progress
from immersivaudio.queue import albums
from tests import measure, samples
from worker.rendering.pipeline_renderer import PipelineRenderer
from worker.sandbox.tasks import RenderAnswer, RenderTask


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("album")
    for name, seed in (("one.png", 3), ("two.png", 9)):
        Image.fromarray(samples.scene(seed, 640, 360)).save(folder / name)
    (folder / "lost").write_bytes(b"")
    clip = samples.film(folder / "clip.mp4", shots=1, seconds=3, rate=25)
    parts = [
        (folder / "one.png", "photo"),
        (folder / "lost", "video"),
        (clip, "video"),
        (folder / "two.png", "photo"),
    ]
    albums.pack(parts, folder / "album")
    return folder / "album"


def rendered(renderer: PipelineRenderer, album: Path, folder: Path, **changes: object) -> RenderAnswer:
    folder.mkdir()
    (folder / "input").write_bytes(album.read_bytes())
    return renderer.render(RenderTask(folder=str(folder), kind="album", **changes), folder, no_progress)


def test_an_album_is_scored_as_one_film_and_remixed_over_the_same_cuts(album: Path, tmp_path: Path) -> None:
    renderer = PipelineRenderer(Settings(_env_file=None))
    first = rendered(renderer, album, tmp_path / "first")
    assert abs(float(measure.shown_seconds(tmp_path / "first" / first.media)) - 12.0) <= 1 / 25
    assert any("part 2 was left out: the file is empty" in note for note in first.summary.notes)
    assert round(first.summary.tempo * 2.4 / 60, 3) == round(first.summary.tempo * 2.4 / 60)
    again = rendered(
        renderer,
        album,
        tmp_path / "again",
        action="remix",
        sheet=first.sheet,
        options=ScoreOptions(mood="faster"),
    )
    assert abs(float(measure.shown_seconds(tmp_path / "again" / again.media)) - 12.0) <= 1 / 25
    assert again.summary.hits_planned == first.summary.hits_planned
    assert again.summary.tempo > first.summary.tempo
    assert round(again.summary.tempo * 2.4 / 60, 3) == round(again.summary.tempo * 2.4 / 60)


def test_an_archive_that_is_not_ours_is_no_album(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"PK no archive")
    with pytest.raises(ValueError, match="not an album of ours"):
        albums.unpack(tmp_path / "a", tmp_path)
