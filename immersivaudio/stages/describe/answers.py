"""What a model said, made into what a `Description` may hold: one sentence, and words that the house
knows."""

import re
import unicodedata
from collections.abc import Iterable

_LONGEST = 280
"""Characters of a sentence."""
_SCENES: dict[str, str] = {
    "night": "night", "dark": "night", "moon": "night", "sea": "sea", "ocean": "sea", "beach": "sea",
    "waves": "sea", "snow": "snow", "snowy": "snow", "ice": "snow", "forest": "forest", "trees": "forest",
    "woods": "forest", "city": "city", "street": "city", "buildings": "city", "skyline": "city", "traffic":
    "city", "room": "indoor", "indoors": "indoor", "kitchen": "indoor", "office": "indoor", "corridor":
    "indoor", "portrait": "portrait", "face": "portrait", "cartoon": "animation", "animated": "animation",
    "sunset": "sunset", "sunrise": "sunset", "dusk": "sunset", "desert": "desert", "sand": "desert",
    "flower": "flower", "flowers": "flower", "mountain": "mountain", "mountains": "mountain", "sky": "sky",
    "space": "space", "stars": "space", "rain": "rain", "rainy": "rain", "water": "water", "river": "water",
    "field": "field", "grass": "field", "meadow": "field", "crowd": "crowd", "sport": "sport", "game":
    "sport", "text": "title", "logo": "title",
}  # fmt: skip
"""A word a model uses -> the scene word it stands for."""


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


def scenes(text: str) -> tuple[str, ...]:
    """Return the scene words in a text, each once, in the order they are named."""
    words = re.findall(r"[a-z]+", text.lower())
    return tuple(dict.fromkeys(_SCENES[word] for word in words if word in _SCENES))
