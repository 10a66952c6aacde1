"""The timeline and the mixer: what a creator sees, hears and changes without a word of JSON."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import samples
from tests.e2e.sync import lag
from tests.e2e.test_page import WAIT, come, drop, scored, unfold
from tests.integration.web.site import Site

Screen = Callable[[str], Any]
pytestmark = pytest.mark.slow
_MIXER = "window.immersivaudio.studio.mixer()"
_SHEET = "JSON.parse(window.immersivaudio.studio.sheet())"


def studio(page: Any, site: Site, clip: Path) -> None:
    come(page, site)
    drop(page, clip)
    scored(page)
    page.wait_for_selector(".iv-handles button", timeout=WAIT)


def at(page: Any, lane: float, share: float) -> tuple[float, float]:
    """A point on the canvas: `lane` px below its top, `share` of the way along the film."""
    box = page.locator(".iv-lanes canvas").bounding_box()
    return box["x"] + 92 + share * (box["width"] - 92), box["y"] + lane


@pytest.mark.parametrize("name", ["desk", "phone"])
def test_what_is_changed_on_the_timeline_is_what_is_rendered(
    whole_site: Site, screen: Screen, name: str, tmp_path: Path
) -> None:
    page = screen(name)
    studio(page, whole_site, samples.film(tmp_path / "film.mp4", shots=3, seconds=2, rate=10))
    assert page.is_visible(".iv-by-key") == (name == "desk"), "a phone has no keys"
    page.click(".iv-handles button:has-text('Stronger')")
    page.select_option(".iv-handles select", "tense")
    page.locator(".iv-lanes").scroll_into_view_if_needed()
    page.mouse.click(*at(page, 134, 0.45))  # between two hits: another one
    page.wait_for_selector(".iv-bar :text('3')", timeout=WAIT)
    page.click("[aria-label='Undo']")
    page.wait_for_selector(".iv-bar :text('2')", timeout=WAIT)
    page.click("[aria-label='Redo']")
    changed = page.evaluate(_SHEET)
    assert changed["cues"][0]["mood"] == "tense"
    unfold(page)
    assert json.loads(page.input_value("#sheet textarea")) == changed, "the box shows the same sheet"
    page.click("#render")
    page.wait_for_selector(".iv-bar .iv-working", timeout=WAIT)  # said where it was pressed
    page.wait_for_function("document.querySelectorAll('#history [data-job]').length === 2", timeout=WAIT)
    page.wait_for_selector(".iv-handles option:has-text('tense')", state="attached", timeout=WAIT)
    page.wait_for_function(
        """(count) => fetch(document.querySelector("[data-get=sheet]").href).then((each) => each.json())
            .then((sheet) => sheet.hits.length === count && sheet.cues[0].mood === "tense")""",
        arg=len(changed["hits"]),
        timeout=WAIT,
    )


def test_a_click_and_a_key_move_the_film(whole_site: Site, screen: Screen, film: Path) -> None:
    page = screen("desk")
    studio(page, whole_site, film)
    page.locator(".iv-lanes").scroll_into_view_if_needed()
    page.mouse.click(*at(page, 50, 0.5))
    now = "document.querySelector('#result video').currentTime"
    assert abs(page.evaluate(now) - 1.5) < 0.1
    page.focus(".iv-lanes")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert abs(page.evaluate(now) - 1.0) < 0.05
    assert float(page.get_attribute(".iv-lanes", "aria-valuenow")) == pytest.approx(1.0, abs=0.1)


def test_what_is_wrong_in_the_box_is_said_there_and_nothing_is_ordered(
    whole_site: Site, screen: Screen, film: Path
) -> None:
    page = screen("desk")
    studio(page, whole_site, film)
    unfold(page)
    page.fill("#sheet textarea", page.input_value("#sheet textarea").replace('"tempo": ', '"tempo": 9'))
    page.wait_for_selector(".iv-studio .iv-bad:has-text('from 40 to 240')", timeout=WAIT)
    page.fill("#sheet textarea", "{")
    page.wait_for_selector(".iv-studio .iv-bad:has-text('JSON')", timeout=WAIT)
    assert page.locator("#history .iv-card").count() == 1


def test_stems_play_in_step_with_the_film_and_are_mixed_at_once(
    whole_site: Site, screen: Screen, tmp_path: Path
) -> None:
    page = screen("desk")
    studio(page, whole_site, samples.film(tmp_path / "film.mp4", shots=4, seconds=3, rate=10))
    page.click(".iv-desk button")
    page.wait_for_selector(".iv-strip", timeout=WAIT)
    page.evaluate(
        f"""() => {{
            const mixer = {_MIXER};
            window.ear = mixer.context.createAnalyser();
            mixer.output.connect(window.ear);
            return document.querySelector("#result video").play();
        }}"""
    )
    loudness = """async () => {
        const samples = new Float32Array(window.ear.fftSize);
        let loudest = 0;
        for (let look = 0; look < 20; look += 1) {
            await new Promise((done) => setTimeout(done, 40));
            window.ear.getFloatTimeDomainData(samples);
            loudest = Math.max(loudest, ...samples.map(Math.abs));
        }
        return loudest;
    }"""
    assert page.evaluate(loudness) > 0.01
    assert page.evaluate("document.querySelector('#result video').muted")
    page.evaluate("document.querySelector('#result video').currentTime = 6")
    page.wait_for_function(f"{_MIXER}.sources.length && Math.abs({_MIXER}.drift()) < 0.02", timeout=WAIT)
    assert abs(lag(page)) < 0.02, "stems and film are one"
    for mute in page.query_selector_all(".iv-muted[aria-pressed=false]"):
        mute.click()
    page.wait_for_timeout(200)
    assert page.evaluate(loudness) < 0.001
    page.locator(".iv-muted").nth(0).click()
    fader = page.locator(".iv-strip:not(.iv-group) input").nth(0)
    fader.fill("-6")
    page.click(".iv-desk button:has-text('Keep this mix')")
    page.wait_for_function("document.querySelectorAll('#history [data-job]').length === 3", timeout=WAIT)
    sheet = page.evaluate(
        "fetch(document.querySelector('[data-get=sheet]').href).then((each) => each.json())"
    )
    assert sheet["without"]
    assert -6 in sheet["levels"].values()
    assert sheet["levels"]["room"] == -60, "the room is nobody's: it is turned down, not left out"


@pytest.mark.parametrize(("wish", "muted"), [("mix", "false"), ("replace", "true")])
def test_the_mixer_begins_with_the_clips_own_sound_as_the_film_has_it(
    whole_site: Site, screen: Screen, tmp_path: Path, wish: str, muted: str
) -> None:
    page = screen("desk")
    come(page, whole_site)
    drop(page, samples.film(tmp_path / "film.mp4", rate=10, sound="sine=f=330"))
    page.click("#more button")
    page.check(f"#original input[value={wish}]")
    scored(page)
    page.click(".iv-desk button")
    own = ".iv-strip:has-text('own sound') .iv-muted"
    page.wait_for_selector(own, timeout=WAIT)
    assert page.get_attribute(own, "aria-pressed") == muted
    others = page.eval_on_selector_all(".iv-muted", "all => all.map(each => each.ariaPressed)")[:-1]
    assert set(others) == {"false"}, "all players are heard"
