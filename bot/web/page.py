"""The page as gradio draws it. This module and `bot.web.app` are the only ones that import gradio."""

from pathlib import Path

import gradio as gr
from gradio.i18n import I18nData

from bot.web.controller import PageController
from bot.web.event_handlers import QUIET, EventHandlers
from bot.web.examples import cards
from bot.web.page_session import PageSession
from immersivaudio.chat.buttons import MOOD_WORDS, MOODS
from immersivaudio.i18n import CATALOGUES

STATIC = Path(__file__).parent / "static"
_WORDS = ("web.", "button.", "mood.", "remix.")
_UNSAID = (
    "web.song.gone",
    "web.edited",
    "web.receipt.",
    "web.result.",
    "web.get.",
    "web.refuse.",
    "web.failed.",
)
"""Of these, what only the server says."""
_SCORE = """async (...form) => {
  const page = window.immersivaudio;
  page.pressed?.("score");
  await page.clip?.ready;  // a press while the clip is still on its way waits for it, and for the song
  await page.song?.ready;
  return form.with(1, page.press()).with(3, page.clip?.token ?? "").with(9, page.clip?.cuts ?? "")
    .with(11, page.song?.token ?? "");
}"""
"""Places as in `EventHandlers.score`."""
_PRESS = """(...form) => {
  window.immersivaudio.pressed?.("again");
  return form.with(1, window.immersivaudio.press());
}"""
_RENDER = """(...form) => {
  const page = window.immersivaudio;
  const sheet = page.studio?.sheet?.() ?? form[3];
  page.pressed?.("again");
  return form.with(1, page.press()).with(3, sheet).with(4, page.studio?.mix?.() ?? "");
}"""
"""What the timeline changed counts although the box of the sheet is closed."""
_AGAIN = (
    ("take", "button.take"),
    ("remix", "web.again"),
    ("stems", "button.stems"),
    ("export", "web.export"),
)
"""Below a result: what can be made of it."""
_LOW, _HIGH, _HELD = 5, 60, 10
"""s a picture may be held, and is."""


def word(key: str) -> I18nData:
    """A text of the catalogue, in the browser's language."""
    return I18nData(key.replace(".", "_").replace("-", "_"))


