"""One town for all tests of the folder that do not break it."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.telegram.town import STAGE, Town
from tests.web_site import served


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """A web server that the town may be sent to by links."""
    with served() as origin:
        yield origin


@pytest.fixture(scope="session")
def town(site: str) -> Iterator[Town]:
    chosen = {"LINKS_INSIDE": f'["{site}"]', "TELEGRAM_STAGE_CHAT": str(STAGE)}
    with tempfile.TemporaryDirectory(prefix="town-") as folder, Town(Path(folder), **chosen) as open_town:
        open_town.api.world.chat(STAGE, "channel")
        yield open_town
