"""Moods, players, sounds and keys, as a listener of each language calls them."""

from types import ModuleType

from immersivaudio.i18n.musical import de, es, fr, pt

TABLES = {"de": de, "es": es, "fr": fr, "pt": pt}
_AND = " and "
_ENGLISH = {"ionian": "major", "aeolian": "minor"}


def mood(code: str, name: str) -> str:
    """A mood of a cue sheet, or two: "hopeful and epic". An unknown word stays as it is."""
    table = _of(code)
    if table is None:
        return name
    parts = [table.MOODS.get(part, part) for part in name.split(_AND)]
    return f" {table.AND} ".join(parts)


def player(code: str, name: str) -> str:
    """An instrument."""
    table = _of(code)
    plain = name.replace("_", " ")
    return str(table.PLAYERS.get(plain, plain)) if table else plain


def sound(code: str, name: str) -> str:
    """A sound of the scene."""
    table = _of(code)
    return str(table.SOUNDS.get(name, name)) if table else name


def key(code: str, name: str) -> str:
    """A key as the sheet writes it: "Bb ionian" is "Bb major", "si bemol mayor", "B-Dur"."""
    tonic, _, mode = name.partition(" ")
    table = _of(code)
    if table is None:
        return f"{tonic} {_ENGLISH.get(mode, mode)}".strip()
    if tonic not in table.NOTES or mode not in table.MODES:
        return name
    return str(table.KEY.format(note=table.NOTES[tonic], mode=table.MODES[mode]))


def _of(code: str) -> ModuleType | None:
    return TABLES.get(code)
