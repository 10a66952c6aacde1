"""A Telegram Bot API server on loopback, for the real clients: HTTP, long polling, uploads, and bad days."""

import asyncio
import json
import random
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.integration.telegram import rules
from tests.integration.telegram.rules import ApiError
from tests.integration.telegram.world import BOT, World
from tests.patience import PATIENCE

TOKEN = "123456789:AAExampleTokenForLoopbackTests0123456789"


_WORDS = {
    "text",
    "caption",
    "chat_id",
    "file_id",
    "url",
    "secret_token",
    "language_code",
    "callback_query_id",
    "guest_query_id",
    "inline_message_id",
}


@dataclass
class Weather:
    """Faults: a list for the next calls of a method, and a share of all of them by chance."""

    planned: dict[str, list[str]] = field(default_factory=dict)
    share: float = 0.0
    kinds: tuple[str, ...] = ("429", "500", "502", "lost", "dropped")
    methods: tuple[str, ...] = (
        "sendMessage",
        "editMessageText",
        "editMessageMedia",
        "getFile",
        "download",
    )
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    struck: Counter[str] = field(default_factory=Counter)
    unheard: Counter[str] = field(default_factory=Counter)
    """By method: calls that were done, and whose answer was lost."""

    def strikes(self, method: str) -> str:
        """The fault of this call, if any: an error code, "dropped", or done but "lost" or "garbled"."""
        plan = self.planned.get(method, [])
        fault = plan.pop(0) if plan else ""
        if not fault and method in self.methods and self.chance.random() < self.share:
            fault = self.chance.choice(self.kinds)
        self.struck[fault] += bool(fault)
        self.unheard[method] += fault == "lost"
        return fault


