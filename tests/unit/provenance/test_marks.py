"""A film says who made its music, and a changed byte of it is noticed, wherever it stands."""

import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import av
import pytest

from immersivaudio import provenance
from immersivaudio.config import Settings
from immersivaudio.errors import UserError
from immersivaudio.media.boxes import outermost
from immersivaudio.music import find_soundfont
from immersivaudio.options import ScoreOptions
from immersivaudio.pipeline import Pipeline
from immersivaudio.provenance import mark, receipt
from immersivaudio.provenance.verification import verify
from immersivaudio.values import ScoredClip
from tests import samples

pytestmark = pytest.mark.medium

SECRET = "my wedding at Aunt Agathe's glurbified"


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScoredClip]:
    folder = tmp_path_factory.mktemp("marked")
    film = samples.film(folder / "film.mp4", sound="sine=f=330")
    pipeline = Pipeline(Settings(_env_file=None))
    yield pipeline.score(film, ScoreOptions(mood=SECRET, seed=5), folder / "out.mp4", folder / "music")
    pipeline.close()


@pytest.fixture
def copy(scored: ScoredClip, tmp_path: Path) -> Path:
    return Path(shutil.copy(scored.path, tmp_path / "copy.mp4"))


def truths(film: Path, **more: object) -> dict[str, str]:
    found = verify(film, Settings(_env_file=None), **more)  # type: ignore[arg-type]
    return {check.what: check.truth for check in found.checks}


def test_a_fresh_result_is_as_it_was_marked(scored: ScoredClip) -> None:
    assert truths(scored.path) == {"mark": "true", "film": "true", "signature": "unknown"}
    assert verify(scored.path, Settings(_env_file=None)).holds
    assert scored.receipt.size_bytes == scored.path.stat().st_size


def test_another_reader_finds_the_digital_source_type(scored: ScoredClip) -> None:
    with av.open(str(scored.path), options={"export_xmp": "1"}) as container:
        told = container.metadata
    kind = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic"
    assert f'DigitalSourceType="{kind}"' in told["xmp"]
    assert kind in told["comment"]
    assert "composed by rules" in told["comment"]


def test_the_receipt_holds_the_sheet_the_seed_and_none_of_the_users_words(scored: ScoredClip) -> None:
    found = mark.read(scored.path)
    assert found is not None
    assert json.loads(found.sheet)["seed"] == scored.sheet.seed == 5
    assert (found.music.backend, found.music.licence) == ("composer", "MIT")
    assert found.settings["soundfont"] == find_soundfont().path.name
    assert found.clip.sha256 == scored.clip.sha256
    data = scored.path.read_bytes() + found.to_json().encode()
    for word in ("Agathe", "glurbified", str(scored.path.parent)):
        assert word.encode() not in data
    assert receipt.load(found.to_json()) == found


def places(film: Path) -> Iterator[int]:
    """Bytes of every box: its first ones, its last one, and some between."""
    with film.open("rb") as file:
        boxes = list(outermost(file))
    rng = random.Random(7)
    for box in boxes:
        yield from {box.start + 5, box.content, box.end - 1}
        yield from (rng.randrange(box.start, box.end) for _ in range(20))


def test_one_changed_byte_is_caught_wherever_it_stands(scored: ScoredClip, copy: Path) -> None:
    whole = bytearray(scored.path.read_bytes())
    missed = []
    for place in places(scored.path):
        changed = bytearray(whole)
        changed[place] ^= 1
        copy.write_bytes(changed)
        if verify(copy, Settings(_env_file=None)).holds:
            missed.append(place)
    assert missed == []


def test_a_changed_letter_of_the_sheet_is_caught_with_a_digest_that_was_not(scored: ScoredClip) -> None:
    found = mark.read(scored.path)
    assert found is not None
    text = found.to_json().replace('\\"seed\\": 5', '\\"seed\\": 6')
    assert text != found.to_json()
    with pytest.raises(UserError, match="the receipt was changed"):
        receipt.load(text)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", '{"sha256": 1}', "[" * 100_000, "\ud800", "x" * 9_000_000]
)
def test_what_is_no_receipt_is_refused_in_words(text: str) -> None:
    with pytest.raises(UserError, match="receipt"):
        receipt.load(text)


def test_a_receipt_that_was_kept_knows_the_film_after_a_copying_remux(scored: ScoredClip, copy: Path) -> None:
    kept = mark.read(scored.path)
    samples.ffmpeg("-i", scored.path, "-c", "copy", copy)
    assert truths(copy)["mark"] == "false"  # the box is gone, as on most platforms
    assert truths(copy, given=kept) == {"mark": "unknown", "film": "true", "signature": "unknown"}
    with av.open(str(copy)) as container:
        assert "Immersivaudio" in container.metadata["comment"]
    samples.ffmpeg("-i", scored.path, "-c:v", "copy", "-b:a", "96k", copy)
    assert truths(copy, given=kept)["film"] == "false"


def test_the_receipt_of_another_film_does_not_fit(scored: ScoredClip) -> None:
    other = mark.read(scored.path)
    assert other is not None
    other = other.model_copy(update={"build": other.build ^ 1})
    assert truths(scored.path, given=other)["mark"] == "false"


def test_the_same_request_gives_the_same_bytes_and_the_same_receipt(
    scored: ScoredClip, tmp_path: Path
) -> None:
    pipeline = Pipeline(Settings(_env_file=None))
    again = pipeline.score(
        scored.clip.path, ScoreOptions(mood=SECRET, seed=5), tmp_path / "again.mp4", tmp_path / "music"
    )
    assert again.path.read_bytes() == scored.path.read_bytes()


def test_a_size_that_was_asked_for_holds_with_the_mark(scored: ScoredClip, tmp_path: Path) -> None:
    pipeline = Pipeline(Settings(_env_file=None))
    limit = scored.path.stat().st_size - 10_000
    request = ScoreOptions(seed=5, max_bytes=limit)
    made = pipeline.render(scored.clip, scored.sheet, request, tmp_path / "small.mp4", tmp_path)
    assert made.path.stat().st_size == made.receipt.size_bytes <= limit
    assert verify(made.path, Settings(_env_file=None)).holds


def test_sound_that_a_person_brought_is_not_claimed(scored: ScoredClip, tmp_path: Path) -> None:
    pipeline = Pipeline(Settings(_env_file=None))
    brought = (replace(scored.tracks[0], backend="file"),)
    made = pipeline.assemble(scored.clip, scored.sheet, brought, ScoreOptions(), tmp_path / "mine.mp4")
    assert mark.read(made.path) is None
    with av.open(str(made.path)) as container:
        assert "comment" not in container.metadata


def test_music_of_a_trained_model_is_told_as_such(scored: ScoredClip) -> None:
    neural = (replace(scored.tracks[0], backend="musicgen"),)
    assert receipt.source_type(neural) == "compositeWithTrainedAlgorithmicMedia"
    assert "generated by a trained model" in provenance.tags(neural)["comment"]
    found = mark.read(scored.path)
    assert found is not None
    settings = Settings(_env_file=None)
    told = receipt.write(scored.clip, scored.sheet, ScoreOptions(), neural, settings, found.digests)
    assert told.music.model == "facebook/musicgen-small"
    assert "CC-BY-NC" in told.music.licence
