"""How long a creator waits for one section to be played anew, against the whole film.

    python -m benchmarks.web_redo [seconds]

A headless Chromium scores a film of so many seconds (60), asks for another take of one section, then for one
of everything: each is timed from the press to the moment the page shows the new film.
"""

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks import report
from tests import samples
from tests.e2e.conftest import SCREENS, browser_path
from tests.integration.web.site import Site

_SECONDS = 60.0
_SHOTS = 10
_WAIT = 600_000
"""ms"""


def pressed(page: Any, button: str, results: int) -> float:
    """Press, and return s until the page shows that many results."""
    begun = time.monotonic()
    page.click(button)
    shown = f"document.querySelectorAll('#history [data-job]').length === {results}"
    page.wait_for_function(shown, timeout=_WAIT)
    return time.monotonic() - begun


def main() -> None:
    """Measure, and write the section."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else _SECONDS
    with (
        tempfile.TemporaryDirectory(prefix="web-") as folder,
        Site(Path(folder), "worker.rendering.pipeline_renderer:build") as site,
        sync_playwright() as playwright,
    ):
        url = site.work().open().url
        browser = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        page = browser.new_context(viewport=SCREENS["desk"]).new_page()
        for name, shots in (("warm", 2), ("film", _SHOTS)):  # the first one waits for models to be loaded
            film = samples.film(Path(folder) / f"{name}.mp4", shots=shots, seconds=seconds / _SHOTS, rate=25)
            page.goto(url)
            page.wait_for_selector("html.iv-ready", timeout=_WAIT)
            page.set_input_files("#pick input[type=file]", str(film))
            page.wait_for_function("window.immersivaudio.clip.token", timeout=_WAIT)
            first = pressed(page, "#score", 1 if name == "warm" else 2)
        page.wait_for_selector(".iv-handles button", timeout=_WAIT)
        page.wait_for_timeout(1000)
        page.click(".iv-handles button:has-text('Other take')")
        section = pressed(page, ".iv-go", 3)
        page.wait_for_timeout(1000)
        whole = pressed(page, "#take-again", 4)
        browser.close()
    rows = [
        [f"a film of {seconds:g} s, from the press to its music", f"{first:.1f} s", ""],
        ["another take of one section of it", f"{section:.1f} s: {section / first:.2f} x", "<= 0.4 x"],
        ["another take of all of it", f"{whole:.1f} s: {whole / first:.2f} x", ""],
    ]
    told = f"\n\n{_SHOTS} shots, 320 x 180, 25 pictures a second; worker, page and browser share the cores."
    told += f" Load average of the machine: {os.getloadavg()[0]:.0f}."
    report.write("Redoing a part on the page", report.table(["what", "measured", "aim"], rows) + told)


if __name__ == "__main__":
    main()
