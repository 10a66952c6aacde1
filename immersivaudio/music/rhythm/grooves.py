"""Drum grooves, one lane a drum, one character a sixteenth: X accent, x stroke, o ghost, . silence.

Each groove has four grades, from a hint to full; a lane left out is silent. Twelve sixteenths are a bar of
3/4 or 6/8, fourteen of 7/8, twenty-four of 12/8. A lane of several bars, as of a clave, has a | between them;
one with another number of characters divides its bar by itself (`grades.placed`).
"""

from immersivaudio.music.rhythm.grooves_band import BAND
from immersivaudio.music.rhythm.grooves_electronic import ELECTRONIC
from immersivaudio.music.rhythm.grooves_latin import LATIN
from immersivaudio.music.rhythm.grooves_stage import STAGE
from immersivaudio.music.rhythm.layers import Grades, Groove

KEYS: dict[str, int] = {
    "kick": 36,
    "snare": 38,
    "rim": 37,
    "clap": 39,
    "hat": 42,
    "open": 46,
    "pedal": 44,
    "ride": 51,
    "crash": 49,
    "low tom": 45,
    "mid tom": 47,
    "high tom": 50,
    "floor tom": 41,
    "shaker": 82,
    "tambourine": 54,
    "triangle": 81,
    "woodblock": 76,
    "low woodblock": 77,
    "cabasa": 69,
    "brush": 40,
    "china": 52,
    "cowbell": 56,
    "high bongo": 60,
    "low bongo": 61,
    "mute conga": 62,
    "high conga": 63,
    "low conga": 64,
    "high timbale": 65,
    "low timbale": 66,
    "high agogo": 67,
    "low agogo": 68,
    "guiro": 73,
    "claves": 75,
    "jingle bell": 83,
    "castanets": 85,
    "high surdo": 86,
    "low surdo": 87,
}
"""General MIDI percussion."""

