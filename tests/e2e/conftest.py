"""A headless Chromium of the system's own, and the whole service behind it."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integration.web.site import BUSY, Site

SCREENS = {"desk": {"width": 1280, "height": 860}, "phone": {"width": 390, "height": 844}}
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser_path() -> str | None:
    """Of Debian's Chromium, or of CHROMIUM."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)


@pytest.fixture(scope="module")
def whole_site() -> Iterator[Site]:
    """With the real pipeline."""
    with (
        tempfile.TemporaryDirectory(prefix="page-") as folder,
        Site(
            Path(folder), "worker.rendering.pipeline_renderer:build", UPLOAD_LIMIT="8000000", **BUSY
        ) as site,
    ):
        yield site.work().open()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """For one module: while it is open, Playwright's loop runs in this thread, and nobody else's can."""
    path = browser_path()
    if path is None:
        pytest.skip("there is no Chromium here: apt-get install chromium, or set CHROMIUM to its path")
    from playwright.sync_api import sync_playwright

    arguments = [
        "--no-sandbox",  # containers run tests as root
        "--autoplay-policy=no-user-gesture-required",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def screen(chromium: Any) -> Iterator[Callable[[str], Any]]:
    """Open a page of a browser of its own: `screen("phone")`."""
    contexts = []

    def opened(name: str) -> Any:
        small = name == "phone"
        context = chromium.new_context(
            viewport=SCREENS[name], locale="en-GB", is_mobile=small, has_touch=small, accept_downloads=True
        )
        context.grant_permissions(["camera", "microphone"])
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
