"""`python -m bot api|mcp|telegram|discord|web`: one frontend, until SIGINT or SIGTERM."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Mapping
from importlib.util import find_spec

from redis.exceptions import RedisError

from bot.settings import BotSettings
from immersivaudio import installation, memory
from immersivaudio.errors import BackendUnavailableError, ImmersivaudioError
from immersivaudio.queue import Queue, QueueSettings
from immersivaudio.queue.connection import in_words
from immersivaudio.queue.logs import configure

_PATIENCE = 8.0
"""s a frontend waits for Redis before it tells its user."""


def _telegram(settings: BotSettings, queue: QueueSettings) -> None:
    from bot.telegram.app import run
    from immersivaudio.chat.telegram import TelegramSettings

    async def serve() -> None:
        async with Queue.connect(queue) as door:
            await run(settings, TelegramSettings(), door)

    asyncio.run(serve())


def _discord(settings: BotSettings, queue: QueueSettings) -> None:
    from bot.discord.app import run
    from immersivaudio.chat.discord import DiscordSettings

    async def serve() -> None:
        async with Queue.connect(queue) as door:
            await run(settings, DiscordSettings(), door)

    asyncio.run(serve())


def _web(settings: BotSettings, queue: QueueSettings) -> None:
    if find_spec("gradio") is None:
        raise BackendUnavailableError(
            "the web page needs gradio", f"install it with: {installation.command('web')}"
        )
    from bot.web.app import run
    from bot.web.settings import WebSettings

    async def serve() -> None:
        async with Queue.connect(queue) as door:
            await run(settings, WebSettings(), door)

    asyncio.run(serve())


def _api(settings: BotSettings, queue: QueueSettings) -> None:
    if find_spec("fastapi") is None:
        raise BackendUnavailableError(
            "the API needs fastapi", f"install it with: {installation.command('api')}"
        )
    from bot.api.app import run
    from immersivaudio.chat.api import ApiSettings

    async def serve() -> None:
        async with Queue.connect(queue) as door:
            await run(settings, ApiSettings(), door)

    asyncio.run(serve())


def _mcp(settings: BotSettings, queue: QueueSettings) -> None:
    if find_spec("mcp") is None:
        raise BackendUnavailableError(
            "the MCP server needs mcp", f"install it with: {installation.command('mcp')}"
        )
    from bot.mcp.app import run
    from bot.mcp.settings import McpSettings

    async def serve() -> None:
        async with Queue.connect(queue) as door:
            await run(settings, McpSettings(), door)

    asyncio.run(serve())


FRONTENDS: Mapping[str, Callable[[BotSettings, QueueSettings], None]] = {
    "api": _api,
    "discord": _discord,
    "mcp": _mcp,
    "telegram": _telegram,
    "web": _web,
}


def main(argv: list[str] | None = None) -> int:
    """Do what the command line says; returns the exit status."""
    parser = argparse.ArgumentParser(prog="bot", description="Immersivaudio where people chat")
    parser.add_argument("frontend", choices=sorted(FRONTENDS))
    options = parser.parse_args(argv)
    memory.hide()
    try:
        installation.check_service()
        settings = BotSettings()
        configure(settings.log_level, plain=settings.log_plain)
        patient = QueueSettings()
        queue = patient.model_copy(update={"patience": min(_PATIENCE, patient.patience)})
        FRONTENDS[options.frontend](settings, queue)
    except ImmersivaudioError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except RedisError as error:  # its own message may quote what was sent
        sys.stderr.write(f"{in_words(error)}\n")
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
