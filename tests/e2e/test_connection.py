"""A page that loses its connection at any moment of a job: it mends itself, and loses no press."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.network import CuttableWire
from tests.integration.web.site import BUSY, Site

WAIT = 120_000
"""ms"""
Screen = Callable[[str], Any]
LOST, READY = "#iv-connection:has-text('Connection lost')", "#result .iv-result video"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def parrot_site() -> Iterator[Site]:
    """A renderer that takes as long as the mood says."""
    with tempfile.TemporaryDirectory(prefix="cut-") as folder, Site(Path(folder), **BUSY) as site:
        yield site.work().open()


@pytest.fixture
def wire(parrot_site: Site) -> Iterator[CuttableWire]:
    with CuttableWire(parrot_site.url) as wire:
        yield wire


def come(page: Any, url: str, film: Path, mood: str) -> None:
    page.goto(url)
    page.wait_for_selector("html.iv-ready", timeout=WAIT)
    page.set_input_files("#pick input[type=file]", str(film))
    page.wait_for_function("window.immersivaudio.clip.token", timeout=WAIT)
    page.fill("#mood textarea", mood)


def finished(page: Any) -> None:
    """The film is there, it was ordered once, and the page is as good as new."""
    page.wait_for_selector(READY, timeout=WAIT)
    page.wait_for_selector("#progress .iv-progress", state="detached", timeout=WAIT)
    page.wait_for_selector("#history [data-job]", timeout=WAIT)
    assert page.locator("#history .iv-card").count() == 1
    page.click("#take-again")
    page.wait_for_selector("#result:has-text('take 2')", timeout=WAIT)


@pytest.mark.parametrize("moment", ["press", "line", "watching", "composing", "last"])
def test_a_cut_at_any_moment_is_mended_by_the_page(
    wire: CuttableWire, screen: Screen, film: Path, moment: str
) -> None:
    page = screen("desk")
    come(page, wire.url, film, "sleep 3")
    if moment == "press":
        wire.cut()  # offline already when the button is pressed
    page.click("#score")
    if moment == "line":
        page.wait_for_selector(".iv-progress", timeout=WAIT)
    elif moment == "watching":
        page.wait_for_selector("#progress :text('Watching')", timeout=WAIT)
    elif moment == "composing":
        page.wait_for_function("document.querySelector('#progress progress')?.value > 0", timeout=WAIT)
    elif moment == "last":
        page.wait_for_selector("#cancel", state="visible", timeout=WAIT)
    if moment != "press":
        wire.cut()
    page.wait_for_selector(LOST, timeout=WAIT)
    wire.mend()
    finished(page)
    assert page.locator(".toast-body:visible").count() == 0, "the framework's own words are not shown"


def test_a_flicker_is_hardly_seen_and_another_language_is_spoken(
    wire: CuttableWire, chromium: Any, film: Path
) -> None:
    context = chromium.new_context(locale="de-DE")
    page = context.new_page()
    come(page, wire.url, film, "sleep 3")
    page.click("#score")
    page.wait_for_selector("#cancel", state="visible", timeout=WAIT)
    wire.cut()
    page.wait_for_selector("#iv-connection:has-text('Verbindung weg')", timeout=WAIT)
    wire.mend()
    finished(page)
    context.close()


@pytest.mark.parametrize("moment", ["idle", "working", "upload"])
def test_a_restart_of_the_web_process_loses_nothing(screen: Screen, film: Path, moment: str) -> None:
    with tempfile.TemporaryDirectory(prefix="restart-") as folder, Site(Path(folder), **BUSY) as site:
        site.work().open()
        site.environment["IMMERSIVAUDIO_WEB_PORT"] = site.url.rsplit(":", 1)[1].strip("/")
        page = screen("desk")
        page.goto(site.url)
        page.wait_for_selector("html.iv-ready", timeout=WAIT)
        if moment == "upload":
            stop(site)
        page.set_input_files("#pick input[type=file]", str(film))
        if moment != "upload":
            page.wait_for_function("window.immersivaudio.clip.token", timeout=WAIT)
        page.fill("#mood textarea", "sleep 4")
        if moment == "idle":
            stop(site)
            site.open()
        page.click("#score")
        if moment == "working":
            page.wait_for_selector("#progress :text('Watching')", timeout=WAIT)
            stop(site)
        if moment != "idle":
            page.wait_for_selector(LOST, timeout=WAIT)
            site.open()
        finished(page)


def stop(site: Site) -> None:
    """As `kill -9` does."""
    site.programs["web"].kill()
    site.programs["web"].wait()


def test_a_large_clip_goes_on_where_it_was_cut_off(
    wire: CuttableWire, screen: Screen, tmp_path: Path
) -> None:
    page = screen("phone")
    page.goto(wire.url)
    page.wait_for_selector("html.iv-ready", timeout=WAIT)
    large = tmp_path / "large.mp4"
    large.write_bytes(bytes(range(256)) * 4 * 12_288)  # 12 MiB: three pieces
    tools = page.context.new_cdp_session(page)
    tools.send("Network.enable")
    line = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 3 * 2**20}
    tools.send("Network.emulateNetworkConditions", line)
    begun: list[str] = []
    page.on("request", lambda request: begun.append(request.url) if "begin=1" in request.url else None)
    page.set_input_files("#pick input[type=file]", str(large))
    page.wait_for_function("document.querySelector('.iv-upload').value > 40", timeout=WAIT)
    wire.cut()
    page.wait_for_selector(LOST, timeout=WAIT)
    wire.mend()
    page.wait_for_function("window.immersivaudio.clip.token", timeout=WAIT)
    assert len(begun) == 1, "not from the beginning"
    page.fill("#mood textarea", "calm")
    page.click("#score")
    page.wait_for_selector(READY, timeout=WAIT)
    got = page.evaluate(
        """() => fetch(document.querySelector("#result video").dataset.before)
            .then((answer) => answer.arrayBuffer()).then((bytes) => bytes.byteLength)"""
    )
    assert got == large.stat().st_size
