"""Clave in every part: a montuno on the piano, a bass that leaves the one out, brass that answers."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="salsa",
    words=(
        "salsa",
        "salsa dura",
        "timba",
        "son cubano",
        "cuban",
        "cuba",
        "havana",
        "salsa party",
        "montuno",
    ),
    valence=0.7,
    arousal=0.7,
    tempo=(84.0, 102.0),
    metres=((4, 4),),
    modes=(
        "aeolian",
        "dorian",
        "ionian",
    ),
    harmony="salsa",
    players=(
        Player("trumpets", "lead", "", 0.15, 70, 4, 1, "trumpets"),
        Player("piano", "arp", "montuno", 0.0, 64, 0, 3, "montuno"),
        Player("upright bass", "bass", "tumbao", 0.0, 36, 6),
        Player("drum kit", "drums", "salsa", 0.0, 60, 0, 3, "percussion"),
        Player("trombones", "arp", "horn hits", 0.45, 58, -4, 3, "trombones"),
        Player("flute", "counter", "", 0.5, 76, -8, 1, "flute"),
    ),
    lead=LeadStyle("clave", soar=0.015, arch=2, span=17, vary=0.2, rest=0.35, leap=0.2, ornament=0.2),
    accents=(
        Accent("drum kit", 65, 0.3, 110),
        Accent("drum kit", 56, 0.0, 106),
        Accent("piano", None, 0.0, 110),
        Accent("trumpets", None, 0.4, 104),
    ),
    ending="button",
    colour=-1,
    looseness=0.6,
    steady=True,
    dynamic_range=7.0,
    mix={"brightness": 0.5, "reverb": 1.1, "width": 0.8},
    family="latin and caribbean",
    source="rhythmnotes.net, Salsa rhythms; Wikipedia, Tumbao; salsa-merengue.co.uk (bell)",
)
