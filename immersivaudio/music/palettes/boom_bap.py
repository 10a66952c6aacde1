"""A dusty break with a late snare, a loop of two sevenths, an upright bass with the kick."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="boom bap",
    words=(
        "boom bap",
        "90s hip hop",
        "old school hip hop",
        "golden age hip hop",
        "east coast hip hop",
        "breakbeat",
        "cypher",
        "sampled beat",
        "jazz rap",
    ),
    valence=-0.05,
    arousal=0.2,
    tempo=(84.0, 96.0),
    metres=((4, 4),),
    modes=(
        "aeolian",
        "dorian",
        "mixolydian",
    ),
    harmony="boom bap",
    players=(
        Player("muted trumpet", "lead", "", 0.3, 71, -4, 1, "trumpet"),
        Player("piano", "arp", "dark loop", 0.0, 60, -4, 4, "piano loop"),
        Player("lo-fi kit", "drums", "boom bap", 0.0, 60, 6),
        Player("upright bass", "bass", "boom bap", 0.0, 36, 6),
        Player("electric piano", "arp", "lazy comp", 0.35, 60, -10, 4, "keys"),
        Player("vibraphone", "counter", "", 0.55, 72, -14, 1, "vibraphone"),
        Player("slow strings", "arp", "horn hits", 0.65, 64, -14, 3, "string chops"),
    ),
    lead=LeadStyle("lazy", soar=0.02, arch=1, vary=0.4, rest=0.5, leap=0.15),
    accents=(
        Accent("lo-fi kit", 49, 0.5, 96),
        Accent("lo-fi kit", 36, 0.0, 118),
        Accent("piano", None, 0.0, 104),
    ),
    colour=2,
    swing=0.59,
    swung="sixteenths",
    looseness=0.9,
    late={"snare": 0.012},
    steady=True,
    dynamic_range=6.0,
    mix={"brightness": -3.0, "reverb": 0.7, "width": 0.5, "crackle": 0.35},
    family="hip-hop and soul",
    source="Attack Magazine, Beat Dissected: 90s Boom Bap (2021); E. Hein 2010",
)
