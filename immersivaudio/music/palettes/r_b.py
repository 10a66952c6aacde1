"""Ninths and thirteenths, a rim on two and four, a bass that slides and answers."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="r&b",
    words=(
        "r and b",
        "rnb",
        "r n b",
        "soul",
        "soul music",
        "neo soul",
        "slow jam",
        "northern soul",
        "rhythm and blues",
    ),
    valence=0.3,
    arousal=-0.1,
    tempo=(66.0, 98.0),
    metres=((4, 4),),
    modes=(
        "dorian",
        "mixolydian",
        "ionian",
    ),
    harmony="soul",
    players=(
        Player("alto saxophone", "lead", "", 0.25, 70, -8, 1, "saxophone"),
        Player("electric piano", "arp", "lazy comp", 0.0, 60, 0, 4, "keys"),
        Player("drum kit", "drums", "soul", 0.0, 60, -4),
        Player("finger bass", "bass", "soul", 0.05, 36, 4),
        Player("clean guitar", "counter", "", 0.35, 67, -10, 1, "guitar fills"),
        Player("drawbar organ", "pad", "sustain", 0.45, 62, -16),
        Player("slow strings", "pad", "sustain", 0.65, 67, -16),
    ),
    lead=LeadStyle("soulful", vary=0.4, rest=0.35, leap=0.18, ornament=0.3, chromatic=0.15),
    accents=(
        Accent("drum kit", 49, 0.5, 92),
        Accent("drum kit", 36, 0.0, 104),
        Accent("electric piano", None, 0.0, 102),
    ),
    ending="ring",
    colour=3,
    swing=0.57,
    swung="sixteenths",
    looseness=1.1,
    late={"rim": 0.012, "snare": 0.014},
    steady=True,
    dynamic_range=7.0,
    mix={"brightness": -1.5, "reverb": 1.3, "width": 0.7},
    family="hip-hop and soul",
    source="brltheory.com, The Dilla Feel, part 3; lanes from general knowledge",
)
