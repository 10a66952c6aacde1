"""What every part of the frontend shares."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import aiohttp
import discord

from bot.service import ScoringService
from bot.validation import UploadLimits
from immersivaudio.chat.discord import DiscordSettings
from immersivaudio.queue import Preferences, Queue

NOBODY = discord.AllowedMentions.none()
T = TypeVar("T")
_AT_ONCE = 8
"""Acknowledged requests on their way into the job store."""
_PRESSED = 5.0
"""s within which the same button means the same wish."""
_REMEMBERED = 20_000
"""Users whose language, and updates whose id, are remembered in memory."""


@dataclass(slots=True)
class DiscordContext:
    """Built once in `main`."""

    service: ScoringService
    settings: DiscordSettings
    web: aiohttp.ClientSession
    """For attachments: knows no token."""
    command_ids: Mapping[str, int] = field(default_factory=dict)
    """Of slash commands, by name, as Discord gave them."""
    _uploads: dict[str, int] = field(default_factory=dict)
    _hands: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))
    _languages: dict[str, str] = field(default_factory=dict)
    _seen: dict[str, None] = field(default_factory=dict)
    _presses: dict[str, float] = field(default_factory=dict)
    _busy: "set[asyncio.Task[Any]]" = field(default_factory=set)

    @property
    def queue(self) -> Queue:
        """The queue of the service."""
        return self.service.queue

    @property
    def limits(self) -> UploadLimits:
        """Of an attachment."""
        return self.service.limits(self.settings.fetch_limit, "remedy.trim")

    def first(self, update: str) -> bool:
        """False for an update that this process has seen: a gateway may tell twice."""
        if update in self._seen:
            return False
        _put(self._seen, update, None)
        return True

    def first_press(self, job: str, verb: str) -> bool:
        """False for a button that was pressed a moment ago: fast presses are one wish."""
        now, press = time.monotonic(), f"{job}:{verb}"
        fresh = now - self._presses.get(press, -_PRESSED) >= _PRESSED
        if fresh:
            _put(self._presses, press, now)
        return fresh

    def learn_upload(self, place: str, size: int) -> None:
        """Remember what an interaction said of the largest file that may be sent to a server or a user."""
        _put(self._uploads, place, size)

    def upload(self, place: str, known: int) -> int:
        """Bytes of one file there: what Discord last said, else `known`, which a library wrote down."""
        return self._uploads.get(place, known)

    def locale(self, user: str, platforms: str) -> str:
        """Return the user's language if it is in memory, else the platform's."""
        return self._languages.get(user) or platforms

    async def guest(self, user: str, guild: str) -> Preferences | None:
        """Return the choices that count for a user here; None for a blocked user."""
        choices = await self.service.guest(user, scope(guild) if guild else "")
        self.learn(user, choices.language if choices else None)
        return choices

    @asynccontextmanager
    async def busy(self) -> AsyncIterator[None]:
        """While an acknowledged request goes into the job store: a few at once.

        The next ones wait for their acknowledgement, which is more urgent.
        """
        task = asyncio.current_task()
        self._busy |= {task} if task else set()
        try:
            async with self._hands:
                yield
        finally:
            self._busy -= {task} if task else set()

    async def finish(self, patience: float) -> None:
        """Wait for those requests, at most `patience` seconds."""
        if self._busy:
            await asyncio.wait(self._busy, timeout=patience)

    def learn(self, user: str, language: str | None) -> None:
        """Remember the language for the next acknowledgement, which has no time to look it up."""
        if language:
            _put(self._languages, user, language)
        else:
            self._languages.pop(user, None)


class DiscordClient(discord.AutoShardedClient):
    """A client with a context."""

    context: DiscordContext


Interaction = discord.Interaction[DiscordClient]


def scope(guild: str) -> str:
    """Where the choices of a server are kept."""
    return f"guild:discord:{guild}"


def name_of(user: discord.abc.User) -> str:
    """A user, unique over all platforms."""
    return f"discord:{user.id}"


def _put(memory: dict[str, T], key: str, value: T) -> None:
    memory.pop(key, None)
    memory[key] = value
    if len(memory) > _REMEMBERED:
        del memory[next(iter(memory))]
