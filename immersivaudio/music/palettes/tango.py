"""Marcato without a drum: bandoneon, violin and piano strike together; minor, and always V to i."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="tango",
    words=(
        "tango",
        "tango argentino",
        "buenos aires",
        "argentine tango",
        "tango waltz",
        "tango show",
        "tanguero",
        "tango nuevo",
        "tango orchestra",
    ),
    valence=-0.2,
    arousal=0.3,
    tempo=(112.0, 132.0),
    metres=((4, 4),),
    modes=(
        "harmonic minor",
        "ionian",
    ),
    harmony="tango",
    players=(
        Player("violin", "lead", "", 0.15, 72, 4, 1, "violin"),
        Player("bandoneon", "arp", "marcato", 0.0, 62, 2, 3, "bandoneon"),
        Player("piano", "arp", "marcato", 0.0, 52, 0, 3, "piano"),
        Player("upright bass", "bass", "tango", 0.0, 36, 6),
        Player("bandoneon", "counter", "", 0.35, 67, -4, 1, "second bandoneon"),
        Player("violins", "pad", "sustain", 0.6, 67, -12, 2),
    ),
    lead=LeadStyle("tango", soar=0.035, arch=4, span=20, rest=0.25, leap=0.2, ornament=0.3, chromatic=0.2),
    accents=(
        Accent("piano", None, 0.0, 112),
        Accent("bandoneon", None, 0.2, 110),
        Accent("upright bass", None, 0.0, 112),
    ),
    ending="button",
    colour=-1,
    looseness=1.1,
    steady=True,
    journey="arc",
    dynamic_range=9.0,
    mix={"brightness": -1.0, "reverb": 1.4, "width": 0.7},
    family="latin and caribbean",
    source="A. Tully, Intro to tango accompaniment (2017); tangomusicology.com (3-3-2)",
)
