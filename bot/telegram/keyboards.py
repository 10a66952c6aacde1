"""The panel of /settings: what was chosen, and buttons to choose. A button knows whose panel it is."""

import re
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from immersivaudio.i18n import LANGUAGES, say
from immersivaudio.queue import Preferences

_DATA = re.compile(r"set:(sounds|original|language):([a-z]{1,8}):(telegram:\d{1,20})")
_ORIGINALS = ("auto", "keep", "mix", "replace")
_LENGTH = "10"
"""s that a photo is held where nothing was chosen; the library's own default."""


@dataclass(frozen=True, slots=True)
class SettingChoice:
    """A press on the panel."""

    name: str
    value: str
    user: str

    @property
    def change(self) -> dict[str, object]:
        """As the book of preferences takes it."""
        return {self.name: self.value == "on" if self.name == "sounds" else self.value}


def choice(data: str) -> SettingChoice | None:
    """What a press means; None where it is none of this panel's."""
    found = _DATA.fullmatch(data)
    if not found:
        return None
    name, value, user = found.groups()
    allowed = {"sounds": {"on", "off"}, "original": set(_ORIGINALS), "language": set(LANGUAGES)}
    return SettingChoice(name, value, user) if value in allowed[name] else None


def settings_keyboard(chosen: Preferences, locale: str, user: str) -> tuple[str, InlineKeyboardMarkup]:
    """Text and buttons."""
    sounds, original = "on" if chosen.sounds else "off", chosen.original or "auto"
    text = say(
        locale,
        "settings",
        sounds=say(locale, f"choice.{sounds}"),
        original=say(locale, f"choice.{original}"),
        seconds=f"{chosen.length:g}" if chosen.length else _LENGTH,
        language=LANGUAGES[locale],
    )

    def button(name: str, value: str, label: str, now: str) -> InlineKeyboardButton:
        return InlineKeyboardButton(
            f"• {label}" if value == now else label, callback_data=f"set:{name}:{value}:{user}"
        )

    rows = [
        [
            button(
                "sounds", value, f"{say(locale, 'button.sounds')}: {say(locale, f'choice.{value}')}", sounds
            )
            for value in ("on", "off")
        ],
        [button("original", value, value, original) for value in _ORIGINALS],
        *(
            [button("language", code, name, locale) for code, name in pair]
            for pair in (list(LANGUAGES.items())[:3], list(LANGUAGES.items())[3:])
        ),
    ]
    return text, InlineKeyboardMarkup(rows)
