"""Down-strokes in eighths at full speed, a shout, a hard stop."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="punk",
    words=(
        "punk",
        "punk rock",
        "pop punk",
        "hardcore punk",
        "skate punk",
        "d beat",
        "mosh",
        "pogo",
        "punk party",
    ),
    valence=0.2,
    arousal=0.95,
    tempo=(160.0, 200.0),
    metres=((4, 4),),
    modes=(
        "aeolian",
        "mixolydian",
        "ionian",
    ),
    harmony="punk",
    players=(
        Player("lead guitar", "lead", "", 0.1, 67, 3, 1, "lead"),
        Player("driven guitar", "arp", "down-strokes", 0.0, 45, 2, 3, "guitar", shape="power"),
        Player("second driven guitar", "arp", "down-strokes", 0.0, 50, 0, 3, "second guitar", shape="power"),
        Player("picked bass", "bass", "driving", 0.0, 36, 4),
        Player("drum kit", "drums", "punk", 0.0, 60, 4),
    ),
    lead=LeadStyle("heavy", soar=0.015, arch=2, rest=0.25, leap=0.15, ornament=0.05),
    accents=(
        Accent("drum kit", 49, 0.3, 120),
        Accent("drum kit", 36, 0.0, 122),
        Accent("driven guitar", None, 0.0, 114),
        Accent("picked bass", None, 0.0, 114),
    ),
    colour=-1,
    looseness=0.8,
    steady=True,
    roll="drum kit",
    dynamic_range=6.0,
    mix={"brightness": -0.5, "reverb": 0.6, "width": 0.95},
    family="pop and rock",
    source="drumlessons.com (skank beats); Backbone Drums, level 3; d-beat from general knowledge",
)
