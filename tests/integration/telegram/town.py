"""The whole house on loopback: Redis, worker, delivery and bot as processes, and Telegram's server."""

import itertools
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from tests.chaos.fleet import ROOT, Member
from tests.integration.telegram.people import Person
from tests.integration.telegram.server import TOKEN, BotApi
from tests.patience import PATIENCE
from tests.redis_server import RedisServer

RENDERER = "tests.integration.telegram.renderer:build"
"""s after which something will not happen any more."""

STAGE = -1_009_999
"""The channel to which results for guest chats are uploaded."""
T = TypeVar("T")
_IDS = itertools.count(1001)


class Town:
    """Processes in a folder; people move in with ids of their own, so that tests do not meet."""

    def __init__(self, folder: Path, *, renderer: str = RENDERER, **settings: str) -> None:
        self.folder = folder
        self.api = BotApi()
        self.redis = RedisServer(folder / "redis")
        self._renderer = renderer
        self._settings = settings
        self.members: dict[str, Member] = {}
        self.ready: Callable[[], bool] = lambda: bool(self.api.calls["getUpdates"])

    def __enter__(self) -> "Town":
        self.redis.start()
        self.api.__enter__()
        self.open("bot", "bot", "telegram")
        self.open("worker", "worker", "run")
        self.open("deliver", "worker", "deliver")
        self.until(self.ready)
        return self

    def __exit__(self, *_: object) -> None:
        for member in self.members.values():
            member.end()
        self.api.__exit__()
        self.redis.stop()

    def open(self, name: str, *argv: str) -> Member:
        """Start a program of ours."""
        command = [sys.executable, "-m", *argv]
        self.members[name] = Member(command, self.environment(), self.folder / f"{name}.log")
        return self.members[name]

    def close(self, name: str) -> None:
        """End a program for good."""
        self.members.pop(name).end()

    def restart(self, name: str) -> None:
        """End a program and start it again."""
        self.members[name].end()
        polls = self.api.calls["getUpdates"]
        self.members[name].start()
        if name == "bot":
            self.until(lambda: self.api.calls["getUpdates"] > polls)

    def person(self, *, group: bool = False, language: str = "en") -> Person:
        """Somebody new, in a chat of their own."""
        number = next(_IDS)
        return Person(self.api, id=number, language=language, group=-1_000_000 - number if group else 0)

    def until(self, happens: Callable[[], T], patience: float = PATIENCE) -> T:
        """Wait until it does; returns what it gave."""
        deadline = time.monotonic() + patience
        while not (found := happens()):
            assert time.monotonic() < deadline, f"nothing happened\n{self.logs()[-4000:]}"
            time.sleep(0.02)
        return found

    def result(self, person: Person, count: int = 1, patience: float = PATIENCE) -> dict[str, Any]:
        """The newest of `count` results in this person's chat."""
        return self.until(
            lambda: (r := self.api.world.results(person.chat)) and len(r) >= count and r[-1], patience
        )

    def answer(self, person: Person, *, after: int = 0) -> dict[str, Any]:
        """The bot's next message to this person."""
        found = self.until(
            lambda: [each for each in self.api.world.ours(person.chat) if each["message_id"] > after]
        )
        return found[0]

    def settled(self, seconds: float = 0.7) -> None:
        """Long enough for a mistake to show: a second message, an edit too many."""
        time.sleep(seconds)

    def logs(self) -> str:
        return "".join(path.read_text() for path in sorted(self.folder.glob("*.log")))

    def environment(self) -> dict[str, str]:
        """Of every program; nothing of ours is inherited."""
        mine = {name: value for name, value in os.environ.items() if not name.startswith("IMMERSIVAUDIO")}
        settings = {
            "QUEUE_DATA": str(self.folder),
            "QUEUE_LEASE": "1.0",
            "QUEUE_PER_USER": "50",
            "WORKER_RENDERER": self._renderer,
            "WORKER_EDIT_EVERY": "0.2",
            "WORKER_PLACE_AFTER": "1.0",
            "WORKER_SCRATCH": str(self.folder),
            "WORKER_LOG_LEVEL": "DEBUG",
            "BOT_LOG_LEVEL": "DEBUG",
            "BOT_REQUESTS_PER_MINUTE": "6000",
            "BOT_REQUESTS_BURST": "1000",
            "BOT_TALK_PER_MINUTE": "6000",
            "BOT_TALK_BURST": "1000",
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API": self.api.url,
        } | self._settings
        ours = {f"IMMERSIVAUDIO_{name}": value for name, value in settings.items()}
        return mine | ours | {"REDIS_URL": self.redis.url, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
