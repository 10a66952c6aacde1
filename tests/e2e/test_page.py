"""The page in a real browser, the real pipeline behind it: what a person does, and what they have then."""

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests import measure, samples
from tests.integration.web.site import Site

WAIT = 120_000
"""ms: a busy machine may take its time."""
Screen = Callable[[str], Any]
pytestmark = pytest.mark.slow

LISTEN = """async (video) => {
  video.muted = false;
  await video.play();
  const audio = new AudioContext();
  const ear = audio.createAnalyser();
  audio.createMediaElementSource(video).connect(ear);
  const samples = new Float32Array(ear.fftSize);
  let loudest = 0;
  for (let look = 0; look < 100 && loudest < 0.01; look += 1) {
    await new Promise((done) => setTimeout(done, 50));
    ear.getFloatTimeDomainData(samples);
    loudest = Math.max(loudest, ...samples.map(Math.abs));
  }
  video.pause();
  return { loudest, at: video.currentTime, duration: video.duration, width: video.videoWidth };
}"""

LATE = """
const ask = window.fetch;
const held = new Promise((go) => { window.letGo = go; });
window.fetch = async (...what) => {
  const answer = await ask(...what);
  if (!String(what[0].url ?? what[0]).includes("queue/data")) return answer;
  let shown = false, rest = "";
  const slow = new TransformStream({
    async transform(text, out) {
      const messages = (rest + text).split("\\n\\n");
      rest = messages.pop();
      for (const message of messages) {
        if (shown) await held;
        shown ||= message.includes("<video");
        out.enqueue(message + "\\n\\n");
      }
    },
  });
  const requests = answer.body.pipeThrough(new TextDecoderStream());
  return new Response(requests.pipeThrough(slow).pipeThrough(new TextEncoderStream()), answer);
};
"""
"""Whatever the server says after the film stays on its way until `letGo()`."""

CROSSED = """
const ask = window.fetch;
let heard;
const press = new Promise((go) => { heard = go; });
window.fetch = async (...what) => {
  const answer = await ask(...what);
  const address = String(what[0].url ?? what[0]);
  if (address.includes("queue/join") && window.closing) setTimeout(heard, 200);
  if (!address.includes("queue/data")) return answer;
  const slow = new TransformStream({
    async transform(text, out) {
      if (text.includes("close_stream") && !window.closing) {
        window.closing = true;
        await press;
      }
      out.enqueue(text);
    },
  });
  const requests = answer.body.pipeThrough(new TextDecoderStream());
  return new Response(requests.pipeThrough(slow).pipeThrough(new TextEncoderStream()), answer);
};
"""
"""The server's word that it has nothing more to say crosses the next press on its way."""


def come(page: Any, site: Site) -> None:
    page.goto(site.url)
    page.wait_for_selector("html.iv-ready", timeout=WAIT)


def drop(page: Any, path: Path) -> None:
    page.set_input_files("#pick input[type=file]", str(path))


def scored(page: Any) -> Any:
    """Press the button, and wait for the film; every word on the way is remembered."""
    page.evaluate(
        """() => {
            const place = document.querySelector("#progress");
            window.said = [];
            new MutationObserver(() => window.said.push(place.textContent)).observe(
                place, { childList: true, subtree: true, characterData: true });
        }"""
    )
    page.press("#score", "Enter")  # the clip unfolds above, and may move it from under a mouse
    page.wait_for_selector("#result .iv-result video, #progress .iv-bad", timeout=WAIT)
    assert not page.is_visible("#progress .iv-bad"), page.inner_text("#progress")
    return page.evaluate("() => window.said")


def unfold(page: Any) -> None:
    """Open the box of the sheet. Gradio fills it, and once more a frame later: only a test types as fast."""
    page.click("#sheet-box button")
    page.wait_for_selector("#sheet textarea")
    page.evaluate("() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))")


