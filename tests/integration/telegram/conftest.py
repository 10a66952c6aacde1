"""One town for all tests of the folder that do not break it."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.telegram.town import Town
from tests.web_site import served


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """A web server that the town may be sent to by links."""
    with served() as origin:
        yield origin


@pytest.fixture(scope="session")
def town(site: str) -> Iterator[Town]:
    inside = {"LINKS_INSIDE": f'["{site}"]'}
    with tempfile.TemporaryDirectory(prefix="town-") as folder, Town(Path(folder), **inside) as open_town:
        yield open_town
