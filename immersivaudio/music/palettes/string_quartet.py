"""Four single lines: a motive goes from bow to bow, a cadence every eight bars."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="string quartet",
    words=(
        "string quartet",
        "quartet",
        "chamber music",
        "classical strings",
        "haydn",
        "violin and cello",
        "strings only",
        "minuet",
        "chamber",
    ),
    valence=0.3,
    arousal=0.0,
    tempo=(92.0, 138.0),
    metres=(
        (4, 4),
        (3, 4),
    ),
    modes=(
        "harmonic minor",
        "ionian",
    ),
    harmony="quartet",
    players=(
        Player("violin", "lead", "", 0.0, 74, 0, 1, "first violin"),
        Player("violin", "arp", "quartet inner", 0.0, 65, 1, 2, "second violin"),
        Player("viola", "arp", "half bar", 0.0, 57, -2, 1, "viola"),
        Player("solo cello", "bass", "cello", 0.0, 45, 0, 1, "cello"),
        Player("viola", "counter", "", 0.3, 60, -4, 1, "viola answers"),
    ),
    lead=LeadStyle("quartet", soar=0.035, arch=4, span=21, vary=0.2, rest=0.25, leap=0.18, ornament=0.25),
    accents=(
        Accent("violin", None, 0.0, 104),
        Accent("solo cello", None, 0.0, 108),
        Accent("viola", None, 0.3, 104),
    ),
    colour=-1,
    looseness=1.0,
    journey="arc",
    dynamic_range=9.0,
    mix={"brightness": -0.5, "reverb": 1.3, "width": 0.55},
    family="orchestra and march",
    source="melodigging.com, String quartet; fiveable.me, Writing for string quartet; general knowledge",
)
