"""Grooves of dance music. How lanes are written stands in `grooves`; where they stand, in each palette."""

from immersivaudio.music.rhythm.layers import FIRST_OF_4, REST_3, Grades, halved, layered

FOUR = "X...X...X...X..."
BACK = "....X.......X..."
OFF = "..x...x...x...x."
RUNNING = "xo.oxo.oxo.oxo.o"

ELECTRONIC: dict[str, dict[str, Grades]] = {
    "deep house": {
        "4/4": layered(
            {"shaker": "XoxoXoxoXoxoXoxo"},
            {"kick": FOUR, "open": "..o...o...o...o."},
            {"kick": "X...X...X...X..o", "clap": "....x.......x...", "rim": "...x......x..x.."},
            {"hat": RUNNING},
        ),
    },
    "techno": {
        "4/4": layered(
            {"kick": FOUR},
            {"open": OFF, "low tom": "..oo..oo..oo..oo"},
            {"hat": RUNNING, "rim": "x..x..x..x..x..x|..x..x..x..x..x."},
            {"clap": "....x.......x...", "ride": "x.x.x.x.x.x.x.x."},
        ),
    },
    "trance": {
        "4/4": layered(
            {"hat": OFF},
            {"kick": FOUR, "open": "..X...X...X...X."},
            {"clap": BACK, "hat": RUNNING},
            {"ride": "x.x.x.x.x.x.x.x."},
        ),
    },
    "drum and bass": {
        "4/4": layered(
            {"ride": "x...x...x...x...", "hat": "x.x.x.x.x.x.x.x."},
            {"kick": "X.........X.....", "snare": "....X.......X..."},
            {"snare": "....X..o.o..X..o"},
            {"kick": "X.X.......X.....|X.X.......X..x..", "snare": "....X..o.o..X...|....X..o.o....X."},
        ),
    },
    "dubstep": {
        "4/4": layered(
            {"hat": "x...x...x...x..."},
            {"kick": "X...............|X.....x.........", "snare": "........X......."},
            {"hat": "x.x.x.xxx..x..x.", "rim": "...o......o..o.."},
            # Triplets close every second bar.
            {"hat": "x.x.x.xxx..x..x.|x.....x.....x.....x.....x.x.x.x.x.x.x.x.x.x.x.x."},
        ),
    },
    "vaporwave": {
        "4/4": layered(
            {"kick": "X..............."},
            {"kick": "X.......x.......", "snare": BACK},
            {"hat": "x...x...x...x..."},
            {"hat": "x.x.x.x.x.x.x.x.", "crash": FIRST_OF_4},
        ),
    },
    "gated": {
        "4/4": layered(
            {"hat": "x.x.x.x.x.x.x..."},
            {"kick": "X...X...X...X...", "snare": BACK},
            {"kick": "X.....x.X.......", "open": "..............x."},
            {"kick": FOUR, "high tom": REST_3 + "X.x.............",
             "low tom": REST_3 + "....X.x.........",
             "floor tom": REST_3 + "........X.x.x.x."},
        ),
    },
    "trap": {
        "4/4": layered(
            {"hat": "x...x...x...x..."},
            {"kick": "X.....x...x.....|X..x......x...x.", "snare": "........X.......",
             "hat": "x.x.x.x.x.x.x.x."},
            # The second bar ends in thirty-seconds.
            {"hat": "x.x.x.x.x.x.x.x.|x...x...x...x...x...x...xoxoxoxo",
             "open": "......x.........|..........x....."},
            # Triplets of sixteenths in the first, thirty-seconds in the second.
            {"hat": "x.....x.....x.....x.....x.....x.x.x.x.....x....."
                    "|x...x...x...xoxox...x...xoxoxxxx", "rim": "...o......o...o."},
        ),
    },
    "phonk": {
        "4/4": layered(
            {"hat": "x...x...x...x..."},
            {"kick": FOUR, "clap": BACK},
            {"open": OFF, "hat": RUNNING},
            {"kick": "X...X..xX...X.x.", "crash": FIRST_OF_4},
        ),
    },
    "drill": {
        "4/4": layered(
            {"hat": "x..x..x.x..x..x."},
            {"snare": "........X.......|............X...", "kick": "X.....x.........|..x...x........."},
            {"rim": "...o......o...o."},
            {"hat": "x..x..x.x..x..x.|x.....x.....x.....x.....x.....x.....x.x.x.x.x.x.",
             "open": "................|......x........."},
        ),
    },
}  # fmt: skip

HALF_TIME = halved({"kick": "X.......X.x.....", "snare": BACK, "ride": "x.x.x.x.x.x.x.x."})
"""A plain backbeat at half speed, for breakdowns of styles that are fast otherwise."""
