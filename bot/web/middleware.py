"""The gate: every request passes it before anything of ours or of gradio's sees it.

It knows the few paths that the page needs. Gradio has some fifty more (files by their path on the server,
uploads that answer with such a path, proxies, an editor); here they do not exist.
"""

import asyncio
import base64
import hmac
import json
import re
import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.rate_limit import RateLimiter
from bot.web.call_schema import BadCallError, CallSchema, is_session
from bot.web.open_pages import OpenPages
from bot.web.request_body import BodyCutOffError, BodyTooLongError, Pace, SlowBodyError, replayed, whole
from bot.web.settings import WebSettings
from bot.web.signed_tokens import TokenSigner

COOKIE, SECURE_COOKIE = "immersivaudio", "__Host-immersivaudio"
"""Browsers keep the second from being set by any other host, and send it by TLS alone."""
_LASTS = 7 * 24.0
"""h that a visitor is known for: as long as the job store remembers."""
_EXACT = frozenset(
    (
        "/", "/config", "/theme.css", "/favicon.ico", "/manifest.json", "/clips", "/oembed",
        "/gradio_api/theme.css", "/gradio_api/queue/join", "/gradio_api/queue/data", "/gradio_api/cancel",
        "/gradio_api/reset", "/gradio_api/startup-events",
    )
)  # fmt: skip
_BELOW = (
    "/assets/",
    "/static/",
    "/gradio_api/heartbeat/",
    "/files/",
    "/examples/",
    "/result/",
    "/scripts/",
    "/showcase/",
    "/studio/",
    "/stems/",
)
_HOST = re.compile(r"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")
_LENGTH = re.compile(r"\d{1,15}")
_FORM = Pace(rate=16 * 1024, grace=10.0, longest=120.0)
"""How slowly a form may come."""
_HEARTBEAT = "/gradio_api/heartbeat/"
_SHEET = 64 * 1024
"""Bytes from which a form counts as one with a cue sheet."""
_REQUESTS = 10
"""Requests of any kind that may come for each call: a page load fetches a hundred small files."""
_COST = {"/": 8.0, "/config": 3.0}
"""What is written anew for each visitor, in requests of the other kinds."""
_HELD = 0.5
"""s that the answer to who sends too much is held: a flood of such bodies then waits, and does not grow."""
_TOO_MUCH = frozenset((413, 429))
_PATIENCE = 10.0
"""s that a request may stand behind others of its address."""
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


