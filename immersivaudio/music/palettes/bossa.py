"""Bossa nova: nylon guitar, a soft rim, a bass in twos."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="bossa",
    words=(
        "bossa",
        "bossa nova",
        "brazil",
        "beach",
        "tropical",
        "vacation",
        "holiday",
        "island",
        "sunny",
        "breezy",
        "romantic",
        "cafe terrace",
        "rio de janeiro",
        "bossanova",
    ),
    valence=0.6,
    arousal=-0.1,
    tempo=(100.0, 144.0),
    metres=((4, 4),),
    modes=("aeolian", "dorian", "mixolydian", "ionian", "lydian"),
    harmony="bossa",
    players=(
        Player("flute", "lead", centre=74, level=-10, name="melody"),
        Player("nylon guitar", "arp", "bossa", 0.0, 58, 0, 4, "guitar"),
        Player("upright bass", "bass", "bossa", 0.1, 38, 0),
        Player("drum kit", "drums", "bossa", 0.25, level=-6),
        Player("electric piano", "arp", "lazy comp", 0.45, 64, -14, 4, "keys"),
        Player("slow strings", "pad", "sustain", 0.6, 66, -18, 3),
        Player("vibraphone", "counter", "", 0.5, 72, -12, 1, "vibraphone"),
    ),
    lead=LeadStyle("syncopated", soar=0.025, rest=0.35, leap=0.06, chromatic=0.2, ornament=0.25),
    accents=(
        Accent("drum kit", 51, 0.4, 92),
        Accent("drum kit", 37, 0.0, 96),
        Accent("nylon guitar", None, 0.0, 104),
    ),
    steady=True,
    ending="button",
    colour=3,
    chord_bars=1.0,
    looseness=1.1,
    dynamic_range=6.0,
    mix={"brightness": -2.0, "reverb": 1.2, "width": 0.6},
    family="latin and caribbean",
    source=(
        "Acoustic Guitar, November 2017 (D. Ward); groovelibrary 2008; drummerworld on the late second stroke"
    ),
)
