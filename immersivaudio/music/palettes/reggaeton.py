"""Dembow: a kick on every beat, snares in three, three, two against it; four minor chords."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="reggaeton",
    words=(
        "reggaeton",
        "dembow",
        "perreo",
        "bachata urbana",
        "reguetón",
        "reggaeton party",
        "latin urban",
        "reggaeton pop",
        "perreo intenso",
    ),
    valence=0.3,
    arousal=0.6,
    tempo=(88.0, 100.0),
    metres=((4, 4),),
    modes=(
        "phrygian",
        "harmonic minor",
        "aeolian",
    ),
    harmony="dembow",
    players=(
        Player("pluck", "lead", "", 0.1, 72, 0, 1, "lead"),
        Player("nylon guitar", "arp", "dembow chords", 0.0, 60, -2, 3, "guitar"),
        Player("electronic kit", "drums", "dembow", 0.0, 60, 6),
        Player("sub bass", "bass", "dembow", 0.0, 34, 6),
        Player("marimba", "arp", "sixteenth arp", 0.45, 67, -14, 3, "marimba"),
        Player("warm pad", "pad", "sustain", 0.3, 60, -12),
        Player("brass section", "arp", "horn hits", 0.7, 64, -10, 3, "brass"),
    ),
    lead=LeadStyle("dembow", soar=0.01, arch=2, rest=0.3, leap=0.12, ornament=0.1),
    accents=(
        Accent("impact", 36, 0.6, 106),
        Accent("electronic kit", 49, 0.35, 106),
        Accent("electronic kit", 38, 0.0, 114),
        Accent("nylon guitar", None, 0.0, 106),
    ),
    colour=-1,
    looseness=0.2,
    steady=True,
    riser="riser",
    dynamic_range=7.0,
    mix={"brightness": 0.5, "reverb": 1.2, "width": 0.75, "pump": 1.5},
    family="latin and caribbean",
    source="virouncode/TOOOL, snare motives; plugg-supply.net, How to make reggaeton beats (90-100)",
)
