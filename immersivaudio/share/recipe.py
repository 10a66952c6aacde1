"""How a recipe stands in the bits of a share code: one table, read in both directions."""

from typing import cast

from immersivaudio.recipe import Changed, Mix, Recipe
from immersivaudio.share.bit_packing import (
    Absent,
    BitReader,
    BitWriter,
    Field,
    LongNumber,
    Many,
    Name,
    Number,
    Record,
    Together,
)

FORMAT = 1
"""Raised when an old reader would misread a code."""
PALETTE, MOOD, PLAYER, CLIP, BUILD = 12, 14, 14, 12, 12
"""Bits of the tags of names."""
TONICS = tuple(letter + sign for letter in "CDEFGAB" for sign in ("", "#", "b"))
MODES = (
    "ionian", "dorian", "phrygian", "lydian", "mixolydian", "aeolian", "harmonic minor", "phrygian dominant",
)  # fmt: skip
"""As many as three bits tell apart; new ones at the end, or old codes would be misread."""
METRES = ("4/4", "3/4", "6/8", "2/4", "5/4", "7/8", "12/8")
ORIGINALS = ("auto", "keep", "mix", "replace")

_FLAG = Name((False, True), 1)
_SEED = LongNumber(32, 63)
_HUNDREDTHS = Number(8, offset=100, known=range(-100, 101))
_AWAY = Number(10, offset=400, known=range(-400, 401))
"""Hundredths: the difference of two feelings."""
_GAIN = Number(11, offset=1000, known=range(-600, 601))
_MOODS = Many(Number(MOOD), 2)

_MIX: tuple[Field, ...] = (
    ("music", _GAIN),
    ("sounds", _GAIN),
    ("original", _GAIN),
    ("gap", Number(11, offset=1000, known=range(601))),
)
_CHANGED: tuple[Field, ...] = (
    ("cue", Number(10)),
    (("lean", "moods"), Absent(Together(Together(_AWAY, _AWAY), _MOODS), (None, ()), by=0)),
    ("seed", Absent(_SEED, 0)),
)
_RECIPE: tuple[Field, ...] = (
    ("build", Number(BUILD)),
    ("near", _FLAG),
    ("clip", Absent(Number(CLIP), None)),
    ("palette", Number(PALETTE)),
    ("valence", _HUNDREDTHS),
    ("arousal", _HUNDREDTHS),
    ("moods", _MOODS),
    ("tempo", Number(12, known=range(200, 4001))),
    ("tonic", Name(TONICS, 5)),
    ("mode", Name(MODES, 3)),
    ("metre", Name(METRES, 3)),
    ("sounds", _FLAG),
    ("original", Name(ORIGINALS, 2)),
    ("seed", _SEED),
    ("take", Absent(Number(20, known=range(1, 1 << 20)), 1)),
    ("length", Absent(Number(16, known=range(100, 60_001)), None)),
    ("mix", Absent(Record(Mix, _MIX), Mix())),
    (
        ("first", "without", "changed"),
        Absent(
            Together(Many(Number(PLAYER), 6), Many(Number(PLAYER), 7), Many(Record(Changed, _CHANGED), 6)),
            ((), (), ()),
        ),
    ),
)
"""(field of a recipe, how it stands in the bits), in the order of the bits."""
_LAYOUT = Record(Recipe, _RECIPE)


def pack(recipe: Recipe) -> BitWriter:
    """Return the bits of a recipe, the format first. Raises `ValueError` where a value does not fit."""
    bits = BitWriter()
    bits.put(FORMAT, 3)
    _LAYOUT.put(bits, recipe)
    return bits


def unpack(bits: BitReader) -> Recipe:
    """Read a recipe of our format, which the caller has taken off; raises `ValueError`."""
    return cast("Recipe", _LAYOUT.take(bits))
