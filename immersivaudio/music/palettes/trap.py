"""A snare on three, hats that roll in thirty-seconds and triplets, an 808 that slides."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="trap",
    words=(
        "trap",
        "trap beat",
        "trap music",
        "atlanta trap",
        "hard trap",
        "cloud rap",
        "plugg",
        "mumble rap",
        "drip",
    ),
    valence=-0.35,
    arousal=0.4,
    tempo=(134.0, 148.0),
    metres=((4, 4),),
    modes=(
        "phrygian",
        "harmonic minor",
        "aeolian",
    ),
    harmony="trap",
    players=(
        Player("bell synth", "lead", "", 0.0, 76, -4, 1, "bell"),
        Player("piano", "arp", "dark loop", 0.0, 62, -6, 3, "piano loop"),
        Player("trap kit", "drums", "trap", 0.0, 60, 6),
        Player("808 bass", "bass", "gliding 808", 0.0, 31, 8),
        Player("pizzicato strings", "arp", "half bar", 0.5, 67, -14, 2, "pizzicato"),
        Player("choir", "pad", "sustain", 0.45, 60, -16),
        Player("flute", "counter", "", 0.6, 74, -14, 1, "flute"),
    ),
    lead=LeadStyle("riff", soar=0.0, arch=0, span=12, rest=0.3, leap=0.1, ornament=0.05, chromatic=0.05),
    accents=(
        Accent("impact", 36, 0.6, 106),
        Accent("trap kit", 49, 0.45, 106),
        Accent("trap kit", 36, 0.0, 118),
        Accent("piano", None, 0.0, 104),
    ),
    colour=-1,
    looseness=0.35,
    steady=True,
    riser="riser",
    dynamic_range=7.0,
    mix={"brightness": 0.0, "reverb": 1.4, "width": 0.7},
    family="hip-hop and soul",
    source="tonesharp.com, Trap Basics (2026); musicproductionwiki.com, How to make trap beats (130-150)",
)
