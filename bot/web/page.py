"""The page as gradio draws it. This module and `bot.web.app` are the only ones that import gradio."""

from pathlib import Path
from typing import Literal

import gradio as gr
from gradio.i18n import I18nData

from bot.web.controller import PageController
from bot.web.event_handlers import QUIET, EventHandlers
from bot.web.examples import EXAMPLES, cards
from bot.web.page_session import PageSession
from immersivaudio.chat.buttons import MOOD_WORDS, MOODS
from immersivaudio.i18n import CATALOGUES

STATIC = Path(__file__).parent / "static"
_PICKER = frozenset(
    (
        "web.choose", "web.camera", "web.record", "web.stop", "web.snap", "web.no-camera", "web.uploading",
        "web.broken", "web.another", "web.no-preview", "web.examples", "web.drop.video", "web.drop.picture",
        "web.limit.video", "web.limit.picture", *(f"web.example.{name}" for name in EXAMPLES),
    )
)  # fmt: skip
"""What `picker.js` says."""
_WORDS = ("web.", "button.", "mood.", "remix.")
_SCORE = """async (...form) => {
  document.getElementById("progress").scrollIntoView({ block: "center", behavior: "smooth" });
  const { video, picture } = window.immersivaudio ?? {};  // a tab that was never open has none yet
  await Promise.all([video?.ready, picture?.ready]);
  return form.with(3, video?.token ?? "").with(4, picture?.token ?? "");
}"""
"""A press while the clip is still on its way waits for it. Places as in `EventHandlers.score`."""
_LOOK = """(...form) => {
  document.getElementById("progress").scrollIntoView({ block: "center", behavior: "smooth" });
  return form;
}"""
"""On a phone, what happens next happens below."""
_LOW, _HIGH, _HELD = 5, 60, 10
"""s a picture may be held, and is."""


def word(key: str) -> I18nData:
    """A text of the catalogue, in the browser's language."""
    return I18nData(key.replace(".", "_").replace("-", "_"))


def translations() -> gr.I18n:
    """What `word` may name, as gradio's own page takes it."""
    return gr.I18n(
        **{
            code: {word(key).key: text for key, text in texts.items() if key.startswith(_WORDS)}
            for code, texts in CATALOGUES.items()
        }
    )


def theme() -> gr.themes.Base:
    """Warm paper, one accent, the system's own requests: nothing is fetched from anywhere."""
    warm = gr.themes.Color(
        c50="#faf9f6", c100="#f3f1ec", c200="#e6e2da", c300="#d2ccc0", c400="#a8a193", c500="#7d766a",
        c600="#625c51", c700="#47423a", c800="#2c2924", c900="#1f1c18", c950="#171512",
    )  # fmt: skip
    return gr.themes.Base(
        primary_hue=gr.themes.colors.orange,
        neutral_hue=warm,
        radius_size=gr.themes.sizes.radius_lg,
        font=["system-ui", "sans-serif"],
        font_mono=["ui-monospace", "monospace"],
    ).set(
        body_background_fill="#faf9f6",
        body_text_color_subdued="#625c51",
        block_title_text_color="#47423a",
        color_accent="#b3401f",
        body_text_color_subdued_dark="#b5aea1",
        block_info_text_color_dark="#b5aea1",
        block_title_text_color_dark="#e6e2da",
        body_background_fill_dark="#171512",
        checkbox_border_color_dark="#a8a193",
        input_placeholder_color_dark="#b5aea1",
        block_info_text_color="#625c51",
        block_title_text_weight="600",
        button_primary_background_fill="#b3401f",
        button_primary_background_fill_hover="#94330f",
        button_primary_background_fill_dark="#b3401f",
        button_primary_background_fill_hover_dark="#94330f",
        button_primary_text_color="#ffffff",
        slider_color="#b3401f",
        checkbox_background_color_selected="#b3401f",
        checkbox_border_color_selected="#b3401f",
        input_placeholder_color="#6b665c",
    )


