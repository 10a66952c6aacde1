"""All on the one: ghosted sixteenths, a bass with holes in it, one ninth chord."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="funk",
    words=(
        "funk",
        "funky",
        "p funk",
        "james brown",
        "go go funk",
        "groove funk",
        "jazz funk",
        "70s funk",
        "slap funk",
    ),
    valence=0.5,
    arousal=0.65,
    tempo=(92.0, 116.0),
    metres=((4, 4),),
    modes=(
        "dorian",
        "mixolydian",
    ),
    harmony="funk",
    players=(
        Player("tenor saxophone", "lead", "", 0.2, 62, 0, 1, "saxophone"),
        Player("muted guitar", "arp", "scratch", 0.0, 62, -2, 3, "guitar", shape="parallel"),
        Player("slap bass", "bass", "funk", 0.0, 36, 8),
        Player("drum kit", "drums", "funk", 0.0, 60, 4),
        Player("clavinet", "arp", "riff", 0.3, 57, -8, 2, "clavinet"),
        Player("brass section", "arp", "horn hits", 0.35, 64, -2, 3, "horns"),
        Player("drawbar organ", "pad", "sustain", 0.65, 62, -16),
    ),
    lead=LeadStyle("funky", span=15, vary=0.3, rest=0.45, leap=0.2, ornament=0.2, scale="minor pentatonic"),
    accents=(
        Accent("drum kit", 49, 0.4, 104),
        Accent("drum kit", 36, 0.0, 114),
        Accent("brass section", None, 0.2, 108),
        Accent("slap bass", None, 0.0, 110),
    ),
    colour=3,
    swing=0.54,
    swung="sixteenths",
    looseness=0.7,
    steady=True,
    dynamic_range=6.0,
    mix={"brightness": 0.5, "reverb": 0.7, "width": 0.65},
    family="pop and rock",
    source="Loudlands, What makes a beat funky; Modern Drummer, December 2009 (ghost notes)",
)
