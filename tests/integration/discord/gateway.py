"""The gateway: HELLO, IDENTIFY, READY, heartbeats, RESUME, and events in order.
https://docs.discord.com/developers/events/gateway"""

import asyncio
import json
import zlib
from typing import Any

from aiohttp import WSMsgType, web

from tests.integration.discord.world import APP, BOT, CONTENT_INTENT, World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, INVALID, HELLO, ACK = 0, 1, 2, 6, 9, 10, 11


class Session:
    """One session of the bot; survives its connections."""

    def __init__(self, number: int, intents: int) -> None:
        self.id = f"session-{number}"
        self.intents = intents
        self.events: list[tuple[str, Any]] = []
        self.socket: Socket | None = None


class Socket:
    """One connection, compressed as asked for."""

    def __init__(self, socket: web.WebSocketResponse, compress: str) -> None:
        self.socket = socket
        self._zlib = zlib.compressobj() if compress == "zlib-stream" else None

    async def send(self, op: int, data: Any = None, event: str | None = None, seq: int | None = None) -> None:
        text = json.dumps({"op": op, "d": data, "t": event, "s": seq})
        if self._zlib is None:
            await self.socket.send_str(text)
        else:
            await self.socket.send_bytes(
                self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
            )


class Gateway:
    """All sessions; events go to the newest one that is connected."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.sessions: dict[str, Session] = {}
        self.ready = asyncio.Event()
        self.opened: list[Session] = []

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        wire = Socket(socket, request.query.get("compress", ""))
        await wire.send(HELLO, {"heartbeat_interval": 20_000})
        session: Session | None = None
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            said = json.loads(message.data)
            if said["op"] == HEARTBEAT:
                await wire.send(ACK)
            elif said["op"] == IDENTIFY:
                session = await self._identify(wire, said["d"])
            elif said["op"] == RESUME:
                session = await self._resume(wire, said["d"])
        if session and session.socket is wire:
            session.socket = None
        return socket

    async def dispatch(self, event: str, data: Any) -> None:
        """Tell the bot; kept for a resume where it is not connected."""
        session = self.opened[-1]
        session.events.append((event, data))
        if session.socket:
            await session.socket.send(DISPATCH, data, event, len(session.events))

    async def again(self, event: str, data: Any) -> None:
        """Tell the bot what it was told before, as a gateway may after a resume."""
        await self.dispatch(event, data)

    async def drop(self) -> None:
        """Cut the connection; the bot may resume."""
        socket = self.opened[-1].socket
        if socket:
            await socket.socket.close(code=4000)

    async def _identify(self, wire: Socket, data: dict[str, Any]) -> Session | None:
        if data["token"] != self.world.token:
            await wire.socket.close(code=4004)
            return None
        if data["intents"] & CONTENT_INTENT and not self.world.content_allowed:
            await wire.socket.close(code=4014)
            return None
        session = Session(len(self.sessions) + 1, data["intents"])
        session.socket = wire
        self.sessions[session.id] = session
        self.opened.append(session)
        await self.dispatch("READY", self._ready(session, data.get("shard", [0, 1])))
        await self.dispatch("GUILD_CREATE", self._guild())
        self.ready.set()
        return session

    async def _resume(self, wire: Socket, data: dict[str, Any]) -> Session | None:
        session = self.sessions.get(data["session_id"])
        if session is None:
            await wire.send(INVALID, False)
            return None
        session.socket = wire
        for seq, (event, told) in enumerate(session.events[data["seq"] :], data["seq"] + 1):
            await wire.send(DISPATCH, told, event, seq)
        await self.dispatch("RESUMED", {})
        return session

    def _ready(self, session: Session, shard: list[int]) -> dict[str, Any]:
        return {
            "v": 10,
            "user": self.world.user(BOT),
            "guilds": [{"id": str(self.world.guild), "unavailable": True}],
            "session_id": session.id,
            "resume_gateway_url": f"{self.world.url.replace('http', 'ws')}/gateway",
            "shard": shard,
            "application": {"id": str(APP), "flags": 0},
        }

    def _guild(self) -> dict[str, Any]:
        guild = str(self.world.guild)
        role = {
            "id": guild,
            "name": "@everyone",
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "position": 0,
            "permissions": "0",
            "managed": False,
            "mentionable": False,
            "flags": 0,
        }
        return {
            "id": guild,
            "name": "Films",
            "icon": None,
            "owner_id": "1",
            "afk_timeout": 60,
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "nsfw_level": 0,
            "premium_tier": 0,
            "premium_subscription_count": 0,
            "premium_progress_bar_enabled": False,
            "system_channel_flags": 0,
            "preferred_locale": "en-US",
            "features": [],
            "emojis": [],
            "stickers": [],
            "roles": [role],
            "channels": [self.world.channel_object(self.world.channel)],
            "threads": [],
            "members": [self.world.member(BOT)],
            "member_count": 2,
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
            "joined_at": "2024-01-01T00:00:00.000000+00:00",
            "large": False,
            "unavailable": False,
        }
