"""A skank off the beat, kick and rim on the drop with an empty one, a heavy singing bass."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="reggae",
    words=(
        "reggae",
        "roots reggae",
        "rasta",
        "jamaica",
        "jamaican",
        "one drop",
        "lovers rock",
        "kingston",
        "roots and culture",
    ),
    valence=0.5,
    arousal=-0.1,
    tempo=(68.0, 84.0),
    metres=((4, 4),),
    modes=(
        "aeolian",
        "dorian",
        "mixolydian",
        "ionian",
    ),
    harmony="reggae",
    players=(
        Player("harmonica", "lead", "", 0.2, 70, -4, 1, "melodica"),
        Player("muted guitar", "arp", "skank", 0.0, 62, 0, 3, "skank", echo=3, throws=True),
        Player("drawbar organ", "arp", "bubble", 0.0, 62, -8, 3, "organ bubble"),
        Player("finger bass", "bass", "one drop", 0.0, 33, 10),
        Player("drum kit", "drums", "reggae"),
        Player("brass section", "arp", "horn hits", 0.5, 64, -8, 3, "horns"),
        Player("piano", "arp", "skank", 0.35, 62, -10, 3, "piano"),
    ),
    lead=LeadStyle("lazy", soar=0.015, arch=2, rest=0.4, leap=0.15),
    accents=(
        Accent("drum kit", 37, 0.3, 104),
        Accent("drum kit", 36, 0.0, 110),
        Accent("muted guitar", None, 0.0, 104),
    ),
    ending="ring",
    swing=0.57,
    colour=-1,
    looseness=0.9,
    late={"rim": 0.008},
    steady=True,
    dynamic_range=6.0,
    mix={"brightness": -1.5, "reverb": 1.6, "width": 0.7, "wet": 1.0},
    family="latin and caribbean",
    source="weigu.lu, drumppy (2025); dubroom.org on the four reggae rhythms; bax-shop.co.uk",
)
