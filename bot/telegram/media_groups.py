"""Albums come as one update an item; they are put together again, since only one item carries the caption."""

import asyncio
from dataclasses import dataclass, field

from telegram import Message

_QUIET = 0.4
"""s without another item after which an album counts as whole."""


@dataclass(slots=True)
class _MediaGroup:
    messages: dict[int, Message] = field(default_factory=dict)
    last: float = 0.0


class MediaGroups:
    """Those that are coming in."""

    def __init__(self, quiet: float = _QUIET) -> None:
        self._quiet = quiet
        self._open: dict[str, _MediaGroup] = {}

    async def gather(self, message: Message) -> tuple[Message, ...]:
        """Return all items, in order, to the caller with the first one, and () to the others.

        A message without a group is returned at once.
        """
        if not message.media_group_id:
            return (message,)
        now = asyncio.get_running_loop().time
        name = f"{message.chat.id}:{message.media_group_id}"
        first = name not in self._open
        album = self._open.setdefault(name, _MediaGroup())
        album.messages[message.message_id] = message
        album.last = now()
        if not first:
            return ()
        while (left := album.last + self._quiet - now()) > 0:
            await asyncio.sleep(left)
        del self._open[name]
        return tuple(album.messages[key] for key in sorted(album.messages))
