"""Jangling arpeggios, a bass in eighths high up the neck, one layer more every four bars."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="indie rock",
    words=(
        "indie rock",
        "indie pop",
        "alternative rock",
        "alternative",
        "garage rock",
        "jangle pop",
        "indie band sound",
        "college rock",
        "lo fi rock",
    ),
    valence=0.4,
    arousal=0.55,
    tempo=(112.0, 150.0),
    metres=((4, 4),),
    modes=(
        "aeolian",
        "mixolydian",
        "ionian",
    ),
    harmony="indie",
    players=(
        Player("clean guitar", "lead", "", 0.15, 73, 2, 1, "lead", echo=3),
        Player("crunch guitar", "arp", "jangle", 0.0, 56, -2, 3, "jangle guitar"),
        Player("picked bass", "bass", "driving", 0.0, 38, 2),
        Player("drum kit", "drums", "indie rock", 0.1, 60, 4),
        Player("second driven guitar", "arp", "power chords", 0.55, 50, -8, 3, "driven", shape="power"),
        Player("glockenspiel", "counter", "", 0.5, 84, -18, 1, "glockenspiel"),
        Player("rock organ", "pad", "sustain", 0.45, 62, -16),
    ),
    lead=LeadStyle("singable", arch=4, rest=0.25, leap=0.15),
    accents=(
        Accent("drum kit", 49, 0.3, 112),
        Accent("drum kit", 36, 0.0, 116),
        Accent("crunch guitar", None, 0.0, 108),
    ),
    looseness=0.9,
    steady=True,
    roll="drum kit",
    dynamic_range=8.0,
    mix={"brightness": -0.5, "reverb": 1.2, "width": 0.85},
    family="pop and rock",
    source="general knowledge",
)