GROOVES: dict[str, dict[str, Grades]] = {
    "cinematic": {
        "4/4": (
            {"floor tom": "x..............."},
            {"floor tom": "X.......x......."},
            {"floor tom": "X.....x.x.....x.", "low tom": "....x.......x..."},
            {"floor tom": "X.....x.X.....x.", "low tom": "..x.x.....x.x...", "snare": "....o.......x.oo"},
        ),
        "3/4": (
            {"floor tom": "x..........."},
            {"floor tom": "X.......x..."},
            {"floor tom": "X.....x.x...", "low tom": "....x.....x."},
            {"floor tom": "X.....X.....", "low tom": "..x.x...x.x.", "snare": "....o...x.oo"},
        ),
    },
    "epic": {
        "4/4": (
            {"floor tom": "X..............."},
            {"floor tom": "X.....x.X......."},
            {"floor tom": "X..x..x.X..x..x.", "low tom": "....x.......x.x."},
            {"floor tom": "X..x..X.X..x..X.", "low tom": "..x.x.x...x.x.xx", "snare": "....X.......X..o"},
        ),
        "3/4": (
            {"floor tom": "X..........."},
            {"floor tom": "X.....x.x..."},
            {"floor tom": "X..x..x.x...", "low tom": "....x.....xx"},
            {"floor tom": "X..x..X.x...", "low tom": "..x.x.x...xx", "snare": "........X..."},
        ),
        "6/8": (
            {"floor tom": "X..........."},
            {"floor tom": "X.....x...x."},
            {"floor tom": "X.x...X.x...", "low tom": "....x.....x."},
            {"floor tom": "X.x.x.X.x.x.", "low tom": "...x.....xxx", "snare": "......X....."},
        ),
    },
    "tense": {
        "4/4": (
            {"kick": "x..............."},
            {"kick": "x.o.....x.o....."},
            {"kick": "x.o...x.x.o.....", "hat": "..x...x...x...x."},
            {"kick": "X.o...x.X.o...x.", "low tom": "....x..x....x.xx", "hat": "x.x.x.x.x.x.x.x."},
        ),
        "3/4": (
            {"kick": "x..........."},
            {"kick": "x.o........."},
            {"kick": "x.o...x.....", "hat": "..x...x...x."},
            {"kick": "X.o...x...x.", "hat": "x.x.x.x.x.x."},
        ),
    },
    "heartbeat": {
        "4/4": (
            {"kick": "x.o............."},
            {"kick": "x.o............."},
            {"kick": "X.x.....X.x....."},
            {"kick": "X.x.....X.x.....", "floor tom": "............x..."},
        ),
        "3/4": (
            {"kick": "x.o........."},
            {"kick": "x.o........."},
            {"kick": "X.x........."},
            {"kick": "X.x...x....."},
        ),
    },
    "folk": {
        "4/4": (
            {"shaker": "x...x...x...x..."},
            {"shaker": "x.o.X.o.x.o.X.o."},
            {"shaker": "x.o.X.o.x.o.X.o.", "kick": "x.......x.......", "rim": "....x.......x..."},
            {
                "shaker": "xoxoXoxoxoxoXoxo",
                "kick": "X.....x.X.......",
                "tambourine": "....x.......x...",
                "rim": "....x.......x..o",
            },
        ),
        "3/4": (
            {"shaker": "x...x...x..."},
            {"shaker": "X.o.x.o.x.o."},
            {"shaker": "X.o.x.o.x.o.", "kick": "x...........", "rim": "........x..."},
            {"shaker": "X.o.x.o.x.o.", "kick": "X...........", "tambourine": "....x...x..."},
        ),
        "6/8": (
            {"shaker": "x.....x....."},
            {"shaker": "X.o.o.x.o.o."},
            {"shaker": "X.o.o.x.o.o.", "kick": "x...........", "rim": "......x....."},
            {"shaker": "X.o.o.x.o.o.", "kick": "X.........x.", "tambourine": "......x....."},
        ),
    },
    "lo-fi": {
        "4/4": (
            {"hat": "x...x...x...x..."},
            {"kick": "x.......x.......", "hat": "x.o.x.o.x.o.x.o."},
            {"kick": "X......x..x.....", "snare": "....x.......x...", "hat": "x.o.x.o.x.o.x.oo"},
            {
                "kick": "X..x...x..x.....",
                "snare": "....X..o....X..o",
                "hat": "x.o.x.oox.o.x.o.",
                "open": "..............x.",
            },
        ),
    },
    "synthwave": {
        "4/4": (
            {"kick": "X.......x......."},
            {"kick": "X...x...X...x...", "hat": "..x...x...x...x."},
            {"kick": "X...x...X...x...", "snare": "....X.......X...", "hat": "x.x.x.x.x.x.x.x."},
            {
                "kick": "X...X...X...X.x.",
                "snare": "....X.......X...",
                "hat": "xoxoxoxoxoxoxoxo",
                "open": "..x...x...x...x.",
            },
        ),
    },
    "house": {
        "4/4": (
            {"hat": "..x...x...x...x."},
            {"kick": "X...X...X...X...", "hat": "..x...x...x...x."},
            {"kick": "X...X...X...X...", "clap": "....X.......X...", "open": "..x...x...x...x."},
            {
                "kick": "X...X...X...X...",
                "clap": "....X.......X..o",
                "open": "..x...x...x...x.",
                "hat": "xo.oxo.oxo.oxo.o",
                "shaker": "oooooooooooooooo",
            },
        ),
    },
    "hip-hop": {
        "4/4": (
            {"hat": "x...x...x...x..."},
            {"kick": "X.........x.....", "hat": "x.x.x.x.x.x.x.x."},
            {"kick": "X......x..x.....", "snare": "....X.......X...", "hat": "x.x.x.x.x.x.x.xo"},
            {
                "kick": "X..x...x..x...x.",
                "snare": "....X..o....X...",
                "hat": "x.xxx.x.x.xoxxx.",
                "open": "......x.........",
            },
        ),
    },
    "jazz": {
        "4/4": (
            {"ride": "x...x...x...x..."},
            {"ride": "x...x.o.x...x.o.", "pedal": "....x.......x..."},
            {"ride": "X...x.o.X...x.o.", "pedal": "....x.......x...", "kick": "o.......o......."},
            {
                "ride": "X...X.x.X...X.x.",
                "pedal": "....x.......x...",
                "snare": "......o.......oo",
                "kick": "x.......o.....o.",
            },
        ),
        "3/4": (
            {"ride": "x...x...x..."},
            {"ride": "X...x.o.x...", "pedal": "....x...x..."},
            {"ride": "X...x.o.x.o.", "pedal": "....x...x...", "kick": "o..........."},
            {"ride": "X...x.x.x.x.", "pedal": "....x...x...", "snare": "..........o."},
        ),
    },
    "bossa": {
        "4/4": (
            {"shaker": "x.o.x.o.x.o.x.o."},
            {"shaker": "XoxoXoxoXoxoXoxo", "kick": "x.......x......."},
            {
                "hat": "X.o.X.o.X.o.X.o.",
                "kick": "X.....o.X.....o.",
                "rim": "x.....x.....x...|....x.....x.....",
            },
            {
                "hat": "XoxoXoxoXoxoXoxo",
                "kick": "X.....o.X.....o.",
                "rim": "x.....x.....x...|....x.....x..x..",
            },
        ),
    },
    "comedic": {
        "4/4": (
            {"woodblock": "x..............."},
            {"woodblock": "x...............", "low woodblock": "........x......."},
            {
                "woodblock": "x...x.......x...",
                "low woodblock": "........x.x.....",
                "pedal": "....x.......x...",
                "triangle": "............x...",
            },
            {
                "woodblock": "x..xx...x..x....",
                "low woodblock": "......x.......x.",
                "pedal": "....X.......X...",
                "triangle": "........x.......",
                "tambourine": "....x.......x...",
            },
        ),
        "3/4": (
            {"woodblock": "x..........."},
            {"woodblock": "....x...x..."},
            {"woodblock": "....x...x...", "triangle": "x..........."},
            {"woodblock": "....x.x.x...", "triangle": "x...........", "tambourine": "....x...x..."},
        ),
        "6/8": (
            {"woodblock": "x..........."},
            {"woodblock": "x.....x....."},
            {"woodblock": "x...x.x...x.", "triangle": "x..........."},
            {"woodblock": "x...x.x...x.", "triangle": "x...........", "tambourine": "......x....."},
        ),
    },
    "chip": {
        "4/4": (
            {"hat": "x...x...x...x..."},
            {"kick": "x.......x.......", "hat": "..x...x...x...x."},
            {"kick": "X.......X.......", "snare": "....X.......X...", "hat": "..x...x...x...x."},
            {"kick": "X...x..xX...x.x.", "snare": "....X.......X..x", "hat": "XoxoXoxoXoxoXoxo"},
        ),
        "3/4": (
            {"hat": "x...x...x..."},
            {"kick": "x...........", "hat": "....x...x..."},
            {"kick": "X...........", "snare": "....x...x...", "hat": "..x...x...x."},
            {"kick": "X.....x.....", "snare": "....X...X...", "hat": "xoxoxoxoxoxo"},
        ),
    },
    "waltz": {
        "3/4": (
            {"triangle": "x..........."},
            {"triangle": "x...........", "tambourine": "....o...o..."},
            {"kick": "x...........", "tambourine": "....x...x..."},
            {"kick": "X...........", "snare": "....o.o.o...", "tambourine": "....x...x..."},
        ),
        "6/8": (
            {"triangle": "x..........."},
            {"triangle": "x.....o....."},
            {"kick": "x.....o.....", "tambourine": "....x.....x."},
            {"kick": "X.....x.....", "tambourine": "..x.x...x.x."},
        ),
    },
    **ELECTRONIC,
    **BAND,
    **LATIN,
    **STAGE,
}

