"""A scraper, long short short; a drum between the beats; root, third and fifth below."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="cumbia",
    words=(
        "cumbia",
        "cumbia sonidera",
        "cumbia villera",
        "tropical latin",
        "colombian",
        "sonidera",
        "charanga",
        "guacharaca",
    ),
    valence=0.5,
    arousal=0.4,
    tempo=(86.0, 104.0),
    metres=((4, 4),),
    modes=(
        "harmonic minor",
        "aeolian",
        "ionian",
    ),
    harmony="cumbia",
    players=(
        Player("accordion", "lead", "", 0.0, 72, 2, 1, "accordion"),
        Player("clean guitar", "arp", "cumbia chords", 0.0, 60, -4, 3, "guitar"),
        Player("finger bass", "bass", "cumbia", 0.0, 36, 6),
        Player("drum kit", "drums", "cumbia", 0.0, 60, 0, 3, "percussion"),
        Player("drawbar organ", "arp", "cumbia chords", 0.4, 64, -14, 3, "organ"),
        Player("clarinet", "counter", "", 0.45, 67, -8, 1, "clarinet"),
        Player("brass section", "arp", "horn hits", 0.7, 64, -10, 3, "brass"),
    ),
    lead=LeadStyle("cumbia", soar=0.02, rest=0.3, leap=0.15, ornament=0.2),
    accents=(
        Accent("drum kit", 65, 0.3, 108),
        Accent("drum kit", 56, 0.0, 104),
        Accent("accordion", None, 0.0, 106),
    ),
    colour=-1,
    looseness=0.8,
    swing=0.55,
    swung="sixteenths",
    steady=True,
    dynamic_range=6.0,
    mix={"brightness": 0.0, "reverb": 1.0, "width": 0.7},
    family="latin and caribbean",
    source=(
        "Modern Drummer, The Cumbia (September 2015); drum.town, Cumbia (88-100); bass from general knowledge"
    ),
)
