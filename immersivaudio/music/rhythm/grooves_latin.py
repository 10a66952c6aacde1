"""Grooves of Latin America, the Caribbean and Africa."""

from immersivaudio.music.rhythm.layers import REST_3, Grades, layered

CLAVE = "..x.x...x..x..x."
"""Son clave, two before three: both bars of it in one bar of sixteenths."""

LATIN: dict[str, dict[str, Grades]] = {
    "dembow": {
        "4/4": layered(
            {"hat": "x.x.x.x.x.x.x.x."},
            {"kick": "X...X...X...X...", "snare": "...x..X....x..X."},
            {"high timbale": REST_3 + "...x..X....x..X.", "shaker": "..x...x...x...x."},
            {"kick": "X...X...X...X...|X...X...X...X...|X...X...X...X...|X...X...........",
             "open": "..............x."},
        ),
    },
    "cumbia": {
        "4/4": layered(
            {"guiro": "X.xxX.xxX.xxX.xx"},
            {"high conga": "..X...X...X...X.", "kick": "X.......X.....x."},
            {"cowbell": "X...x...X...x..."},
            {"kick": "X...X...X...X...", "rim": "........x...x...",
             "high timbale": REST_3 + "........x.xxX.X."},
        ),
    },
    "salsa": {
        "4/4": layered(
            {"claves": CLAVE},
            {"low conga": "......xx......xx", "mute conga": "..X.......X....."},
            {"high timbale": "x.x.xx.xx.xx.x.x"},
            {"cowbell": "X.x.X.xxX.xxX.xx", "guiro": "X.xxX.xxX.xxX.xx",
             "high timbale": "................"},
        ),
    },
    "samba": {
        "4/4": layered(
            {"shaker": "XoxXXoxXXoxXXoxX"},
            {"low surdo": "....X.......X...", "high surdo": "x.......x......."},
            {"rim": "x.x..x.x.x.x..x.", "snare": "XooXooXoXooXoXoo"},
            {"high agogo": "x.x....x.x....x.", "low agogo": "....x.......x...",
             "tambourine": "xoxxxoxxxoxxxoxx"},
        ),
    },
    "afrobeats": {
        "4/4": layered(
            {"shaker": "XoxoXoxoXoxoXoxo"},
            {"kick": "X..x....X.x.....", "rim": "x..x..x...x.x..."},
            {"clap": "...x..X......x..", "hat": "x..x..x.xx..x..x"},
            {"high conga": "..........x..x..", "low conga": "............x..x"},
        ),
    },
    "palmas": {
        "4/4": layered(
            {"clap": "....x...x...x..."},
            {"clap": "....X...X...X...", "kick": "x.......X...X..."},
            {"rim": "..x...x...x...x.", "snare": "....x.......x..."},
            {"clap": "....X...X...X...|....X...X...X...|....X...X...X...|X...X...X.X.X..."},
        ),
        # A cycle of twelve counts, told from its twelve: accents on 12, 3, 6, 8 and 10.
        "12/8": layered(
            {"clap": "X.....X.....X...X...X..."},
            {"kick": "X...........X.......x..."},
            {"woodblock": "..x.x...x.x...x...x...x.", "snare": "......X.........X...X..."},
            {"rim": "..o.o.x.o.o.x.o.x.o.x.o."},
        ),
    },
    "keherwa": {
        "4/4": layered(
            {"high conga": "x...X.x.x...x.X."},
            {"floor tom": "X.x.........X..."},
            {"woodblock": "X.xxX.xxX.xxX.xx", "floor tom": "X.....X.X.....X."},
            {"kick": "X...X...X...X...", "clap": "....X.......X...", "tambourine": "x.x.x.x.x.x.x.x."},
        ),
    },
}  # fmt: skip
