"""A lonely piano, a bass that steps down, everybody at the last chorus, and a tone higher."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="korean drama",
    words=(
        "korean drama",
        "k drama",
        "kdrama",
        "korean ballad",
        "k ballad",
        "ost ballad",
        "seoul",
        "power ballad",
        "tearjerker",
        "soap opera",
    ),
    valence=-0.1,
    arousal=-0.25,
    tempo=(60.0, 80.0),
    metres=((4, 4),),
    modes=(
        "aeolian",
        "ionian",
    ),
    harmony="stepwise",
    players=(
        Player("violin", "lead", "", 0.2, 72, 2, 1, "violin"),
        Player("piano", "arp", "flowing", 0.0, 62, -2, 3, "piano"),
        Player("piano", "bass", "descending", 0.0, 40, -4, 1, "low piano"),
        Player("slow strings", "pad", "sustain", 0.3, 64, -6),
        Player("flute", "counter", "", 0.45, 76, -8, 1, "flute"),
        Player("drum kit", "drums", "ballad", 0.45, 60, -6),
        Player("steel guitar", "arp", "fingerpick", 0.35, 60, -12, 3, "guitar"),
        Player("warm pad", "pad", "sustain", 0.15, 58, -14),
    ),
    lead=LeadStyle("ballad", soar=0.045, arch=5, span=19, rest=0.3, leap=0.2, ornament=0.15),
    accents=(
        Accent("drum kit", 49, 0.5, 98),
        Accent("piano", None, 0.0, 100),
    ),
    ending="ring",
    colour=1,
    key_change=2,
    riser="reverse swell",
    roll="drum kit",
    journey="arc",
    dynamic_range=11.0,
    mix={"brightness": -1.0, "reverb": 2.2, "width": 0.75},
    family="quiet",
    source="wongyanleigrace blog 2009 (harmony of one theme); seoulbeats 2014; tempo and drums by ear",
)
