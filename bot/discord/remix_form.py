"""The form behind *Remix…*: one modal of five fields. What comes back is read by the ids of its fields.

A form that was opened before a restart, or by an older build with fewer fields, is read all the same.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import discord

from bot.discord.attachments import offer
from bot.discord.context import Interaction
from bot.validation import Refusal, examine_song, seconds_in
from immersivaudio.i18n import say
from immersivaudio.queue import JobRequest

_MOOD, _OWN, _EXTRAS, _LENGTH, _SONG = "mood", "own", "extras", "length", "song"
_TICKED = ("sounds", "loop")
_ORIGINALS = ("auto", "keep", "mix", "replace")
_LABEL, _OPTION = 45, 100
"""Characters that Discord shows of a label, and of an option."""


class RemixModal(discord.ui.Modal):
    """Asks for mood, sounds, the clip's own sound, a song, and for how long a photo is held.

    `request` is what the clip was asked for with: a photo has no sound of its own, a film no other length.
    """

    def __init__(self, locale: str, job: str, request: JobRequest) -> None:
        super().__init__(title=say(locale, "remix.title"), custom_id=f"form:{job}", timeout=900.0)
        photo = request.source.kind == "photo"
        self._ask(say(locale, "remix.ask"), _mood(locale))
        self._ask(say(locale, "form.extras"), _extras(locale, request))
        if photo:
            self._ask(say(locale, "form.length"), _length(request))
        else:
            self._ask(say(locale, "form.own"), _own(locale))
        song = discord.ui.FileUpload[Any](custom_id=_SONG, required=False, min_values=0, max_values=1)
        self._ask(say(locale, "form.song"), song)

    async def on_submit(self, _: discord.Interaction[Any], /) -> None:
        """Nothing: the answer is read by `read_form`, which also knows forms of an earlier life."""

    def _ask(self, text: str, component: discord.ui.Item[Any]) -> None:
        self.add_item(discord.ui.Label(text=text[:_LABEL], component=component))


@dataclass(frozen=True, slots=True)
class RemixForm:
    """What the user filled in; an unchanged field changes nothing."""

    mood: str = ""
    changes: Mapping[str, object] = field(default_factory=dict)
    """Of `ScoreOptions`."""
    song: discord.Attachment | None = None
    """To sound like."""


def read_form(interaction: Interaction) -> RemixForm | Refusal:
    """Return what was filled in, or why it cannot be."""
    data: Any = interaction.data or {}
    filled = {str(each.get("custom_id", "")): each for each in _fields(data.get("components", []))}
    changes: dict[str, object] = {}
    if _EXTRAS in filled:
        changes |= {name: name in (filled[_EXTRAS].get("values") or []) for name in _TICKED}
    if (own := (filled.get(_OWN) or {}).get("value")) in _ORIGINALS:
        changes["original"] = own
    if words := str((filled.get(_LENGTH) or {}).get("value") or "").strip():
        seconds = seconds_in(words)
        if isinstance(seconds, Refusal):
            return Refusal("form.refuse.length", seconds.fields)
        changes["length"] = seconds
    song = _song(interaction, filled.get(_SONG) or {})
    if song and (refusal := examine_song(offer(song), interaction.client.context.limits)):
        return refusal
    mood = str((filled.get(_MOOD) or {}).get("value") or "")
    return RemixForm(interaction.client.context.service.mood(mood), changes, song)


def _song(interaction: Interaction, field: Mapping[str, Any]) -> discord.Attachment | None:
    """The file of an upload: the form names it by its id, and tells of it beside."""
    data: Any = interaction.data or {}
    told = data.get("resolved", {}).get("attachments", {})
    found = next((told[each] for each in field.get("values") or [] if each in told), None)
    return discord.Attachment(data=found, state=interaction._state) if found else None


def _fields(components: list[Any]) -> Iterator[dict[str, Any]]:
    """Every field, in a label or in a row."""
    for component in components:
        yield from (each for each in (component.get("component"), *component.get("components", [])) if each)


def _mood(locale: str) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(
        custom_id=_MOOD, placeholder=say(locale, "remix.hint")[:100], max_length=300, required=False
    )


def _extras(locale: str, request: JobRequest) -> discord.ui.CheckboxGroup[Any]:
    """What is ticked is on."""
    group = discord.ui.CheckboxGroup[Any](custom_id=_EXTRAS, required=False, min_values=0)
    for name in _TICKED:
        label = say(locale, f"form.{name}")[:_OPTION]
        group.add_option(label=label, value=name, default=getattr(request.options, name))
    return group


def _own(locale: str) -> discord.ui.RadioGroup[Any]:
    """None is chosen at first: then it stays as it is."""
    group = discord.ui.RadioGroup[Any](custom_id=_OWN, required=False)
    for name in _ORIGINALS:
        group.add_option(label=say(locale, f"choice.{name}")[:_OPTION], value=name)
    return group


def _length(request: JobRequest) -> discord.ui.TextInput[Any]:
    held = request.options.length
    return discord.ui.TextInput(
        custom_id=_LENGTH, placeholder=f"{held:g}" if held else "5-60", max_length=5, required=False
    )