@pytest.mark.parametrize("name", ["desk", "phone"])
def test_a_film_is_scored_played_edited_and_taken_home(
    whole_site: Site, screen: Screen, name: str, film: Path, tmp_path: Path
) -> None:
    page = screen(name)
    come(page, whole_site)
    drop(page, film)
    page.click("#presets button >> nth=0")
    words = " ".join(scored(page))
    for stage in ("Watching your clip", "Composing"):
        assert stage in words
    heard = page.eval_on_selector("#result video", LISTEN)
    assert heard["duration"] == pytest.approx(3.0, abs=0.1)
    assert heard["loudest"] > 0.01, "the film that plays is not silent"
    assert (heard["at"] > 0, heard["width"]) == (True, 320)

    unfold(page)
    sheet = json.loads(page.input_value("#sheet textarea"))
    assert sheet["mood"] == "hopeful"
    sheet["palette"], sheet["tempo"] = "lo-fi", 74.0
    page.fill("#sheet textarea", json.dumps(sheet))
    page.click("#render")
    page.wait_for_selector("#result :text('74 bpm'), #progress .iv-bad", timeout=WAIT)
    again = json.loads(page.input_value("#sheet textarea"))
    assert (again["palette"], again["tempo"]) == ("lo-fi", 74.0)
    assert "With your own changes" in page.inner_text("#history .iv-card >> nth=0")

    with page.expect_download() as coming:
        page.click("[data-get=film]")
    assert coming.value.suggested_filename == "immersivaudio.mp4"
    home = tmp_path / "home.mp4"
    coming.value.save_as(home)
    assert measure.shown_seconds(home) == measure.shown_seconds(film)
    assert measure.loudness(home).integrated == pytest.approx(-14, abs=1.5)
    for get, suffix in (("audio", ".flac"), ("midi", ".mid"), ("sheet", ".json"), ("plan", ".webp")):
        with page.expect_download() as coming:
            page.click(f"[data-get={get}]")
        assert Path(coming.value.suggested_filename).suffix == suffix
        assert Path(coming.value.path()).stat().st_size > 100
    page.click("#stems-again")
    page.wait_for_selector("[data-get=stems]", timeout=WAIT)
    page.click("#export-again")
    page.wait_for_selector("[data-get=export]", timeout=WAIT)
    with page.expect_download() as coming:
        page.click("[data-get=export]")
    assert coming.value.suggested_filename == "for-editor.zip"
    assert page.locator("#history [data-job]").count() == 4
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], "no sideways"


def test_a_double_click_orders_once_and_another_wish_need_not_wait(
    whole_site: Site, screen: Screen, tmp_path: Path
) -> None:
    page = screen("desk")
    come(page, whole_site)
    drop(page, samples.film(tmp_path / "long.mp4", shots=6, seconds=10, rate=10))
    page.dblclick("#score")
    page.wait_for_selector("#result .iv-result video", timeout=WAIT)
    assert page.locator("#history [data-job]").count() == 1
    for preset in (0, 1):
        page.click(f"#presets button >> nth={preset}")
        page.click("#score")
        page.wait_for_selector("#cancel", state="visible")
    page.wait_for_function("document.querySelectorAll('#history [data-job]').length === 3", timeout=WAIT)


def test_a_press_is_heard_though_the_server_was_about_to_hang_up(
    whole_site: Site, screen: Screen, film: Path
) -> None:
    page = screen("desk")
    page.add_init_script(CROSSED)
    come(page, whole_site)
    page.wait_for_function("window.closing", timeout=WAIT)
    drop(page, film)
    scored(page)
    assert page.locator("#history [data-job]").count() == 1


def test_before_and_after_are_one_switch(
    whole_site: Site, screen: Screen, film: Path, tmp_path: Path
) -> None:
    page = screen("desk")
    come(page, whole_site)
    drop(page, film)
    scored(page)
    page.eval_on_selector("#result video", "(video) => { video.currentTime = 1.5; }")
    after = page.get_attribute("#result video", "src")
    heard = []
    for side, pressed in (("before", ["true", "false"]), ("after", ["false", "true"])):
        page.click(f"[data-side={side}]")
        page.wait_for_function("document.querySelector('#result video').currentTime >= 1.4", timeout=WAIT)
        shown = page.eval_on_selector_all("[data-side]", "all => all.map(e => e.ariaPressed)")
        assert shown == pressed
        assert (page.get_attribute("#result video", "src") == after) is (side == "after")
        assert page.eval_on_selector("#result video", "video => video.error") is None
        assert page.is_visible("[data-alike]")
        level = page.evaluate(
            "fetch(document.querySelector('#result video').src).then(each => each.arrayBuffer())"
            ".then(each => btoa(Array.from(new Uint8Array(each), b => String.fromCharCode(b)).join('')))"
        )
        (tmp_path / side).write_bytes(base64.b64decode(level))
        volume = page.eval_on_selector("#result video", "video => video.volume")
        heard.append(measure.loudness(tmp_path / side).integrated + 20 * np.log10(volume))
    assert heard[0] == pytest.approx(heard[1], abs=0.5), "both sides are equally loud"


