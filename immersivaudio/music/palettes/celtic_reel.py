"""Running notes with a lift on the back beat; a tune played twice, then the next."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="celtic reel",
    words=(
        "reel",
        "irish reel",
        "celtic reel",
        "ceilidh",
        "scottish",
        "scotland",
        "highlands",
        "bagpipes",
        "riverdance",
        "step dance",
    ),
    valence=0.6,
    arousal=0.65,
    tempo=(96.0, 116.0),
    metres=((4, 4),),
    modes=(
        "dorian",
        "mixolydian",
        "ionian",
    ),
    harmony="celtic",
    players=(
        Player("fiddle", "lead", "", 0.0, 69, 4, 1, "fiddle"),
        Player("steel guitar", "arp", "afterbeats", 0.0, 57, 0, 3, "guitar"),
        Player("upright bass", "bass", "drone fifth", 0.15, 38, 2),
        Player("drum kit", "drums", "reel", 0.1, 60, -4, 3, "bodhran"),
        Player("bagpipe", "pad", "sustain", 0.35, 62, -12, 1, "drone"),
        Player("tin whistle", "counter", "", 0.3, 79, -6, 1, "whistle"),
        Player("banjo", "arp", "banjo roll", 0.6, 62, -12, 3, "banjo"),
    ),
    lead=LeadStyle("fiddle", soar=0.015, arch=4, span=19, rest=0.05, leap=0.2, ornament=0.1),
    accents=(
        Accent("drum kit", 41, 0.0, 108),
        Accent("steel guitar", None, 0.0, 110),
        Accent("fiddle", None, 0.3, 104),
    ),
    colour=-1,
    looseness=0.9,
    swing=0.54,
    swung="sixteenths",
    steady=True,
    dynamic_range=7.0,
    mix={"brightness": 0.5, "reverb": 1.3, "width": 0.75},
    family="around the world",
    source="mjphillips 2013 (reel 112-120); dadgad-music.com (accents)",
)
