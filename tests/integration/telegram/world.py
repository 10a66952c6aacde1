"""The chats, users, messages and files of a Telegram of our own. The judge: it counts, nobody else does."""

import copy
import hashlib
import itertools
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.integration.telegram import rules
from tests.integration.telegram.rules import ApiError, bad

BOT = {"id": 700, "is_bot": True, "first_name": "Scorer", "username": "scorer_bot"}
_MEDIA = ("video", "audio", "document")


@dataclass
class File:
    """Bytes that Telegram keeps; `size` may be said to be more than is here."""

    data: bytes
    size: int
    name: str


@dataclass
class World:
    """Everything Telegram knows."""

    messages: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    chats: dict[str, dict[str, Any]] = field(default_factory=dict)
    admins: set[tuple[str, int]] = field(default_factory=set)
    blocked: set[str] = field(default_factory=set)
    presses: dict[str, str] = field(default_factory=dict)
    """Id of a press -> what was answered; "" until then."""
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    local: Path | None = None
    """The folder of a server that was started with --local: it hands out paths, of files of any size."""
    queries: dict[str, str] = field(default_factory=dict)
    """Id of a guest query -> inline id of its answer; "" until then."""
    inline: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Messages by inline id."""
    reactions: dict[tuple[str, int], str] = field(default_factory=dict)
    sent: int = 0
    """Messages that the bot ever sent."""
    edits: int = 0
    parse_modes: list[str] = field(default_factory=list)
    _ids: Any = field(default_factory=lambda: itertools.count(1))

    def chat(self, chat: int, kind: str = "private") -> dict[str, Any]:
        """Know a chat."""
        known = {"id": chat, "type": kind}
        return self.chats.setdefault(str(chat), known | ({"title": "Group"} if kind != "private" else {}))

    def keep(self, data: bytes, name: str, size: int | None = None) -> dict[str, Any]:
        """Keep a file; what a message says of it."""
        unique = hashlib.sha256(data).hexdigest()[:16]
        file_id = f"AgAD{next(self._ids)}-{unique}"
        self.files[file_id] = File(data, len(data) if size is None else size, name)
        return {"file_id": file_id, "file_unique_id": unique, "file_size": self.files[file_id].size}

    def post(self, chat: str, author: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
        """A new message, by anybody."""
        number = next(self._ids)
        message = {
            "message_id": number,
            "date": int(time.time()),
            "chat": self.chats[chat],
            "from": author,
            **body,
        }
        self.messages[chat, number] = message
        return message

    def say(self, call: dict[str, Any]) -> dict[str, Any]:
        """sendMessage."""
        chat = self._chat(call)
        text = rules.check_text(call.get("text"))
        markup = rules.check_markup(call.get("reply_markup"))
        body: dict[str, Any] = {"text": text} | self._found(text, "entities")
        if markup:
            body["reply_markup"] = markup
        answered = call.get("reply_parameters")
        if answered:
            known = self.messages.get((chat, int(answered["message_id"])))
            if known is None and not answered.get("allow_sending_without_reply"):
                raise bad("message to be replied not found")
            if known:
                body["reply_to_message"] = self.flat(known)
        self.sent += 1
        self._style(call)
        return self.post(chat, BOT, body)

    def answer_guest(self, call: dict[str, Any]) -> dict[str, Any]:
        """answerGuestQuery: once, with a text; the bot is no member of the chat."""
        if self.queries.get(call["guest_query_id"]) != "":
            raise bad("query is too old and response timeout expired or query ID is invalid")
        result = call["result"]
        if result["type"] != "article" or not result["id"] or not result["title"]:
            raise bad("can't parse inline query result")
        text = rules.check_text(result["input_message_content"]["message_text"])
        number = f"inline-{next(self._ids)}"
        self.queries[call["guest_query_id"]] = number
        self.inline[number] = {"text": text}
        return {"inline_message_id": number}

    def edit_inline(self, call: dict[str, Any]) -> bool:
        """editMessageText and editMessageMedia by an inline id: no new file can be uploaded."""
        if call["inline_message_id"] not in self.inline:
            raise bad("MESSAGE_ID_INVALID")
        if rules.check_markup(call.get("reply_markup")):
            raise bad("presses come without a chat: nobody could understand them")
        if "media" not in call:
            self.inline[call["inline_message_id"]] = {"text": rules.check_text(call.get("text"))}
            return True
        media = call["media"]
        if media["media"] not in self.files:
            raise bad("wrong file identifier/HTTP URL specified")
        caption = rules.check_caption(media.get("caption"))
        rules.marked(caption, media.get("caption_entities") or ())
        self.inline[call["inline_message_id"]] = {media["type"]: media["media"], "caption": caption}
        return True

    def send_video(self, call: dict[str, Any], parts: dict[str, tuple[str, bytes]]) -> dict[str, Any]:
        """sendVideo, of an uploaded file."""
        name, data = parts[call["video"].removeprefix("attach://")] if "video" in call else parts["video"]
        shape = {"width": 320, "height": 180, "duration": 3}
        self.sent += 1
        return self.post(self._chat(call), BOT, {"video": self.keep(data, name) | shape})

    def edit_text(self, call: dict[str, Any]) -> dict[str, Any]:
        """editMessageText."""
        message = self._own(call)
        text = rules.check_text(call.get("text"))
        if "text" not in message:
            raise bad("there is no text in the message to edit")
        self._style(call)
        return self._change(message, {"text": text} | self._found(text, "entities"), call)

    def edit_media(self, call: dict[str, Any], parts: dict[str, tuple[str, bytes]]) -> dict[str, Any]:
        """editMessageMedia: other media, or media in place of text."""
        message = self._own(call)
        media = call["media"]
        if media["type"] not in _MEDIA:
            raise bad("unsupported media type")
        caption = rules.check_caption(media.get("caption"))
        where = media["media"]
        if not where.startswith("attach://") or where[9:] not in parts:
            raise bad("wrong file identifier/HTTP URL specified")
        name, data = parts[where[9:]]
        if not data:
            raise bad("file must be non-empty")
        self._style(media)
        unique = hashlib.sha256(data).hexdigest()[:16]
        old = next((message[kind] for kind in _MEDIA if kind in message), None)
        kept = old if old and old["file_unique_id"] == unique else self.keep(data, name)
        mime = {"video": "video/mp4", "audio": "audio/mpeg"}.get(media["type"], "application/zip")
        if media["type"] == "audio" and not name.endswith((".mp3", ".m4a")):
            raise bad("wrong file type")
        shape = self._shape(media, parts) if media["type"] != "document" else {}
        if media["type"] == "audio":
            shape = {"duration": shape["duration"]} | {
                at: media[at] for at in ("title", "performer") if at in media
            }
        medium = kept | shape | {"file_name": name, "mime_type": mime}
        body = {media["type"]: medium} | ({"caption": caption} if caption else {})
        marks = rules.marked(caption, media.get("caption_entities") or ())
        return self._change(message, body | ({"caption_entities": marks} if marks else {}), call)

    def _shape(self, media: dict[str, Any], parts: dict[str, tuple[str, bytes]]) -> dict[str, Any]:
        """What is known of a video before it is loaded: what was told of it."""
        shape: dict[str, Any] = {name: int(media.get(name) or 0) for name in ("width", "height", "duration")}
        where = media.get("thumbnail") or ""
        if where:
            if where[9:] not in parts:
                raise bad("wrong file identifier/HTTP URL specified")
            picture = parts[where[9:]][1]
            kept = self.keep(picture, "thumbnail.jpg") | rules.check_thumbnail(picture)
            unique = kept["file_unique_id"]
            self.files[unique] = self.files[kept["file_id"]]
            shape["thumbnail"] = kept | {"file_id": unique}  # the same picture again is no change
        return shape

    def edit_markup(self, call: dict[str, Any]) -> dict[str, Any]:
        """editMessageReplyMarkup: the same message with other buttons."""
        message = self._own(call)
        held = {"message_id", "date", "chat", "from", "reply_to_message", "edit_date", "reply_markup"}
        return self._change(message, {n: v for n, v in message.items() if n not in held}, call)

    def acts(self, call: dict[str, Any]) -> bool:
        """sendChatAction."""
        self._chat(call)
        if call["action"] not in {
            "typing",
            "upload_photo",
            "upload_video",
            "upload_voice",
            "upload_document",
        }:
            raise bad("wrong parameter action in request")
        return True

    def react(self, call: dict[str, Any]) -> bool:
        """setMessageReaction: one of the signs that Telegram knows."""
        key = (self._chat(call), int(call["message_id"]))
        if key not in self.messages:
            raise bad("message to react not found")
        for each in call.get("reaction") or ():
            if each["type"] != "emoji" or each["emoji"] not in rules.REACTIONS:
                raise bad("REACTION_INVALID")
            self.reactions[key] = each["emoji"]
        return True

    def delete(self, call: dict[str, Any]) -> bool:
        """deleteMessage."""
        key = (self._chat(call), int(call["message_id"]))
        if key not in self.messages:
            raise bad("message to delete not found")
        if self.messages[key]["from"] != BOT:
            raise bad("message can't be deleted")
        del self.messages[key]
        return True

    def file(self, call: dict[str, Any], limit: int) -> dict[str, Any]:
        """getFile."""
        known = self.files.get(call["file_id"])
        if known is None:
            raise bad("wrong file_id or the file is temporarily unavailable")
        if known.size > limit and not self.local:
            raise bad("file is too big")
        unique = hashlib.sha256(known.data).hexdigest()[:16]
        path = f"videos/{call['file_id']}"
        if self.local:
            path = str(self.local / call["file_id"])
            Path(path).write_bytes(known.data)
        return {
            "file_id": call["file_id"], "file_unique_id": unique, "file_size": known.size, "file_path": path
        }  # fmt: skip

    def toast(self, call: dict[str, Any]) -> bool:
        """answerCallbackQuery."""
        if call["callback_query_id"] not in self.presses:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        text = call.get("text") or ""
        if len(text) > rules.TOAST:
            raise bad("MESSAGE_TOO_LONG")
        self.presses[call["callback_query_id"]] = text or "."
        return True

    def member(self, call: dict[str, Any]) -> dict[str, Any]:
        """getChatMember."""
        chat, user = self._chat(call), int(call["user_id"])
        person = {"id": user, "is_bot": False, "first_name": "P"}
        if (chat, user) not in self.admins:
            return {"status": "member", "user": person}
        return {"status": "creator", "user": person, "is_anonymous": False}

    @staticmethod
    def flat(message: dict[str, Any]) -> dict[str, Any]:
        """A message as another one quotes it: without the message it replies to itself."""
        return {name: value for name, value in message.items() if name != "reply_to_message"}

    def ours(self, chat: int | None = None) -> list[dict[str, Any]]:
        """The bot's messages that are there now, oldest first."""
        return [
            copy.deepcopy(message)
            for (where, _), message in sorted(self.messages.items(), key=lambda item: item[0][1])
            if message["from"] == BOT and (chat is None or where == str(chat))
        ]

    def results(self, chat: int | None = None) -> list[dict[str, Any]]:
        """Those that carry a file."""
        return [message for message in self.ours(chat) if any(kind in message for kind in _MEDIA)]

    def _chat(self, call: dict[str, Any]) -> str:
        chat = str(call["chat_id"])
        if chat in self.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if chat not in self.chats:
            raise bad("chat not found")
        return chat

    def _own(self, call: dict[str, Any]) -> dict[str, Any]:
        message = self.messages.get((self._chat(call), int(call["message_id"])))
        if message is None:
            raise bad("message to edit not found")
        if message["from"] != BOT:
            raise bad("message can't be edited")
        return message

    def _change(self, message: dict[str, Any], body: dict[str, Any], call: dict[str, Any]) -> dict[str, Any]:
        markup = rules.check_markup(call.get("reply_markup"))
        body = body | ({"reply_markup": markup} if markup else {})
        held = ("message_id", "date", "chat", "from", "reply_to_message")
        fixed = {name: message[name] for name in held if name in message}
        now = {name: value for name, value in message.items() if name not in fixed and name != "edit_date"}
        if now == body:
            raise bad(
                "message is not modified: specified new message content and reply markup are exactly "
                "the same as a current content and reply markup of the message"
            )
        self.edits += 1
        # A message of its own, for somebody may be reading the old one in another thread.
        changed = fixed | body | {"edit_date": int(time.time())}
        self.messages[str(message["chat"]["id"]), message["message_id"]] = changed
        return changed

    def _style(self, call: dict[str, Any]) -> None:
        if call.get("parse_mode"):
            self.parse_modes.append(call["parse_mode"])

    @staticmethod
    def _found(text: str, name: str) -> dict[str, Any]:
        found = rules.entities(text)
        return {name: found} if found else {}
