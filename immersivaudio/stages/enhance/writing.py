"""What a language model is told, and what is accepted of its answer.

The user's text reaches the model as a JSON string among facts, never as a part of what it is told to do; and
whatever the model answers, only a mood of our list and one line of plain words get any further.
"""

import json
import re
from collections.abc import Sequence
from importlib.resources import files
from string import Template
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from immersivaudio.stages.enhance.vocabulary import MOODS

Talk = list[dict[str, str]]

MOOD_NAMES: tuple[str, ...] = tuple(sorted({mood.name for mood in MOODS.values()}))
_WISH = 500
"""Characters of the user's text that are passed on."""
_PLAIN = re.compile(r"[A-Za-z0-9 ,.;:'’&/()#+%-]+")


class Writing(BaseModel):
    """A usable answer."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    mood: str
    prompt: str = Field(min_length=10, max_length=400)

    @field_validator("mood")
    @classmethod
    def _known(cls, mood: str) -> str:
        if mood.strip().lower() not in MOODS:
            raise ValueError("mood must be one of the list")
        return mood.strip().lower()

    @field_validator("prompt")
    @classmethod
    def _plain(cls, prompt: str) -> str:
        line = " ".join(prompt.split()).rstrip(" .,;")
        if not _PLAIN.fullmatch(line):
            raise ValueError("prompt must be one line of plain words")
        return line


def opening(seen: Sequence[str], things: Sequence[str], wish: str) -> Talk:
    """Return the first turn: the task, then the facts."""
    task = Template(files(__package__).joinpath("prompt_writer.txt").read_text("utf-8"))
    facts = {"seen": list(seen), "things": list(things), "wish": wish[:_WISH]}
    return [
        {"role": "system", "content": task.substitute(moods=", ".join(MOOD_NAMES))},
        {"role": "user", "content": json.dumps(facts, ensure_ascii=True)},
    ]


def complaint(talk: Talk, answer: str, reason: str) -> Talk:
    """Return the talk with a bad answer and what is wrong with it: the one second chance."""
    told = f"That answer cannot be used: {reason}. Answer with the JSON object only."
    return [*talk, {"role": "assistant", "content": answer[:400]}, {"role": "user", "content": told}]


def accepted(answer: str) -> tuple[Writing | None, str]:
    """Return what is usable of an answer, or None and what is wrong with it, in words that hold none of
    it."""
    found = re.search(r"\{.*?\}", answer, re.DOTALL)
    if not found:
        return None, "there is no JSON object in it"
    try:
        facts: Any = json.loads(found.group())
        return Writing.model_validate(facts), ""
    except ValidationError as error:
        first = error.errors()[0]
        return None, f"{'.'.join(map(str, first['loc']))}: {first['type'].replace('_', ' ')}"
    except ValueError:
        return None, "the JSON is broken"
