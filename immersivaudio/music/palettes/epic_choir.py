"""A choir that chants, low brass, drums like gates; the strings beneath never stop."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="epic choir",
    words=(
        "epic choir",
        "carmina burana",
        "o fortuna",
        "latin choir",
        "cathedral",
        "boss battle choir",
        "choir of doom",
        "epic latin choir",
        "choir epic",
    ),
    valence=-0.3,
    arousal=0.75,
    tempo=(76.0, 126.0),
    metres=(
        (4, 4),
        (3, 4),
        (6, 8),
    ),
    modes=(
        "phrygian",
        "harmonic minor",
        "aeolian",
        "dorian",
    ),
    harmony="choral",
    players=(
        Player("choir", "lead", "", 0.0, 67, 6, 1, "sopranos"),
        Player("choir", "pad", "half bar", 0.0, 58, 0, 4, "choir"),
        Player("cellos", "arp", "spiccato", 0.0, 50, -2, 3, "low strings"),
        Player("double basses", "bass", "chorale", 0.1, 36, 4),
        Player("cinematic drums", "drums", "epic", 0.25, 60, 2),
        Player("organ", "pad", "sustain", 0.3, 55, -10, 4, "church organ"),
        Player("horns", "counter", "", 0.45, 58, -2, 1, "horns"),
        Player("brass section", "pad", "swells", 0.55, 55, -4),
        Player("tubular bells", "arp", "bells", 0.7, 66, -12, 2, "bells"),
    ),
    lead=LeadStyle("chant", soar=0.01, span=12, rest=0.15, leap=0.15, ornament=0.05),
    accents=(
        Accent("impact", 36, 0.5, 114),
        Accent("timpani", None, 0.0, 114),
        Accent("drum kit", 49, 0.5, 104),
        Accent("brass section", None, 0.3, 106),
    ),
    riser="reverse swell",
    roll="timpani",
    journey="arc",
    colour=-1,
    dynamic_range=11.0,
    mix={"brightness": -0.5, "reverb": 3.2, "width": 0.9, "wet": 2.0, "predelay": 0.035},
    family="orchestra and march",
    source="cinematiccomposing.com (8-bar sections); general knowledge",
)
