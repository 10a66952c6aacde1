"""Octaves in the bass, an open hat between the kicks, strings that run."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="disco",
    words=(
        "disco",
        "nu disco",
        "70s disco",
        "studio 54",
        "roller disco",
        "mirror ball",
        "italo disco",
        "seventies dance",
        "discotheque",
    ),
    valence=0.7,
    arousal=0.7,
    tempo=(112.0, 126.0),
    metres=((4, 4),),
    modes=(
        "aeolian",
        "dorian",
        "ionian",
    ),
    harmony="disco",
    players=(
        Player("violins", "lead", "", 0.0, 72, 0, 1, "strings"),
        Player("electric piano", "arp", "charleston", 0.0, 60, -6, 4, "keys"),
        Player("drum kit", "drums", "disco", 0.0, 60, 4),
        Player("finger bass", "bass", "octaves", 0.0, 36, 6),
        Player("muted guitar", "arp", "scratch", 0.1, 62, -8, 3, "guitar"),
        Player("violas", "arp", "strings run", 0.4, 67, -6, 3, "string runs"),
        Player("brass section", "arp", "horn hits", 0.55, 64, -8, 3, "brass"),
    ),
    lead=LeadStyle("hook", soar=0.035, rest=0.25, leap=0.22, ornament=0.2),
    accents=(
        Accent("drum kit", 49, 0.3, 108),
        Accent("drum kit", 36, 0.0, 112),
        Accent("brass section", None, 0.3, 104),
        Accent("electric piano", None, 0.0, 104),
    ),
    colour=2,
    looseness=0.6,
    swing=0.52,
    swung="sixteenths",
    steady=True,
    riser="reverse swell",
    dynamic_range=7.0,
    mix={"brightness": 0.0, "reverb": 1.4, "width": 0.85},
    family="pop and rock",
    source="Modern Drummer, Advanced Disco (July 2016); zZounds, Foundational Beats: Disco (2018)",
)
