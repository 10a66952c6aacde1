"""The low surdo on two, a shaker that never stops, a tamborim that turns round it."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="samba",
    words=(
        "samba",
        "batucada",
        "carnival",
        "carnaval",
        "rio carnival",
        "pagode",
        "samba school",
        "brazilian carnival",
        "bloco",
    ),
    valence=0.8,
    arousal=0.8,
    tempo=(100.0, 130.0),
    metres=((4, 4),),
    modes=(
        "aeolian",
        "dorian",
        "ionian",
    ),
    harmony="samba",
    players=(
        Player("flute", "lead", "", 0.15, 72, 0, 1, "flute"),
        Player("nylon guitar", "arp", "cavaquinho", 0.0, 66, 0, 4, "cavaquinho"),
        Player("finger bass", "bass", "samba", 0.1, 36),
        Player("hand drums", "drums", "samba", 0.0, 60, 6, 3, "batucada"),
        Player("trombones", "counter", "", 0.5, 55, -6, 1, "trombone"),
        Player("choir", "pad", "half bar", 0.65, 64, -12),
    ),
    lead=LeadStyle("clave", soar=0.015, span=19, rest=0.3, leap=0.2, ornament=0.2, chromatic=0.15),
    accents=(
        Accent("hand drums", 71, 0.5, 96),
        Accent("hand drums", 87, 0.0, 116),
        Accent("nylon guitar", None, 0.0, 108),
    ),
    colour=2,
    swing=0.54,
    swung="sixteenths",
    looseness=0.8,
    steady=True,
    roll="",
    dynamic_range=7.0,
    mix={"brightness": 0.5, "reverb": 1.0, "width": 0.9},
    family="latin and caribbean",
    source="Pertout, Samba tamborim & agogo patterns (Drumscene); Globe textbook site",
)
