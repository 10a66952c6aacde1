"""Grooves of bands: hip-hop, soul, pop, rock and their roots."""

from immersivaudio.music.rhythm.grooves_electronic import BACK, FOUR, HALF_TIME, OFF
from immersivaudio.music.rhythm.layers import FIRST_OF_4, REST_3, Grades, layered

_EIGHTHS = "x.x.x.x.x.x.x.x."

BAND: dict[str, dict[str, Grades]] = {
    "boom bap": {
        "4/4": layered(
            {"hat": "x...x...x...x..."},
            {"kick": "X......x..x.....", "snare": "....X.......X...", "hat": _EIGHTHS},
            {"kick": "X......x..x.....|X......x..x...x.", "snare": "....X.......X..o"},
            {"kick": "X......x..x.....|X......x..x...x.|X......x..x.....|X..x...x..x.x.x.",
             "open": REST_3 + "......x........."},
        ),
    },
    "soul": {
        "4/4": layered(
            {"hat": "x.o.x.o.x.o.x.o."},
            {"kick": "X.....x..x......|X..x....x.x.....", "rim": "....X.......X...",
             "hat": "xoxoxoxoxoxoxo.o"},
            {"open": "..............o."},
            {"snare": "....X..o.o..X..o", "rim": "................"},
        ),
    },
    "gospel": {
        "4/4": layered(
            {"tambourine": "....x.......x..."},
            {"kick": "X......xX.......", "snare": BACK, "hat": _EIGHTHS},
            {"clap": "....x.......x...", "tambourine": "x.x.X.x.x.x.X.x."},
            {"kick": FOUR, "snare": "..X...X...X...X.", "tambourine": "xxXxxxXxxxXxxxXx"},
        ),
        "12/8": layered(
            {"ride": "x.....x.....x.....x....."},
            {"kick": "X...........X.........x.", "snare": "......X...........X.....",
             "ride": "x.x.x.x.x.x.x.x.x.x.x.x."},
            {"tambourine": "......x...........x....."},
            {"clap": "......X...........X.....", "floor tom": "....................x.x."},
        ),
    },
    "disco": {
        "4/4": layered(
            {"hat": "x..ox..ox..ox..o"},
            {"kick": FOUR, "open": "..X...X...X...X.", "snare": BACK},
            {"tambourine": "oxoxoxoxoxoxoxox", "high conga": "..x....x..x....x",
             "low conga": "......x.......x."},
            {"snare": "....X.......X..o"},
        ),
    },
    "funk": {
        "4/4": layered(
            {"hat": "X.x.X.x.X.x.X.x."},
            {"kick": "X..x..x...x.....", "snare": "....X..o.o..X.o."},
            {"hat": "X.x.X.xxX.x.X...", "open": "..............x."},
            {"snare": "....X..o.o..X.o.|....X..o.o....X."},
        ),
    },
    "pop": {
        "4/4": layered(
            {"hat": "x...x...x...x..."},
            {"kick": "X.....x.X.......", "snare": BACK, "hat": _EIGHTHS},
            {"clap": "....x.......x..."},
            {"kick": FOUR, "open": OFF},
        ),
    },
    "reggae": {
        "4/4": layered(
            {"hat": "x.x.x.x.x.x.x.x."},
            {"kick": "....X.......X...", "rim": "....X.......X...", "hat": "x.xox.xox.xox.xo"},
            {"open": "..............x."},
            {"kick": "o...X...o...X...", "snare": "..............o."},
        ),
    },
    "ska": {
        "4/4": layered(
            {"hat": OFF},
            {"kick": "....X.......X...", "rim": "....X.......X..."},
            {"hat": "x.X.x.X.x.X.x.X."},
            {"kick": "X.......X.......", "snare": BACK, "rim": "................", "open": OFF},
        ),
    },
    "rock": {
        "4/4": layered(
            {"hat": "x...x...x...x..."},
            {"kick": "X.....x.X.......", "snare": BACK, "hat": _EIGHTHS},
            {"kick": "X.....x.X.x.....", "hat": "X.x.X.x.X.x.X.x.", "crash": FIRST_OF_4},
            {"open": "X...X...X...X...", "hat": OFF},
        ),
        "6/8": layered(
            {"hat": "x.....x....."},
            {"kick": "X...........", "snare": "......X.....", "hat": "x.x.x.x.x.x."},
            {"kick": "X.......x...", "hat": "X.x.x.X.x.x."},
            {"open": "X.....X.....", "kick": "X...x...x.x."},
        ),
    },
    "indie rock": {
        "4/4": layered(
            {"floor tom": _EIGHTHS},
            {"kick": "X.....x.X.....x.", "snare": BACK, "hat": _EIGHTHS, "floor tom": "................"},
            {"tambourine": "....x.......x..."},
            {"kick": FOUR, "open": OFF, "clap": "....o.......o..."},
        ),
    },
    "punk": {
        "4/4": layered(
            {"hat": _EIGHTHS},
            {"kick": "X.....X.X.......", "snare": BACK},
            {"kick": "X.....X...X.....", "crash": FIRST_OF_4},
            {"kick": "X...X...X...X...", "snare": "..X...X...X...X.", "open": "X...X...X...X..."},
        ),
    },
    "metal": {
        "4/4": (
            HALF_TIME,
            {"kick": "X..X..X..X..X...", "snare": "........X.......", "china": "X...X...X...X..."},
            {"kick": "X.xxX.xxX.xxX.xx", "snare": BACK, "ride": "X...X...X...X...", "crash": FIRST_OF_4},
            {"kick": "xxxxxxxxxxxxxxxx", "snare": BACK, "china": "X...X...X...X...", "crash": FIRST_OF_4},
        ),
    },
    "shuffle": {
        "4/4": layered(
            {"ride": "x...x.x.x...x.x."},
            {"kick": "X.......X.......", "snare": "....X.......X...", "ride": _EIGHTHS},
            {"kick": "X...X...X...X...", "snare": "..o.X.o...o.X.o."},
            {"crash": "X...............|" + "|".join(["................"] * 11)},
        ),
    },
    "train": {
        "4/4": layered(
            {"brush": "ooXoooXoooXoooXo"},
            {"kick": "X...X...X...X..."},
            {"kick": "X...x...X...x...", "brush": "xoXoxoXoxoXoxoXo"},
            {"rim": "....x.......x..."},
        ),
    },
    "two-step": {
        "4/4": layered(
            {"hat": "x...x...x...x..."},
            {"kick": "X.......X.......", "rim": BACK, "hat": _EIGHTHS},
            {"kick": "X.....x.X......."},
            {"snare": BACK, "rim": "................", "tambourine": OFF},
        ),
    },
    "ballad": {
        "4/4": layered(
            {"shaker": "o...o...o...o..."},
            {"kick": "X.......X.x.....", "rim": "....x.......x...", "hat": "x.o.x.o.x.o.x.o."},
            {"kick": "X......xX.......", "snare": "....X.......X...", "rim": "................",
             "hat": _EIGHTHS},
            {"kick": "X......xX.x.....", "crash": FIRST_OF_4, "tambourine": "....o.......o..."},
        ),
    },
}  # fmt: skip
