"""No drums: a mandolin chops, a banjo rolls, everybody takes a turn."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="bluegrass",
    words=(
        "bluegrass",
        "hoedown",
        "hillbilly music",
        "appalachian",
        "jug band",
        "barn dance",
        "square dance",
        "banjo picking",
        "foggy mountain",
    ),
    valence=0.6,
    arousal=0.6,
    tempo=(104.0, 132.0),
    metres=((4, 4),),
    modes=(
        "mixolydian",
        "ionian",
    ),
    harmony="bluegrass",
    players=(
        Player("fiddle", "lead", "", 0.0, 69, 4, 1, "fiddle"),
        Player("banjo", "arp", "banjo roll", 0.0, 60, 0, 3, "banjo"),
        Player("steel guitar", "arp", "chop", 0.0, 66, -2, 3, "mandolin"),
        Player("upright bass", "bass", "two-beat", 0.0, 36, 6),
        Player("steel guitar", "arp", "boom chick", 0.3, 55, -6, 3, "guitar"),
        Player("dulcimer", "counter", "", 0.5, 69, -8, 1, "dulcimer"),
    ),
    lead=LeadStyle(
        "fiddle", soar=0.015, span=19, vary=0.25, rest=0.15, leap=0.2, ornament=0.1, scale="major pentatonic"
    ),
    accents=(
        Accent("steel guitar", None, 0.0, 112),
        Accent("banjo", None, 0.2, 108),
        Accent("upright bass", None, 0.0, 112),
    ),
    colour=-1,
    looseness=0.9,
    steady=True,
    dynamic_range=6.0,
    mix={"brightness": 0.5, "reverb": 0.9, "width": 0.7},
    family="roots",
    source="SEBA newsletter, Intro to bluegrass jamming, ch. 4; T. Adams 2013 (roll 3 over 2)",
)
