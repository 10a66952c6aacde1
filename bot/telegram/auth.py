"""The door: who is let in, in which language they are spoken to, and how often they may knock."""

from telegram import Message, User

from bot.service import ScoringService
from bot.telegram.context import Sender, place_key, sender_of, user_key


class Authenticator:
    """Every handler begins here."""

    def __init__(self, service: ScoringService) -> None:
        self.service = service

    async def enter(self, user: User, message: Message, *, press: str = "") -> Sender | None:
        """The visit; None for those who are shut out. `press` is the id of a press under `message`."""
        place = place_key(message.chat.id)
        choices = await self.service.guest(user_key(user), place)
        if choices is None:
            return None
        update = f"press:{press}" if press else f"{message.chat.id}:{message.message_id}"
        return sender_of(user, message, update, choices)
