"""Eighths in threes without a stop: fiddle and whistle, a bodhran, a drone."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="celtic jig",
    words=(
        "celtic",
        "jig",
        "irish jig",
        "irish",
        "celtic jig",
        "pub session",
        "leprechaun",
        "st patricks day",
        "gaelic",
        "dublin",
    ),
    valence=0.7,
    arousal=0.5,
    tempo=(104.0, 126.0),
    metres=((6, 8),),
    modes=(
        "dorian",
        "mixolydian",
        "ionian",
    ),
    harmony="celtic",
    players=(
        Player("fiddle", "lead", "", 0.0, 69, 4, 1, "fiddle"),
        Player("steel guitar", "arp", "jig chords", 0.0, 57, 0, 3, "guitar"),
        Player("upright bass", "bass", "drone fifth", 0.2, 38),
        Player("drum kit", "drums", "jig", 0.1, 60, -4, 3, "bodhran"),
        Player("tin whistle", "counter", "", 0.3, 79, -6, 1, "whistle"),
        Player("accordion", "pad", "sustain", 0.5, 62, -14, 2),
        Player("harp", "arp", "arpeggio", 0.65, 66, -12),
    ),
    lead=LeadStyle("jig", soar=0.015, arch=4, span=19, rest=0.05, leap=0.2, ornament=0.35),
    accents=(
        Accent("drum kit", 41, 0.0, 108),
        Accent("steel guitar", None, 0.0, 110),
        Accent("fiddle", None, 0.3, 104),
    ),
    colour=-1,
    looseness=1.0,
    steady=True,
    dynamic_range=7.0,
    mix={"brightness": 0.5, "reverb": 1.3, "width": 0.75},
    family="around the world",
    source="mjphillips 2013 (jig 80-126, AABB); dadgad-music.com",
)
