"""A music box over two chords, falling phrases, softer to the end."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="lullaby",
    words=(
        "lullaby",
        "cradle song",
        "bedtime",
        "baby sleeping",
        "newborn",
        "nursery rhyme",
        "sleeping baby",
        "goodnight",
        "rock a bye",
    ),
    valence=0.5,
    arousal=-0.8,
    tempo=(56.0, 78.0),
    metres=(
        (3, 4),
        (6, 8),
        (4, 4),
    ),
    modes=(
        "dorian",
        "ionian",
    ),
    harmony="lullaby",
    players=(
        Player("music box", "lead", "", 0.0, 76, -4, 1, "music box"),
        Player("harp", "arp", "rocking", 0.0, 62, 0, 3, "harp"),
        Player("slow strings", "pad", "sustain", 0.15, 60, -10),
        Player("piano", "bass", "rocking", 0.1, 43, -4, 1, "low piano"),
        Player("celesta", "counter", "", 0.4, 79, -12, 1, "celesta"),
        Player("flute", "pad", "half bar", 0.6, 72, -16, 1, "flute"),
    ),
    lead=LeadStyle("cradle", soar=0.0, arch=1, span=12, rest=0.25, leap=0.1, ornament=0.05),
    accents=(
        Accent("harp", None, 0.0, 92),
        Accent("celesta", None, 0.0, 88),
    ),
    ending="ring",
    colour=-1,
    looseness=0.9,
    journey="still",
    dynamic_range=6.0,
    mix={"brightness": -2.5, "reverb": 1.8, "width": 0.6},
    family="quiet",
    source=(
        "Unyk, Trehub et al. 1992; Bainbridge et al., Nature Human Behaviour 2020; figures general knowledge"
    ),
)
