"""What is true on the loopback platform: people, places, messages, files. The judge reads it."""

import itertools
import subprocess
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.patience import undisturbed

EPOCH = 1_420_070_400.0
"""s: the first second of 2015, where snowflakes begin."""
APP, BOT, GUILD, CHANNEL, OWNER = 700_000_000_000_000_001, 700_000_000_000_000_001, 1, 2, 3
CONTENT_INTENT = 1 << 15
MANAGE_GUILD, MANAGE_MESSAGES = 1 << 5, 1 << 13
ENDS = 15 * 60.0
"""s an interaction's token lives."""


@dataclass
class Interaction:
    """One interaction, from its event to the end of its token."""

    id: int
    token: str
    born: float
    user: int
    channel: int
    payload: dict[str, Any]
    sent: float = 0.0
    """When its event was sent, by `World.clock`."""
    answered: float | None = None
    """Seconds from the event to the acknowledgement."""
    kind: int = 0
    """Type of the response."""
    data: dict[str, Any] = field(default_factory=dict)
    message: int | None = None
    """@original."""


class World:
    """Everything; times are by its own clock, which a test may push."""

    def __init__(self, token: str = "loopback-token") -> None:
        self.token = token
        self.skew = 0.0
        self.url = ""
        self.messages: dict[int, dict[str, Any]] = {}
        self.said: list[str] = []
        self.reactions: dict[int, str] = {}
        """Every content that a message of the bot ever had."""
        self.pinged: list[str] = []
        """Contents that reached somebody's notifications."""
        self.files: dict[int, tuple[bytes, str]] = {}
        self.interactions: dict[str, Interaction] = {}
        self.commands: list[dict[str, Any]] = []
        self.nonces: dict[tuple[int, str], int] = {}
        self.calls: Counter[str] = Counter()
        self.content_allowed = False
        self.upload = 10 * 2**20
        self.permissions = 0
        self.guild = self.snowflake()
        self.channel = self.snowflake()
        self.closed: set[int] = set()
        """Channels in which the bot is not."""
        self.where = "guild"
        """Where people use commands: our "guild", one not ours ("abroad"), alone with us ("direct")."""
        self.private: dict[int, int] = {}
        """User -> their direct channel."""
        self.programs: Mapping[str, subprocess.Popen[bytes]] = {}
        """Those of ours that serve the platform here."""
        self.requests: list[str] = []
        """Methods and paths, in order."""

    _count = itertools.count()

    def clock(self) -> float:
        """Seconds in which neither we nor the programs waited for a processor."""
        return undisturbed(program.pid for program in self.programs.values())

    def now(self) -> float:
        """Unix time here, s."""
        return time.time() + self.skew

    def snowflake(self) -> int:
        """A new id."""
        return int((self.now() - EPOCH) * 1000) << 22 | next(self._count) & 0x3FFFFF

    def stamp(self) -> str:
        """ISO 8601."""
        return time.strftime("%Y-%m-%dT%H:%M:%S.000000+00:00", time.gmtime(self.now()))

    def user(self, user: int) -> dict[str, Any]:
        """A user object."""
        name = "scorer" if user == BOT else f"user{user}"
        return {
            "id": str(user),
            "username": name,
            "discriminator": "0",
            "global_name": name,
            "avatar": None,
            "bot": user == BOT,
            "public_flags": 0,
        }

    def member(self, user: int) -> dict[str, Any]:
        """A guild member object, as interactions and messages have it."""
        return {
            "user": self.user(user),
            "roles": [],
            "joined_at": "2024-01-01T00:00:00.000000+00:00",
            "deaf": False,
            "mute": False,
            "flags": 0,
            "permissions": str(self.permissions),
        }

    def channel_object(self, channel: int) -> dict[str, Any]:
        """A text channel, or a direct one."""
        if channel in self.private.values():
            return {"id": str(channel), "type": 1, "recipients": [], "flags": 0}
        return {
            "id": str(channel),
            "type": 0,
            "name": "films",
            "position": 0,
            "permission_overwrites": [],
            "guild_id": str(self.guild),
            "topic": None,
            "nsfw": False,
            "parent_id": None,
            "rate_limit_per_user": 0,
            "flags": 0,
        }

    def keep(self, data: bytes, name: str, media_type: str) -> dict[str, Any]:
        """A file on the CDN; returns its attachment object."""
        file = self.snowflake()
        self.files[file] = (data, media_type)
        url = f"{self.url}/attachments/{self.channel}/{file}/{name}?ex=1&is=1&hm=00"
        return {
            "id": str(file),
            "filename": name,
            "size": len(data),
            "url": url,
            "proxy_url": url,
            "content_type": media_type,
        }

    def write(self, author: int, channel: int, **fields: Any) -> dict[str, Any]:
        """A new message."""
        message = self.snowflake()
        self.messages[message] = {
            "id": str(message),
            "channel_id": str(channel),
            "author": self.user(author),
            "content": "",
            "timestamp": self.stamp(),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "pinned": False,
            "type": 0,
            "flags": 0,
            "components": [],
        } | fields
        if author == BOT:
            self.said.append(self.messages[message]["content"])
        return self.messages[message]

    def of_bot(self) -> list[dict[str, Any]]:
        """Its messages, oldest first."""
        return [each for each in self.messages.values() if each["author"]["id"] == str(BOT)]

    def results(self) -> list[dict[str, Any]]:
        """Its messages that carry a file."""
        return [each for each in self.of_bot() if each["attachments"]]

    def bytes_of(self, message: dict[str, Any]) -> bytes:
        """The file of a message."""
        return self.files[int(message["attachments"][0]["id"])][0]
