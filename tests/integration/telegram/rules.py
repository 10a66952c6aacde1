"""What the Bot API's documentation forbids, with the words the server uses, and what it finds in plain text.

Source: core.telegram.org/bots/api ("Making requests", sendMessage, editMessageMedia, ...).
"""

import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from PIL import Image

TEXT, CAPTION, CALLBACK, TOAST, PLACEHOLDER = 4096, 1024, 64, 200, 64
DOWNLOAD, UPLOAD = 20 * 2**20, 50 * 2**20
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")

REACTIONS = {"👍", "👎", "❤", "🔥", "🎉", "🤩", "👏", "😁", "🤔", "👌", "💯", "🙏"}
"""Some of those that a bot may set (core.telegram.org/bots/api#reactiontypeemoji)."""

_ENTITIES = {
    "mention": r"(?<![\w@])@[A-Za-z0-9_]{3,32}",
    "hashtag": r"(?<!\w)#\w+",
    "cashtag": r"(?<!\w)\$[A-Z]{1,8}\b",
    "bot_command": r"(?<![\w/])/[A-Za-z0-9_]{1,64}(@\w+)?",
    "email": r"[\w.+-]+@[\w-]+\.[A-Za-z]{2,}",
    "url": r"(?:(?:https?|tg|ftp)://[^\s\u2060]+|\b(?:[\w-]+\.)+(?:com|org|net|ru|me|io|dev|example)\b)",
}
_MARKS = {
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "code",
    "pre",
    "blockquote",
    "expandable_blockquote",
}
"""Kinds of entities that need no more than a place."""


class ApiError(Exception):
    """An answer with `ok` false."""

    def __init__(self, code: int, description: str, **parameters: object) -> None:
        self.code = code
        self.parameters = parameters
        super().__init__(description)


def bad(what: str) -> ApiError:
    return ApiError(400, f"Bad Request: {what}")


def entities(text: str) -> list[dict[str, Any]]:
    """What a client would make clickable, offsets in UTF-16 units."""
    found = []
    for kind, pattern in _ENTITIES.items():
        found += [
            {"type": kind, "offset": units(text[: hit.start()]), "length": units(hit[0])}
            for hit in re.finditer(pattern, text)
        ]
    return sorted(found, key=lambda entity: entity["offset"])


def marked(text: str, given: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The entities that were sent along, inside the text, and those that are found in it beside them."""
    end = units(text)
    for each in given:
        if each["type"] not in _MARKS or not 0 <= each["offset"] < each["offset"] + each["length"] <= end:
            raise bad("can't parse entities: wrong entity")
    sent = [{name: each[name] for name in ("type", "offset", "length")} for each in given]
    return sorted([*sent, *entities(text)], key=lambda entity: entity["offset"])


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def check_text(text: str | None) -> str:
    text = (text or "").strip()
    if not text:
        raise bad("message text is empty")
    if units(text) > TEXT:
        raise bad("message is too long")
    return text


def check_caption(text: str | None) -> str:
    text = (text or "").strip()
    if units(text) > CAPTION:
        raise bad("message caption is too long")
    return text


def check_thumbnail(data: bytes) -> dict[str, int]:
    """JPEG, less than 200 kB, no side above 320 px."""
    with Image.open(BytesIO(data)) as picture:
        if picture.format != "JPEG" or len(data) >= 200_000 or max(picture.size) > 320:
            raise bad("PHOTO_INVALID_DIMENSIONS")
        return {"width": picture.width, "height": picture.height}


def check_markup(markup: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """An inline keyboard (kept with the message) or a forced reply (not kept)."""
    if markup is None:
        return None
    if markup.get("force_reply"):
        hint = markup.get("input_field_placeholder")
        if hint is not None and not 1 <= len(hint) <= PLACEHOLDER:
            raise bad("INPUT_FIELD_PLACEHOLDER_INVALID")
        return None
    if "inline_keyboard" not in markup:
        raise bad("can't parse reply keyboard markup JSON object")
    for button in (button for row in markup["inline_keyboard"] for button in row):
        if not button.get("text"):
            raise bad("can't parse inline keyboard button: Text must be non-empty")
        if not 1 <= len(button.get("callback_data", "").encode()) <= CALLBACK:
            raise bad("BUTTON_DATA_INVALID")
        if button.get("style", "primary") not in {"primary", "success", "danger"}:
            raise bad("can't parse inline keyboard button: Button style is invalid")
    return dict(markup) if any(markup["inline_keyboard"]) else None


def check_commands(commands: list[dict[str, str]]) -> None:
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not COMMAND.fullmatch(command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
