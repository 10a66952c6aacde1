"""Chords from Roman numerals. Roots count from the *major* scale, so "bVI" means the same in every mode."""

import re
from dataclasses import dataclass
from functools import lru_cache

from immersivaudio.music.theory import FLAT_TONICS, MODES, note_name

_DEGREES = {"I": 0, "II": 2, "III": 4, "IV": 5, "V": 7, "VI": 9, "VII": 11}
_SYMBOL = re.compile(r"([b#]?)([IV]+|[iv]+)([^/]*)(?:/(.+))?")

QUALITIES: dict[str, tuple[int, ...]] = {
    "": (0, 4, 7),
    "m": (0, 3, 7),
    "7": (0, 4, 7, 10),
    "m7": (0, 3, 7, 10),
    "maj7": (0, 4, 7, 11),
    "mmaj7": (0, 3, 7, 11),
    "o": (0, 3, 6),
    "o7": (0, 3, 6, 9),
    "ø7": (0, 3, 6, 10),
    "+": (0, 4, 8),
    "5": (0, 7),
    "6": (0, 4, 7, 9),
    "m6": (0, 3, 7, 9),
    "sus4": (0, 5, 7),
    "sus2": (0, 2, 7),
    "7sus4": (0, 5, 7, 10),
    "add9": (0, 4, 7, 2),
    "madd9": (0, 3, 7, 2),
    "9": (0, 4, 7, 10, 2),
    "m9": (0, 3, 7, 10, 2),
    "maj9": (0, 4, 7, 11, 2),
    "7b9": (0, 4, 7, 10, 1),
    "13": (0, 4, 10, 2, 9),
    "m11": (0, 3, 10, 5, 2),
    "69": (0, 4, 9, 2, 7),
    "7#9": (0, 4, 10, 3, 7),
    "cluster": (0, 1, 7),
}
"""Semitones above the root, in the order of their weight."""


_BELOW: dict[str, frozenset[int]] = {
    "3": frozenset({3, 4}),
    "5": frozenset({6, 7, 8}),
    "7": frozenset({9, 10, 11}),
}
"""Figure under a numeral -> the intervals above the root that it may mean."""
_NO_THIRD = frozenset({"5", "sus2", "sus4", "7sus4"})
"""Qualities that are neither major nor minor, however the numeral is written."""


@dataclass(frozen=True, slots=True)
class Harmony:
    """A chord: pitch classes, root first."""

    root: int
    pitches: tuple[int, ...]
    bass: int
    name: str

    @property
    def third(self) -> int | None:
        """The pitch class of its third, if it has one."""
        return next((pc for pc in self.pitches if (pc - self.root) % 12 in {3, 4}), None)


@lru_cache(maxsize=1024)
def chord(symbol: str, tonic: int) -> Harmony:
    """Return the chord of a Roman numeral: "ii7", "bVImaj7", "V7/vi" (applied), "I/3" (third in the bass).

    Raises ValueError for a symbol that is not understood.
    """
    match = _SYMBOL.fullmatch(symbol)
    if not match:
        raise ValueError(f"{symbol!r} is no Roman numeral.")
    accidental, numeral, suffix, below = match.groups()
    if below and not below.isdigit():
        return chord(f"{accidental}{numeral}{suffix}", chord(below, tonic).root)
    shift = {"b": -1, "#": 1, "": 0}[accidental]
    root = (tonic + _DEGREES[numeral.upper()] + shift) % 12
    plain = numeral.isupper() or suffix[:1] in {"o", "ø"} or suffix in _NO_THIRD
    quality = suffix if plain else f"m{suffix}"
    if quality not in QUALITIES:
        raise ValueError(f"{symbol!r} has a quality that is not known: {suffix!r}.")
    pitches = tuple((root + interval) % 12 for interval in QUALITIES[quality])
    bass = _in_bass(below, root, pitches, symbol) if below else root
    flats = tonic in FLAT_TONICS or accidental == "b"
    name = note_name(root, flats=flats) + quality
    return Harmony(root, pitches, bass, name if bass == root else f"{name}/{note_name(bass, flats=flats)}")


def _in_bass(figure: str, root: int, pitches: tuple[int, ...], symbol: str) -> int:
    wanted = _BELOW.get(figure, frozenset())
    found = next((pc for pc in pitches if (pc - root) % 12 in wanted), None)
    if found is None:
        raise ValueError(f"{symbol!r} asks for a bass note that the chord does not have.")
    return found


def thicken(harmony: Harmony, tonic: int, mode: str, *, ninth: bool = False) -> Harmony:
    """Return a triad with the seventh (and ninth) that the scale gives it; richer chords come back as they
    are.
    """
    if len(harmony.pitches) != 3 or harmony.third is None:
        return harmony
    scale = {(tonic + step) % 12 for step in MODES[mode]}
    minor, major = (harmony.root + 10) % 12, (harmony.root + 11) % 12
    dominant = harmony.root == (tonic + 7) % 12
    seventh = major if major in scale and not dominant else minor
    if seventh not in scale and not dominant:
        return harmony
    nine = (harmony.root + 2) % 12
    extra = (seventh, nine) if ninth and nine in scale else (seventh,)
    tag = ("maj" if seventh == major else "") + ("9" if len(extra) > 1 else "7")
    return Harmony(harmony.root, harmony.pitches + extra, harmony.bass, _tagged(harmony.name, tag))


def with_ninth(harmony: Harmony, tonic: int, mode: str) -> Harmony:
    """Return a triad with the ninth its scale gives it, if that is a whole step above the root."""
    nine = (harmony.root + 2) % 12
    if len(harmony.pitches) != 3 or (nine - tonic) % 12 not in MODES[mode] or nine in harmony.pitches:
        return harmony
    return Harmony(harmony.root, (*harmony.pitches, nine), harmony.bass, _tagged(harmony.name, "add9"))


def _tagged(name: str, tag: str) -> str:
    head, slash, bass = name.partition("/")
    return head + tag + slash + bass
