"""A galop: chromatic runs, a tuba in two, everything loud, a trombone that slides."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="circus march",
    words=(
        "circus",
        "circus march",
        "clown",
        "clowns",
        "big top",
        "galop",
        "screamer",
        "ringmaster",
        "trapeze",
        "juggler",
        "acrobats",
    ),
    valence=0.7,
    arousal=0.9,
    tempo=(140.0, 176.0),
    metres=((4, 4),),
    modes=(
        "harmonic minor",
        "ionian",
    ),
    harmony="circus",
    players=(
        Player("piccolo", "lead", "", 0.0, 79, 2, 1, "piccolo"),
        Player("clarinet", "counter", "", 0.1, 72, 0, 1, "clarinets"),
        Player("tuba", "bass", "oom-pah", 0.0, 38, 6),
        Player("horns", "arp", "afterbeats", 0.0, 60, 7, 3, "horns"),
        Player("drum kit", "drums", "circus", 0.0, 60, 2),
        Player("trumpets", "arp", "horn hits", 0.35, 67, -2, 3, "cornets"),
        Player("trombones", "pad", "half bar", 0.4, 52, -4, 1, "trombones"),
        Player("xylophone", "arp", "sixteenth arp", 0.6, 77, -10, 2, "xylophone"),
    ),
    lead=LeadStyle("galop", soar=0.02, arch=4, span=22, rest=0.1, leap=0.12, ornament=0.3, chromatic=0.5),
    accents=(
        Accent("drum kit", 57, 0.2, 112),
        Accent("drum kit", 36, 0.0, 116),
        Accent("trumpets", None, 0.0, 110),
    ),
    colour=-1,
    looseness=0.7,
    roll="drum kit",
    dynamic_range=6.0,
    mix={"brightness": 0.5, "reverb": 1.2, "width": 0.8},
    family="orchestra and march",
    source="circusmusic.us, March (130-150, forte); brainscape, March forms",
)
