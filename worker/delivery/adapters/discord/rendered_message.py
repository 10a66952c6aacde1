"""The bot's messages on Discord: text with markup escaped, and buttons."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord

from immersivaudio.chat.buttons import STYLES, Button
from immersivaudio.chat.discord import CONTENT, MOOD_MENU
from immersivaudio.chat.text import fit
from immersivaudio.i18n import say

Rows = Sequence[Sequence[Button]]
_MARKUP = re.compile(r"[\\*_~|`\[\]]|^[#>-]", re.MULTILINE)
"""What starts emphasis, code, spoilers and links anywhere; headings, quotes and lists where a line begins."""
_WIDTH = 5
"""Buttons in a row."""


@dataclass(frozen=True, slots=True)
class RenderedMessage:
    """One message. `edit` and `send` may be called again and again: each opens the files anew."""

    text: str
    rows: Rows = ()
    job: str = ""
    locale: str = ""
    files: Sequence[Path] = ()
    name: str = ""
    """What the first file is sent as; empty: as it is called, which is ours, as the others are."""

    def edit(self) -> dict[str, Any]:
        """What takes the place of a message, all of it."""
        return {
            "content": self.text,
            "view": view(self.rows, self.job, self.locale),
            "attachments": self._opened(),
            "allowed_mentions": discord.AllowedMentions.none(),
        }

    def send(self) -> dict[str, Any]:
        """A new message."""
        known = {"view": view(self.rows, self.job, self.locale), "files": self._opened()}
        given = {name: value for name, value in known.items() if value}
        return {"content": self.text, "allowed_mentions": discord.AllowedMentions.none(), **given}

    def _opened(self) -> list[discord.File]:
        names = [self.name or file.name for file in self.files[:1]] + [file.name for file in self.files[1:]]
        return [discord.File(file, filename=name) for file, name in zip(self.files, names, strict=True)]


def plain(text: str) -> str:
    """`text` so that Discord shows it request by request, cut to what a message holds."""
    return fit(_MARKUP.sub(r"\\\g<0>", text), CONTENT)


def view(rows: Rows, job: str, locale: str) -> discord.ui.View | None:
    """Buttons, and one menu for the moods. No callbacks: the frontend reads the ids."""
    buttons = [button for row in rows for button in row]
    moods = [button for button in buttons if button.verb.startswith("mood.")]
    if not buttons:
        return None
    shown = discord.ui.View(timeout=None)
    shown.stop()
    for number, button in enumerate(button for button in buttons if button not in moods):
        shown.add_item(_button(button, job, locale, number // _WIDTH * 2))
    if moods:
        shown.add_item(_menu(moods, job, locale))
    return shown


def _button(button: Button, job: str, locale: str, row: int) -> discord.ui.Button[Any]:
    style = discord.ButtonStyle[STYLES.get(button.verb, "secondary")]
    return discord.ui.Button(
        label=say(locale, button.label), style=style, custom_id=button.data(job), row=row
    )


def _menu(moods: Sequence[Button], job: str, locale: str) -> discord.ui.Select[Any]:
    options = [discord.SelectOption(label=say(locale, mood.label), value=mood.data(job)) for mood in moods]
    return discord.ui.Select(
        custom_id=f"{MOOD_MENU}:{job}", placeholder=say(locale, "button.moods"), options=options, row=1
    )
