"""A chop off the beat at speed, a walking bass, horns in unison."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="ska",
    words=(
        "ska",
        "two tone",
        "2 tone",
        "ska band",
        "rude boy",
        "third wave ska",
        "skanking",
        "first wave ska",
    ),
    valence=0.7,
    arousal=0.8,
    tempo=(128.0, 164.0),
    metres=((4, 4),),
    modes=(
        "aeolian",
        "ionian",
    ),
    harmony="ska",
    players=(
        Player("trumpets", "lead", "", 0.1, 67, 6, 1, "trumpet"),
        Player("clean guitar", "arp", "skank", 0.0, 64, 2, 3, "guitar"),
        Player("finger bass", "bass", "walking quarters", 0.0, 36, 6),
        Player("drum kit", "drums", "ska", 0.0, 60, 2),
        Player("trombones", "counter", "", 0.25, 57, 0, 1, "trombone"),
        Player("drawbar organ", "arp", "skank", 0.2, 64, -10, 3, "organ"),
        Player("tenor saxophone", "arp", "horn hits", 0.5, 62, -6, 2, "saxophone"),
    ),
    lead=LeadStyle("swing riff", soar=0.02, rest=0.3, leap=0.2),
    accents=(
        Accent("drum kit", 49, 0.3, 110),
        Accent("drum kit", 36, 0.0, 114),
        Accent("clean guitar", None, 0.0, 110),
    ),
    colour=-1,
    looseness=0.7,
    steady=True,
    roll="drum kit",
    dynamic_range=6.0,
    mix={"brightness": 0.5, "reverb": 0.9, "width": 0.75},
    family="latin and caribbean",
    source="TrueFire, Ska building blocks (150-190); hostboard drums thread",
)