class BotApi:
    """One bot's server, in a thread with an event loop of its own."""

    def __init__(self) -> None:
        self.world = World()
        self.weather = Weather()
        self.calls: Counter[str] = Counter()
        self.port = 0
        self.webhook: dict[str, Any] = {}
        self.retry_after = 1
        self.on_call: Callable[[str, dict[str, Any]], None] = lambda _method, _call: None
        self._updates: list[dict[str, Any]] = []
        self._newest: dict[str, Any] = {}
        self._next = 1
        self._loop = asyncio.new_event_loop()
        self._news: asyncio.Event | None = None
        self._poll = 0
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._started = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "BotApi":
        self._thread.start()
        assert self._started.wait(PATIENCE)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def push(self, **update: Any) -> int:
        """Something happened: the bot is told."""
        number, self._next = self._next, self._next + 1
        self._newest = update
        self._updates.append({"update_id": number, **update})
        self._loop.call_soon_threadsafe(self._ring)
        return number

    def repeat(self, times: int = 1) -> None:
        """The newest update comes again, as after a confirmation that got lost: under a number of its own."""
        for _ in range(times):
            self.push(**self._newest)

    def _ring(self) -> None:
        if self._news:
            self._news.set()

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._news = asyncio.Event()
        app = web.Application(client_max_size=rules.UPLOAD + 2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._api)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        self._loop.run_until_complete(runner.setup())
        site = web.TCPSite(runner, "127.0.0.1", 0)
        self._loop.run_until_complete(site.start())
        self.port = runner.addresses[0][1]
        self._started.set()
        self._loop.run_forever()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        self.calls[method] += 1
        if request.match_info["token"] != TOKEN:
            return _error(ApiError(401, "Unauthorized"))
        fault = self.weather.strikes(method)
        if fault in {"429", "500", "502"}:
            await request.read()
            return self._refusal(int(fault))
        return _hang_up(request) if fault == "dropped" else await self._answer(request, method, fault)

    async def _answer(self, request: web.Request, method: str, fault: str) -> web.StreamResponse:
        """Do it; whether the bot hears of it is another matter."""
        try:
            call, parts = await _read(request)
            self.on_call(method, call)
            result = await self._do(method, call, parts)
        except ApiError as error:
            return _error(error)
        if fault == "lost":
            return _hang_up(request)
        if fault == "garbled":
            return web.Response(text=f"<html>{result} {call}</html>")
        return web.json_response({"ok": True, "result": result})

    def _refusal(self, code: int) -> web.Response:
        if code == 429:
            told = f"Too Many Requests: retry after {self.retry_after}"
            return _error(ApiError(429, told, retry_after=self.retry_after))
        return _error(ApiError(code, "Internal Server Error" if code == 500 else "Bad Gateway"))

    async def _do(self, method: str, call: dict[str, Any], parts: dict[str, tuple[str, bytes]]) -> Any:
        if method == "getUpdates":
            return await self._updates_for(call)
        if method == "sendVideo":
            return self.world.send_video(call, parts)
        if "inline_message_id" in call:
            return self.world.edit_inline(call)
        if method == "editMessageMedia":
            return self.world.edit_media(call, parts)
        verbs: dict[str, Callable[[dict[str, Any]], Any]] = {
            "getMe": lambda _: BOT | {"can_join_groups": True, "supports_inline_queries": False},
            "sendMessage": self.world.say,
            "answerGuestQuery": self.world.answer_guest,
            "editMessageText": self.world.edit_text,
            "deleteMessage": self.world.delete,
            "editMessageReplyMarkup": self.world.edit_markup,
            "setMessageReaction": self.world.react,
            "sendChatAction": self.world.acts,
            "answerCallbackQuery": self.world.toast,
            "getChatMember": self.world.member,
            "getFile": lambda call: self.world.file(call, rules.DOWNLOAD),
            "setMyCommands": self._set_commands,
            "setWebhook": self._set_webhook,
            "deleteWebhook": lambda _: self.webhook.clear() or True,
        }
        if method not in verbs:
            raise ApiError(404, "Not Found: method not found")
        return verbs[method](call)

    def _set_commands(self, call: dict[str, Any]) -> bool:
        rules.check_commands(call["commands"])
        self.world.commands[call.get("language_code") or ""] = call["commands"]
        return True

    def _set_webhook(self, call: dict[str, Any]) -> bool:
        if not call["url"].startswith("https://"):
            raise rules.bad("bad webhook: An HTTPS URL must be provided for webhook")
        if not rules.SECRET.fullmatch(call.get("secret_token", "x")):
            raise rules.bad("secret token contains unallowed characters")
        self.webhook = dict(call)
        return True

    async def _updates_for(self, call: dict[str, Any]) -> list[dict[str, Any]]:
        """Long polling: updates below `offset` are confirmed; a newer call ends an older one (409)."""
        if self.webhook:
            raise ApiError(409, "Conflict: can't use getUpdates method while webhook is active")
        self._poll += 1
        mine, news = self._poll, self._news
        self._ring()
        assert news is not None
        offset = int(call.get("offset", 0))
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        kinds = {"update_id", *(call.get("allowed_updates") or ())}
        deadline = self._loop.time() + float(call.get("timeout", 0))
        while True:
            wanted = [update for update in self._updates if len(kinds) == 1 or set(update) <= kinds]
            if wanted or self._loop.time() >= deadline:
                return wanted[: int(call.get("limit", 100))]
            news.clear()
            try:
                await asyncio.wait_for(news.wait(), deadline - self._loop.time())
            except TimeoutError:
                continue
            if mine != self._poll:
                raise ApiError(409, "Conflict: terminated by other getUpdates request")

    async def _download(self, request: web.Request) -> web.StreamResponse:
        self.calls["download"] += 1
        fault = self.weather.strikes("download")
        known = self.world.files.get(request.match_info["path"].rpartition("/")[2])
        if request.match_info["token"] != TOKEN or known is None:
            return web.Response(status=404)
        if fault:
            return _hang_up(request) if fault in {"lost", "dropped"} else web.Response(status=int(fault))
        return web.Response(body=known.data, content_type="application/octet-stream")


async def _read(request: web.Request) -> tuple[dict[str, Any], dict[str, tuple[str, bytes]]]:
    """Parameters as JSON values, and uploaded parts by their field name."""
    if (request.content_length or 0) > rules.UPLOAD:
        raise ApiError(413, "Request Entity Too Large")
    parts: dict[str, tuple[str, bytes]] = {}
    call: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        return await request.json(), parts
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            parts[name] = (value.filename, value.file.read())
        else:
            call[name] = _value(name, str(value))
    return call, parts


def _value(name: str, text: str) -> Any:
    """Objects and arrays are JSON-serialised; words stay words, whatever they look like."""
    if name in _WORDS:
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def _error(error: ApiError) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": str(error)}
    if error.parameters:
        body["parameters"] = error.parameters
    return web.json_response(body, status=error.code)


def _hang_up(request: web.Request) -> web.StreamResponse:
    """No answer at all: the connection is cut."""
    if request.transport:
        request.transport.abort()
    return web.Response(status=500)
