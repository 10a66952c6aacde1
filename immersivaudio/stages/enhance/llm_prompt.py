"""What a language model is told, and the form of its answer.

The user's text reaches the model as a JSON string among facts, never as a part of what it is told to do; and
whatever the model answers can only be a mood of our list and one line of plain words.
"""

import json
from collections.abc import Sequence
from importlib.resources import files
from string import Template
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from immersivaudio.models.input_processors import Question
from immersivaudio.stages.enhance.vocabulary import MOODS

MOOD_NAMES: tuple[str, ...] = tuple(sorted({mood.name for mood in MOODS.values()}))
_WISH = 500
"""Characters of the user's text that are passed on."""


class Writing(BaseModel):
    """What the model answers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    mood: Annotated[str, Field(pattern=f"^({'|'.join(MOOD_NAMES)})$")]
    prompt: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ,'&-]{9,239}$")]

    @property
    def words(self) -> str:
        """The prompt without what a sentence ends with."""
        return " ".join(self.prompt.split()).rstrip(" ,'&-")


def question(seen: Sequence[str], things: Sequence[str], wish: str) -> Question:
    """Return the task and the facts. No text among these can hold one of the model's own marks."""
    task = Template(files(__package__).joinpath("prompt_writer.txt").read_text("utf-8"))
    facts = {"seen": list(seen), "things": list(things), "wish": wish[:_WISH]}
    told = json.dumps(facts, ensure_ascii=True).replace("<", "\\u003c")
    return Question(task.substitute(moods=", ".join(MOOD_NAMES)), told)