def test_several_files_become_one_film(whole_site: Site, screen: Screen, film: Path, tmp_path: Path) -> None:
    from PIL import Image

    picture = tmp_path / "two.png"
    Image.fromarray(np.asarray(samples.scene(5))).save(picture)
    page = screen("phone")
    come(page, whole_site)
    page.set_input_files("#pick input[type=file]", [str(film), str(picture)])
    page.wait_for_selector("#pick .iv-status:has-text('2 files become one film')", timeout=WAIT)
    assert page.locator(".iv-parts li.iv-came").count() == 2
    assert page.evaluate("window.immersivaudio.clip.token") != ""
    scored(page)
    heard = page.eval_on_selector("#result video", LISTEN)
    assert heard["duration"] > 4, "the clip of three seconds, and the picture"
    assert page.locator("[data-side]").count() == 0


def test_an_editors_cuts_and_a_song_are_taken_by_hand_and_cuts_by_dropping(
    whole_site: Site, screen: Screen, film: Path, tmp_path: Path
) -> None:
    import soundfile

    marks, song, wrong = (tmp_path / name for name in ("marks.csv", "song.wav", "song.txt"))
    at = np.arange(6 * 22_050) / 22_050
    soundfile.write(song, 0.2 * np.sin(2 * np.pi * 220 * at) * (at % 0.5 < 0.2), 22_050)
    wrong.write_text("la la la")
    marks.write_text("0.6\n1.5\n")
    page = screen("desk")
    come(page, whole_site)
    page.set_input_files("#pick input[type=file]", [str(film), str(marks)])  # as when both are dropped
    page.wait_for_selector("#pick .iv-status:has-text('marks.csv')", timeout=WAIT)
    page.click("#more .label-wrap")
    page.wait_for_selector("#edit :text('marks.csv')", timeout=WAIT)
    page.click("#edit button:has-text('Without it')")
    assert page.evaluate("window.immersivaudio.clip.cuts") == ""
    page.set_input_files("#edit input[type=file]", str(marks))
    page.wait_for_function("window.immersivaudio.clip.cuts", timeout=WAIT)
    page.set_input_files("#like input[type=file]", str(wrong))
    page.wait_for_selector("#like .iv-bad:has-text('not a song I know')", timeout=WAIT)
    page.set_input_files("#like input[type=file]", str(song))
    page.wait_for_selector("#like :text('song.wav')", timeout=WAIT)
    page.click("#like button:has-text('Without it')")
    assert page.evaluate("window.immersivaudio.song.token") == ""
    page.set_input_files("#like input[type=file]", str(song))  # the press waits for it
    scored(page)
    notes = page.inner_text(".iv-notes")
    assert "markers that became hit points: 2 of 2" in notes
    assert "Taken from the song" in notes


