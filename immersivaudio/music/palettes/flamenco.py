"""Palmas, a strum of four fingers, a step down to the tonic that is the whole harmony."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="flamenco",
    words=(
        "flamenco",
        "bulerias",
        "spanish",
        "spain",
        "andalusia",
        "palmas",
        "tangos flamencos",
        "gypsy guitar",
        "matador",
        "bullfight",
    ),
    valence=-0.1,
    arousal=0.6,
    tempo=(124.0, 160.0),
    metres=(
        (4, 4),
        (12, 8),
    ),
    modes=("phrygian dominant",),
    harmony="flamenco",
    players=(
        Player("nylon guitar", "lead", "", 0.0, 70, 4, 1, "falseta"),
        Player("nylon guitar", "arp", "rasgueado", 0.0, 57, 4, 4, "rasgueado"),
        Player("upright bass", "bass", "flamenco", 0.4, 40, -6),
        Player("drum kit", "drums", "palmas", 0.05, 60, 0, 3, "palmas"),
        Player("violin", "counter", "", 0.55, 67, -8, 1, "violin"),
        Player("flute", "pad", "half bar", 0.75, 72, -18, 1, "flute"),
    ),
    lead=LeadStyle(
        "cante", soar=0.015, span=20, vary=0.3, rest=0.25, leap=0.12, ornament=0.4, chromatic=0.05
    ),
    accents=(
        Accent("drum kit", 39, 0.0, 116),
        Accent("nylon guitar", None, 0.0, 116),
        Accent("drum kit", 85, 0.3, 108),
    ),
    colour=-1,
    looseness=0.9,
    steady=True,
    dynamic_range=9.0,
    mix={"brightness": 0.5, "reverb": 0.9, "width": 0.65},
    family="around the world",
    source="Wikipedia, Bulerias; josetanaka.com, palmas; ravennaflamenco.com, Tango",
)
