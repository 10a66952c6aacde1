"""A bass between the kicks, gated chords, a wall of saws that everything builds up to."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="trance",
    words=(
        "trance",
        "trance music",
        "uplifting trance",
        "hands in the air",
        "euphoric trance",
        "vocal trance",
        "progressive trance",
        "trance party",
        "trance anthem",
    ),
    valence=0.5,
    arousal=0.85,
    tempo=(132.0, 140.0),
    metres=((4, 4),),
    modes=(
        "aeolian",
        "ionian",
    ),
    harmony="trance",
    players=(
        Player("supersaw", "lead", "", 0.0, 74, 0, 1, "lead", echo=3),
        Player("saw pad", "arp", "gate", 0.0, 62, -4, 4, "gated chords"),
        Player("electronic kit", "drums", "trance", 0.05, 60, 4),
        Player("saw bass", "bass", "off-beat", 0.1, 35, 4),
        Player("pluck", "arp", "sixteenth arp", 0.3, 72, -12, 3, "arpeggio", echo=3),
        Player("piano", "arp", "broken", 0.0, 64, -16, 3, "piano"),
        Player("choir", "pad", "sustain", 0.7, 64, -16),
    ),
    lead=LeadStyle("trance", soar=0.015, arch=2, rest=0.15, leap=0.2, ornament=0.05, chromatic=0.02),
    accents=(
        Accent("impact", 36, 0.6, 108),
        Accent("electronic kit", 49, 0.25, 112),
        Accent("electronic kit", 36, 0.0, 116),
        Accent("supersaw", None, 0.0, 104),
    ),
    chord_bars=1.0,
    looseness=0.15,
    steady=True,
    riser="riser",
    roll="electronic kit",
    journey="drop",
    dynamic_range=9.0,
    mix={"brightness": 1.5, "reverb": 2.2, "width": 1.0, "pump": 5.0, "wet": 1.5},
    family="electronic",
    source="theproducerschool.com, 5 Essential Bass Patterns (hard house and trance)",
)
