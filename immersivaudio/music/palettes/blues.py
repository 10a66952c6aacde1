"""Twelve bars, a shuffle, sevenths on one and four; a guitar that answers."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="blues",
    words=(
        "blues",
        "bluesy",
        "twelve bar blues",
        "12 bar blues",
        "delta blues",
        "chicago blues",
        "texas blues",
        "boogie woogie",
        "blues rock",
        "juke joint",
    ),
    valence=0.15,
    arousal=0.2,
    tempo=(84.0, 128.0),
    metres=((4, 4),),
    modes=(
        "dorian",
        "mixolydian",
    ),
    harmony="blues",
    players=(
        Player("crunch guitar", "lead", "", 0.0, 67, 4, 1, "lead guitar"),
        Player("clean guitar", "arp", "boogie", 0.0, 45, -2, 2, "rhythm guitar", shape="power"),
        Player("upright bass", "bass", "shuffle walk", 0.0, 36, 4),
        Player("drum kit", "drums", "shuffle", 0.05),
        Player("piano", "arp", "stirred", 0.3, 60, -10, 3, "piano"),
        Player("harmonica", "counter", "", 0.45, 70, -8, 1, "harmonica"),
        Player("drawbar organ", "pad", "sustain", 0.65, 60, -16),
    ),
    lead=LeadStyle(
        "blues", soar=0.01, arch=2, span=17, vary=0.4, rest=0.4, leap=0.2, ornament=0.3, scale="blues"
    ),
    accents=(
        Accent("drum kit", 49, 0.4, 104),
        Accent("drum kit", 36, 0.0, 112),
        Accent("crunch guitar", None, 0.0, 108),
    ),
    swing=0.66,
    colour=-1,
    looseness=1.1,
    steady=True,
    dynamic_range=7.0,
    mix={"brightness": -1.5, "reverb": 0.9, "width": 0.65},
    family="roots",
    source="Bass Player, Blues you can use: Shufflin'; jimilee.com, Texas shuffle",
)
