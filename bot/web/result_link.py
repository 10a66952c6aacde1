"""A result behind a link that expires: one light page without gradio, for whoever was given the link."""

from dataclasses import dataclass
from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.web.controller import PageController
from bot.web.locale import locale_of
from bot.web.result_view import ResultView
from immersivaudio.i18n import say
from immersivaudio.queue.connection import AWAY

_STATIC = Path(__file__).parent / "static"
_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>{title} – Immersivaudio</title><link rel="icon" href="data:,">
<style>{style}
body {{ font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 860px; padding: 1.2em; }}
html {{ background: #faf9f6; }}
html.dark {{ background: #171512; }}
body > a {{ color: var(--iv-accent); }}</style></head>
<body><script>
if (matchMedia("(prefers-color-scheme: dark)").matches) document.documentElement.classList.add("dark");
</script>
<main>{body}</main><script>(function (element) {{ {script} }})(document.body);</script></body></html>
"""


@dataclass(frozen=True, slots=True)
class ResultLink:
    """GET /result/<token>."""

    controller: PageController

    async def page(self, request: Request) -> Response:
        """The result, or plain words where the link opens nothing (any more)."""
        locale = locale_of(request)
        job = self.controller.files.opened(str(request.path_params["token"]), "page")
        try:
            record = await self.controller.queue.record(job) if job else None
        except AWAY:
            return self._answer(locale, escape(say(locale, "unreachable")), 503)
        if record is None or record.result is None:
            return self._answer(locale, escape(say(locale, "web.expired")), 404)
        found = ResultView(self.controller.files, record, record.result, locale, base="../")
        return self._answer(locale, found.face() + found.story(), 200)

    def _answer(self, locale: str, body: str, status: int) -> Response:
        page = _PAGE.format(
            lang=locale,
            title=escape(say(locale, "web.result")),
            style=(_STATIC / "page.css").read_text("utf-8"),
            script=(_STATIC / "result.js").read_text("utf-8"),
            body=body if status == 200 else f'<p class="iv-notice">{body}</p>',
        )
        return HTMLResponse(page, status)
