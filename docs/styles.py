"""Write docs/styles.md: every style there is, grouped, with what to type and where it stands what makes it.

python -m docs.styles
"""

from pathlib import Path
from typing import get_args

from immersivaudio.music import PALETTES
from immersivaudio.music.palette import Family, Palette

PAGE = Path(__file__).parent / "styles.md"
_HEAD = """# Styles

Type a style's name, or any of the words beside it, as the mood: `--mood "dark techno"`, or as a caption to
the bots. A word for a style that nobody here plays is answered by the nearest one, and the reply says so.
Written by `python -m docs.styles` from the palettes; how one is made:
[writing a palette](writing-a-palette.md).
"""
_WORDS = 6


def page() -> str:
    """Return the page."""
    parts = [_HEAD]
    for family in get_args(Family):
        own = sorted((p for p in PALETTES.values() if p.family == family), key=lambda p: p.name)
        if own:
            parts.append(f"## {family.capitalize()}\n\n{_table(own)}")
    return "\n".join(parts)


def _table(palettes: list[Palette]) -> str:
    lines = ["| style | also called | bpm | metre | after |", "|---|---|---|---|---|"]
    for palette in palettes:
        words = ", ".join(word for word in palette.words if word != palette.name.replace("&", "and"))
        low, high = palette.tempo
        metres = ", ".join(f"{beats}/{unit}" for beats, unit in palette.metres)
        called = ", ".join(words.split(", ")[:_WORDS])
        lines.append(f"| {palette.name} | {called} | {low:.0f} to {high:.0f} | {metres} | {palette.source} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page())
