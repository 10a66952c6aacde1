"""Sleigh bells, a tune of bells, and the minor fourth before it comes home."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="christmas",
    words=(
        "christmas",
        "xmas",
        "christmas music",
        "carol",
        "christmas carol",
        "santa",
        "sleigh ride",
        "jingle bells",
        "yuletide",
        "advent",
    ),
    valence=0.8,
    arousal=0.3,
    tempo=(88.0, 132.0),
    metres=(
        (4, 4),
        (3, 4),
    ),
    modes=("ionian",),
    harmony="sleigh",
    players=(
        Player("celesta", "lead", "", 0.0, 76, 4, 1, "bell tune"),
        Player("piano", "arp", "half bar", 0.0, 60, -4, 4, "piano"),
        Player("slow strings", "pad", "sustain", 0.1, 62, -6),
        Player("upright bass", "bass", "walking quarters", 0.15, 38, 2),
        Player("drum kit", "drums", "sleigh", 0.0, 60, -4),
        Player("glockenspiel", "counter", "", 0.3, 84, -12, 1, "glockenspiel"),
        Player("choir", "pad", "sustain", 0.5, 64, -8),
        Player("brass section", "arp", "horn hits", 0.7, 62, -10, 3, "brass"),
        Player("tubular bells", "arp", "bells", 0.6, 67, -14, 2, "bells"),
    ),
    lead=LeadStyle("carol", soar=0.035, arch=4, rest=0.15, leap=0.15, ornament=0.15),
    accents=(
        Accent("timpani", None, 0.4, 104),
        Accent("drum kit", 49, 0.5, 96),
        Accent("tubular bells", None, 0.0, 98),
        Accent("piano", None, 0.0, 100),
    ),
    colour=-1,
    swing=0.6,
    looseness=0.9,
    key_change=2,
    riser="reverse swell",
    roll="timpani",
    dynamic_range=8.0,
    mix={"brightness": 0.5, "reverb": 2.0, "width": 0.8},
    family="media",
    source=(
        "A. Ragusea (Slate 2014), by way of scottcarlson.com (the minor fourth); poletoparis.com (bells)"
    ),
)
