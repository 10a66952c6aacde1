"""What a model is asked about a stretch of film, the form of its answer, and what is made of it.

Every word but those of one sentence is of a closed list that the rest of the house knows: the table of
situations reads things, scenes and actions, the enhancer's vocabulary the mood.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from immersivaudio.situations import ACTIONS, GROUPS
from immersivaudio.stages.describe.visual import NamedThings
from immersivaudio.terms import Feeling

_LONGEST = 280
"""Characters of a sentence."""
MOODS: Mapping[str, Feeling] = {
    "joyful": Feeling(0.9, 0.5),
    "playful": Feeling(0.7, 0.4),
    "energetic": Feeling(0.5, 0.8),
    "triumphant": Feeling(0.8, 0.8),
    "hopeful": Feeling(0.6, 0.1),
    "romantic": Feeling(0.7, 0.0),
    "calm": Feeling(0.5, -0.7),
    "dreamy": Feeling(0.4, -0.5),
    "nostalgic": Feeling(0.2, -0.4),
    "mysterious": Feeling(-0.1, 0.0),
    "serious": Feeling(-0.1, 0.0),
    "melancholic": Feeling(-0.5, -0.4),
    "sad": Feeling(-0.7, -0.4),
    "lonely": Feeling(-0.6, -0.4),
    "dark": Feeling(-0.6, 0.1),
    "tense": Feeling(-0.5, 0.6),
    "scary": Feeling(-0.8, 0.7),
    "dramatic": Feeling(-0.1, 0.7),
    "epic": Feeling(0.3, 0.8),
}
"""The moods that a model may choose from. Places after Russell's circumplex (1980), as in the enhancer's
vocabulary, which knows all of these words."""
SCENES = (
    "indoor", "city", "street", "forest", "garden", "field", "sea", "beach", "lake", "river", "mountain",
    "desert",
    "snow", "sky", "space", "underwater", "vehicle interior", "stage", "sport", "crowd", "food", "flower",
    "fire",
    "rain", "night", "sunset", "portrait", "animation", "screen", "document", "title",
)  # fmt: skip
THINGS = tuple(
    dict.fromkeys((
        "person", "dog", "cat", "bird", "horse", "cow", "sheep", "bicycle", "boat", "airplane", "cake",
        "candle",
        "laptop", "cell phone", "book", "tv", "teddy bear", "balloon", "castle", "bridge", "cradle",
        *(name for group in ("wild animal", "small pet", "crawling", "sea life", "ball game", "vehicle",
        "instrument",
                             "insect", "dishes", "worship") for name in GROUPS[group]),
    ))
)  # fmt: skip
"""Things with a name in the table of situations, or that many films show."""
HEARD = (
    "speech", "laughter", "applause", "cheering", "singing", "music", "crying", "screaming", "a baby",
    "an animal",
    "birdsong", "traffic", "an engine", "a siren", "wind", "water", "thunder", "footsteps", "an explosion",
)  # fmt: skip
LANGUAGES = (
    "none", "English", "German", "Spanish", "French", "Portuguese", "Italian", "Dutch", "Polish", "Russian",
    "Turkish",
    "Arabic", "Hindi", "Chinese", "Japanese", "Korean", "another",
)  # fmt: skip
NOTHING = "nothing"
TASK = (
    "You look at a stretch of film for its composer. Say what is there, nothing that you do not see or hear. "
    "Answer in JSON: "
)
FIELDS = (
    '"things": up to four, each "number name"; "scenes": where it is, up to three words; "action": what '
    'happens; "mood": how it feels; "sentence": what is seen, in 6 to 18 plain words.'
)
HEARD_FIELDS = ' "heard": up to three sounds; "language": of the speech, or "none".'


def _one_of(words: Iterable[str], before: str = "") -> Any:
    """Return the field of a word of a list."""
    return Field(pattern=f"^{before}({'|'.join(map(re.escape, words))})$")


class StretchAnswer(BaseModel):
    """What a model that only sees answers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    things: list[Annotated[str, _one_of(THINGS, "[1-9] ")]] = Field(max_length=4)
    scenes: list[Annotated[str, _one_of(SCENES)]] = Field(max_length=3)
    action: Annotated[str, _one_of((*ACTIONS, NOTHING))]
    mood: Annotated[str, _one_of(MOODS)]
    sentence: Annotated[str, Field(pattern=r"^[A-Z][A-Za-z0-9 ,'-]{9,119}$")]

    def named(self) -> NamedThings:
        """Return what is named, for the measurements to be read with."""
        counts: dict[str, int] = {}
        for each in self.things:
            number, _, name = each.partition(" ")
            counts.setdefault(name, int(number))
        happens = () if self.action == NOTHING else (self.action,)
        return NamedThings(counts, tuple(dict.fromkeys(self.scenes)), happens)

    def sounds(self) -> str:
        """Return what is heard, in words; "" where nothing is, or the model takes no sound."""
        return ""

    def only_seen(self) -> "StretchAnswer":
        """Return the answer without what is heard: of a stretch in silence."""
        return StretchAnswer(**self.model_dump(include=set(StretchAnswer.model_fields)))


class HeardAnswer(StretchAnswer):
    """What a model that hears, too, answers."""

    heard: list[Annotated[str, _one_of(HEARD)]] = Field(max_length=3)
    language: Annotated[str, _one_of(LANGUAGES)]

    def sounds(self) -> str:
        """As: "laughter and speech in German are heard"."""
        told = self.language not in ("none", "another")
        names = [f"speech in {self.language}" if told and one == "speech" else one for one in self.heard]
        names = list(dict.fromkeys(names))
        if not names:
            return ""
        listed = " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
        return f"{listed} {'are' if len(names) > 1 else 'is'} heard"


def sentence(parts: Iterable[str]) -> str:
    """Return the first sentence of every part as one plain sentence; "" if there is nothing in them."""
    kept: list[str] = []
    for part in parts:
        plain = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFKC", part))
        first = re.split(r"(?<=[a-z0-9])[.!?](?:\s|$)", " ".join(plain.split()))[0].replace(".", "")
        first = first.strip(" ,;:!?-\"'")
        if re.search(r"\w", first):
            kept.append(first if not kept else first[0].lower() + first[1:])
    text = re.sub(r"^[^\w]+", "", "; ".join(kept))[:_LONGEST].rstrip(" ,;:")
    return (
        text[0].upper() + text[1:] + "." if text and text[0].isascii() else (f"Seen: {text}." if text else "")
    )
