"""Command descriptions in the languages we speak, for Discord to show to whoever uses it in one of them."""

import discord
from discord import app_commands

from immersivaudio.i18n import CATALOGUES, say

_PLACES = app_commands.TranslationContextLocation
_NAMES = {_PLACES.command_name, _PLACES.group_name, _PLACES.parameter_name}


def text(key: str) -> app_commands.locale_str:
    """A text of the catalogue, to be translated when the commands are registered."""
    return app_commands.locale_str(say("en", key), key=key)


class CatalogueTranslator(app_commands.Translator):
    """Looks texts up in `immersivaudio.i18n`. What is typed stays the same everywhere: /score is /score."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        code, key = locale.value.partition("-")[0], string.extras.get("key")
        if key is None or code not in CATALOGUES:
            return None
        if context.location in _NAMES and not isinstance(context.data, app_commands.ContextMenu):
            return None
        return say(code, key)
