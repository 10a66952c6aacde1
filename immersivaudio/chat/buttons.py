"""The buttons under a message: written by a delivery adapter, understood by a frontend, across restarts.

All that a button knows is in its own data: `<verb>:<job>`, at most 64 bytes. Nothing is kept for it anywhere.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from immersivaudio.queue import JobRequest, Summary

LIMIT = 64
"""Bytes of Telegram's callback_data; Discord's custom_id takes 100."""

MOODS = ("hopeful", "epic", "tense", "calm", "funny", "lofi")
"""Presets; the verb is "mood.<name>", and so is the key of the label in `immersivaudio.i18n`."""
MOOD_WORDS = {"lofi": "lo-fi"}
"""What a preset asks the composer for, where that is not its name."""

SURE = {"delete": ("really", "button.sure"), "keep": ("kept", "button.kept")}
"""What a button becomes when it was pressed, and its label: the next press is meant."""
DESTRUCTIVE = frozenset({"delete", "really", "keep", "kept", "cancel", "apart"})
"""Buttons for the clip's own user and the chat's moderators alone."""
STYLES: Mapping[str, Literal["primary", "danger"]] = {
    "take": "primary",
    "remix": "primary",
    "delete": "danger",
    "really": "danger",
    "kept": "danger",
}
"""Colours, by the names Telegram and Discord share: what people press next, and what cannot be undone."""
SECTIONS = 12
"""Sections of a film that are offered: as many buttons as a reader takes in."""
CUES = tuple(f"cue.{number}" for number in range(1, SECTIONS + 1))
"""New music for one section."""
VERBS = frozenset(
    {
        "take",
        "three",
        "remix",
        "section",
        "sounds",
        "quiet",
        "speech",
        "stems",
        "export",
        "music",
        "prompt",
        *DESTRUCTIVE,
        *CUES,
    }
) | {f"mood.{mood}" for mood in MOODS}
_DATA = re.compile(r"([a-z0-9.]{1,24}):([0-9a-f]{24})")


@dataclass(frozen=True, slots=True)
class Button:
    """One button: `verb` says what it does, `label` is its key in `immersivaudio.i18n`."""

    verb: str
    label: str

    def data(self, job: str) -> str:
        """What the platform hands back when it is pressed."""
        return f"{self.verb}:{job}"


def read(data: str) -> tuple[str, str] | None:
    """Return (verb, job) of a press; None where its data is not the bot's."""
    found = _DATA.fullmatch(data)
    return (found[1], found[2]) if found and found[1] in VERBS else None


def under_progress(request: JobRequest | None = None) -> Sequence[Sequence[Button]]:
    """Rows under a placeholder; under that of an album, the other way to take it, too."""
    cancel = Button("cancel", "button.cancel")
    album = request is not None and request.source.kind == "album"
    return ((Button("apart", "button.apart"), cancel),) if album else ((cancel,),)


def under_result(
    request: JobRequest, summary: Summary, *, prompt: bool = False
) -> Sequence[Sequence[Button]]:
    """Rows under a delivered clip, or under its stems; `prompt`: that for machines stands behind a button."""
    delete = Button("delete", "button.delete")
    if request.files_alone:
        return ((delete,),)
    moods = tuple(Button(f"mood.{mood}", f"mood.{mood}") for mood in MOODS)
    sounds = Button("quiet", "button.quiet") if request.options.sounds else Button("sounds", "button.sounds")
    speaks = request.source.kind != "photo" and summary.speech
    speech = (Button("speech", "button.speech"),) if speaks else ()
    section = (Button("section", "button.section"),) if summary.sections > 1 else ()
    editor = (Button("export", "button.export"),) if request.source.kind != "photo" else ()
    shown = (Button("prompt", "button.prompt"),) if prompt and summary.prompt else ()
    return (
        (Button("take", "button.take"), Button("three", "button.three")),
        (Button("remix", "button.remix"), *section),
        moods[:3],
        moods[3:],
        (sounds, *speech),
        *(((Button("keep", "button.keep"),),) if request.options.take > 1 else ()),
        *(((Button("apart", "button.apart"),),) if request.source.kind == "album" else ()),
        (Button("stems", "button.stems"), Button("music", "button.music"), *editor, *shown, delete),
    )


def under_failure(request: JobRequest) -> Sequence[Sequence[Button]]:
    """Rows under a notice: nothing that cannot help."""
    return ((Button("delete", "button.delete"),),) if request.parent else ()
