"""Seven to the bar, two two three: trumpets in thirds, horns between the beats, a tuba."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="balkan brass",
    words=(
        "balkan",
        "balkan brass",
        "gypsy brass",
        "serbian",
        "bulgarian",
        "romani",
        "guca",
        "cocek",
        "kusturica",
    ),
    valence=0.4,
    arousal=0.85,
    tempo=(170.0, 176.0),
    metres=(
        (7, 8),
        (4, 4),
    ),
    modes=(
        "phrygian dominant",
        "harmonic minor",
    ),
    harmony="hijaz",
    players=(
        Player("trumpets", "lead", "", 0.0, 70, 4, 1, "trumpets"),
        Player("horns", "arp", "limping", 0.0, 58, 0, 3, "horns"),
        Player("tuba", "bass", "limping", 0.0, 38, 6),
        Player("drum kit", "drums", "rachenitsa", 0.05, 60, 2, 3, "tapan"),
        Player("alto saxophone", "counter", "", 0.3, 66, -2, 1, "saxophone"),
        Player("clarinet", "counter", "", 0.6, 74, -8, 1, "clarinet"),
        Player("accordion", "pad", "sustain", 0.65, 62, -14),
    ),
    lead=LeadStyle(
        "freylekhs", soar=0.02, span=19, vary=0.25, rest=0.15, leap=0.15, ornament=0.3, chromatic=0.1
    ),
    accents=(
        Accent("drum kit", 57, 0.4, 106),
        Accent("drum kit", 36, 0.0, 114),
        Accent("horns", None, 0.0, 112),
    ),
    colour=-1,
    looseness=0.9,
    steady=True,
    dynamic_range=7.0,
    mix={"brightness": 0.5, "reverb": 1.1, "width": 0.8},
    family="around the world",
    source=(
        "reynders-bonhagen.nl, Ruchenitsa (2+2+3); melodigging.com, Balkan brass band; lanes general "
        "knowledge"
    ),
)
