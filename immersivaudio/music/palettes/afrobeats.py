"""Rims in three, three, two and no backbeat; a plucked major riff over a soft kick."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="afrobeats",
    words=(
        "afrobeats",
        "afrobeat",
        "afropop",
        "afro pop",
        "nigerian",
        "naija",
        "lagos",
        "african",
        "ghana",
    ),
    valence=0.6,
    arousal=0.5,
    tempo=(98.0, 112.0),
    metres=((4, 4),),
    modes=(
        "aeolian",
        "ionian",
    ),
    harmony="afrobeats",
    players=(
        Player("alto saxophone", "lead", "", 0.25, 65, -9, 1, "saxophone"),
        Player("clean guitar", "arp", "highlife", 0.0, 67, 0, 3, "guitar"),
        Player("electronic kit", "drums", "afrobeats", 0.0, 60, 4),
        Player("sub bass", "bass", "afrobeats", 0.05, 36, 6),
        Player("electric piano", "arp", "lazy comp", 0.2, 60, -8, 4, "keys"),
        Player("marimba", "counter", "", 0.4, 67, -8, 1, "marimba"),
        Player("hand drums", "drums", "afrobeats", 0.6, 60, -10, 3, "hand drums"),
    ),
    lead=LeadStyle("afro", soar=0.015, arch=2, rest=0.35, leap=0.15, scale="major pentatonic"),
    accents=(
        Accent("electronic kit", 49, 0.4, 100),
        Accent("electronic kit", 36, 0.0, 112),
        Accent("clean guitar", None, 0.0, 106),
    ),
    colour=2,
    swing=0.55,
    swung="sixteenths",
    looseness=0.6,
    steady=True,
    dynamic_range=6.0,
    mix={"brightness": 0.0, "reverb": 1.0, "width": 0.75},
    family="latin and caribbean",
    source="songen.app, How to make afrobeats drums (2026); plugg-supply.net (95-115)",
)
