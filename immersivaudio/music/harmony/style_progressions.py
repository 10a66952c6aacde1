"""Harmony by which a style is known. A row whose family of cadences is empty goes round as it is written."""

Rows = dict[str, tuple[str, ...]]

_AEOLIAN_LOOPS = ("i | bVI | bIII | bVII", "i | iv | bVII | bIII", "i | bVI | bVII | i")
_DOO_WOP = ("I | vi | ii7 | V7", "I | vi | IV | V7")
_ROYAL = ("IVmaj7 | V7 | iii7 | vi | ii7 | V7sus4 | I | I", "IV | V | iii7 | vi7 | ii7 | V7 | I | Isus4")
_STEPWISE = "I | V/3 | vi | iii | IV | I/3 | ii7 | V7"

PROGRESSIONS: dict[str, Rows] = {
    "house": {
        "aeolian": ("i7 | iv7 | i7 | iv7", "i7 | bVImaj7 | bIIImaj7 | bVII7", "i7 | i7 | bVII7 | bVI7"),
        "dorian": ("i7 | IV7 | i7 | IV7", "i7 | i7 | bVII7 | IV7"),
        "mixolydian": ("I7 | bVIImaj7 | IVmaj7 | I7",),
        "ionian": ("vi7 | IVmaj7 | Imaj7 | V", "IVmaj7 | V | iii7 | vi7"),
    },
    "deep house": {
        "aeolian": ("i9 | i9 | iv9 | iv9", "i9 | bVImaj7 | iv9 | v7"),
        "dorian": ("i9 | i9 | ii9 | bIIImaj7", "i9 | IV9 | i9 | IV9"),
        "ionian": ("IVmaj9 | iii7 | IVmaj9 | vi9",),
    },
    "techno": {
        "phrygian": ("i5 | i5 | bII5 | i5", "i | i | bII | i"),
        "aeolian": ("i | i | i | i", "i7 | i7 | i7 | bVII7"),
    },
    "trance": {
        "aeolian": ("bVI | bVII | i | i", "i | bVI | bIII | bVII", "bVI | bVII | i | bIII"),
        "ionian": ("vi | IV | I | V", "IV | V | vi | I/3"),
    },
    "drum and bass": {
        "aeolian": ("i9 | i9 | bVImaj7 | bVImaj7", "i | bVII | bVI | bVII"),
        "dorian": ("i9 | i9 | IV9 | IV9", "i7 | bVIImaj7 | i7 | IV"),
        "ionian": ("ii9 | V13 | Imaj9 | vi7",),
    },
    "dubstep": {
        "phrygian": ("i | i | bII | i", "i | bII | i | i"),
        "aeolian": ("i | i | bVI | bVI", "i | i | bVI | v"),
    },
    "synthwave": {
        "aeolian": ("i | bVI | bVII | i", "bVI | bVII | i | i", "i | bVI | bIII | bVII"),
        "dorian": ("i | bVII | IV | i", "i | IV | bVII | i"),
        "mixolydian": ("I | bVII | IV | I",),
        "ionian": ("I | vi | IV | V", "IV | V | vi | I", "I | vi | V | IV"),
    },
    "vaporwave": {
        "ionian": ("IVmaj9 | iii7 | ii9 | Imaj9", "ii9 | V13 | Imaj9 | VI7", "Imaj9 | vi9 | ii9 | V13"),
        "lydian": ("Imaj9 | II9 | Imaj9 | iii7", "IVmaj9 | V13 | iii7 | vi9"),
        "dorian": ("i9 | IV9 | bVIImaj7 | IV9",),
    },
    "trap": {
        "phrygian": ("i | i | bII | bII", "i | bII | i | bvii"),
        "harmonic minor": ("i | iv | bVI | V", "i | i | bVI | V"),
        "aeolian": ("i | i | bVI | bVI", "i | bVI | iv | v"),
    },
    "phonk": {
        "phrygian": ("i | i | bII | i", "i | bII | i | bvii"),
        "harmonic minor": ("i | i | bVI | V",),
        "aeolian": ("i | i | bVI | bVII",),
    },
    "drill": {
        "phrygian": ("i | bII | i | bvii", "i | i | bII | i"),
        "harmonic minor": ("i | bVI | i | V", "i | iv | i | V"),
        "aeolian": ("i | i | bVI | bVI", "i | bVI | iv | bVI"),
    },
    "boom bap": {
        "aeolian": ("i7 | iv7 | i7 | iv7", "bVImaj7 | V7 | i7 | i7"),
        "dorian": ("ii9 | V9 | ii9 | V9", "i9 | IV9 | i9 | IV9"),
        "mixolydian": ("I7 | IV7 | I7 | IV7",),
    },
    "soul": {
        "dorian": ("i9 | IV9 | i9 | IV13", "i9 | ii7 | bIIImaj7 | IV9"),
        "mixolydian": ("I9 | v7 | IV9 | I9",),
        "ionian": ("ii9 | V13 | Imaj9 | vi9", "IVmaj9 | iii7 | vi9 | V13", "Imaj7 | III7 | vi7 | I7",
                   "Imaj7 | iv7 bVII9 | Imaj7 | V7sus4"),
    },
    "gospel": {
        "mixolydian": ("I7 | IV7 | I7 | V7sus4",),
        "ionian": ("I | I7/3 | IV | #IVo7 | I/5 | VI7 | ii7 | V7sus4",
                   "I | IV I | I/3 | IV iv6 | I/5 | iii7 VI7 | ii7 V7 | I IV"),
    },
    "disco": {
        "aeolian": ("i7 | iv7 | bVII7 | bIIImaj7 | bVImaj7 | iiø7 | V7 | V7",
        "i7 | iv7 | bVII7 | bIIImaj7"),
        "dorian": ("i7 | IV9 | i7 | IV9", "ii7 | V7 | ii7 | V7"),
        "ionian": ("Imaj7 | vi7 | ii7 | V7", "IVmaj7 | iii7 | ii7 | V7"),
    },
    "funk": {
        "dorian": ("i7 | IV9 | i7 | IV9", "i9 | i9 | i9 | IV9"),
        "mixolydian": ("I9 | I9 | I9 | I9", "I9 | I9 | IV9 | I9"),
    },
    "four chords": {
        "aeolian": ("i | bVI | bIII | bVII", "bVI | bIII | bVII | i"),
        "dorian": ("i | bVII | IV | i",),
        "mixolydian": ("I | bVII | IV | I",),
        "ionian": ("I | V | vi | IV", "vi | IV | I | V", "IV | V | iii | vi"),
    },
    "reggae": {
        "aeolian": ("i | iv | i | iv", "i | bVII | i | bVII"),
        "dorian": ("i | IV | i | IV",),
        "mixolydian": ("I | bVII | I | bVII",),
        "ionian": ("I | IV | I | IV", "vi | ii | V | I"),
    },
    "ska": {
        "aeolian": ("i | bVII | bVI | V7",),
        "ionian": ("I | vi | ii | V", "I | IV | V | IV"),
    },
    "power chords": {
        "phrygian": ("i5 | bII5 | i5 | bVI5",),
        "aeolian": ("i5 | bVI5 | bVII5 | i5", "i5 | bVII5 | bVI5 | bVII5", "i5 | bIII5 | bVII5 | IV5"),
        "dorian": ("i5 | bIII5 | IV5 | i5", "i5 | bVII5 | IV5 | i5"),
        "mixolydian": ("I5 | bVII5 | IV5 | I5", "I5 | IV5 | bVII5 | IV5"),
        "ionian": ("I5 | IV5 | V5 | IV5", "I5 | V5 | vi5 | IV5"),
    },
    "punk": {
        "aeolian": ("i5 | bVI5 | bIII5 | bVII5",),
        "mixolydian": ("I5 | bVII5 | IV5 | I5",),
        "ionian": ("I5 | IV5 | V5 | IV5", "I5 | V5 | vi5 | IV5", "vi5 | IV5 | I5 | V5"),
    },
    "metal": {
        "phrygian": ("i5 | bII5 | i5 | bVI5", "i5 | i5 | bII5 | bVII5", "i5 | bVo | IV5 | bII5"),
        "harmonic minor": ("i5 | bVI5 | i5 | V5", "i5 | IV5 | bVI5 | V5"),
        "aeolian": ("i5 | bVI5 | bVII5 | i5", "i5 | i5 | bVI5 | bVII5"),
    },
    "indie": {
        "aeolian": ("i | bVI | bIII | bVII",),
        "mixolydian": ("Iadd9 | bVII | IV | I",),
        "ionian": ("Iadd9 | IV | vi | Vsus4", "I | iii | IV | iv", "vi | IV | Iadd9 | V"),
    },
    "blues": {
        "dorian": ("i7 | iv7 | i7 | i7 | iv7 | iv7 | i7 | i7 | bVI7 | V7 | i7 | V7",),
        "mixolydian": ("I7 | I7 | I7 | I7 | IV7 | IV7 | I7 | I7 | V7 | IV7 | I7 | V7",
                       "I7 | IV7 | I7 | I7 | IV7 | IV7 | I7 | I7 | V7 | IV7 | I7 | V7"),
    },
    "country": {
        "mixolydian": ("I | I | bVII | I",),
        "ionian": ("I | I | IV | I | V7 | V7 | I | I", "I | V | IV | I", "I | IV | I | V7",
        "I | vi | II7 | V7"),
    },
    "bluegrass": {
        "mixolydian": ("I | I | bVII | I",),
        "ionian": ("I | I | IV | I | I | I | V7 | I", "I | IV | V7 | I"),
    },
    "dembow": {
        "phrygian": ("i | bII | i | bII",),
        "aeolian": (*_AEOLIAN_LOOPS,),
        "harmonic minor": ("i | bVI | iv | V",),
    },
    "cumbia": {
        "harmonic minor": ("i | i | V7 | i", "i | V7 | V7 | i"),
        "aeolian": ("i | bVII | bVI | V7", "i | V7 | i | V7"),
        "ionian": ("I | V7 | V7 | I", "I | V7 | I | V7"),
    },
    "salsa": {
        "aeolian": ("i7 | bVII | bVI | V7", "i | iv | V7 | iv"),
        "dorian": ("i7 | IV7 | i7 | IV7",),
        "ionian": ("I | IV | V7 | IV", "ii7 | V7 | ii7 | V7"),
    },
    "samba": {
        "aeolian": ("i6 | iiø7 | V7b9 | i6",),
        "dorian": ("i6 | iiø7 | V7 | i6",),
        "ionian": ("I6 | VI7 | ii7 | V7", "Imaj7 | I7 | IVmaj7 | iv6"),
    },
    "bossa": {
        "aeolian": ("i6 | iiø7 V7b9 | i6 | i6", "i7 | iv7 | bVII9 | bIIImaj7 V7b9"),
        "dorian": ("i9 | ii7 V7 | i9 | IV9",),
        "mixolydian": ("I9 | v7 | I9 | v7",),
        "ionian": ("Imaj7 | II7 | ii7 | V7", "Imaj9 | VI7b9 | ii9 | V13", "iii7 | bIIIo7 | ii7 | V7",
                   "Imaj9 | Imaj9 | ii9 | bII7"),
        "lydian": ("Imaj9 | II7 | ii7 | V7",),
    },
    "tango": {
        "harmonic minor": ("i | V7 | V7 | i", "iv | i | V7 | i", "i | V7/iv | iv | V7",
        "iiø7 | V7b9 | i | i"),
        "ionian": ("I | V7 | V7 | I", "I | VI7 | ii | V7"),
    },
    "mariachi": {"ionian": ("I | V7 | V7 | I", "I | I7 | IV | V7", "I | II7 | V7 | I")},
    "afrobeats": {
        "aeolian": ("i | bVII | bVI | bVII", "bVI | bVII | i | i"),
        "ionian": ("IV | V | vi | vi", "vi | IV | I | V", "ii7 | V | Imaj7 | Imaj7"),
    },
    "bhangra": {
        "phrygian": ("i | i | bII | i",),
        "phrygian dominant": ("I | I | bII | I", "I | bvii | bII | I"),
        "dorian": ("i | i | bVII | i", "i | bVII | i | IV"),
        "mixolydian": ("I | I | bVII | I", "I | bVII | I | bVII"),
    },
    "celtic": {
        "dorian": ("i | i | bVII | bVII", "i | bVII | i | bVII", "i | bVII | IV | bVII i"),
        "mixolydian": ("I | I | bVII | bVII", "I | bVII | I | V"),
        "ionian": ("I | IV | V | I", "I | I | IV | V", "I | vi | IV | V"),
    },
    "flamenco": {
        "phrygian dominant": ("I | bII | I | bII", "iv | bIII | bII | I", "bVI | bIII | bII | I",
        "I | bII | bIII bII | I"),
    },
    "freygish": {
        "phrygian dominant": ("I | I | iv | I", "I | iv | bvii | I", "I | bII | bvii | I",
        "I | iv | I | bvii"),
        "harmonic minor": ("i | iv | V7 | i", "i | i | iv | V7"),
    },
    "hijaz": {
        "phrygian dominant": ("I | bII | I | bvii", "I | I | bII | I"),
        "harmonic minor": ("i | iv | V7 | i", "i | i | V7 | V7"),
    },
    "sleigh": {
        "ionian": ("I | III7 | IV | iv6 | I/5 | VI7 | ii7 | V7", "I | vi | ii7 | V7", "I | #Io7 | ii7 | V7",
                   "IV | iv6 | I | VI7 | ii7 | V7 | I | V7"),
    },
    "circus": {
        "harmonic minor": ("i | V7 | V7 | i",),
        "ionian": ("I | V7 | V7 | I", "I | VI7 | II7 | V7", "I | #Io7 | V7 | I"),
    },
    "march": {
        "harmonic minor": ("i | iv | V7 | i",),
        "ionian": ("I | I | V7 | I", "I | IV | I | V7", "vi | III7 | vi | V7", "I | I | II7 | V7"),
    },
    "rhythm changes": {
        "dorian": ("i6 | i6 | iiø7 V7b9 | i6",),
        "mixolydian": ("I7 | IV7 #IVo7 | I7 VI7 | ii7 V7",),
        "ionian": ("I6 | vi7 | ii7 | V7", "I6 VI7 | ii7 V7 | iii7 VI7 | ii7 V7",
        "I6 | I7 | IV6 #IVo7 | I6 V7"),
    },
    "quartet": {
        "harmonic minor": ("i | iiø7 | V7 | i", "i | iv | V7/3 | i"),
        "ionian": ("I | V/3 | I | V", "I | IV | V7 | I", "vi | ii | V | I", "I | V7/3 | I | IV V7"),
    },
    "neoclassical": {
        "aeolian": ("i | bVI | bIII | bVII", "iadd9 | iv | bVII | bIIIadd9", "i | v/3 | bVI | iv"),
        "dorian": ("iadd9 | IV | iadd9 | IV",),
        "ionian": ("I | V/3 | vi | IVadd9", "IVadd9 | I/3 | ii7 | vi", "Iadd9 | iii | IV | Vsus4"),
    },
    "falling fifths": {
        "harmonic minor": ("i | iv | bVII | bIII | bVI | iiø7 | V | i", "i | v/3 | bVI | V"),
        "ionian": ("I | IV | viio | iii | vi | ii | V | I", "I | V | vi | iii | IV | I | IV | V"),
    },
    "lullaby": {
        "ionian": ("I | V7 | V7 | I", "I | IV | I | V7", "I | I | V7 | I"),
        "dorian": ("i | i | bVII | i",),
    },
    "wedding": {
        "ionian": ("I | V/3 | vi | IV", "I | V | vi | iii | IV | I/3 | IV | V", "I | iii | IV | Vsus4 V"),
        "mixolydian": ("Iadd9 | bVII | IV | I",),
        "lydian": ("I | II | vi | IV",),
    },
    "ident": {
        "aeolian": ("i | bVI | bVII | i", "i | i | bVI | bVII"),
        "mixolydian": ("I | bVII | IV | I",),
        "ionian": ("I | V/3 | IV | Vsus4", "I | I | bVII | IV"),
        "lydian": ("I | II | I | V",),
    },
    "corporate": {"ionian": ("I | V | vi | IV", "I | IV | vi | V", "I | iii | IV | V"),
    "lydian": ("I | II | vi | IV",)},
    "royal road": {
        "aeolian": ("bVImaj7 | bVII | v7 | i", "i | bVII | bVImaj7 | V7"),
        "ionian": (*_ROYAL, _STEPWISE),
    },
    "stepwise": {
        "aeolian": ("i | bVI | bIII | bVII", "i | v/3 | bVI | V"),
        "ionian": (_STEPWISE, "I | IV/5 | I | IV/5", "IV | V | iii | vi | ii7 | V7sus4 | I | I"),
    },
    "choral": {
        "phrygian": ("i | bII | i | bvii",),
        "aeolian": ("i | bVI | bIII | bVII", "i | iv | bVI | V", "i | bVII | bVI | V"),
        "harmonic minor": ("i | bVI | iv | V", "i | V | bVI | V"),
        "dorian": ("i | IV | bVII | i",),
    },
    "trailer": {
        "phrygian": ("i | bII | i | bVI",),
        "aeolian": ("i | bVI | bIII | bVII", "i | bVI | bVII | IV", "i | bVII | bVI | V"),
        "dorian": ("i | bVI | bVII | IV", "i | bIII | IV | i"),
        "mixolydian": ("I | bVII | bVI | bVII", "I | bVII | IV | I"),
        "ionian": ("I | V | vi | IV", "I | bVI | bVII | I"),
        "lydian": ("I | II | vi | IV",),
    },
}  # fmt: skip

