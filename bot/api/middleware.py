"""The gate of the API: no request passes without a key, at a rate, with a body that says how long it is.

Its answers are JSON with one sentence: what is wrong, and what to do.
"""

import asyncio
import hashlib
import hmac
import math
import re
from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.http.client_address import TrustedProxies
from bot.rate_limit import RateLimiter
from bot.web.request_body import BodyCutOffError, BodyTooLongError, Pace, SlowBodyError, replayed, whole
from immersivaudio.chat.api import ApiSettings

CLIENT = "api_client"
"""Key of the ASGI scope that holds the client's name."""
JOBS = "/v1/jobs"
_LIKE = re.compile(r"/v1/jobs/[^/]{1,64}/like")
_OPEN = frozenset(("/v1/openapi.json",))
"""What is answered without a key."""
_CALL = 1_200_000
"""Bytes of a body that is no clip: an edited cue sheet is the longest."""
_FORM = Pace(rate=16 * 1024, grace=10.0, longest=120.0)
_WRONG = 10.0
"""Wrong keys a minute from one address."""
_NO_KEY, _PATIENCE = 600.0, 10.0
"""Requests without a key, a minute from one address, and the s that one may stand behind others of it."""
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


def refused(status: int, words: str, code: str, wait: float = 0.0) -> Response:
    """An answer that says no."""
    headers = {"Retry-After": str(math.ceil(wait))} if wait else {}
    return JSONResponse({"error": words, "code": code}, status, headers=headers)


class ApiGate:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, settings: ApiSettings) -> None:
        self._app = app
        self._settings = settings
        self._proxies = TrustedProxies(settings.trusted_proxies)
        self._keys: Mapping[bytes, str] = {
            _digest(client.key.get_secret_value()): name for name, client in settings.clients.items()
        }
        self._rates = {
            name: RateLimiter(client.per_minute, client.burst) for name, client in settings.clients.items()
        }
        self._wrong = RateLimiter(_WRONG, int(_WRONG))
        self._turns = RateLimiter(_NO_KEY, int(_NO_KEY) // 10)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await self._app(scope, receive, send)
        if scope["type"] != "http":
            return None
        address = self._proxies.client(scope)
        scope = {**self._proxies.cleaned(scope), "client_address": address}
        answer = self._refusal(scope, Headers(scope=scope), address)
        if CLIENT not in scope:
            wait = self._turns.turn(address, 1.0, _PATIENCE)
            await asyncio.sleep(_PATIENCE if wait is None else wait)
        if answer is None and scope["method"] == "POST" and not _holds_media(scope):
            read = await _read(receive)
            if isinstance(read, Response):
                answer = read
            else:
                receive = replayed(read, receive)

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                head = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    head.setdefault(name, value)
            await send(message)

        return await (answer or self._app)(scope, receive, told)

    def _refusal(self, scope: Scope, headers: Headers, address: str) -> Response | None:
        if scope["path"] in _OPEN and scope["method"] in {"GET", "HEAD"}:
            return None
        client = self._client(headers)
        if client is None:
            seconds = self._wrong.wait(address)
            if seconds:
                return refused(429, "Too many calls without a key. Wait a minute.", "keys", seconds)
            words = "Send your key: Authorization: Bearer KEY. The operator gives it to you."
            answer = refused(401, words, "key")
            answer.headers["WWW-Authenticate"] = "Bearer"
            return answer
        scope[CLIENT] = client
        seconds = self._rates[client].wait(client)
        if seconds:
            return refused(429, f"That is too fast. Wait {math.ceil(seconds)} s.", "rate", seconds)
        return self._unfit(scope, headers) if scope["method"] == "POST" else None

    def _client(self, headers: Headers) -> str | None:
        """Return the client whose key it is. All known keys are compared, so that timing tells nothing."""
        kind, _, key = headers.get("authorization", "").partition(" ")
        told, found = _digest(key.strip()), None
        for digest, name in self._keys.items():
            if hmac.compare_digest(digest, told):
                found = name
        return found if kind.lower() == "bearer" else None

    def _unfit(self, scope: Scope, headers: Headers) -> Response | None:
        size = headers.get("content-length", "")
        if not size.isdecimal() or not size.isascii() or len(size) > 15 or "transfer-encoding" in headers:
            return refused(411, "Say with Content-Length how many bytes you send.", "length")
        limit = self._settings.upload_limit if _holds_media(scope) else _CALL
        if int(size) > limit:
            words = f"That is {int(size)} bytes; {limit} are taken here. Send less."
            return refused(413, words, "too-long")
        return None


def _holds_media(scope: Scope) -> bool:
    """Whether the body is a clip or a song, which is read as it comes, and not a form."""
    return scope["path"] == JOBS or bool(_LIKE.fullmatch(scope["path"]))


async def _read(receive: Receive) -> bytes | Response:
    try:
        return await whole(receive, _CALL, _FORM)
    except SlowBodyError:
        return refused(408, "That came too slowly. Send it again, faster.", "slow")
    except (BodyTooLongError, BodyCutOffError):
        return refused(413, "That is not as long as it was said to be.", "too-long")


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).digest()
