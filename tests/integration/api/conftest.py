"""One service for the folder."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.api.hooks import Hooks
from tests.integration.api.service import ApiService


@pytest.fixture(scope="session")
def hooks() -> Iterator[Hooks]:
    with Hooks() as receiver:
        yield receiver


@pytest.fixture(scope="session")
def api(hooks: Hooks) -> Iterator[ApiService]:
    with (
        tempfile.TemporaryDirectory(prefix="api-") as folder,
        ApiService(Path(folder), WEBHOOK_HOSTS=f'["{hooks.origin}"]') as service,
    ):
        yield service.open()
