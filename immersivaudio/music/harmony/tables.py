"""Progressions, cadences and chromatic colour, by style and mode. Bars are parted by "|"; two chords share
a bar.
"""

from immersivaudio.music.harmony import style_progressions as styles
from immersivaudio.music.moods import is_dark

_FILM_DARK = (
    "i | bVI | bIII | bVII",
    "i | iv | bVI | V",
    "i | bVI | iv | V",
    "i | bVII | bVI | bVII",
    "i | v | bVI | iv",
    "i | bIII | bVII | iv",
)
_FILM_BRIGHT = (
    "I | V/3 | vi | IV",
    "I | iii | IV | V",
    "I | vi | IV | Vsus4 V",
    "I | IV/5 | vi | V",
    "I | V | IV | I/3",
    "vi | IV | I | V",
)
_POP_DARK = (
    "i | bVI | bIII | bVII",
    "i | bVII | bVI | bVII",
    "bVI | bVII | i | i",
    "i | bIII | bVI | bVII",
    "i | iv | bVI | bVII",
    "i | v | bVI | bVII",
)
_POP_BRIGHT = (
    "I | V | vi | IV",
    "vi | IV | I | V",
    "I | vi | IV | V",
    "IV | I | V | vi",
    "I | iii | vi | IV",
    "IV | V | iii | vi",
)
_DORIAN = ("i | IV | i | IV", "i | bVII | IV | i", "i | ii | bIII | IV", "i | bIII | IV | bVII")
_MIXOLYDIAN = ("I | bVII | IV | I", "I | IV | bVII | IV", "I | v | IV | I", "I | ii | bVII | IV")
_LYDIAN = ("I | II | I | II", "I | II | vi | I/3", "I | V | II | I", "I | iii | II | vi")
_PHRYGIAN = ("i | bII | i | bII", "i | bII | bvii | i", "i | bVI | bII | i", "i | bIII | bII | i")

PROGRESSIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "film": {
        "phrygian": _PHRYGIAN,
        "aeolian": _FILM_DARK,
        "dorian": (*_DORIAN, "i | IV | bVI | bVII"),
        "mixolydian": _MIXOLYDIAN,
        "ionian": _FILM_BRIGHT,
        "lydian": _LYDIAN,
    },
    "songlike": {
        "phrygian": _PHRYGIAN,
        "aeolian": (
            "i | bVI | bIII | bVII",
            "i | iv | bVII | bIII",
            "i | v | bVI | bIII",
            "i | bVI | iv | V",
        ),
        "dorian": ("i | IV | bVII | i", "i | v | IV | bVI", "i | bIII | IV | v"),
        "mixolydian": _MIXOLYDIAN,
        "ionian": ("I | V/3 | vi | IV", "I | IV | vi | V", "I | iii | IV | V", "I | vi | ii | V"),
        "lydian": _LYDIAN,
    },
    "pop": {
        "phrygian": _PHRYGIAN,
        "aeolian": _POP_DARK,
        "dorian": _DORIAN,
        "mixolydian": _MIXOLYDIAN,
        "ionian": _POP_BRIGHT,
        "lydian": _LYDIAN,
    },
    "rock": {
        "phrygian": _PHRYGIAN,
        "aeolian": (
            "i | bVI | bVII | i",
            "i | bVII | bVI | bVII",
            "i | bIII | bVII | iv",
            "i | iv | bVI | bVII",
        ),
        "dorian": _DORIAN,
        "mixolydian": _MIXOLYDIAN,
        "ionian": ("I | V | IV | IV", "I | IV | V | IV", "I | bVII | IV | I", "I | V | vi | IV"),
    },
    "folk": {
        "dorian": ("i | bVII | i | bVII", "i | IV | bVII | i", "i | bIII | bVII | i"),
        "mixolydian": _MIXOLYDIAN,
        "ionian": (
            "I | IV | I | V",
            "I | V7/ii | ii | V",
            "I | vi | IV | V",
            "I | I/3 | IV | V",
            "I | V7/IV | IV | V",
            "I | IV | vi | V7/V V",
        ),
    },
    "classical": {
        "aeolian": ("i | iv | V7 | i", "i | V7/3 | i | iv V7", "i | bVI | iio | V7", "i | bVII | bIII | V7"),
        "dorian": ("i | IV | V7 | i", "i | bIII | IV | V7", "i | ii | V7 | i"),
        "mixolydian": ("I | IV | bVII | I", "I | V7/IV | IV | I", "I | ii | bVII | IV"),
        "ionian": ("I | V7/3 | I | V7", "I | IV | V7 | I", "I | vi | ii | V7", "I | V7/vi | vi | ii V7"),
        "lydian": ("I | II | V | I", "I | vi | II | V", "I | iii | II | V7"),
    },
    "jazz": {
        "aeolian": ("i7 | iv7 | iiø7 | V7b9", "i7 | bVImaj7 | iiø7 | V7b9", "i6 | iiø7 V7b9 | i7 | V7/iv"),
        "dorian": ("i7 | IV7 | i7 | IV7", "i9 | bIIImaj7 | ii7 | V7", "i7 | bVII7 | bIIImaj7 | IV7"),
        "mixolydian": ("I7 | IV7 | I7 | v7", "I7 | bVIImaj7 | IV7 | I7", "I9 | ii7 | bVIImaj7 | I7"),
        "ionian": (
            "Imaj7 | vi7 | ii7 | V7",
            "ii7 | V7 | Imaj7 | V7/ii",
            "Imaj7 | V7/vi | vi7 | ii7 V7",
            "Imaj7 | IVmaj7 | iii7 V7/ii | ii7 V7",
        ),
        "lydian": ("Imaj7 | II7 | Imaj7 | II7", "Imaj9 | II7 | ii7 | V7", "Imaj7 | iii7 | II7 | V7"),
    },
    "jazzy loop": {
        "aeolian": ("i9 | iv9 | bVImaj7 | v7", "bVImaj7 | v7 | i9 | bIIImaj7", "i9 | bVImaj7 | iv9 | V7b9"),
        "dorian": ("i9 | IV9 | i9 | bVIImaj7", "i9 | ii7 | bIIImaj7 | IV9", "bIIImaj7 | IV9 | i9 | v7"),
        "ionian": ("IVmaj9 | iii7 | vi9 | V7", "ii9 | V13 | Imaj9 | vi7", "Imaj9 | iii7 | IVmaj7 | iv7"),
        "lydian": ("Imaj9 | II7 | Imaj9 | vi9", "IVmaj9 | V13 | iii7 | vi9", "Imaj9 | iii7 | II9 | vi7"),
    },
    "minor loop": {
        "phrygian": ("i | bII | i | bII", "i | bII | bvii | i", "i | bVI | i | bII"),
        "aeolian": ("i | bVI | iv | v", "i | i | bVI | v", "i | iv | bVI | V", "i | bVII | bVI | V"),
        "dorian": ("i | IV | i | IV", "i | v | IV | bVI", "i | bIII | IV | i"),
        "mixolydian": ("I | bVII | I | v", "I | v | bVII | IV", "I | bVII | IV | v"),
    },
    "modal bright": {
        "aeolian": ("i | bVI | bIII | bVII", "i | v | bVI | bIII", "iadd9 | bVImaj7 | iadd9 | iv7"),
        "dorian": ("i7 | IV | i7 | IV", "iadd9 | bVII | IV | iadd9", "i7 | v7 | IV | bIIImaj7"),
        "mixolydian": ("I | bVII | I | bVII", "Iadd9 | v7 | bVII | IV", "Iadd9 | bVIImaj7 | IV | ivadd9"),
        "ionian": ("Iadd9 | IVmaj7 | Iadd9 | vi7", "IVmaj9 | Iadd9 | vi7 | iii7", "I | iii7 | IVmaj7 | vi7"),
        "lydian": ("I | II | I | II", "Imaj7 | II | vi7 | iii7", "Imaj9 | iii7 | II | Imaj7"),
    },
    "modal dark": {
        "phrygian": _PHRYGIAN,
        "aeolian": ("i | i | bVI | i", "i | iv | i | bVI", "i | bVI | i | iio7", "i | v | iv | bVI"),
        "dorian": ("i | i | IV | i", "i | bVII | i | IV", "i | ii | i | bIII"),
    },
    "horror": {
        "phrygian": (
            "i | bII | i | bVo",
            "i | i | bII | bvii",
            "i | biii | bII | i",
            "Icluster | bII | io | i",
        ),
        "aeolian": ("i | bvi | i | bII", "i | io7 | i | bVI", "i | biii | bvi | io", "i | #iv | i | bVI"),
    },
    **styles.PROGRESSIONS,
}