def translations() -> gr.I18n:
    """What `word` may name, as gradio's own page takes it; our scripts read it there, too."""
    return gr.I18n(
        **{
            code: {
                word(key).key: text
                for key, text in texts.items()
                if key.startswith(_WORDS) and not key.startswith(_UNSAID)
            }
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
        input_background_fill_dark="#1c1916",
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
        with gr.Row(equal_height=False):
            with gr.Column(scale=5, min_width=320, elem_id="form"):
                form, score = _form(limits)
                progress = gr.HTML(elem_id="progress", apply_default_css=False)
                cancel = gr.Button(word("button.cancel"), visible=False, size="md", elem_id="cancel")
            with gr.Column(scale=6, min_width=320, elem_id="stage"):
                result, actions, buttons = _stage()
        sheet = _editing(buttons)
        story = gr.HTML(elem_id="story", js_on_load=_script("story"), apply_default_css=False)
        history = gr.HTML(elem_id="history", js_on_load=_script("history"), apply_default_css=False)
        # In the browser, not in the server's memory: they are there after a restart, too.
        running, shown, press, mix = (
            gr.Textbox(visible="hidden", elem_id=name) for name in ("running", "shown", "press", "mix")
        )
        handlers = EventHandlers(
            controller, [progress, result, sheet, running, shown, cancel, actions, story, history]
        )
        session = gr.State(PageSession())
        pressed = {"outputs": handlers.outputs, "js": _PRESS, **QUIET}
        again = {"js": _SCORE, "trigger_mode": "multiple"}  # another clip need not wait for the first
        score.click(handlers.score, [session, press, *form], **pressed | again)
        buttons["remix"].click(handlers.remix, [session, press, shown, form[0]], **pressed)
        buttons["take"].click(handlers.take, [session, press, shown], **pressed)
        buttons["stems"].click(handlers.stems, [session, press, shown], **pressed)
        buttons["export"].click(handlers.export, [session, press, shown], **pressed)
        render = {"js": _RENDER}
        buttons["render"].click(handlers.render, [session, press, shown, sheet, mix], **pressed | render)
        cancel.click(handlers.cancel, [running], handlers.outputs, **QUIET)
        history.clear(handlers.forget, [], handlers.outputs, **QUIET)
        history.select(handlers.chosen, [], handlers.outputs, **QUIET)
        page.load(handlers.opened, [session], handlers.outputs, **QUIET)
    return page


def _form(limits: dict[str, int]) -> tuple[list[gr.components.Component], gr.Button]:
    """What a person fills in, in the order of `EventHandlers.score`, and the button below."""
    clip = gr.HTML(
        "",
        html_template='<div class="iv-picker"></div>',
        js_on_load=_script("picker"),
        elem_id="pick",
        apply_default_css=False,
        limits=limits,
    )
    length = gr.Slider(_LOW, _HIGH, _HELD, step=1, label=word("web.length"), elem_id="length")
    mood = gr.Textbox(
        label=word("web.mood"), placeholder=word("web.mood.info"), elem_id="mood", lines=1, max_lines=3
    )
    with gr.Row(elem_id="presets"):
        for name in MOODS:
            preset = gr.Button(word(f"mood.{name}"), size="sm", min_width=60)
            preset.click(None, [], [mood], js=f"() => {MOOD_WORDS.get(name, name)!r}", **QUIET)
    score = gr.Button(word("web.score"), variant="primary", size="lg", elem_id="score")
    sounds, original, seed, take, loop = _more()
    cuts, song = (gr.Textbox(visible="hidden", elem_id=name) for name in ("cuts", "song"))
    return [mood, clip, sounds, original, length, seed, take, cuts, loop, song], score


def _more() -> tuple[gr.components.Component, ...]:
    """What few people need: sounds, the clip's own sound, seed, take and loop; an editor's cuts, a song."""
    with gr.Accordion(word("web.more"), open=False, elem_id="more"):
        sounds = gr.Checkbox(label=word("web.sounds"), info=word("web.sounds.info"), elem_id="sounds")
        loop = gr.Checkbox(label=word("web.loop"), info=word("web.loop.info"), elem_id="loop")
        wishes = [(word(f"web.original.{each}"), each) for each in ("auto", "keep", "mix", "replace")]
        original = gr.Radio(wishes, value="auto", label=word("web.original"), elem_id="original")
        with gr.Row():
            seed = gr.Textbox(
                label=word("web.seed"), info=word("web.seed.info"), max_length=16, elem_id="seed"
            )
            take = gr.Number(
                1, label=word("web.take"), info=word("web.take.info"), precision=0, minimum=1, elem_id="take"
            )
        for script, name in (("cuts", "edit"), ("song", "like")):
            gr.HTML(
                "",
                html_template='<div class="iv-cuts"></div>',
                js_on_load=_script(script),
                elem_id=name,
                apply_default_css=False,
            )
    return sounds, original, seed, take, loop


def _stage() -> tuple[gr.HTML, gr.Column, dict[str, gr.Button]]:
    """Where the film plays, and what can be done with it."""
    buttons = {}
    gr.HTML(
        "",
        html_template='<div class="iv-showcase"></div>',
        js_on_load=_script("showcase"),
        elem_id="showcase",
        apply_default_css=False,
        examples=cards(),
    )
    result = gr.HTML(elem_id="result", js_on_load=_script("result"), apply_default_css=False)
    with gr.Column(visible=False, elem_id="actions") as actions, gr.Row():
        for name, text in _AGAIN:
            buttons[name] = gr.Button(word(text), elem_id=f"{name}-again", size="md", min_width=110)
    return result, actions, buttons


def _editing(buttons: dict[str, gr.Button]) -> gr.Textbox:
    """The timeline, and the sheet behind it as JSON: two ways to change the same thing."""
    with gr.Column(elem_id="editing"):
        studio = gr.HTML(
            "",
            html_template='<div class="iv-studio"></div>',
            js_on_load=_script("studio"),
            elem_id="studio",
            apply_default_css=False,
        )
        with gr.Accordion(word("web.sheet"), open=False, elem_id="sheet-box"):
            sheet = gr.Textbox(
                label=word("web.sheet"), info=word("web.sheet.info"), lines=16, max_lines=24, elem_id="sheet"
            )
        buttons["render"] = gr.Button(word("web.render"), size="md", elem_id="render")
    studio.change(None, [], [sheet], js="() => window.immersivaudio.studio.sheet()", **QUIET)
    return sheet


def _script(name: str) -> str:
    return (STATIC / f"{name}.js").read_text("utf-8")