_PLAYED_AS_WRITTEN = (
    "house", "deep house", "techno", "trance", "drum and bass", "dubstep", "synthwave", "vaporwave", "trap",
    "phonk", "drill", "boom bap", "soul", "disco", "funk", "four chords", "reggae", "power chords", "punk",
    "metal", "indie", "blues", "dembow", "salsa", "afrobeats", "bhangra", "flamenco", "ident", "corporate",
    "royal road", "stepwise", "gospel", "bossa", "hijaz", "sleigh", "samba",
)  # fmt: skip
CADENCE_OF: dict[str, str] = dict.fromkeys(_PLAYED_AS_WRITTEN, "") | {
    "ska": "tonal",
    "country": "plain",
    "bluegrass": "plain",
    "cumbia": "plain",
    "tango": "tango",
    "mariachi": "plain",
    "celtic": "celtic",
    "freygish": "freygish",
    "circus": "plain",
    "march": "plain",
    "rhythm changes": "jazz",
    "quartet": "tonal",
    "neoclassical": "ballad",
    "falling fifths": "tonal",
    "lullaby": "plain",
    "wedding": "ballad",
    "choral": "tonal",
    "trailer": "modal",
}
CADENCES: dict[str, dict[str, tuple[str, ...]]] = {
    "plain": {"dark": ("iv | V7", "i | V7"), "bright": ("I | V7", "IV | V7", "II7 | V7")},
    "tango": {"dark": ("iiø7 | V7", "iv | V7b9", "i | V7"), "bright": ("ii7 | V7", "I | V7")},
    "celtic": {"dark": ("i | bVII", "bVII | bVII"), "bright": ("IV | V", "I | V", "bVII | I")},
    "freygish": {"dark": ("iv | V7", "i | V7"), "bright": ("iv | bvii", "bII | bvii")},
}
LOOPS = frozenset(_PLAYED_AS_WRITTEN) - {"gospel", "sleigh", "royal road", "stepwise", "bossa", "samba"}
