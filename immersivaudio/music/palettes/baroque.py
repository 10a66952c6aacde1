"""Continuo in running eighths, sequences that fall by fifths, a harpsichord."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="baroque",
    words=(
        "baroque",
        "fugue",
        "concerto grosso",
        "toccata",
        "royal court",
        "versailles",
        "harpsichord concerto",
        "brandenburg",
    ),
    valence=0.4,
    arousal=0.4,
    tempo=(96.0, 126.0),
    metres=(
        (4, 4),
        (3, 4),
    ),
    modes=(
        "harmonic minor",
        "ionian",
    ),
    harmony="falling fifths",
    players=(
        Player("violin", "lead", "", 0.0, 74, 4, 1, "violin"),
        Player("harpsichord", "arp", "continuo", 0.0, 62, 0, 4, "harpsichord"),
        Player("solo cello", "bass", "continuo", 0.0, 45, 2, 1, "continuo"),
        Player("recorder", "counter", "", 0.25, 74, -4, 1, "recorder"),
        Player("violas", "arp", "quartet inner", 0.4, 60, -8, 2, "violas"),
        Player("oboe", "arp", "half bar", 0.6, 70, -10, 1, "oboe"),
        Player("trumpets", "arp", "horn hits", 0.8, 74, -8, 2, "trumpets"),
    ),
    lead=LeadStyle(
        "running", soar=0.035, arch=4, span=21, rest=0.08, leap=0.2, ornament=0.35, chromatic=0.08
    ),
    accents=(
        Accent("harpsichord", None, 0.0, 112),
        Accent("timpani", None, 0.6, 100),
        Accent("violin", None, 0.2, 104),
    ),
    colour=-1,
    looseness=0.7,
    journey="arc",
    dynamic_range=7.0,
    mix={"brightness": 0.5, "reverb": 1.4, "width": 0.7},
    family="orchestra and march",
    source="Gettysburg music theory site (falling-fifths sequence); Sgoil Ghaidhlig, baroque unit",
)