FILLS: dict[str, tuple[Groove, ...]] = {
    "drums": (
        {"snare": "..x.xxxx"},
        {"snare": "x.xx", "low tom": "....x.xx"},
        {"high tom": "x.x.....", "mid tom": "....x...", "floor tom": "......xx"},
        {"snare": "....oxxX"},
    ),
    "big": (
        {"floor tom": "x.x.xxxx"},
        {"low tom": "x.xx....", "floor tom": "....xxxx"},
        {"floor tom": "x..x..xx", "snare": "....x.xX"},
    ),
    "light": ({"rim": "....x.xx"}, {"snare": "......oo"}, {"hat": "....xxxx"}),
    "rolls": (
        {"snare": "x.x.xxxxxxxxxxxx"},
        {"hat": "x.x.x.x.xxxxxxxx", "snare": "............x.xX"},
        {"snare": "............", "hat": "x..x..xxxxxx"},
    ),
    "timbale": (
        {"high timbale": "x.xxx.x.", "low timbale": "......xX"},
        {"high timbale": "xxx.xxX."},
        {"high timbale": "x.x.xxxx"},
    ),
    "toms": (
        {"high tom": "xx......", "mid tom": "..xx....", "low tom": "....xx..", "floor tom": "......xX"},
        {"snare": "xxxx....", "low tom": "....xxxx"},
        {"snare": "x.xxx.xX"},
    ),
    "snare": ({"snare": "x.xxxxxx"}, {"snare": "....xxxx"}, {"snare": "xxxxxxxxxxxxxxxx"}),
    "triplets": (
        {"snare": "x.xx.x"},
        {"high tom": "xxx...", "low tom": "...xxx"},
        {"snare": "...xxX"},
    ),
    "electronic": ({"snare": "x.x.xxxx"}, {"clap": "....x.xx"}, {"snare": "....xxxX", "kick": "x.x....."}),
}
"""The last two beats before a join: eight sixteenths, six triplets or sixteen thirty-seconds."""

