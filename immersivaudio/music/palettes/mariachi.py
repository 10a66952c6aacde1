"""Trumpets in thirds, violins, a strum in six against three, a guitarron in octaves."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="mariachi",
    words=(
        "mariachi",
        "ranchera",
        "mexican",
        "mexico",
        "son jalisciense",
        "guitarron",
        "vihuela",
        "charro",
        "cinco de mayo",
    ),
    valence=0.7,
    arousal=0.5,
    tempo=(96.0, 120.0),
    metres=(
        (6, 8),
        (4, 4),
        (3, 4),
    ),
    modes=("ionian",),
    harmony="mariachi",
    players=(
        Player("trumpets", "lead", "", 0.1, 67, 4, 1, "trumpets"),
        Player("nylon guitar", "arp", "son", 0.0, 60, 2, 4, "vihuela"),
        Player("steel guitar", "arp", "son", 0.2, 57, -4, 4, "guitar"),
        Player("upright bass", "bass", "guitarron", 0.0, 40, 6, 3, "guitarron"),
        Player("trumpets", "counter", "", 0.25, 66, -2, 1, "second trumpet"),
        Player("violins", "pad", "half bar", 0.3, 70, -8, 2),
        Player("harp", "arp", "arpeggio", 0.6, 64, -12),
    ),
    lead=LeadStyle("mariachi", arch=4, rest=0.25, leap=0.2, ornament=0.2),
    accents=(
        Accent("trumpets", None, 0.3, 106),
        Accent("nylon guitar", None, 0.0, 112),
        Accent("upright bass", None, 0.0, 112),
    ),
    colour=-1,
    looseness=1.0,
    steady=True,
    dynamic_range=7.0,
    mix={"brightness": 0.5, "reverb": 1.1, "width": 0.8},
    family="latin and caribbean",
    source="sobrino.net, Mariachi song forms; brebru.com, Ranchera; Smithsonian Folkways (2010)",
)
