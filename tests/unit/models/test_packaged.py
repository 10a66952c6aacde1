"""Weights of a package are the ones we know, also when they were checked before."""

import hashlib
import os
from pathlib import Path

import pytest

from immersivaudio.config import Settings
from immersivaudio.errors import BackendUnavailableError
from immersivaudio.models import packaged
from immersivaudio.models.packaged import Weights

CONTENT = b"weights" * 100
WEIGHTS = Weights("w.bin", hashlib.sha256(CONTENT).hexdigest())


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    (tmp_path / "weights").mkdir()
    (tmp_path / "weights" / WEIGHTS.file).write_bytes(CONTENT)
    return Settings(_env_file=None, eyes_weights=tmp_path / "weights", models=tmp_path / "models")


def content(settings: Settings) -> bytes:
    with packaged.opened(WEIGHTS, settings) as file:
        return file.read()


def test_a_file_that_was_checked_is_whole_each_time(here: Settings) -> None:
    assert content(here) == content(here) == CONTENT


def test_a_file_that_was_changed_after_it_was_checked_is_refused(here: Settings) -> None:
    assert content(here) == CONTENT
    assert here.eyes_weights
    path = here.eyes_weights / WEIGHTS.file
    before = path.stat()
    path.write_bytes(CONTENT[:-1] + b"!")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    for _ in range(2):
        with pytest.raises(BackendUnavailableError, match="is not the file we know"):
            content(here)


def test_another_file_is_refused_whatever_is_noted(here: Settings) -> None:
    assert here.eyes_weights
    (here.eyes_weights / WEIGHTS.file).write_bytes(b"another")
    (here.models / ".checked").mkdir(parents=True)
    (here.models / ".checked" / WEIGHTS.sha256).write_bytes(b"\xff")
    with pytest.raises(BackendUnavailableError, match="SHA-256"):
        content(here)


def test_weights_are_read_where_nothing_may_be_noted(here: Settings) -> None:
    here.models.write_bytes(b"no folder")
    assert content(here) == content(here) == CONTENT
