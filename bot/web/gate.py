"""The gate: every request passes it before anything of ours or of gradio's sees it.

It knows the few paths that the page needs. Gradio has some fifty more (files by their path on the server,
uploads that answer with such a path, proxies, an editor); here they do not exist.
"""

import base64
import hmac
import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.limits import Throttle
from bot.web.seals import Seals
from bot.web.settings import WebSettings

COOKIE = "immersivaudio"
_LASTS = 7 * 24.0
"""h that a visitor is known for: as long as the job store remembers."""
_EXACT = frozenset(
    (
        "/", "/config", "/theme.css", "/favicon.ico", "/manifest.json", "/clips",
        "/gradio_api/theme.css", "/gradio_api/queue/join", "/gradio_api/queue/data", "/gradio_api/cancel",
        "/gradio_api/reset", "/gradio_api/startup-events",
    )
)  # fmt: skip
_BELOW = ("/assets/", "/static/", "/gradio_api/heartbeat/", "/files/", "/examples/", "/result/")
_FORM = 4 * 2**20
"""Bytes of a form: a cue sheet has a million characters at most."""
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
"""Nothing is fetched from anywhere else. Gradio writes scripts into its page and compiles templates."""
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self)",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Gate:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, seals: Seals, settings: WebSettings) -> None:
        self._app = app
        self._seals = seals
        self._settings = settings
        self._wrong = Throttle(per_minute=10, burst=10)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await self._app(scope, receive, send)
        if scope["type"] != "http":
            return None
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        news = None if refusal or visitor(self._seals, headers) else self._greet(scope, headers)

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    answer.setdefault(name, value)
                if news:
                    answer.append("Set-Cookie", news)
            await send(message)

        return await (refusal or self._app)(scope, receive, told)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        known = self._settings.known_as
        if known and urlsplit(f"//{headers.get('host', '')}").hostname not in known:
            return PlainTextResponse("I am not known by that name here.\n", 421)
        if answer := self._locked(scope, headers):
            return answer
        path: str = scope["path"]
        if path not in _EXACT and not path.startswith(_BELOW):
            return PlainTextResponse("There is nothing here.\n", 404)
        return None if scope["method"] in {"GET", "HEAD"} else _unfit(path, headers)

    def _locked(self, scope: Scope, headers: Headers) -> Response | None:
        if not self._settings.login:
            return None
        said = headers.get("authorization", "")
        wanted = base64.b64encode(self._settings.login.get_secret_value().encode()).decode()
        if hmac.compare_digest(said.encode(), f"Basic {wanted}".encode()):
            return None
        client = scope.get("client") or ("",)
        if said and self._wrong.wait(client[0]):
            return PlainTextResponse("Too many wrong passwords. Wait a minute.\n", 429)
        options = {"WWW-Authenticate": 'Basic realm="Immersivaudio", charset="UTF-8"'}
        return PlainTextResponse("This page wants a login.\n", 401, headers=options)

    def _greet(self, scope: Scope, headers: Headers) -> str | None:
        """A cookie for who comes to the page for the first time."""
        if scope["path"] != "/" or scope["method"] != "GET":
            return None
        token = self._seals.write("visitor", secrets.token_hex(8), hours=_LASTS)
        far = scope["scheme"] == "https" or headers.get("x-forwarded-proto") == "https"
        age = int(_LASTS * 3600)
        return f"{COOKIE}={token}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{'; Secure' if far else ''}"


def visitor(seals: Seals, headers: Headers) -> str | None:
    """Who asks, as requests name users ("web:…"); None for who has not been greeted."""
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    facts = seals.read("visitor", cookie.value) if cookie else None
    return f"web:{facts[0]}" if facts else None


def _unfit(path: str, headers: Headers) -> Response | None:
    """Why something that is sent may not come in."""
    if _from_elsewhere(headers):
        return PlainTextResponse("Only this page may ask for that.\n", 403)
    size = headers.get("content-length", "")
    if not size.isdecimal():
        return PlainTextResponse("Say how long it is.\n", 411)
    too_long = path != "/clips" and int(size) > _FORM
    return PlainTextResponse("That is too long.\n", 413) if too_long else None


def _from_elsewhere(headers: Headers) -> bool:
    """Whether a browser says that another site's page sends this."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site:
        return site not in {"same-origin", "none"}
    return bool(origin) and urlsplit(origin or "").netloc != headers.get("host")
