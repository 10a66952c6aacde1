"""How soon the page can be used over a slow line, how still it stands, and how well the mixer keeps step.

    python -m benchmarks.web_page [minutes]

A headless Chromium loads the page from cold at 1.5 Mbit/s and 40 ms; then a film of so many minutes (5) is
scored, its stems are loaded, and its last seconds are played: the sound of the film and the mixer's are
recorded and laid over each other. 0 minutes: the page alone is measured.
"""

import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks import report
from tests import samples
from tests.e2e.conftest import SCREENS, browser_path
from tests.e2e.sync import lag
from tests.integration.web.site import Site

MINUTES = 5.0
_LOADS = 5
_WAIT = 600_000
"""ms"""
_LINE = {"offline": False, "latency": 40, "downloadThroughput": 187_500, "uploadThroughput": 187_500}
"""1.5 Mbit/s, as DevTools puts it: bytes a second and ms."""
_SHIFTS = """window.shifted = 0;
new PerformanceObserver((list) => {
    for (const each of list.getEntries()) window.shifted += each.hadRecentInput ? 0 : each.value;
}).observe({ type: "layout-shift", buffered: true });"""


def load(browser: Any, url: str, size: str) -> tuple[float, float, float]:
    """Return s until the first picture, s until the page can be used, and how far it moved (CLS)."""
    context = browser.new_context(viewport=SCREENS[size])
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", _LINE)
    page.add_init_script(_SHIFTS)
    begun = time.monotonic()
    page.goto(url, wait_until="commit")
    page.wait_for_selector("html.iv-ready", timeout=_WAIT)
    usable = time.monotonic() - begun
    page.wait_for_timeout(1500)
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000")
    shifted = page.evaluate("window.shifted")
    context.close()
    return painted, usable, shifted


def step(browser: Any, url: str, film: Path) -> tuple[float, float]:
    """Return by how many s the mixer is off at the beginning and at the end of a film."""
    page = browser.new_context(viewport=SCREENS["desk"]).new_page()
    page.goto(url)
    page.wait_for_selector("html.iv-ready", timeout=_WAIT)
    page.set_input_files("#pick input[type=file]", str(film))
    page.click("#score")
    page.wait_for_selector("#result .iv-result video", timeout=_WAIT)
    page.click(".iv-desk button", timeout=_WAIT)
    page.wait_for_selector(".iv-strip", timeout=_WAIT)
    page.evaluate("document.querySelector('#result video').play()")
    page.wait_for_timeout(1000)
    first = lag(page)
    page.evaluate(
        "(film => { film.currentTime = film.duration - 12; })(document.querySelector('#result video'))"
    )
    page.wait_for_timeout(6000)
    return first, lag(page)


def loading(browser: Any, url: str) -> None:
    """Measure how the page comes, and write the section."""
    load(browser, url, "desk")  # the first one waits for the server's own caches
    loads = [load(browser, url, size) for _ in range(_LOADS) for size in SCREENS]
    painted, usable, shifted = zip(*loads, strict=True)
    rows = [
        ["first picture at 1.5 Mbit/s, median", f"{median(painted):.2f} s", "< 1.5 s"],
        ["the page can be used, median", f"{median(usable):.2f} s", "< 3 s"],
        ["layout shift while it loads, worst", f"{max(shifted):.3f}", "< 0.05"],
    ]
    told = "\n\nHeadless Chromium, loaded from cold."
    report.write("The page in a browser", report.table(["what", "measured", "aim"], rows) + told)


def mixing(browser: Any, url: str, folder: Path, minutes: float) -> None:
    """Measure how well the mixer keeps step, and write the section."""
    shots = max(2, round(minutes * 6))
    film = samples.film(folder / "film.mp4", shots=shots, seconds=10 * minutes * 6 / shots, rate=5)
    first, last = step(browser, url, film)
    rows = [
        ["mixer against film, after the start", f"{first * 1000:+.1f} ms", "< 20 ms"],
        [f"the same, at the end of {minutes:g} minutes", f"{last * 1000:+.1f} ms", "< 20 ms"],
    ]
    told = "\n\nHeadless Chromium; measured on the sound, not on its clock."
    report.write("The mixer in a browser", report.table(["what", "measured", "aim"], rows) + told)


def main() -> None:
    """Measure, and write the sections."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else MINUTES
    with (
        tempfile.TemporaryDirectory(prefix="web-") as folder,
        Site(Path(folder), "worker.rendering.pipeline_renderer:build") as site,
        sync_playwright() as playwright,
    ):
        url = site.work().open().url
        arguments = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
        browser = playwright.chromium.launch(executable_path=browser_path(), args=arguments)
        loading(browser, url)
        if minutes:
            mixing(browser, url, Path(folder), minutes)
        browser.close()


if __name__ == "__main__":
    main()
