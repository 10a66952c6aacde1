"""The REST API, version 10: only what a bot of ours may call, answered as documented.
https://docs.discord.com/developers/reference"""

import json
import re
from typing import Any

from aiohttp import web

from tests.integration.discord import rules
from tests.integration.discord.world import APP, BOT, ENDS, Interaction, World

IN_TIME = 3.0
"""s to acknowledge an interaction."""
LOADING, EPHEMERAL = 1 << 7, 1 << 6
_MENTION = re.compile(r"@everyone|@here|<@[!&]?\d+>")


class RefusedError(Exception):
    """An error response."""

    def __init__(self, status: int, code: int, message: str) -> None:
        self.status, self.body = status, {"code": code, "message": message}


class Rest:
    """The handlers, by name: the names are what mishaps are planned for."""

    def __init__(self, world: World) -> None:
        self.world = world

    def routes(self) -> list[web.RouteDef]:
        api, hook = "/api/v10", "/api/v10/webhooks/{app}/{token}"
        table = [
            ("GET", f"{api}/users/@me", self.me),
            ("GET", f"{api}/users/{{user}}", self.user),
            ("POST", f"{api}/users/@me/channels", self.direct),
            ("GET", f"{api}/oauth2/applications/@me", self.application),
            ("GET", f"{api}/applications/@me", self.application),
            ("GET", f"{api}/gateway/bot", self.gateway),
            ("PUT", f"{api}/applications/{{app}}/commands", self.register),
            ("POST", f"{api}/interactions/{{id}}/{{token}}/callback", self.callback),
            ("GET", f"{hook}/messages/{{message}}", self.hook_get),
            ("PATCH", f"{hook}/messages/{{message}}", self.hook_edit),
            ("DELETE", f"{hook}/messages/{{message}}", self.hook_delete),
            ("POST", hook, self.followup),
            ("POST", f"{api}/channels/{{channel}}/messages", self.post),
            ("PATCH", f"{api}/channels/{{channel}}/messages/{{message}}", self.edit),
            ("DELETE", f"{api}/channels/{{channel}}/messages/{{message}}", self.delete),
            ("PUT", f"{api}/channels/{{channel}}/messages/{{message}}/reactions/{{emoji}}/@me", self.react),
        ]
        return [web.route(method, path, handler) for method, path, handler in table]

    async def me(self, request: web.Request) -> Any:
        self._bot(request)
        return self.world.user(BOT)

    async def user(self, request: web.Request) -> Any:
        self._bot(request)
        return self.world.user(int(request.match_info["user"]))

    async def direct(self, request: web.Request) -> Any:
        self._bot(request)
        user = int((await request.json())["recipient_id"])
        channel = self.world.private.setdefault(user, self.world.snowflake())
        return self.world.channel_object(channel) | {"recipients": [self.world.user(user)]}

    async def application(self, request: web.Request) -> Any:
        self._bot(request)
        return {
            "id": str(APP),
            "name": "scorer",
            "icon": None,
            "description": "",
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "00",
            "flags": 0,
            "owner": self.world.user(3),
            "team": None,
        }

    async def gateway(self, request: web.Request) -> Any:
        self._bot(request)
        limits = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        url = f"{self.world.url.replace('http', 'ws')}/gateway"
        return {"url": url, "shards": 1, "session_start_limit": limits}

    async def register(self, request: web.Request) -> Any:
        self._bot(request)
        commands = await request.json()
        for each in commands:
            if wrong := rules.command(each):
                raise RefusedError(400, 50035, f"Invalid Form Body: {wrong}")
        self.world.commands = [
            {"description": ""}
            | each
            | {"id": str(self.world.snowflake()), "application_id": str(APP), "version": "1"}
            for each in commands
        ]
        return self.world.commands

    async def callback(self, request: web.Request) -> Any:
        asked = self.world.interactions.get(request.match_info["token"])
        late = asked is None or self.world.clock() - asked.sent > IN_TIME
        if asked is None or late or str(asked.id) != request.match_info["id"]:
            raise RefusedError(404, 10062, "Unknown interaction")
        if asked.answered is not None:
            raise RefusedError(400, 40060, "Interaction has already been acknowledged.")
        payload, files = await self._body(request)
        asked.kind, asked.data = payload["type"], payload.get("data") or {}
        if wrong := self._wrong_response(asked, len(files)):
            asked.kind = 0
            raise RefusedError(400, 50035, f"Invalid Form Body: {wrong}")
        asked.answered = self.world.clock() - asked.sent
        message = self._respond(asked, files)
        if request.query.get("with_response") not in {"1", "true"}:
            return None
        told = {"id": str(asked.id), "type": asked.payload["type"]}
        if message is None:
            return {"interaction": told}
        flags = message["flags"]
        told |= {
            "response_message_id": message["id"],
            "response_message_loading": bool(flags & LOADING),
            "response_message_ephemeral": bool(flags & EPHEMERAL),
        }
        return {"interaction": told, "resource": {"type": asked.kind, "message": message}}

    async def hook_get(self, request: web.Request) -> Any:
        return self._hooked(request)

    async def hook_edit(self, request: web.Request) -> Any:
        message = self._hooked(request)
        message["flags"] &= ~LOADING
        return await self._change(message, request)

    async def hook_delete(self, request: web.Request) -> Any:
        del self.world.messages[int(self._hooked(request)["id"])]

    async def followup(self, request: web.Request) -> Any:
        asked = self._asked(request)
        payload, files = await self._body(request)
        return self._new(asked.channel, payload, files, asked)

    async def post(self, request: web.Request) -> Any:
        channel = self._channel(request)
        payload, files = await self._body(request)
        known = (channel, str(payload.get("nonce") or ""))
        if payload.get("enforce_nonce") and known in self.world.nonces:
            return self.world.messages[self.world.nonces[known]]
        message = self._new(channel, payload, files)
        if known[1]:
            self.world.nonces[known] = int(message["id"])
        return message

    async def edit(self, request: web.Request) -> Any:
        return await self._change(self._message(request), request)

    async def delete(self, request: web.Request) -> Any:
        del self.world.messages[int(self._message(request)["id"])]

    async def react(self, request: web.Request) -> Any:
        self._bot(request)
        self._channel(request)
        if int(request.match_info["message"]) not in self.world.messages:
            raise RefusedError(404, 10008, "Unknown Message")
        self.world.reactions[int(request.match_info["message"])] = request.match_info["emoji"]

    def _bot(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bot {self.world.token}":
            raise RefusedError(401, 0, "401: Unauthorized")

    def _channel(self, request: web.Request) -> int:
        self._bot(request)
        channel = int(request.match_info["channel"])
        if channel in self.world.closed:
            raise RefusedError(403, 50001, "Missing Access")
        if channel not in {self.world.channel, *self.world.private.values()}:
            raise RefusedError(404, 10003, "Unknown Channel")
        return channel

    def _message(self, request: web.Request) -> dict[str, Any]:
        channel = self._channel(request)
        message = self.world.messages.get(int(request.match_info["message"]))
        if message is None or message["channel_id"] != str(channel) or message["flags"] & EPHEMERAL:
            raise RefusedError(404, 10008, "Unknown Message")
        if message["author"]["id"] != str(BOT):
            raise RefusedError(403, 50005, "Cannot edit a message authored by another user")
        return message

    def _asked(self, request: web.Request) -> Interaction:
        asked = self.world.interactions.get(request.match_info["token"])
        if asked is None or request.match_info["app"] != str(APP):
            raise RefusedError(404, 10015, "Unknown Webhook")
        if self.world.now() - asked.born > ENDS:
            raise RefusedError(401, 50027, "Invalid Webhook Token")
        return asked

    def _hooked(self, request: web.Request) -> dict[str, Any]:
        asked, name = self._asked(request), request.match_info["message"]
        message = self.world.messages.get(asked.message or 0 if name == "@original" else int(name))
        if message is None or message["author"]["id"] != str(BOT):
            raise RefusedError(404, 10008, "Unknown Message")
        return message

    async def _body(self, request: web.Request) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """The payload, and the attachment objects of its files."""
        if request.content_type == "application/json":
            return await request.json(), []
        if (request.content_length or 0) > rules.REQUEST:
            raise RefusedError(413, 40005, "Request entity too large")
        payload, files = {}, {}
        form = await request.post()
        for name, part in form.items():
            if name == "payload_json":
                payload = json.loads(str(part))
            elif found := re.fullmatch(r"files\[(\d+)\]", name):
                assert isinstance(part, web.FileField)
                data = part.file.read()
                if len(data) > self.world.upload:
                    raise RefusedError(413, 40005, "Request entity too large")
                kind = "video/mp4" if part.filename.endswith(".mp4") else "application/octet-stream"
                files[int(found[1])] = self.world.keep(data, part.filename, kind)
        return payload, [files[number] for number in sorted(files)]

    def _wrong_response(self, asked: Interaction, files: int) -> str:
        if asked.kind in {6, 7} and asked.payload["type"] != 3:
            return "type: only for components"
        if asked.kind == 9:
            return rules.modal(asked.data)
        return rules.message(asked.data, files) if asked.kind in {4, 7} else ""

    def _respond(self, asked: Interaction, files: list[dict[str, Any]]) -> dict[str, Any] | None:
        if asked.kind in {4, 5}:
            payload = asked.data
            if asked.kind == 5:
                payload = {"content": "", "flags": payload.get("flags", 0) | LOADING}
            message = self._new(asked.channel, payload, files, asked)
            asked.message = int(message["id"])
            return message
        if asked.kind in {6, 7}:
            asked.message = int(asked.payload["message"]["id"])
        return None

    def _new(
        self,
        channel: int,
        payload: dict[str, Any],
        files: list[dict[str, Any]],
        asked: Interaction | None = None,
    ) -> dict[str, Any]:
        if wrong := rules.message(payload, len(files)):
            raise RefusedError(400, 50035, f"Invalid Form Body: {wrong}")
        fields: dict[str, Any] = {
            "content": payload.get("content") or "",
            "attachments": files,
            "components": payload.get("components") or [],
            "flags": payload.get("flags", 0),
        }
        if asked:
            owner = {
                "id": str(asked.id),
                "type": asked.payload["type"],
                "user": self.world.user(asked.user),
                "authorizing_integration_owners": {},
            }
            fields |= {"interaction_metadata": owner, "webhook_id": str(APP), "application_id": str(APP)}
        if payload.get("message_reference"):
            fields |= {"type": 19, "message_reference": payload["message_reference"]}
        self._notify(payload)
        return self.world.write(BOT, channel, **fields)

    async def _change(self, message: dict[str, Any], request: web.Request) -> dict[str, Any]:
        payload, files = await self._body(request)
        if wrong := rules.message(payload, len(files)):
            raise RefusedError(400, 50035, f"Invalid Form Body: {wrong}")
        if "attachments" in payload:
            kept = {str(each.get("id")) for each in payload["attachments"] or []}
            message["attachments"] = [each for each in message["attachments"] if each["id"] in kept]
        message["attachments"] = [*message["attachments"], *files]
        for name in ("content", "components"):
            if name in payload:
                message[name] = payload[name] or ([] if name == "components" else "")
        message["edited_timestamp"] = self.world.stamp()
        self.world.said.append(message["content"])
        self._notify(payload)
        return message

    def _notify(self, payload: dict[str, Any]) -> None:
        """Without allowed_mentions, or with more than none, a mention in the content reaches people."""
        allowed = payload.get("allowed_mentions")
        quiet = allowed is not None and not any(allowed.get(name) for name in ("parse", "users", "roles"))
        if _MENTION.search(payload.get("content") or "") and not quiet:
            self.world.pinged.append(payload["content"])
        if (allowed is None or allowed.get("replied_user")) and payload.get("message_reference"):
            self.world.pinged.append(f"reply: {payload.get('content')}")