def build(controller: PageController, limits: dict[str, int]) -> gr.Blocks:
    """Lay the page out, and connect it to the event handlers."""
    page: gr.Blocks
    with gr.Blocks(title="Immersivaudio", analytics_enabled=False) as page:
        head = gr.HTML(elem_id="head", elem_classes="iv-head")
        with gr.Row(equal_height=False):
            with gr.Column(scale=5, min_width=320, elem_id="form"):
                form, score = _form(limits)
            with gr.Column(scale=6, min_width=320):
                face, buttons = _stage()
        story = gr.HTML(elem_id="story", apply_default_css=False)
        history = gr.HTML(elem_id="history", js_on_load=_script("history"), apply_default_css=False)
        handlers = EventHandlers(controller, [*face, story, history])
        sheet, running, shown = face[2:5]
        session = gr.State(PageSession())
        pressed = {"outputs": handlers.outputs, "js": _LOOK, **QUIET}
        again = {"js": _SCORE, "trigger_mode": "multiple"}  # another clip need not wait for the first
        score.click(handlers.score, [session, *form], **pressed | again)
        buttons["remix"].click(handlers.remix, [session, shown, form[1]], **pressed)
        buttons["take"].click(handlers.take, [session, shown], **pressed)
        buttons["stems"].click(handlers.stems, [session, shown], **pressed)
        buttons["render"].click(handlers.render, [session, shown, sheet], **pressed)
        buttons["cancel"].click(handlers.cancel, [running], handlers.outputs, **QUIET)
        history.clear(handlers.forget, [], handlers.outputs, **QUIET)
        history.select(handlers.chosen, [], handlers.outputs, **QUIET)
        page.load(handlers.greeting, [], [head], **QUIET)
        page.load(handlers.opened, [session], handlers.outputs, **QUIET)
    return page


def _form(limits: dict[str, int]) -> tuple[list[gr.components.Component], gr.Button]:
    """What a person fills in, in the order of `EventHandlers.score`, and the button below."""
    tab = gr.State("video")
    with gr.Tabs():
        with gr.Tab(word("web.video"), id="video") as films:
            video = _picker("video", limits)
        with gr.Tab(word("web.picture"), id="photo") as pictures:
            photo = _picker("picture", limits)
            length = gr.Slider(_LOW, _HIGH, _HELD, step=1, label=word("web.length"), elem_id="length")
    films.select(lambda: "video", [], [tab], **QUIET)
    pictures.select(lambda: "photo", [], [tab], **QUIET)
    mood = gr.Textbox(
        label=word("web.mood"),
        info=word("web.mood.info"),
        placeholder=word("remix.hint"),
        elem_id="mood",
        max_lines=3,
    )
    with gr.Row(elem_id="presets"):
        for name in MOODS:
            preset = gr.Button(word(f"mood.{name}"), size="sm", min_width=88)
            preset.click(None, [], [mood], js=f"() => {MOOD_WORDS.get(name, name)!r}", **QUIET)
    with gr.Accordion(word("web.more"), open=False):
        sounds = gr.Checkbox(label=word("web.sounds"), info=word("web.sounds.info"), elem_id="sounds")
        wishes = [(word(f"web.original.{each}"), each) for each in ("auto", "keep", "mix", "replace")]
        original = gr.Radio(wishes, value="auto", label=word("web.original"), elem_id="original")
        with gr.Row():
            seed = gr.Textbox(
                label=word("web.seed"), info=word("web.seed.info"), max_length=16, elem_id="seed"
            )
            take = gr.Number(
                1, label=word("web.take"), info=word("web.take.info"), precision=0, minimum=1, elem_id="take"
            )
    score = gr.Button(word("web.score"), variant="primary", size="lg", elem_id="score")
    return [tab, mood, video, photo, sounds, original, length, seed, take], score


def _stage() -> tuple[list[gr.components.Component], dict[str, gr.Button]]:
    """Where progress and results stand, as `EventHandlers.outputs` begins, and the buttons around them."""
    progress = gr.HTML(elem_id="progress", apply_default_css=False)
    buttons = {"cancel": gr.Button(word("button.cancel"), visible=False, size="md", elem_id="cancel")}
    result = gr.HTML(elem_id="result", js_on_load=_script("result"), apply_default_css=False)
    with gr.Column(visible=False, elem_id="actions") as actions:
        with gr.Row():
            for name, text in (("take", "button.take"), ("remix", "web.again"), ("stems", "button.stems")):
                buttons[name] = gr.Button(word(text), elem_id=f"{name}-again", size="md", min_width=110)
        with gr.Accordion(word("web.sheet"), open=False, elem_id="sheet-box"):
            sheet = gr.Textbox(
                label=word("web.sheet"), info=word("web.sheet.info"), lines=16, max_lines=24, elem_id="sheet"
            )
            buttons["render"] = gr.Button(word("web.render"), size="md", elem_id="render")
    states = [gr.State(""), gr.State("")]
    return [progress, result, sheet, *states, buttons["cancel"], actions], buttons


def _picker(kind: Literal["video", "picture"], limits: dict[str, int]) -> gr.HTML:
    texts = {
        code: {key: text for key, text in texts.items() if key in _PICKER}
        for code, texts in CATALOGUES.items()
    }
    return gr.HTML(
        "",
        html_template='<div class="iv-picker"></div>',
        js_on_load=_script("picker"),
        elem_id=f"pick-{kind}",
        apply_default_css=False,
        kind=kind,
        texts=texts,
        limits=limits,
        examples=cards("video" if kind == "video" else "photo"),
    )


def _script(name: str) -> str:
    return (STATIC / f"{name}.js").read_text("utf-8")
