"""An export in a chat: as large as one message takes, in parts, or without what its asker has."""

import random
import zipfile
from pathlib import Path

import pytest

from immersivaudio.errors import UserError
from immersivaudio.export.package import Exported
from immersivaudio.queue import Address, Artifact, JobRequest, Result, Summary
from worker.delivery.captions import caption
from worker.rendering import editor_archives

FILES = {
    "film/film.mov": 900_000, "film/film.reference.mp4": 700_000, "film/music.wav": 300_000,
    "film/stems/strings.wav": 300_000, "film/film.otio": 2_000,
}  # fmt: skip


@pytest.fixture
def made(tmp_path: Path) -> Exported:
    path = tmp_path / "for-editor.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number, (name, size) in enumerate(FILES.items()):
            archive.writestr(name, random.Random(number).randbytes(size))
    return Exported(path, None, tuple(FILES))  # type: ignore[arg-type]


def inside(made: Exported, names: tuple[str, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in names:
        with zipfile.ZipFile(made.path.with_name(name)) as archive:
            assert archive.testzip() is None
            found |= {each.filename: each.file_size for each in archive.infolist()}
    return found


@pytest.mark.medium
@pytest.mark.parametrize(
    ("limit", "parts", "archives", "left"),
    [(None, 1, 1, ""), (3_000_000, 1, 1, ""), (1_000_000, 10, 3, ""), (1_000_000, 1, 1, "film.mov"),
     (400_000, 2, 2, "film.mov")],
)  # fmt: skip
def test_as_much_comes_as_fits(
    made: Exported, limit: int | None, parts: int, archives: int, left: str
) -> None:
    sent = editor_archives.fitted(made, "film.mov", limit, parts)
    assert (len(sent.names), sent.film_left) == (archives, left)
    sizes = [made.path.with_name(name).stat().st_size for name in sent.names]
    assert all(limit is None or size <= limit for size in sizes)
    gone = {"film/film.mov", "film/film.reference.mp4"} if left else set()
    assert inside(made, sent.names) == {name: size for name, size in FILES.items() if name not in gone}


def test_sounds_too_large_for_the_chat_are_refused_in_words(made: Exported) -> None:
    with pytest.raises(UserError, match="larger than this chat takes"):
        editor_archives.fitted(made, "film.mov", 200_000, 10)


@pytest.mark.parametrize("locale", ["en", "de", "fr", "es", "pt"])
def test_the_caption_says_what_to_do_with_the_parts(locale: str) -> None:
    here = Address(platform="telegram", chat="1", message="1")
    asked = JobRequest(platform="telegram", update="1", user="u", reply=here, action="export", locale=locale)
    part = Artifact(ref="r", name="for-editor-2.zip")
    result = Result(media=part, extras={"part-2": part}, summary=Summary(film_left="film.mov"))
    told = caption(asked, result, 1000).text
    assert "film.mov" in told
    assert "2" in told.splitlines()[-1]
