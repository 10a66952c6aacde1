"""Half time at 140: a snare on three, a wobbling bass, and a hole before the drop."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="dubstep",
    words=(
        "dubstep",
        "brostep",
        "riddim",
        "wub",
        "wubs",
        "bass drop",
        "filthy bass",
        "bass music",
        "wobble",
    ),
    valence=-0.5,
    arousal=0.75,
    tempo=(138.0, 142.0),
    metres=((4, 4),),
    modes=(
        "phrygian",
        "aeolian",
    ),
    harmony="dubstep",
    players=(
        Player("bell synth", "lead", "", 0.0, 72, -10, 1, "bells"),
        Player("dark pad", "pad", "sustain", 0.0, 50, -6),
        Player("trap kit", "drums", "dubstep", 0.05, 60, 8),
        Player("wobble bass", "bass", "wobble", 0.1, 31, 8),
        Player("saw lead", "arp", "techno stab", 0.5, 60, -10, 2, "growl", shape="parallel"),
        Player("slow strings", "pad", "sustain", 0.3, 62, -14),
        Player("choir", "pad", "sustain", 0.7, 60, -14),
    ),
    lead=LeadStyle("fragments", soar=0.02, arch=0, rest=0.5, leap=0.2),
    accents=(
        Accent("impact", 36, 0.4, 116),
        Accent("trap kit", 49, 0.3, 112),
        Accent("trap kit", 36, 0.0, 120),
        Accent("wobble bass", None, 0.0, 108),
    ),
    colour=-1,
    looseness=0.1,
    steady=True,
    riser="riser",
    roll="trap kit",
    journey="drop",
    dynamic_range=10.0,
    mix={"brightness": 0.5, "reverb": 1.5, "width": 0.85},
    family="electronic",
    source="Modern Drummer, Dubstep Drumming 1-2 (2014)",
)
