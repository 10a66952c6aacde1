"""One chord, a long hard kick with a rumble behind it, running hats, a stab that echoes."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="techno",
    words=(
        "techno",
        "minimal techno",
        "acid techno",
        "berlin techno",
        "detroit techno",
        "hard techno",
        "industrial techno",
        "warehouse",
        "rave",
        "underground club",
    ),
    valence=-0.3,
    arousal=0.8,
    tempo=(126.0, 140.0),
    metres=((4, 4),),
    modes=(
        "phrygian",
        "aeolian",
    ),
    harmony="techno",
    players=(
        Player("pulse arp", "lead", "", 0.3, 64, -10, 1, "sequence", echo=3),
        Player("pluck", "arp", "techno stab", 0.0, 60, -6, 3, "stab", shape="parallel", echo=3),
        Player("techno kit", "drums", "techno", 0.0, 60, 6),
        Player("sub bass", "bass", "rumble", 0.0, 31, -2),
        Player("dark pad", "pad", "sustain", 0.35, 48, -14, 2),
        Player("drone", "pad", "sustain", 0.55, 43, -14, 1, "drone"),
    ),
    lead=LeadStyle("riff", rest=0.3, leap=0.1, chromatic=0.02, ornament=0.0),
    accents=(
        Accent("impact", 36, 0.6, 108),
        Accent("techno kit", 49, 0.3, 104),
        Accent("techno kit", 36, 0.0, 118),
        Accent("pluck", None, 0.0, 104),
    ),
    ending="ring",
    chord_bars=2.0,
    looseness=0.1,
    swing=0.52,
    swung="sixteenths",
    steady=True,
    riser="riser",
    dynamic_range=7.0,
    mix={"brightness": 0.0, "reverb": 1.8, "width": 0.7, "pump": 3.0},
    family="electronic",
    source="producerssocial.com after Attack Magazine, Dark Berlin Techno; tempo: wastedheroes.com",
)
