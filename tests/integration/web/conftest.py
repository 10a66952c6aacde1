"""One Redis, one worker, one delivery and one page for the folder; each test has guests of its own."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.web.site import BUSY, Site


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    with (
        tempfile.TemporaryDirectory(prefix="web-") as folder,
        Site(Path(folder), UPLOAD_LIMIT="3000000", LOGIN="", **BUSY) as site,
    ):
        yield site.work().open()


@pytest.fixture
def locked() -> Iterator[Site]:
    with (
        tempfile.TemporaryDirectory(prefix="locked-") as folder,
        Site(Path(folder), LOGIN="ann:open sesame") as site,
    ):
        yield site.open()
