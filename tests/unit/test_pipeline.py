"""The whole pipeline as its caller meets it: what the listener hears, and what is let go."""

import gc
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

import immersivaudio
from immersivaudio import cost_estimate
from immersivaudio.cli.score import Run
from immersivaudio.config import Settings
from immersivaudio.errors import UserError
from immersivaudio.options import ScoreOptions
from immersivaudio.pipeline import Pipeline
from immersivaudio.recipe import Recipe
from immersivaudio.share import text
from immersivaudio.share.bit_packing import BitReader, tag
from immersivaudio.share.recipe import PALETTE
from immersivaudio.values import Footage
from tests import samples
from tests.unit.share.test_code import ORDINARY

STAGES = ["extract", "detect", "select", "describe", "enhance", "generate", "sounds", "reconstruct"]


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return samples.film(tmp_path_factory.mktemp("clip") / "film.mp4", shots=2, seconds=4, rate=10)


@pytest.mark.medium
def test_the_listener_hears_every_stage_from_nothing_to_done_in_order(
    clip: Path, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    decode, decoded = text.unpack, []

    def counted(bits: BitReader) -> Recipe:
        decoded.append(decode(bits))
        return decoded[-1]

    monkeypatch.setattr(text, "unpack", counted)
    code = text.write(replace(ORDINARY, palette=tag("ambient", PALETTE), moods=(), take=3))
    heard: list[tuple[str, float]] = []
    pipeline = Pipeline(settings, lambda stage, done: heard.append((stage, done)))
    scored = pipeline.score(clip, ScoreOptions(mood=code, sounds=True), tmp_path / "out.mp4", tmp_path)
    pipeline.close()
    assert (scored.sheet.palette, scored.sheet.take, len(decoded)) == ("ambient", 3, 1), "decoded once"
    assert list(dict.fromkeys(stage for stage, _ in heard)) == STAGES
    for stage in STAGES:
        places = [place for place, (name, _) in enumerate(heard) if name == stage]
        shares = [heard[place][1] for place in places]
        assert places == list(range(places[0], places[-1] + 1)), "one stage ends before the next begins"
        assert (shares[0], shares[-1]) == (0.0, 1.0)
        assert all(before <= after for before, after in pairwise(shares)), stage


def test_a_clip_is_not_watched_before_it_was_listened_to(tmp_path: Path, settings: Settings) -> None:
    film = samples.film(tmp_path / "film.mp4", shots=1, seconds=2, rate=10, sound="sine=f=330")
    heard: list[float] = []
    pipeline = Pipeline(settings, lambda _stage, done: heard.append(done))
    clip = pipeline.open(film)
    pipeline.watch(clip)
    looked = cost_estimate.pictures_share(clip)
    assert 0 < looked < 1
    assert pytest.approx(looked) in heard, "all pictures were seen, and speech is still to be found"
    assert heard[-1] == 1.0


def test_a_wish_that_does_not_exist_is_refused_before_any_work(clip: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="it should be 'auto', 'keep', 'mix' or 'replace'"):
        immersivaudio.score(clip, out=tmp_path / "out.mp4", original="loud")
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
@pytest.mark.parametrize("way", ["library", "command"])
def test_the_pictures_are_let_go_before_the_music_is_made(
    way: str, clip: Path, tmp_path: Path, settings: Settings
) -> None:
    alive: dict[str, int] = {}

    def footages() -> int:
        gc.collect()
        return sum(type(thing) is Footage for thing in gc.get_objects())

    elsewhere = footages()

    def listen(stage: str, _: float) -> None:
        if stage not in alive:
            alive[stage] = footages() - elsewhere

    pipeline, out = Pipeline(settings, listen), tmp_path / "out.mp4"
    if way == "library":
        pipeline.score(clip, ScoreOptions(), out, tmp_path)
    else:
        Run(pipeline, clip, ScoreOptions(), out)()
    assert alive["select"] > alive["generate"] == alive["reconstruct"] == 0


def test_a_run_that_fails_gives_back_what_it_holds(clip: Path, tmp_path: Path, settings: Settings) -> None:
    closed: list[str] = []

    class Watched(Pipeline):
        def close(self) -> None:
            super().close()
            closed.append("all")

    (tmp_path / "sheet.json").write_text("this is no sheet")
    with pytest.raises(UserError):
        Run(Watched(settings), clip, ScoreOptions(), tmp_path / "out.mp4")(sheet=tmp_path / "sheet.json")
    assert closed == ["all"]
