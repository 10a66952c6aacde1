"""The door: who is let in, in which language they are spoken to, and how often they may knock."""

from telegram import Message, User

from bot.reception import Reception
from bot.telegram.visit import Visit, place_key, user_key, visit


class Door:
    """Every handler begins here."""

    def __init__(self, reception: Reception) -> None:
        self.reception = reception

    async def enter(self, user: User, message: Message, *, press: str = "") -> Visit | None:
        """The visit; None for those who are shut out. `press` is the id of a press under `message`."""
        place = place_key(message.chat.id)
        choices = await self.reception.guest(user_key(user), place)
        if choices is None:
            return None
        update = f"press:{press}" if press else f"{message.chat.id}:{message.message_id}"
        return visit(user, message, update, choices)
