"""Hats in three, three, two; the second snare late; a bass that never stops gliding."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="drill",
    words=(
        "drill",
        "uk drill",
        "ny drill",
        "brooklyn drill",
        "chicago drill",
        "london drill",
        "drill beat",
        "sliding 808",
        "uk rap",
    ),
    valence=-0.5,
    arousal=0.45,
    tempo=(138.0, 146.0),
    metres=((4, 4),),
    modes=(
        "phrygian",
        "harmonic minor",
        "aeolian",
    ),
    harmony="drill",
    players=(
        Player("piano", "lead", "", 0.0, 72, -2, 1, "melody"),
        Player("slow strings", "pad", "half bar", 0.0, 60, -8),
        Player("trap kit", "drums", "drill", 0.0, 60, 6),
        Player("808 bass", "bass", "drill 808", 0.0, 31, 10),
        Player("choir", "pad", "sustain", 0.45, 60, -14),
        Player("tubular bells", "counter", "", 0.6, 70, -14, 1, "bells"),
    ),
    lead=LeadStyle("sparse riff", soar=0.0, arch=0, span=12, rest=0.35, leap=0.15),
    accents=(
        Accent("impact", 36, 0.6, 106),
        Accent("trap kit", 49, 0.45, 104),
        Accent("trap kit", 38, 0.0, 116),
        Accent("piano", None, 0.0, 106),
    ),
    colour=-1,
    looseness=0.35,
    steady=True,
    dynamic_range=7.0,
    mix={"brightness": -0.5, "reverb": 1.3, "width": 0.7},
    family="hip-hop and soul",
    source=(
        "New York Magazine, The London Sound (2022); melodigging.com, UK drill (138-144); kick lanes "
        "general knowledge"
    ),
)