class AccessMiddleware:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, signer: TokenSigner, settings: WebSettings, schema: CallSchema) -> None:
        self._app = app
        self._signer = signer
        self._settings = settings
        self._schema = schema
        self._proxies = settings.proxies
        self._wrong = RateLimiter(per_minute=10, burst=10)
        self._calls = RateLimiter(settings.calls_per_minute, settings.calls_per_minute // 2 or 1)
        self._sheets = RateLimiter(settings.calls_per_minute / 10, max(1, settings.calls_per_minute // 20))
        self._turns = RateLimiter(
            settings.calls_per_minute * _REQUESTS, max(1, settings.calls_per_minute * _REQUESTS // 6)
        )
        self._pages = OpenPages()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await self._app(scope, receive, send)
        if scope["type"] != "http":
            return None
        scope["client_address"] = self._proxies.client(scope)
        scope = self._proxies.cleaned(scope)
        headers = Headers(scope=scope)
        user = visitor_id(self._signer, headers)
        answer = await self._in_turn(scope) or self._refusal(scope, headers, user)
        news = None if answer or user else self._greet(scope)
        if answer is None and scope["method"] == "POST" and scope["path"] != "/clips":
            read = await self._read(scope, receive, user or "")
            if isinstance(read, Response):
                answer = read
            else:
                scope, receive = _sized(scope, len(read)), replayed(read, receive)

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                if message["status"] in _TOO_MUCH:
                    await asyncio.sleep(_HELD)
                head = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    head.setdefault(name, value)
                if news:
                    head.append("Set-Cookie", news)
            await send(message)

        return await (answer or self._app)(scope, receive, told)

    async def _in_turn(self, scope: Scope) -> Response | None:
        """Hold a request while others of its address are before it, before anything of it is looked at."""
        wait = self._turns.turn(scope["client_address"], _COST.get(scope["path"], 1.0), _PATIENCE)
        if wait is None:
            return PlainTextResponse("Too many at once. Wait a moment.\n", 429, headers={"Retry-After": "10"})
        if wait:
            await asyncio.sleep(wait)
        return None

    def _refusal(self, scope: Scope, headers: Headers, user: str | None) -> Response | None:
        return (
            self._misnamed(headers) or self._locked(scope, headers) or self._misdirected(scope, headers, user)
        )

    def _misnamed(self, headers: Headers) -> Response | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not _HOST.fullmatch(hosts[0]):
            return PlainTextResponse("That is no host name.\n", 400)
        known = self._settings.known_as
        if known and urlsplit(f"//{hosts[0]}").hostname not in known:
            return PlainTextResponse("I am not known by that name here.\n", 421)
        return None

    def _misdirected(self, scope: Scope, headers: Headers, user: str | None) -> Response | None:
        path: str = scope["path"]
        if path not in _EXACT and not path.startswith(_BELOW):
            return PlainTextResponse("There is nothing here.\n", 404)
        if scope["method"] in {"GET", "HEAD"}:
            return None if self._own_stream(scope, user) else _nobody()
        if scope["method"] != "POST":
            return PlainTextResponse("Only GET, HEAD and POST.\n", 405)
        if answer := _unfit(path, headers, self._schema):
            return answer
        return None if user else _nobody()

    def _own_stream(self, scope: Scope, user: str | None) -> bool:
        """Whether a stream that is asked for is of a page this visitor has open; anything else is free."""
        path: str = scope["path"]
        if path == "/gradio_api/queue/data":
            named = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=8).get(
                "session_hash", []
            )
            session = named[0] if len(named) == 1 else ""
        elif path.startswith(_HEARTBEAT):
            session = path.removeprefix(_HEARTBEAT)
        else:
            return True
        return user is not None and is_session(session) and self._pages.belongs(session, user)

    async def _read(self, scope: Scope, receive: Receive, user: str) -> bytes | Response:
        """The body of a call, read whole, understood, and written anew; or why it does not pass."""
        path = scope["path"]
        try:
            body = await whole(receive, self._schema.longest(path), _FORM)
            call = self._schema.parse(path, body)
        except SlowBodyError:
            return PlainTextResponse("That came too slowly.\n", 408)
        except (BodyTooLongError, BodyCutOffError):
            return PlainTextResponse("That is not as long as it was said to be.\n", 413)
        except BadCallError:
            return PlainTextResponse("This page never sends that.\n", 422)
        address = scope["client_address"]
        seconds = self._calls.wait(address) or (self._sheets.wait(address) if len(body) > _SHEET else 0.0)
        if seconds:
            wait = {"Retry-After": str(int(seconds) + 1)}
            return PlainTextResponse("Too many at once. Wait a moment.\n", 429, headers=wait)
        if "session_hash" in call and not self._pages.belongs(call["session_hash"], user):
            return _nobody()
        return json.dumps(call).encode()

    def _locked(self, scope: Scope, headers: Headers) -> Response | None:
        if not self._settings.login:
            return None
        said = headers.get("authorization", "")
        wanted = base64.b64encode(self._settings.login.get_secret_value().encode()).decode()
        if hmac.compare_digest(said.encode(), f"Basic {wanted}".encode()):
            return None
        if said and self._wrong.wait(scope["client_address"]):
            return PlainTextResponse("Too many wrong passwords. Wait a minute.\n", 429)
        options = {"WWW-Authenticate": 'Basic realm="Immersivaudio", charset="UTF-8"'}
        return PlainTextResponse("This page wants a login.\n", 401, headers=options)

    def _greet(self, scope: Scope) -> str | None:
        """A cookie for who comes to the page for the first time."""
        if scope["path"] != "/" or scope["method"] != "GET":
            return None
        token = self._signer.write("visitor", secrets.token_hex(8), hours=_LASTS)
        secure = self._proxies.secure(scope)
        name, end = (SECURE_COOKIE, "; Secure") if secure else (COOKIE, "")
        return f"{name}={token}; Path=/; Max-Age={int(_LASTS * 3600)}; HttpOnly; SameSite=Lax{end}"


def visitor_id(signer: TokenSigner, headers: Headers) -> str | None:
    """Who asks, as requests name users ("web:…"); None for who has not been greeted."""
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return None
    cookie = cookies.get(SECURE_COOKIE) or cookies.get(COOKIE)
    facts = signer.read("visitor", cookie.value) if cookie else None
    return f"web:{facts[0]}" if facts else None


def _nobody() -> Response:
    return PlainTextResponse("Open the page first.\n", 403)


def _sized(scope: Scope, length: int) -> Scope:
    """The scope of a body that was written anew."""
    kept = [pair for pair in scope["headers"] if pair[0] not in {b"content-length", b"content-type"}]
    own = [(b"content-length", b"%d" % length), (b"content-type", b"application/json")]
    return {**scope, "headers": [*kept, *own]}


def _unfit(path: str, headers: Headers, schema: CallSchema) -> Response | None:
    """Why something that is sent may not come in."""
    if _from_elsewhere(headers):
        return PlainTextResponse("Only this page may ask for that.\n", 403)
    size = headers.get("content-length", "")
    if not _LENGTH.fullmatch(size):
        return PlainTextResponse("Say how long it is.\n", 411)
    too_long = path != "/clips" and int(size) > schema.longest(path)
    return PlainTextResponse("That is too long.\n", 413) if too_long else None


def _from_elsewhere(headers: Headers) -> bool:
    """Whether a browser says that another site's page sends this."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site:
        return site not in {"same-origin", "none"}
    try:
        return bool(origin) and urlsplit(origin or "").netloc != headers.get("host")
    except ValueError:
        return True
