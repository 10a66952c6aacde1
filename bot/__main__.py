"""`python -m bot api|mcp|telegram|discord|web`: one frontend, until SIGINT or SIGTERM."""

import argparse
import asyncio
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pkgutil import resolve_name

from redis.exceptions import RedisError

from bot.settings import BotSettings
from immersivaudio import installation, memory
from immersivaudio.errors import BackendUnavailableError, ImmersivaudioError
from immersivaudio.queue import Queue, QueueSettings
from immersivaudio.queue.connection import AWAY, in_words
from immersivaudio.queue.logs import configure

_PATIENCE = 8.0
"""s a frontend waits for Redis before it tells its user."""


@dataclass(frozen=True, slots=True)
class Frontend:
    """Where a frontend and its settings are, imported when it is started."""

    run: str
    settings: str
    needs: str = ""
    """A package of its extra, which is called like the frontend."""

    def check(self, name: str) -> None:
        """Raise `BackendUnavailableError` that says how to install what is missing."""
        if self.needs and find_spec(self.needs) is None:
            remedy = f"install it with: {installation.command(name)}"
            raise BackendUnavailableError(f"the frontend {name} needs {self.needs}", remedy)

    async def serve(self, settings: BotSettings, queue: QueueSettings) -> None:
        """Run until it is told to stop."""
        async with Queue.connect(queue) as door:
            with suppress(*AWAY):  # it is waited for, and /readyz says so
                await door.job_store.check_schema()
            await resolve_name(self.run)(settings, resolve_name(self.settings)(), door)


FRONTENDS: Mapping[str, Frontend] = {
    "api": Frontend("bot.api.app:run", "immersivaudio.chat.api:ApiSettings", "fastapi"),
    "discord": Frontend("bot.discord.app:run", "immersivaudio.chat.discord:DiscordSettings", "discord"),
    "mcp": Frontend("bot.mcp.app:run", "bot.mcp.settings:McpSettings", "mcp"),
    "telegram": Frontend("bot.telegram.app:run", "immersivaudio.chat.telegram:TelegramSettings", "telegram"),
    "web": Frontend("bot.web.app:run", "bot.web.settings:WebSettings", "gradio"),
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
        frontend = FRONTENDS[options.frontend]
        frontend.check(options.frontend)
        asyncio.run(frontend.serve(settings, queue))
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
