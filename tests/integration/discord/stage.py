"""The whole play: Redis, the platform, the bot in this process, worker and delivery adapter as programs."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from bot.discord.app import DiscordBot
from bot.discord.context import DiscordContext
from bot.service import ScoringService
from bot.settings import BotSettings
from immersivaudio.chat.discord import DiscordSettings
from immersivaudio.queue import Queue, QueueSettings
from tests.integration.discord.launch import point_at
from tests.integration.discord.server import Server
from tests.integration.discord.world import World
from tests.integration.worker.service import ROOT, Service
from tests.patience import PATIENCE

TOKEN = "loopback-token"
FREE = BotSettings(
    _env_file=None, requests_per_minute=6000, requests_burst=1000, talk_per_minute=6000, talk_burst=1000
)


class Stage(Service):
    """Worker and delivery adapter for a file of tests."""

    def __init__(self, folder: Path, port: int, renderer: str) -> None:
        super().__init__(folder, renderer, PLACE_AFTER="0.5", LOG_LEVEL="DEBUG")
        self.port = port
        self.settings = self.settings.model_copy(update={"lease": 2.0})
        self.environment |= {
            "LOOPBACK": f"http://127.0.0.1:{port}",
            "DISCORD_TOKEN": TOKEN,
            "IMMERSIVAUDIO_QUEUE_LEASE": "2",
            "IMMERSIVAUDIO_BOT_LOG_LEVEL": "DEBUG",
        }

    def start(self, command: str, *arguments: str) -> "subprocess.Popen[bytes]":
        argv = [sys.executable, "-m", "tests.integration.discord.launch", command, *arguments]
        with self.log(command).open("ab") as log:
            program = subprocess.Popen(argv, env=self.environment, cwd=ROOT, stdout=log, stderr=log)
        self.programs[command] = program
        return program

    def play(self, scene: "Callable[[Play], Coroutine[Any, Any, None]]", **chosen: Any) -> World:
        """One test: a platform and a bot of its own; returns the world as it was left."""

        async def played() -> World:
            world = World(TOKEN)
            world.programs = self.programs
            async with asyncio.timeout(2 * PATIENCE), Server(world, self.port) as server:
                point_at(server.world.url)
                async with Play.begin(server, self.settings, **chosen) as play:
                    await scene(play)
                return server.world

        return asyncio.run(played())


class Play:
    """What a scene needs."""

    def __init__(self, server: Server, queue: Queue, context: DiscordContext) -> None:
        self.server, self.world, self.queue, self.context = server, server.world, queue, context
        self.bot: DiscordBot | None = None
        self._task: asyncio.Task[None] | None = None

    @classmethod
    @asynccontextmanager
    async def begin(
        cls, server: Server, settings: QueueSettings, *, inside: bool = True, **discord: Any
    ) -> "AsyncIterator[Play]":
        """`inside` False: the scene starts the bot as a program of its own."""
        server.world.content_allowed = discord.get("message_content", False)
        patient = settings.model_copy(update={"patience": 2.0})
        async with Queue.connect(patient) as queue, aiohttp.ClientSession() as web:
            chosen = DiscordSettings(_env_file=None, token=TOKEN, **discord)
            play = cls(server, queue, DiscordContext(ScoringService(queue, FREE), chosen, web))
            if inside:
                await play.enter()
            try:
                yield play
            finally:
                if inside:
                    await play.leave()

    async def enter(self) -> None:
        """The bot starts, as after a restart: with nothing in memory."""
        self.context = DiscordContext(self.context.service, self.context.settings, self.context.web)
        self.server.gateway.ready.clear()
        self.bot = DiscordBot(self.context)
        self._task = asyncio.create_task(self.bot.start(TOKEN))
        waiting = asyncio.create_task(self.server.gateway.ready.wait())
        await asyncio.wait({waiting, self._task}, return_when=asyncio.FIRST_COMPLETED)
        if self._task.done():
            self._task.result()
        await self.bot.wait_until_ready()

    async def leave(self) -> None:
        """The bot stops."""
        assert self.bot
        assert self._task
        await self.bot.close()
        await self._task

    def clip(self, data: bytes = b"clip", name: str = "clip.mp4", kind: str = "video/mp4") -> dict[str, Any]:
        """A file that somebody attaches."""
        return self.world.keep(data, name, kind)
