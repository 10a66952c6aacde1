"""A ukulele, claps, a glockenspiel: bright, plain, and easy to cut."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="corporate",
    words=(
        "corporate",
        "explainer",
        "tutorial",
        "product demo",
        "presentation",
        "business",
        "startup",
        "tech review",
        "whistling",
        "how to",
        "advert",
    ),
    valence=0.7,
    arousal=0.4,
    tempo=(100.0, 126.0),
    metres=((4, 4),),
    modes=(
        "ionian",
        "lydian",
    ),
    harmony="corporate",
    players=(
        Player("glockenspiel", "lead", "", 0.1, 79, 4, 1, "tune"),
        Player("nylon guitar", "arp", "ukulele", 0.0, 69, -3, 4, "ukulele"),
        Player("muted guitar", "arp", "muted eighths", 0.0, 62, -6, 2, "muted guitar"),
        Player("finger bass", "bass", "pop", 0.25, 36),
        Player("drum kit", "drums", "stomp", 0.15, 60, -2),
        Player("piano", "arp", "half bar", 0.4, 62, -8, 4, "piano"),
        Player("pan flute", "counter", "", 0.5, 76, -10, 1, "whistle"),
        Player("slow strings", "pad", "sustain", 0.65, 64, -14),
    ),
    lead=LeadStyle("whistled", soar=0.025, rest=0.3, leap=0.15, ornament=0.1, scale="major pentatonic"),
    accents=(
        Accent("drum kit", 49, 0.5, 92),
        Accent("drum kit", 39, 0.0, 104),
        Accent("nylon guitar", None, 0.0, 104),
        Accent("glockenspiel", None, 0.2, 90),
    ),
    looseness=0.8,
    steady=True,
    dynamic_range=7.0,
    mix={"brightness": 0.5, "reverb": 1.0, "width": 0.75},
    family="media",
    source=(
        "cinematiccomposing.com, Keeping it simple (stock music: one key, easy to cut); general knowledge"
    ),
)
