"""Minor ninths that move together, a soft swung shaker, a round bass off the kick."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="deep house",
    words=(
        "deep house",
        "deephouse",
        "lounge house",
        "soulful house",
        "organic house",
        "jazzy house",
        "rooftop",
        "afterhours",
    ),
    valence=0.2,
    arousal=0.45,
    tempo=(118.0, 124.0),
    metres=((4, 4),),
    modes=(
        "aeolian",
        "dorian",
        "ionian",
    ),
    harmony="deep house",
    players=(
        Player("vibraphone", "lead", "", 0.0, 72, -8, 1, "melody"),
        Player("electric piano", "arp", "deep stabs", 0.0, 60, -2, 4, "stabs", shape="parallel"),
        Player("electronic kit", "drums", "deep house"),
        Player("sub bass", "bass", "deep house", 0.1, 34, 4),
        Player("warm pad", "pad", "sustain", 0.35, 60, -12, 4),
        Player("muted guitar", "arp", "scratch", 0.6, 62, -18, 2, "guitar", echo=3),
    ),
    lead=LeadStyle("syncopated", soar=0.015, arch=2, rest=0.45, leap=0.2, chromatic=0.05),
    accents=(
        Accent("electronic kit", 49, 0.4, 98),
        Accent("electronic kit", 36, 0.0, 112),
        Accent("electric piano", None, 0.0, 104),
    ),
    ending="ring",
    colour=3,
    swing=0.57,
    swung="sixteenths",
    looseness=0.5,
    steady=True,
    riser="reverse swell",
    journey="drop",
    dynamic_range=6.0,
    mix={"brightness": -2.5, "reverb": 1.6, "width": 0.8, "pump": 2.0, "wet": 1.0},
    family="electronic",
    source="Attack Magazine, Passing Notes: Deep House Chords (118-124, minor ninths in parallel)",
)
