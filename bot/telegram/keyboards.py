"""Keyboards of our own making: the panel of /settings, the sections of a film, a delete that asks back."""

import re
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.words.read import Outline
from immersivaudio.chat.buttons import SECTIONS, STYLES, SURE
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


def section_keyboard(film: Outline, job: str, locale: str) -> InlineKeyboardMarkup:
    """One button for each section, with its times and its mood."""
    labels = film.labels(locale)[:SECTIONS]
    return InlineKeyboardMarkup.from_column(
        [
            InlineKeyboardButton(label, callback_data=f"cue.{number}:{job}")
            for number, label in enumerate(labels, 1)
        ]
    )


def sure_keyboard(
    markup: InlineKeyboardMarkup | None, locale: str, asked: str
) -> InlineKeyboardMarkup | None:
    """The same keyboard, the button that was pressed (`asked`) as one that means it."""
    if markup is None:
        return None
    return InlineKeyboardMarkup(
        [[_sure(button, locale, asked) for button in row] for row in markup.inline_keyboard]
    )


def _sure(button: InlineKeyboardButton, locale: str, asked: str) -> InlineKeyboardButton:
    verb, colon, job = str(button.callback_data or "").partition(":")
    if verb != asked or not colon:
        return button
    verb, label = SURE[verb]
    return InlineKeyboardButton(say(locale, label), callback_data=f"{verb}:{job}", style=STYLES[verb])
