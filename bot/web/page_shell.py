"""The document around gradio's page: our own head, a first picture before any script has run, and compressed.

Gradio's index names itself in its metadata, fetches a script for frames, and shows nothing until its modules
have come. `PageShell` stands between the gate and gradio and writes that one answer anew.
"""

import gzip
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.locale import locale_in
from immersivaudio.i18n import say

_STATIC = Path(__file__).parent / "static"
_OWN = re.compile(r'\s*<meta\s+(?:property="og:|name="twitter:)[^>]*>')
_FRAMES = re.compile(r"<script>\s*\(\(\) => \{\s*const root = .*?\}\)\(\);\s*</script>", re.DOTALL)
_STYLE = re.compile(r'<link rel="stylesheet"([^>]*)>')
_LEVEL = 6
"""Of gzip: a third of the time of the best one, and a hundredth larger."""


@dataclass(frozen=True, slots=True)
class PageShell:
    """ASGI middleware."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            return await self.app(scope, receive, send)
        headers = Headers(scope=scope)
        started: list[Message] = []
        parts: list[bytes] = []

        async def held(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
                return
            parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            body = b"".join(parts)
            head = MutableHeaders(scope=started[0])
            if head.get("content-type", "").startswith("text/html"):
                body = document(body.decode(), locale_in(headers), address_of(Request(scope))).encode()
                head["Vary"] = "Accept-Language, Accept-Encoding"
                if "gzip" in headers.get("accept-encoding", ""):
                    body = gzip.compress(body, _LEVEL, mtime=0)
                    head["Content-Encoding"] = "gzip"
                head["Content-Length"] = str(len(body))
            await send(started[0])
            await send({"type": "http.response.body", "body": body})

        return await self.app(scope, receive, held)


def document(html: str, locale: str, address: str) -> str:
    """Gradio's index in our own clothes; `address` is where the page is, with a slash at its end."""
    html = _FRAMES.sub("", _OWN.sub("", html))
    html = html.replace('lang="en"', f'lang="{locale}"', 1)
    head = _read("shell.css", "<style>{}</style>")
    head += "".join(_read(name, "<script>{}</script>") for name in ("words.js", "connection.js", "watch.js"))
    head += metadata(
        say(locale, "web.title"), say(locale, "web.lead"), address, f"{address}examples/drive.webp"
    )
    first = (
        f'<header id="head" class="iv-head"><h1>{escape(say(locale, "web.title"))}</h1>'
        f"<p>{escape(say(locale, 'web.lead'))}</p></header>"
        '<div id="iv-ghost" aria-hidden="true"><div><i></i><i></i><i></i></div><div><i></i></div></div>'
    )
    # Gradio's style holds the first picture back no longer, and keeps its place: later ones build on it.
    html = _STYLE.sub(r'<link rel="stylesheet" media="print" onload="this.media=`all`"\1>', html)
    html = html.replace("</head>", f"{head}</head>", 1)
    return re.sub(r"(<body[^>]*>)", lambda found: found[1] + first, html, count=1)


def metadata(title: str, text: str, address: str, picture: str, film: str = "") -> str:
    """Open Graph, for whoever shows a link as a card; `film` is an address that plays."""
    rows = {"title": title, "description": text, "url": address, "image": picture}
    rows["site_name"] = "Immersivaudio"
    rows["type"] = "video.other" if film else "website"
    if film:
        rows |= {"video": film, "video:type": "video/mp4"}
    told = "".join(f'<meta property="og:{name}" content="{escape(value)}">' for name, value in rows.items())
    card = "player" if film else "summary_large_image"
    named = {"twitter:card": card, "description": text}
    return told + "".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in named.items())


def _read(name: str, around: str) -> str:
    return around.format((_STATIC / name).read_text("utf-8"))


def address_of(request: Request) -> str:
    """Where visitors reach the page, as a proxy that is trusted tells it; with a slash at its end."""
    headers = request.headers
    scheme = "https" if headers.get("x-forwarded-proto", "") == "https" else request.scope["scheme"]
    return f"{scheme}://{headers.get('host', '')}/"
