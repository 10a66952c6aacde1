"""People with a Telegram app: they send, reply and press; the server tells the bot."""

import itertools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.integration.telegram import rules
from tests.integration.telegram.server import BotApi
from tests.integration.telegram.world import BOT, World

_PRESSES = itertools.count(1)


@dataclass
class Person:
    """One user, in a private chat with the bot or in a group."""

    api: BotApi
    id: int = 42
    language: str = "en"
    group: int = 0

    def __post_init__(self) -> None:
        self.chat = self.group or self.id
        self.api.world.chat(self.chat, "supergroup" if self.group else "private")
        self.me = {"id": self.id, "is_bot": False, "first_name": "Ann", "language_code": self.language}

    def sends(self, body: dict[str, Any], *, reply_to: dict[str, Any] | None = None) -> dict[str, Any]:
        """A message of any kind."""
        if reply_to:
            body = body | {"reply_to_message": World.flat(reply_to)}
        message = self.api.world.post(str(self.chat), self.me, body)
        self.api.push(message=message)
        return message

    def writes(self, text: str, *, reply_to: dict[str, Any] | None = None) -> dict[str, Any]:
        """Words; Telegram marks mentions and commands in them."""
        marks = rules.entities(text)
        return self.sends({"text": text} | ({"entities": marks} if marks else {}), reply_to=reply_to)

    def sends_video(self, clip: Path | bytes, caption: str = "", **facts: Any) -> dict[str, Any]:
        """A video with a caption."""
        return self._file("video", clip, caption, {"width": 320, "height": 180, "duration": 3}, facts)

    def sends_photo(self, photo: Path | bytes, caption: str = "") -> dict[str, Any]:
        """A photo in two sizes."""
        data = _bytes(photo)
        small = self.api.world.keep(b"small", "s.jpg") | {"width": 90, "height": 60}
        large = self.api.world.keep(data, "l.jpg") | {"width": 1280, "height": 853}
        return self.sends({"photo": [small, large]} | _captioned(caption))

    def sends_document(self, data: bytes, mime: str, name: str, caption: str = "") -> dict[str, Any]:
        """A file as it is."""
        return self._file("document", data, caption, {}, {"mime_type": mime, "file_name": name})

    def sends_album(
        self, clips: list[bytes], caption: str = "", sizes: list[int | None] | None = None
    ) -> list[dict[str, Any]]:
        """Several videos at once: one update each, the caption on the first."""
        return [
            self._file(
                "video",
                clip,
                caption if number == 0 else "",
                {"width": 320, "height": 180, "duration": 3},
                {"size": sizes[number]} if sizes and sizes[number] else {},
                media_group_id="77",
            )
            for number, clip in enumerate(clips)
        ]

    def presses(self, message: dict[str, Any], verb: str) -> str:
        """A button, by the beginning of its data; returns the id of the press."""
        rows = message["reply_markup"]["inline_keyboard"]
        data = next(b["callback_data"] for row in rows for b in row if b["callback_data"].startswith(verb))
        return self.presses_data(message, data)

    def presses_data(self, message: dict[str, Any], data: str) -> str:
        """As a forged client may: any data."""
        press = str(next(_PRESSES) + 10_000_000)
        self.api.world.presses[press] = ""
        query = {"id": press, "from": self.me, "chat_instance": "1", "data": data}
        self.api.push(callback_query=query | {"message": message})
        return press

    def _file(
        self,
        kind: str,
        clip: Path | bytes,
        caption: str,
        shape: dict[str, Any],
        facts: dict[str, Any],
        **more: Any,
    ) -> dict[str, Any]:
        kept = self.api.world.keep(_bytes(clip), "clip.mp4", facts.pop("size", None))
        medium = kept | shape | facts
        return self.sends({kind: medium} | _captioned(caption) | more)


def mention() -> str:
    return f"@{BOT['username']}"


def _captioned(caption: str) -> dict[str, Any]:
    marks = rules.entities(caption)
    if not caption:
        return {}
    return {"caption": caption} | ({"caption_entities": marks} if marks else {})


def _bytes(clip: Path | bytes) -> bytes:
    return clip.read_bytes() if isinstance(clip, Path) else clip
