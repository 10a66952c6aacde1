"""A result behind a link that expires: one light page without gradio, for whoever was given the link."""

from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from bot.web.controller import PageController
from bot.web.locale import locale_of
from bot.web.page_shell import address_of, metadata
from bot.web.result_view import ResultView
from immersivaudio.i18n import language, musical, say
from immersivaudio.queue.connection import AWAY

_STATIC = Path(__file__).parent / "static"
_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>{title} – Immersivaudio</title><link rel="icon" href="data:,">
{card}<link rel="alternate" type="application/json+oembed" href="{oembed}" title="{title}">
<style>{style}
body {{ font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 860px; padding: 1.2em; }}
.iv-own {{ display: inline-flex; align-items: center; min-height: 48px; padding: 0 1.6em;
  margin: 0.4em 0 1.4em; border-radius: 12px; background: #b3401f;
  color: #fff; font-weight: 650; text-decoration: none; }}
.iv-own:focus-visible {{ outline: 3px solid var(--iv-accent); outline-offset: 2px; }}</style></head>
<body><script>
if (matchMedia("(prefers-color-scheme: dark)").matches) document.documentElement.classList.add("dark");
</script>
<main>{body}{own}</main><script>(function (element) {{ {script} }})(document.body);</script></body></html>
"""


@dataclass(frozen=True, slots=True)
class ResultLink:
    """GET /result/<token>, and GET /oembed about it."""

    controller: PageController

    async def page(self, request: Request) -> Response:
        """The result, or plain words where the link opens nothing (any more)."""
        locale = locale_of(request)
        token = str(request.path_params["token"])
        job = self.controller.files.opened(token, "page")
        try:
            record = await self.controller.queue.record(job) if job else None
        except AWAY:
            return self._answer(locale, escape(say(locale, "unreachable")), 503)
        if record is None or record.result is None:
            return self._answer(locale, escape(say(locale, "web.expired")), 404)
        found = ResultView(self.controller.files, record, record.result, locale, base="../")
        root = address_of(request)
        summary, code = record.result.summary, language(locale)
        parts = (musical.mood(code, summary.mood), f"{summary.tempo:.0f} bpm", musical.key(code, summary.key))
        still, film = (root + self.controller.files.link(record.job, what) for what in ("still", "film"))
        title, told = say(locale, "web.result.shared"), " · ".join(parts) if summary.mood else ""
        card = metadata(title, told, f"{root}result/{token}", still, film)
        oembed = f"{root}oembed?{urlencode({'url': f'{root}result/{token}'})}"
        return self._answer(locale, found.face() + found.story(), 200, card=card, oembed=oembed)

    async def oembed(self, request: Request) -> Response:
        """GET /oembed?url=…/result/<token>: how another page shows the film (oembed.com, version 1.0)."""
        try:
            token = urlsplit(request.query_params.get("url", "")).path.rpartition("/result/")[2]
        except ValueError:  # no address at all: half of an IPv6 one
            token = ""
        job = self.controller.files.opened(token, "page")
        try:
            record = await self.controller.queue.record(job) if job else None
        except AWAY:
            return JSONResponse({}, 503)
        if record is None or record.result is None:
            return JSONResponse({}, 404)
        summary, root = record.result.summary, address_of(request)
        width, height = summary.width or 640, summary.height or 360
        film = escape(root + self.controller.files.link(record.job, "film"))
        html = f'<video src="{film}" width="{width}" height="{height}" controls playsinline></video>'
        facts = {"type": "video", "version": "1.0", "width": width, "height": height, "html": html}
        told = {"title": say(locale_of(request), "web.result.shared"), "provider_name": "Immersivaudio"}
        still = root + self.controller.files.link(record.job, "still")
        picture = {"thumbnail_url": still, "thumbnail_width": width, "thumbnail_height": height}
        return JSONResponse(facts | told | (picture if "thumbnail" in record.result.extras else {}))

    def _answer(self, locale: str, body: str, status: int, *, card: str = "", oembed: str = "") -> Response:
        own = f'<p><a class="iv-own" href="../">{escape(say(locale, "web.own"))}</a></p>'
        page = _PAGE.format(
            lang=locale,
            title=escape(say(locale, "web.result.shared")),
            style="".join((_STATIC / name).read_text("utf-8") for name in ("shell.css", "page.css")),
            script="".join((_STATIC / name).read_text("utf-8") for name in ("result.js", "story.js")),
            body=body if status == 200 else f'<p class="iv-notice">{body}</p>',
            own=own,
            card=card,
            oembed=escape(oembed),
        )
        return HTMLResponse(page, status)