FILL_OF: dict[str, str] = {
    "cinematic": "big",
    "epic": "big",
    "tense": "big",
    "rock": "drums",
    "house": "electronic",
    "synthwave": "electronic",
    "hip-hop": "electronic",
    "chip": "electronic",
    "jazz": "drums",
    "lo-fi": "light",
    "bossa": "light",
    "folk": "light",
    "waltz": "light",
    "comedic": "light",
    "deep house": "light",
    "techno": "electronic",
    "trance": "snare",
    "drum and bass": "electronic",
    "dubstep": "triplets",
    "gated": "toms",
    "trap": "rolls",
    "phonk": "electronic",
    "drill": "rolls",
    "boom bap": "light",
    "soul": "light",
    "gospel": "toms",
    "disco": "drums",
    "funk": "light",
    "pop": "drums",
    "reggae": "drums",
    "ska": "snare",
    "indie rock": "drums",
    "punk": "snare",
    "metal": "toms",
    "shuffle": "triplets",
    "two-step": "snare",
    "ballad": "toms",
    "dembow": "electronic",
    "cumbia": "timbale",
    "salsa": "timbale",
    "samba": "snare",
    "afrobeats": "light",
    "keherwa": "toms",
    "freylekhs": "snare",
    "rachenitsa": "snare",
    "circus": "snare",
    "march": "snare",
    "big band": "drums",
    "sleigh": "light",
    "ident": "big",
    "stomp": "light",
}
"""Which fills a groove leads into its joins with; a heartbeat has none, nor have hands that clap a cycle."""

STRENGTH: dict[str, int] = {"X": 14, "x": 0, "o": -26}
"""Velocity of a stroke against the part's level."""
