"""Palm-muted roots, power chords, a double kick; the guitars far left and right."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="metal",
    words=(
        "metal",
        "heavy metal",
        "thrash",
        "thrash metal",
        "death metal",
        "metalcore",
        "djent",
        "doom metal",
        "symphonic metal",
        "mosh pit",
    ),
    valence=-0.4,
    arousal=0.95,
    tempo=(120.0, 180.0),
    metres=((4, 4),),
    modes=(
        "phrygian",
        "harmonic minor",
        "aeolian",
    ),
    harmony="metal",
    players=(
        Player("lead guitar", "lead", "", 0.3, 69, 5, 1, "lead"),
        Player("palm-muted guitar", "arp", "gallop", 0.0, 40, 2, 3, "chugs", shape="power"),
        Player("driven guitar", "arp", "power chords", 0.1, 45, 0, 3, "guitar", shape="power"),
        Player("second driven guitar", "arp", "power chords", 0.1, 45, -2, 3, "second guitar", shape="power"),
        Player("picked bass", "bass", "doubling", 0.0, 30, 4),
        Player("drum kit", "drums", "metal", 0.0, 60, 3),
        Player("choir", "pad", "sustain", 0.75, 60, -14),
    ),
    lead=LeadStyle("heavy", soar=0.025, arch=4, span=19, vary=0.2, rest=0.3, leap=0.2, ornament=0.25),
    accents=(
        Accent("impact", 36, 0.6, 112),
        Accent("drum kit", 49, 0.25, 120),
        Accent("drum kit", 36, 0.0, 124),
        Accent("driven guitar", None, 0.0, 116),
    ),
    colour=-1,
    looseness=0.5,
    steady=True,
    roll="drum kit",
    dynamic_range=7.0,
    mix={"brightness": 0.0, "reverb": 0.7, "width": 1.0},
    family="pop and rock",
    source="Drumeo, 5 iconic beats every metal drummer should know (2019); onlinedrummer.com",
)