def tab(page: Any, selector: str) -> None:
    """Press Tab until the focus is there, as somebody without a mouse does."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"no Tab leads to {selector}")


def test_the_whole_path_needs_no_mouse(whole_site: Site, screen: Screen, film: Path) -> None:
    page = screen("desk")
    come(page, whole_site)
    with page.expect_file_chooser() as asked:
        tab(page, "#pick button:not(#edit button)")
        page.keyboard.press("Enter")
    asked.value.set_files(str(film))
    tab(page, "#score")
    page.keyboard.press("Enter")
    page.wait_for_selector("#result .iv-result video", timeout=WAIT)
    page.wait_for_selector(".iv-handles button", timeout=WAIT)
    tab(page, ".iv-lanes")
    playing = "!document.querySelector('#result video').paused"
    page.keyboard.press(" ")
    page.wait_for_function(playing, timeout=WAIT)
    page.keyboard.press(" ")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Delete")  # the hit on the cut at 1 s
    page.wait_for_selector(".iv-go", state="visible", timeout=WAIT)
    page.keyboard.press("PageDown")
    tab(page, ".iv-handles select")
    page.keyboard.press("t")  # tense
    page.wait_for_function('window.immersivaudio.studio.sheet().includes(\'"mood": "tense"\')', timeout=WAIT)
    tab(page, "#render")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('#history [data-job]').length === 2", timeout=WAIT)
    page.evaluate("document.activeElement.blur()")
    tab(page, "#mood textarea")
    page.keyboard.type("slow piano")
    tab(page, "#remix-again")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('#history [data-job]').length === 3", timeout=WAIT)


def test_a_link_shows_the_result_to_somebody_else(whole_site: Site, screen: Screen, film: Path) -> None:
    page = screen("desk")
    come(page, whole_site)
    drop(page, film)
    scored(page)
    assert page.inner_text("#result h2") == "Your clip with music"
    link = page.eval_on_selector(".iv-link a", "a => a.href")
    other = screen("phone")
    other.goto(link)
    assert other.inner_text("h1") == "A clip with music", "whoever follows a link need not have made it"
    assert "Your" not in other.title()
    heard = other.eval_on_selector("video", LISTEN)
    assert heard["loudest"] > 0.01
    assert other.locator("#score").count() == 0
    other.click(".iv-tile >> nth=2")
    other.wait_for_function("document.querySelector('video').currentTime > 2", timeout=WAIT)


def test_takes_of_one_clip_are_told_apart(whole_site: Site, screen: Screen, film: Path) -> None:
    page = screen("desk")
    come(page, whole_site)
    drop(page, film)
    scored(page)
    page.click("#take-again")
    page.wait_for_selector("#result .iv-fact:has-text('Take 2: ')", timeout=WAIT)
    first, second = (page.inner_text(f"#history .iv-card >> nth={place}") for place in (1, 0))
    assert "Take" not in first
    line = page.inner_text("#result .iv-fact >> nth=0")
    assert line in second, "the card says what the result says"
    assert len(line) > len("Take 2: ")


@pytest.mark.parametrize("name", ["desk", "phone"])
def test_a_picture_is_held_as_long_as_asked(
    whole_site: Site, screen: Screen, name: str, tmp_path: Path
) -> None:
    from PIL import Image

    picture = tmp_path / "holiday.png"
    Image.fromarray(np.asarray(samples.scene(5))).save(picture)
    page = screen(name)
    come(page, whole_site)
    drop(page, picture)
    page.fill("#length input[type=number]", "6")
    page.press("#length input[type=number]", "Tab")
    scored(page)
    heard = page.eval_on_selector("#result video", LISTEN)
    assert heard["duration"] == pytest.approx(6.0, abs=0.1)
    assert page.locator("[data-side]").count() == 0, "a picture has no sound to compare with"


def test_the_camera_makes_a_film_and_a_picture(whole_site: Site, screen: Screen) -> None:
    page = screen("desk")
    come(page, whole_site)
    page.click("#pick button:has-text('Use the camera')")
    page.click("#pick button:has-text('Record')")
    page.evaluate("window.seen = document.querySelector('#pick video').currentTime + 3")
    page.wait_for_function("document.querySelector('#pick video').currentTime > window.seen", timeout=WAIT)
    page.click("#pick button:has-text('Stop recording')")
    scored(page)
    heard = page.eval_on_selector("#result video", LISTEN)
    assert heard["duration"] > 1, "a busy browser begins to record after it shows the camera"
    page.click("#pick button:has-text('Choose another')")
    page.click("#pick button:has-text('Use the camera')")
    page.wait_for_function("document.querySelector('#pick video')?.currentTime > 0", timeout=WAIT)
    page.click("#pick button:has-text('Take the picture')")
    page.click("#score")
    page.wait_for_function("document.querySelectorAll('#history [data-job]').length === 2", timeout=WAIT)


def test_every_example_plays_with_music_and_can_be_made_one_s_own(whole_site: Site, screen: Screen) -> None:
    page = screen("desk")
    come(page, whole_site)
    cards = page.locator(".iv-example")
    assert cards.count() == 6
    broken = page.eval_on_selector_all(
        ".iv-example img",
        """all => Promise.all(all.map(image => {
            image.loading = "eager";
            return image.decode().then(() => 0, () => 1);
        }))""",
    )
    assert not any(broken)
    for number in (0, 3):  # a film and a picture
        cards.nth(number).click()
        page.wait_for_selector(".iv-screen video", timeout=WAIT)
        heard = page.eval_on_selector(".iv-screen video", LISTEN)
        assert heard["loudest"] > 0.01, "an example has music before anything was uploaded"
        assert "bpm" in page.inner_text(".iv-told")
    assert page.locator("#history .iv-card").count() == 0
    page.click(".iv-told button")
    page.wait_for_selector("#pick .iv-stage img", timeout=WAIT)
    page.click("#score")
    page.wait_for_selector("#result .iv-result video", timeout=WAIT)
    assert page.locator("#history [data-job]").count() == 1


def test_what_is_no_clip_and_what_is_too_big_is_said_at_once(
    whole_site: Site, screen: Screen, tmp_path: Path
) -> None:
    page = screen("phone")
    come(page, whole_site)
    for name, size, words in (("notes.doc", 100, "not a video or a photo"), ("big.mp4", 9_000_000, "9 MB")):
        path = tmp_path / name
        path.write_bytes(b"x" * size)
        drop(page, path)
        page.wait_for_selector(f"#pick .iv-status:has-text('{words}')", timeout=WAIT)
        assert page.is_visible("#pick .iv-drop")
    liar = tmp_path / "liar.mp4"
    liar.write_bytes(b"ffconcat version 1.0\nfile /etc/passwd\n")
    drop(page, liar)
    page.wait_for_selector("#pick :text('This browser cannot show it')", timeout=WAIT)
    page.click("#score")
    page.wait_for_selector("#progress .iv-bad", timeout=WAIT)
    assert "root:" not in page.content()


def test_a_clip_that_was_put_away_while_it_went_up_is_not_scored(
    whole_site: Site, screen: Screen, film: Path
) -> None:
    page = screen("desk")
    come(page, whole_site)
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    calm = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    wire.send("Network.emulateNetworkConditions", calm | {"uploadThroughput": film.stat().st_size / 4})
    drop(page, film)
    page.wait_for_selector("#pick .iv-status:has-text('Uploading')", timeout=WAIT)
    page.click("#pick button:has-text('Choose another')")
    assert page.inner_text("#pick .iv-status") == ""
    page.wait_for_timeout(5000)
    page.click("#score")
    page.wait_for_selector("#progress .iv-bad:has-text('Choose a clip first')", timeout=WAIT)
    drop(page, film)
    assert not page.is_visible("#progress .iv-bad"), "a clip is there, and nothing is wrong any more"


@pytest.mark.parametrize("name", ["nothing.mp4", "nothing.txt"])
def test_an_empty_file_is_called_empty_and_is_taken_for_nothing(
    whole_site: Site, screen: Screen, tmp_path: Path, name: str
) -> None:
    page = screen("desk")
    come(page, whole_site)
    (tmp_path / name).touch()
    page.set_input_files("#pick input[type=file]", str(tmp_path / name))
    page.wait_for_selector(f"#pick .iv-bad:has-text('“{name}” is empty')", timeout=WAIT)
    assert page.evaluate("window.immersivaudio.clip.token + window.immersivaudio.clip.cuts") == ""


@pytest.mark.parametrize("lent", [True, False])
def test_what_is_said_to_be_copied_can_be_pasted(
    whole_site: Site, screen: Screen, film: Path, *, lent: bool
) -> None:
    """Over plain http from another machine a browser lends a page no clipboard."""
    page = screen("desk")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    if not lent:
        page.add_init_script("Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined })")
    come(page, whole_site)
    drop(page, film)
    scored(page)
    page.click("[data-copy-text]")
    page.wait_for_selector("[data-copy-text]:has-text('Copied')", timeout=WAIT)
    page.focus("#mood textarea")
    page.keyboard.press("Control+V")
    assert page.input_value("#mood textarea") == page.inner_text(".iv-link code")


@pytest.mark.parametrize("name", ["desk", "phone"])
def test_the_first_screen_shows_the_button_and_nothing_moves(
    whole_site: Site, screen: Screen, name: str, film: Path
) -> None:
    page = screen(name)
    if name == "desk":
        page.set_viewport_size({"width": 1280, "height": 800})
    page.add_init_script(
        """window.shifted = 0;
        new PerformanceObserver((list) => {
            for (const each of list.getEntries()) window.shifted += each.hadRecentInput ? 0 : each.value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    come(page, whole_site)
    places = "all => all.map(each => { const b = each.getBoundingClientRect(); return [b.top, b.bottom]; })"
    (before,) = page.eval_on_selector_all("#score", places)
    assert before[1] <= page.viewport_size["height"]
    drop(page, film)
    page.wait_for_function("document.querySelector('.iv-stage video')?.videoWidth === 320", timeout=WAIT)
    page.wait_for_function("window.immersivaudio.clip.token", timeout=WAIT)
    assert page.eval_on_selector_all("#score", places) == [before], "a clip that is chosen moves nothing"
    assert page.evaluate("window.shifted") < 0.05


def test_a_film_is_taken_wherever_it_is_dropped_or_pasted(
    whole_site: Site, screen: Screen, film: Path
) -> None:
    page = screen("desk")
    come(page, whole_site)
    give = """([data, event, place]) => {
        const bytes = Uint8Array.from(atob(data), (each) => each.charCodeAt(0));
        const box = new DataTransfer();
        box.items.add(new File([bytes], "film.mp4", { type: "video/mp4" }));
        const made = event === "paste"
            ? new ClipboardEvent("paste", { clipboardData: box, bubbles: true, cancelable: true })
            : new DragEvent(event, { dataTransfer: box, bubbles: true, cancelable: true });
        document.querySelector(place).dispatchEvent(made);
    }"""
    data = base64.b64encode(film.read_bytes()).decode()
    page.evaluate(give, [data, "dragenter", "#history"])
    page.wait_for_selector("#iv-veil", state="visible", timeout=WAIT)
    page.evaluate(give, [data, "drop", "#history"])
    page.wait_for_selector("#iv-veil", state="hidden", timeout=WAIT)
    page.wait_for_function("document.querySelector('.iv-stage video')?.videoWidth === 320", timeout=WAIT)
    page.click("#pick button:has-text('Choose another')")
    page.evaluate(give, [data, "paste", "body"])
    page.wait_for_function("window.immersivaudio.clip.token", timeout=WAIT)


def test_what_a_browser_cannot_show_is_shown_by_its_name(
    whole_site: Site, screen: Screen, tmp_path: Path
) -> None:
    page = screen("phone")
    come(page, whole_site)
    odd = tmp_path / "IMG_0042.HEIC"
    odd.write_bytes(b"\0\0\0\x18ftypheic" + bytes(5000))
    drop(page, odd)
    page.wait_for_selector(".iv-unseen :text('IMG_0042.HEIC')", timeout=WAIT)


def test_whoever_uses_the_keyboard_sees_where_they_are(whole_site: Site, screen: Screen) -> None:
    page = screen("desk")
    come(page, whole_site)
    met = set()
    for _ in range(16):
        page.keyboard.press("Tab")
        name, ring = page.evaluate(
            """() => {
                const { outlineStyle, boxShadow } = getComputedStyle(document.activeElement);
                return [document.activeElement.tagName, outlineStyle !== "none" || boxShadow !== "none"];
            }"""
        )
        met.add(name)
        assert ring, f"a {name} in focus looks like any other"
    assert {"BUTTON", "TEXTAREA"} <= met


def test_on_a_phone_edges_line_up_and_a_thumb_hits_what_it_means(
    whole_site: Site, screen: Screen, film: Path
) -> None:
    page = screen("phone")
    come(page, whole_site)
    drop(page, film)
    scored(page)
    page.wait_for_selector("#history h2", timeout=WAIT)
    lefts = page.eval_on_selector_all(
        "#head h1, #score, #pick .iv-box, #result h2, #take-again, #history h2",
        "all => all.map(each => Math.round(each.getBoundingClientRect().left))",
    )
    assert len(lefts) == 6
    assert max(lefts) - min(lefts) <= 1
    heights = page.eval_on_selector_all(
        "#presets button, #score, #actions button:not(.label-wrap)",
        "all => all.map(each => each.offsetHeight).filter(Boolean)",
    )
    assert min(heights) >= 44


def test_what_was_wrong_with_a_sheet_is_said(whole_site: Site, screen: Screen, film: Path) -> None:
    page = screen("desk")
    come(page, whole_site)
    drop(page, film)
    scored(page)
    unfold(page)
    page.fill("#sheet textarea", page.input_value("#sheet textarea").replace('"tempo": ', '"tempo": 9'))
    page.click("#render")
    page.wait_for_selector("#progress .iv-bad:has-text('tempo')", timeout=WAIT)
    page.fill("#sheet textarea", " ")
    page.click("#render")
    page.wait_for_selector("#progress .iv-bad:has-text('empty')", timeout=WAIT)
    assert page.locator("#history li").count() == 2, "nothing was ordered"
    page.click("#history [data-job]")
    page.wait_for_function(
        """document.querySelector("#sheet textarea").value.includes('"tempo": ')""", timeout=WAIT
    )


def test_an_edit_stays_though_the_server_has_not_said_its_last_word(
    whole_site: Site, screen: Screen, film: Path
) -> None:
    page = screen("desk")
    page.add_init_script(LATE)
    come(page, whole_site)
    drop(page, film)
    scored(page)
    unfold(page)
    page.fill("#sheet textarea", "mine")
    page.evaluate("letGo()")
    page.wait_for_timeout(1000)
    assert page.input_value("#sheet textarea") == "mine"
    page.click("#render")
    page.wait_for_selector("#progress .iv-bad", timeout=WAIT)


@pytest.mark.parametrize("name", ["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out(whole_site: Site, screen: Screen, name: str, scheme: str, film: Path) -> None:
    """axe-core finds nothing serious in any state of the page, by day and by night."""
    from axe_playwright_python.sync_playwright import Axe

    page = screen(name)
    page.emulate_media(color_scheme=scheme)
    come(page, whole_site)
    page.wait_for_selector("#history h2", timeout=WAIT)

    def serious() -> list[str]:
        found = Axe().run(page).response["violations"]
        return [
            f"{each['id']}: {[node['target'] for node in each['nodes'][:3]]}"
            for each in found
            if each["impact"] in {"serious", "critical"}
        ]

    page.click("#more .label-wrap")
    assert serious() == []
    drop(page, film)
    page.wait_for_selector("#pick .iv-stage video", timeout=WAIT)
    page.click("#score")
    page.wait_for_selector(".iv-progress", timeout=WAIT)
    assert serious() == []
    page.wait_for_selector("#result .iv-result video", timeout=WAIT)
    unfold(page)
    assert serious() == []
    page.goto(page.eval_on_selector(".iv-link a", "a => a.href"))
    assert serious() == []
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert (max(map(int, re.findall(r"\d+", paper)[:3])) < 100) is (scheme == "dark")


def test_nothing_is_fetched_from_elsewhere_and_nothing_breaks(
    whole_site: Site, screen: Screen, film: Path
) -> None:
    page = screen("desk")
    asked: list[str] = []
    broke: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: broke.append(str(error)))
    page.on("console", lambda line: broke.append(line.text) if line.type == "error" else None)
    come(page, whole_site)
    drop(page, film)
    scored(page)
    ours = (whole_site.url, "blob:", "data:")
    assert [each for each in asked if not each.startswith(ours)] == []
    assert broke == []
    assert not [each for each in asked if re.search(r"/file=|/upload|/tmp|\.part", each)]


def test_every_shot_has_its_tile(whole_site: Site, screen: Screen, film: Path) -> None:
    page = screen("desk")
    come(page, whole_site)
    drop(page, film)
    scored(page)
    tiles = page.eval_on_selector_all(
        ".iv-tile img", "all => all.map(i => [i.clientHeight / i.parentElement.clientHeight, i.alt])"
    )
    assert [round(share, 1) for share, _ in tiles] == [3.0] * 3, "three shots, three tiles of one picture"
    assert len(page.query_selector_all(".iv-frames li")) == 3
    page.wait_for_function("document.querySelector('.iv-tile img').naturalWidth > 0", timeout=WAIT)
    middles = page.eval_on_selector(
        ".iv-tile img",
        """image => {
            const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight).getContext("2d");
            canvas.drawImage(image, 0, 0);
            const third = image.naturalHeight / 3;
            return [0, 1, 2].map(place => {
                const { data } = canvas.getImageData(0, place * third, image.naturalWidth, third);
                return data.reduce((sum, value) => sum + value, 0) / data.length;
            });
        }""",
    )
    assert len({round(each) for each in middles}) == 3, "each shot its own picture"


def test_a_share_code_in_the_mood_box_brings_the_same_music(
    whole_site: Site, screen: Screen, film: Path
) -> None:
    facts = []
    code = ""
    for name in ("desk", "phone"):
        page = screen(name)
        come(page, whole_site)
        drop(page, film)
        page.fill("#mood textarea", code or "wistful jazz, 84 bpm")
        scored(page)
        code = page.inner_text(".iv-link code")
        facts.append((code, page.inner_text(".iv-fact >> nth=0")))
    assert facts[0] == facts[1]
    assert code.startswith("IV-")
