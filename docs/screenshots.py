"""Take the README's pictures of the page: the real service, a headless Chromium, our own little film.

python -m docs.screenshots
"""

import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image as Pictures
from playwright.sync_api import sync_playwright

from tests.e2e.conftest import SCREENS, browser_path
from tests.integration.web.site import Site
from tests.patience import PATIENCE

FOLDER = Path(__file__).parent / "images"
_WAIT = 1000 * PATIENCE
_DESK = 1500
"""px of the wide page: down to the timeline."""


def keep(picture: bytes, name: str, width: int) -> None:
    """Write a screenshot as WebP, no wider than a page shows it."""
    image = Pictures.open(BytesIO(picture)).convert("RGB")
    image.thumbnail((width, 10_000), Pictures.Resampling.LANCZOS)
    image.save(FOLDER / f"{name}.webp", quality=82, method=6)


def scored(page: Any, url: str, *, example: int) -> None:
    """Open the page, choose an example, wait for its music."""
    page.goto(url)
    page.wait_for_selector("html.iv-ready", timeout=_WAIT)
    page.click(f".iv-example >> nth={example}")
    page.click(".iv-told button")
    page.click("#presets button >> nth=1")
    page.click("#score")
    page.wait_for_selector("#result video", timeout=_WAIT)
    page.wait_for_selector(".iv-lanes canvas", timeout=_WAIT)
    page.wait_for_function("document.querySelector('#result video').readyState >= 2", timeout=_WAIT)
    page.eval_on_selector_all("video", "all => all.forEach(video => { video.currentTime = 3.4; })")
    page.wait_for_timeout(1500)


def main() -> None:
    """A wide one, and a phone."""
    with (
        tempfile.TemporaryDirectory(prefix="shots-") as folder,
        Site(Path(folder), "worker.rendering.pipeline_renderer:build") as site,
        sync_playwright() as playwright,
    ):
        site.work().open()
        browser = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        for name, wide in (("desk", 1100), ("phone", 780)):
            context = browser.new_context(
                viewport=SCREENS[name], device_scale_factor=2, locale="en-GB", is_mobile=name == "phone"
            )
            page = context.new_page()
            scored(page, site.url, example=1)
            if name == "phone":
                page.eval_on_selector("#result", "result => result.scrollIntoView()")
                page.wait_for_timeout(800)
            page.mouse.move(0, 0)
            desk = {"full_page": True, "clip": {"x": 0, "y": 0, "width": 1280, "height": _DESK}}
            keep(page.screenshot(**desk if name == "desk" else {}), f"page-{name}", wide)
        browser.close()


if __name__ == "__main__":
    main()
