"""Buttons that the frontend draws itself: the sections of a film, a delete that asks back."""

from typing import Any

import discord

from bot.discord.context import NOBODY, Interaction
from bot.discord.placeholder import asker
from bot.words.read import Outline, outline
from immersivaudio.chat.buttons import SECTIONS, SURE
from immersivaudio.i18n import say


async def ask_section(interaction: Interaction, job: str) -> None:
    """Ask the user who pressed, in private, which section shall be new."""
    _, locale = asker(interaction)
    await interaction.response.defer(ephemeral=True, thinking=True)
    record = await interaction.client.context.queue.record(job)
    film = outline(record.result.sheet if record and record.result else "")
    if record is None:
        text, view = say(locale, "refuse.gone"), None
    elif len(film.cues) < 2:
        text, view = say(locale, "section.only"), None
    else:
        text, view = say(locale, "section.ask"), _sections(film, job, locale)
    await interaction.edit_original_response(content=text, view=view, allowed_mentions=NOBODY)


def sure_view(message: discord.Message, locale: str, asked: str) -> discord.ui.View:
    """The buttons of a message, the one that was pressed (`asked`) as one that means it."""
    shown = discord.ui.View.from_message(message, timeout=None)
    shown.stop()  # presses find their way by their ids
    for item in shown.children:
        if isinstance(item, discord.ui.Button) and (item.custom_id or "").startswith(f"{asked}:"):
            verb, label = SURE[asked]
            item.label = say(locale, label)
            item.custom_id = (item.custom_id or "").replace(asked, verb, 1)
    return shown


def _sections(film: Outline, job: str, locale: str) -> discord.ui.View:
    """One button for each section, with its times and its mood."""
    shown = discord.ui.View(timeout=None)
    shown.stop()
    for number, label in enumerate(film.labels(locale)[:SECTIONS], 1):
        shown.add_item(discord.ui.Button[Any](label=label, custom_id=f"cue.{number}:{job}"))
    return shown