CADENCES: dict[str, dict[str, tuple[str, ...]]] = {
    "tonal": {
        "dark": ("iv | V7", "bVI | V7", "iiø7 | V7", "iv | Vsus4 V7"),
        "bright": ("IV | V7", "ii7 | V7", "ii7 | Vsus4 V7", "IV iv | V7"),
    },
    "ballad": {
        "dark": ("iv | V7", "iv7 | Vsus4 V7", "bVI | bVII", "bVImaj7 | v7"),
        "bright": ("IV | V7", "ii7 | V7", "ii7 | Vsus4 V7", "IV iv | V7"),
    },
    "modal": {
        "dark": ("bVI | bVII", "iv | bVII", "bIII | bVII"),
        "bright": ("IV | bVII", "IV | Vsus4", "ii7 | Vsus4"),
    },
    "jazz": {
        "dark": ("iiø7 | V7b9", "bVImaj7 | V7"),
        "bright": ("ii7 | V7", "ii7 | V13", "iii7 V7/ii | ii7 V7"),
    },
    "loop": {"dark": ("iv7 | bVII9", "bVImaj7 | v7", "iv9 | v7"), "bright": ("ii9 | V13", "IVmaj9 | V13")},
    "dread": {"dark": ("bII | bvii", "iv | bII", "io7 | bII"), "bright": ("bII | bvii",)},
    **styles.CADENCES,
}
"""The two bars before a join or the last chord."""

CADENCE_OF: dict[str, str] = {
    "film": "tonal",
    "songlike": "ballad",
    "classical": "tonal",
    "folk": "tonal",
    "pop": "modal",
    "rock": "modal",
    "minor loop": "modal",
    "modal bright": "modal",
    "modal dark": "tonal",
    "horror": "dread",
    "jazz": "jazz",
    "jazzy loop": "loop",
    **styles.CADENCE_OF,
}
"""The family of cadences each style closes with; empty: none, its progressions are played as written."""

LOOPS = styles.LOOPS | {"pop", "jazzy loop", "minor loop", "rock", "modal bright", "modal dark"}
"""Styles that keep one progression and one theme through a piece; the others have their own for every letter,
and answer the progression with a second one.
"""

BORROWED: dict[str, tuple[tuple[str, str], ...]] = {
    "bright": (
        ("IV", "iv"),
        ("ii", "iiø7"),
        ("vi", "bVI"),
        ("V", "bVII"),
        ("iii", "V7/vi"),
        ("I", "V7/IV"),
        ("bVII", "bVI"),
        ("v", "V7"),
        ("II", "iv"),
    ),
    "dark": (("iv", "IV"), ("bVI", "bII"), ("v", "V7"), ("bVII", "V7"), ("bIII", "V7/bVI"), ("i", "V7/iv")),
}
"""A plain chord, and the one from outside the scale that may stand in for it once in a while. An applied
dominant (V7/x) does so only where x follows.
"""
ROOTS = frozenset({
    "country", "bluegrass", "cumbia", "mariachi", "march", "circus", "lullaby", "ska", "folk", "quartet",
    "falling fifths", "tango", "freygish", "celtic",
})  # fmt: skip
"""Styles older than the borrowed chord: they leave the scale by a dominant of the chord that follows."""
MODAL = frozenset({"celtic"})
"""Those that do not even so: tunes of one scale."""
APPLIED = ("ii", "iii", "IV", "iv", "V", "vi", "bIII", "bVI", "bVII")
"""Chords that may have a dominant of their own."""


def progressions(style: str, mode: str) -> tuple[str, ...]:
    """Return what a style plays in a mode; a mode it lacks is played as aeolian or ionian, or as its own
    first.
    """
    table = PROGRESSIONS[style]
    return (
        table.get(mode) or table.get("aeolian" if is_dark(mode) else "ionian") or next(iter(table.values()))
    )


def closes(style: str) -> bool:
    """Return whether a style closes its sections with a cadence; a vamp or a loop goes round as written."""
    return bool(CADENCE_OF[style])


def cadences(style: str, mode: str) -> tuple[str, ...]:
    """Return the two-bar closes of a style."""
    return CADENCES[CADENCE_OF[style]]["dark" if is_dark(mode) else "bright"]
