"""One town for all tests of the folder that do not break it."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.telegram.town import Town


@pytest.fixture(scope="session")
def town() -> Iterator[Town]:
    with tempfile.TemporaryDirectory(prefix="town-") as folder, Town(Path(folder)) as open_town:
        yield open_town
