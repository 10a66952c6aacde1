"""Discord on loopback: REST, gateway and CDN on one port, people who type, and mishaps on demand."""

import asyncio
import secrets
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from tests.integration.discord.gateway import Gateway
from tests.integration.discord.rest import RefusedError, Rest
from tests.integration.discord.world import APP, BOT, CONTENT_INTENT, Interaction, World
from tests.patience import PATIENCE

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_RESOLVED: dict[int, tuple[str, dict[str, Any]]] = {
    6: ("users", {}),
    7: ("channels", {"permissions": "0"}),
    11: ("attachments", {}),
}
"""Types of options that are given as objects: where those stand, and what is added to them."""


class Server:
    """Serves while its block runs; its port is free to choose, so that programs may outlive it."""

    def __init__(self, world: World | None = None, port: int = 0) -> None:
        self.world = world or World()
        self._port = port
        self.gateway = Gateway(self.world)
        self.mishaps: defaultdict[str, list[str]] = defaultdict(list)
        """Handler's name -> what goes wrong with its next calls: "429", "503" or "lost"."""
        self.redirect = False
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> "Server":
        app = web.Application(middlewares=[self._answer], client_max_size=64 * 2**20)
        app.add_routes(Rest(self.world).routes())
        app.add_routes([web.get("/gateway/", self._gateway), web.get("/gateway", self._gateway)])
        app.add_routes([web.get("/attachments/{channel}/{file}/{name}", self._file)])
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, backlog=1024, reuse_address=True)
        await site.start()
        self.world.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner
        await self._runner.cleanup()

    async def command(self, name: str, user: int = 11, **options: Any) -> Interaction:
        """Somebody types a command: "settings mine" for a command of a group."""
        first, *rest = name.split()
        known = next(each for each in self.world.commands if each["name"] == first)
        resolved: dict[str, Any] = {}
        filled = _options(known["options"], rest, options, resolved)
        data = {"id": known["id"], "name": first, "type": 1, "options": filled, "resolved": resolved}
        return await self._interact(2, user, data)

    async def menu(self, message: dict[str, Any], user: int = 11) -> Interaction:
        """Somebody chooses our entry in a message's menu."""
        known = next(each for each in self.world.commands if each.get("type") == 3)
        resolved = {"messages": {message["id"]: message}}
        data = {"id": known["id"], "name": known["name"], "type": 3, "target_id": message["id"]}
        return await self._interact(2, user, data | {"resolved": resolved})

    async def press(self, message: dict[str, Any], label: str, user: int = 11) -> Interaction:
        """Somebody presses a button, or chooses an option of a menu, by what is written on it."""
        for row in message["components"]:
            for each in row["components"]:
                options = [each["value"] for each in each.get("options", []) if each["label"] == label]
                if each.get("label") == label or options:
                    data = {"custom_id": each["custom_id"], "component_type": each["type"]}
                    data |= {"values": options} if options else {}
                    return await self._interact(3, user, data, message=message)
        raise AssertionError(f"there is no {label!r} under {message['content']!r}")

    async def fill_in(self, modal: Interaction, mood: str = "", user: int = 11, **filled: Any) -> Interaction:
        """Somebody submits the form with which an interaction was answered.

        `filled`: by the field's id, the text or the value chosen, the values ticked, or files as `World.keep`
        gives them. What is left alone is sent as it was shown.
        """
        filled |= {"mood": mood}
        resolved: dict[str, Any] = {}
        labels = []
        for label in modal.data["components"]:
            shown = label["component"]
            given = filled.pop(shown["custom_id"], None)
            answer = _field(shown, given, resolved)
            labels.append({"type": 18, "id": len(labels) + 1, "component": answer})
        assert not filled, f"the form has no field for {set(filled)}"
        data = {"custom_id": modal.data["custom_id"], "components": labels}
        data |= {"resolved": {"attachments": resolved}} if resolved else {}
        return await self._interact(5, user, data, message=modal.payload.get("message"))

    async def say(
        self, content: str, user: int = 11, *, private: bool = False, **fields: Any
    ) -> dict[str, Any]:
        """Somebody writes a message; the bot is told as much of it as its intents allow."""
        channel = self.world.channel
        if private:
            channel = self.world.private.setdefault(user, self.world.snowflake())
        mentioned = f"<@{BOT}>" in content or fields.pop("pings", False)
        mentions = [self.world.user(BOT)] if mentioned else []
        message = self.world.write(user, channel, content=content, mentions=mentions, **fields)
        told = dict(message)
        if not private:
            told |= {"guild_id": str(self.world.guild), "member": self.world.member(user)}
            if not mentioned and not self.gateway.opened[-1].intents & CONTENT_INTENT:
                told |= {"content": "", "attachments": [], "embeds": [], "components": []}
        await self.gateway.dispatch("MESSAGE_CREATE", told)
        return told

    async def delete(self, message: dict[str, Any]) -> None:
        """Somebody with the right to it deletes a message."""
        del self.world.messages[int(message["id"])]
        gone = {"id": message["id"], "channel_id": message["channel_id"], "guild_id": str(self.world.guild)}
        await self.gateway.dispatch("MESSAGE_DELETE", gone)

    async def _interact(
        self, kind: int, user: int, data: dict[str, Any], message: dict[str, Any] | None = None
    ) -> Interaction:
        world = self.world
        payload: dict[str, Any] = {
            "id": str(world.snowflake()),
            "application_id": str(APP),
            "type": kind,
            "token": secrets.token_urlsafe(48),
            "version": 1,
            "locale": "en-US",
            "app_permissions": "0",
            "entitlements": [],
            "attachment_size_limit": world.upload,
            "data": data,
        } | self._place(user, message)
        channel = int(payload["channel_id"])
        if message:
            payload["message"] = dict(message)
        asked = Interaction(int(payload["id"]), payload["token"], world.now(), user, channel, payload)
        asked.sent = world.clock()
        world.interactions[asked.token] = asked
        await self.gateway.dispatch("INTERACTION_CREATE", payload)
        return asked

    def _place(self, user: int, message: dict[str, Any] | None) -> dict[str, Any]:
        """What an interaction says of where it happened."""
        world = self.world
        if world.where == "direct":
            channel = world.private.setdefault(user, world.snowflake())
            place = world.channel_object(channel) | {"recipients": [world.user(user)]}
            owners = {"0": "0", "1": str(user)}
            return {
                "channel_id": str(channel),
                "channel": place,
                "user": world.user(user),
                "authorizing_integration_owners": owners,
                "context": 1,
            }
        abroad = world.where == "abroad"
        guild = world.snowflake() if abroad else world.guild
        channel = int(message["channel_id"]) if message else world.snowflake() if abroad else world.channel
        return {
            "guild_id": str(guild),
            "guild": {"id": str(guild), "locale": "en-US", "features": []},
            "guild_locale": "en-US",
            "channel_id": str(channel),
            "channel": world.channel_object(channel) | {"guild_id": str(guild)},
            "member": world.member(user),
            "authorizing_integration_owners": {"1": str(user)} if abroad else {"0": str(guild)},
            "context": 0,
        }

    async def _gateway(self, request: web.Request) -> web.StreamResponse:
        return await self.gateway.connect(request)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        if self.redirect:
            raise web.HTTPFound("http://127.0.0.1:1/elsewhere")
        known = self.world.files.get(int(request.match_info["file"]))
        if known is None:
            raise web.HTTPNotFound
        return web.Response(body=known[0], headers={"Content-Type": known[1]})

    @web.middleware
    async def _answer(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if not request.path.startswith("/api"):
            answer: web.StreamResponse = await handler(request)
            return answer
        name = getattr(handler, "__name__", "")
        self.world.calls[name] += 1
        self.world.requests.append(f"{request.method} {request.path}")
        mishap = self.mishaps[name].pop(0) if self.mishaps[name] else ""
        if mishap == "429":
            body = {"message": "You are being rate limited.", "retry_after": 0.2, "global": False}
            return _json(body, 429, {"Via": "1.1 google", "Retry-After": "1", "X-RateLimit-Scope": "user"})
        if mishap.startswith("5"):
            return web.Response(status=int(mishap), text="upstream")
        try:
            body = await handler(request)
        except RefusedError as no:
            return _json(no.body, no.status, {"Via": "1.1 google"})
        if mishap == "lost" and request.transport:
            request.transport.abort()
        return web.Response(status=204) if body is None else _json(body)


def _json(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """discord.py wants the type without a charset."""
    answer = web.json_response(body, status=status, headers=headers)
    answer.headers["Content-Type"] = "application/json"
    return answer


def _options(
    known: list[dict[str, Any]], path: list[str], given: dict[str, Any], resolved: dict[str, Any]
) -> list[dict[str, Any]]:
    if path:
        inner = next(each for each in known if each["name"] == path[0])
        filled = _options(inner["options"], path[1:], given, resolved)
        return [{"name": path[0], "type": 1, "options": filled}]
    kinds = {each["name"]: each["type"] for each in known}
    filled = []
    for name, value in given.items():
        if kinds[name] in _RESOLVED:
            place, more = _RESOLVED[kinds[name]]
            resolved.setdefault(place, {})[value["id"]] = value | more
        filled.append(
            {"name": name, "type": kinds[name], "value": value["id"] if kinds[name] in _RESOLVED else value}
        )
    return filled


def _field(shown: dict[str, Any], given: Any, resolved: dict[str, Any]) -> dict[str, Any]:
    """A field of a form as it is sent back."""
    kind, answer = shown["type"], {"type": shown["type"], "custom_id": shown["custom_id"]}
    options = shown.get("options") or []
    if kind == 19:
        resolved |= {each["id"]: each for each in given or []}
        return answer | {"values": [each["id"] for each in given or []]}
    if kind == 22:
        ticked = [each["value"] for each in options if each.get("default")]
        return answer | {"values": ticked if given is None else given}
    if kind == 21:
        first = next((each["value"] for each in options if each.get("default")), None)
        assert given is None or given in {each["value"] for each in options}
        return answer | {"value": first if given is None else given}
    return answer | {"value": str(given or "")}


async def until(true: Callable[[], Any], patience: float = PATIENCE) -> Any:
    """Wait for something to be so, and return it."""
    async with asyncio.timeout(patience):
        while not (found := true()):
            await asyncio.sleep(0.01)
        return found
