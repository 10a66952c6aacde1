"""A tuned cowbell, a clipped bass with every kick, four-square and overdriven."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="phonk",
    words=(
        "phonk",
        "drift phonk",
        "brazilian phonk",
        "drift",
        "cowbell",
        "sigma edit",
        "gym edit",
        "memphis rap",
        "car edit",
    ),
    valence=-0.4,
    arousal=0.8,
    tempo=(130.0, 145.0),
    metres=((4, 4),),
    modes=(
        "phrygian",
        "harmonic minor",
        "aeolian",
    ),
    harmony="phonk",
    players=(
        Player("tuned cowbell", "lead", "", 0.0, 72, 1, 1, "cowbell"),
        Player("choir", "pad", "half bar", 0.0, 52, -10, 3, "dark voices"),
        Player("trap kit", "drums", "phonk", 0.0, 60, 6),
        Player("clipped 808", "bass", "four-square 808", 0.0, 33, 8),
        Player("dark pad", "pad", "sustain", 0.5, 48, -12, 2),
        Player("tuned cowbell", "arp", "sixteenth arp", 0.75, 79, -18, 3, "second cowbell"),
    ),
    lead=LeadStyle("cowbell", soar=0.0, arch=0, span=12, rest=0.05, leap=0.12, ornament=0.0, chromatic=0.0),
    accents=(
        Accent("impact", 36, 0.6, 110),
        Accent("trap kit", 49, 0.3, 110),
        Accent("trap kit", 36, 0.0, 120),
        Accent("clipped 808", None, 0.0, 112),
    ),
    colour=-1,
    looseness=0.1,
    steady=True,
    riser="riser",
    journey="drop",
    dynamic_range=6.0,
    mix={"brightness": -1.0, "reverb": 0.9, "width": 0.45, "crackle": 0.3},
    family="hip-hop and soul",
    source=(
        "hljod.peleke.me (130-145, clap, cowbell); emastered.com, What is drift phonk; lanes from "
        "general knowledge"
    ),
)
