"""Grooves of dances, marches, halls and screens."""

from immersivaudio.music.rhythm.grooves_electronic import BACK, OFF
from immersivaudio.music.rhythm.layers import FIRST_OF_4, Grades, layered

STAGE: dict[str, dict[str, Grades]] = {
    "jig": {
        "6/8": layered(
            {"low woodblock": "x.....x....."},
            {"floor tom": "X.x.x.X.x.o."},
            {"floor tom": "X.x.x.X.x.o.|X.x.xxX.x.xx"},
            {"woodblock": "....x.....x.", "tambourine": "x.....x....."},
        ),
    },
    "reel": {
        "4/4": layered(
            {"low woodblock": "x.......x......."},
            {"floor tom": "X.xxX.xxX.xxX.xx"},
            {"floor tom": "x.Xox.Xox.Xox.Xo|x.Xox.Xox.Xox.Xo|x.Xox.Xox.Xox.Xo|x.XoxxXox.Xoxxxx"},
            {"kick": "x...x...x...x...", "woodblock": OFF},
        ),
    },
    "freylekhs": {
        "4/4": layered(
            {"kick": "X.......X......."},
            {"kick": "X...X...X...X...", "snare": "..x...x...x...x."},
            {"crash": "o...o...o...o..."},
            {"snare": "X..X..X.X..X..X.", "woodblock": "..x...x...x...x."},
        ),
    },
    "rachenitsa": {
        "7/8": layered(
            {"kick": "X...X...X....."},
            {"high tom": "..x...x...x.x."},
            {"snare": "xoxoxoxoxoxoxo"},
            {"crash": "X.............|..............|..............|.............."},
        ),
    },
    "circus": {
        "4/4": layered(
            {"kick": "X.......X......."},
            {"kick": "X...X...X...X...", "snare": "..x...x...x...x."},
            {"crash": "x...x...x...x...", "snare": "x.xxx.xxx.xxx.xx"},
            {"woodblock": "..x...x...x...x."},
        ),
    },
    "march": {
        "4/4": layered(
            {"kick": "X.......X......."},
            {"snare": "x.xxx.xxX.xxx.xx"},
            {"crash": "x.......x......."},
            {"snare": "X..xX.x.X..xX.xx", "kick": "X.......X.....x."},
        ),
        "6/8": layered(
            {"kick": "X.....X....."},
            {"snare": "X..x.xX..x.x"},
            {"crash": "x.....x....."},
            {"snare": "X.xxxxX.x.xx"},
        ),
    },
    "big band": {
        "4/4": layered(
            {"ride": "x...x...x...x..."},
            {"ride": "x...x.x.x...x.x.", "pedal": "....X.......X...", "kick": "o...o...o...o..."},
            {"snare": "..............o.|..............x."},
            {"crash": "X...............|................|................|......X.........",
             "snare": "......o.......x."},
        ),
    },
    "sleigh": {
        "4/4": layered(
            {"jingle bell": "x...x...x...x..."},
            {"jingle bell": "x.x.x.x.x.x.x.x."},
            {"kick": "X.....x.X.x.....", "snare": BACK},
            {"tambourine": "....x.......x...", "crash": FIRST_OF_4},
        ),
        "3/4": layered(
            {"jingle bell": "x...x...x..."},
            {"jingle bell": "X.x.x.x.x.x."},
            {"kick": "X...........", "snare": "....o...o..."},
            {"triangle": "x...........", "tambourine": "....x...x..."},
        ),
    },
    "ident": {
        "4/4": layered(
            {"woodblock": "x.xxx.x.xx.xx.x."},
            {"floor tom": "X..x..x.X..x..X."},
            {"hat": "xxxxxxxxxxxxxxxx"},
            {"kick": "X...............", "crash": FIRST_OF_4},
        ),
    },
    "stomp": {
        "4/4": layered(
            {"shaker": "x.o.x.o.x.o.x.o."},
            {"clap": BACK, "kick": "X.......X......."},
            {"shaker": "xoxoxoxoxoxoxoxo", "tambourine": "....x.......x..."},
            {"kick": "X.....x.X.....x.", "clap": "....X.......X.x."},
        ),
    },
}  # fmt: skip
