"""Names and descriptions of the commands in every language of the catalogue, and how replies mention them."""

import re
from collections.abc import Iterable, Mapping

import discord
from discord import app_commands

from immersivaudio.i18n import CATALOGUES, say

_PLACES = app_commands.TranslationContextLocation
_NAMES = {_PLACES.command_name, _PLACES.group_name, _PLACES.parameter_name}
_NAMED = re.compile(r"(?<![\w/<])/([a-z]{1,32})(?: (mine|server))?\b")


def text(key: str) -> app_commands.locale_str:
    """A text of the catalogue, to be translated when the commands are registered."""
    return app_commands.locale_str(say("en", key), key=key)


class CatalogueTranslator(app_commands.Translator):
    """Looks texts up in `immersivaudio.i18n`: "discord.name.score" is what /score is called there."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        code, key = locale.value.partition("-")[0], string.extras.get("key")
        if context.location in _NAMES and not isinstance(context.data, app_commands.ContextMenu):
            key = f"discord.name.{string.message}"
        if key is None or code not in CATALOGUES or key not in CATALOGUES[code]:
            return None
        return say(code, key)


def registered(commands: Iterable[app_commands.AppCommand]) -> dict[str, int]:
    """Return the ids of slash commands by name."""
    chat = discord.AppCommandType.chat_input
    return {command.name: command.id for command in commands if command.type is chat}


def clickable(words: str, ids: Mapping[str, int]) -> str:
    """Return `words` with each command as Discord's own mention of it.

    Each reader then sees it by the name that it has in their own language, and a click types it.
    """

    def mention(found: re.Match[str]) -> str:
        name = found[1]
        return f"</{found[0][1:]}:{ids[name]}>" if name in ids else found[0]

    return _NAMED.sub(mention, words)
