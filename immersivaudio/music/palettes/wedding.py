"""A canon's bass under piano and strings; it opens slowly and stays in the light."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="wedding",
    words=(
        "wedding",
        "wedding video",
        "wedding film",
        "bride",
        "first dance",
        "ceremony",
        "engagement",
        "anniversary",
        "love story",
        "vows",
        "just married",
    ),
    valence=0.7,
    arousal=-0.1,
    tempo=(66.0, 96.0),
    metres=(
        (4, 4),
        (3, 4),
        (6, 8),
    ),
    modes=(
        "mixolydian",
        "ionian",
        "lydian",
    ),
    harmony="wedding",
    players=(
        Player("solo cello", "lead", "", 0.1, 62, 2, 1, "cello"),
        Player("piano", "arp", "flowing", 0.0, 64, -2, 3, "piano"),
        Player("slow strings", "pad", "sustain", 0.0, 62, -6),
        Player("upright bass", "bass", "chorale", 0.2, 38, -2),
        Player("steel guitar", "arp", "fingerpick", 0.3, 60, -8, 3, "guitar"),
        Player("violins", "counter", "", 0.45, 74, -4, 1, "violins"),
        Player("drum kit", "drums", "ballad", 0.6, 60, -14),
        Player("harp", "arp", "bells", 0.5, 70, -12),
    ),
    lead=LeadStyle("ballad", soar=0.045, arch=5, rest=0.25, leap=0.12, ornament=0.1),
    accents=(
        Accent("harp", None, 0.0, 100),
        Accent("drum kit", 49, 0.6, 84),
        Accent("piano", None, 0.0, 98),
        Accent("timpani", None, 0.6, 92),
    ),
    colour=1,
    riser="reverse swell",
    journey="arc",
    dynamic_range=9.0,
    mix={"brightness": -0.5, "reverb": 2.0, "width": 0.75},
    family="media",
    source="general knowledge: the canon's descending bass, piano with strings",
)
