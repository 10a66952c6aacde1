"""An organ, a choir, a walk up to the fourth, claps on two and four, and up a semitone at the end."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="gospel",
    words=(
        "gospel",
        "gospel choir",
        "church",
        "praise",
        "hallelujah",
        "praise break",
        "spiritual song",
        "sunday service",
        "gospel praise",
    ),
    valence=0.7,
    arousal=0.4,
    tempo=(84.0, 112.0),
    metres=(
        (4, 4),
        (12, 8),
    ),
    modes=(
        "mixolydian",
        "ionian",
    ),
    harmony="gospel",
    players=(
        Player("choir", "lead", "", 0.0, 67, 2, 1, "choir"),
        Player("drawbar organ", "pad", "sustain", 0.0, 60, -4, 4, "organ"),
        Player("piano", "arp", "charleston", 0.0, 60, -2, 4, "piano"),
        Player("finger bass", "bass", "walk-ups", 0.05, 36, 4),
        Player("drum kit", "drums", "gospel", 0.15),
        Player("brass section", "arp", "horn hits", 0.6, 64, -10, 3, "brass"),
        Player("tenor saxophone", "counter", "", 0.55, 62, -12, 1, "saxophone"),
    ),
    lead=LeadStyle("shout", soar=0.025, arch=4, rest=0.25, leap=0.2, ornament=0.3, chromatic=0.15),
    accents=(
        Accent("drum kit", 49, 0.3, 108),
        Accent("drum kit", 36, 0.0, 112),
        Accent("piano", None, 0.0, 108),
        Accent("choir", None, 0.5, 96),
    ),
    colour=-1,
    swing=0.62,
    looseness=1.1,
    key_change=1,
    steady=True,
    roll="drum kit",
    dynamic_range=9.0,
    mix={"brightness": 0.0, "reverb": 1.8, "width": 0.8},
    family="hip-hop and soul",
    source=(
        "soulfulguitarlessons.com 2025 (semitone modulation); psrtutorial.com (walk to IV); "
        "learndrumsnow.com (claps on 2 and 4)"
    ),
)
