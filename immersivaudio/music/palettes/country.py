"""Root and fifth with a strum between, a train of brushes, a fiddle and a steel guitar."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="country",
    words=(
        "country",
        "country music",
        "nashville",
        "honky tonk",
        "americana",
        "cowboy",
        "rodeo",
        "western swing",
        "hillbilly",
        "line dance",
    ),
    valence=0.5,
    arousal=0.3,
    tempo=(92.0, 124.0),
    metres=((4, 4),),
    modes=(
        "mixolydian",
        "ionian",
    ),
    harmony="country",
    players=(
        Player("fiddle", "lead", "", 0.1, 69, 0, 1, "fiddle"),
        Player("steel guitar", "arp", "boom chick", 0.0, 57, 2, 3, "guitar"),
        Player("upright bass", "bass", "country", 0.0, 36, 4),
        Player("drum kit", "drums", "train", 0.1, 60, -4),
        Player("clean guitar", "counter", "", 0.3, 64, -4, 1, "telecaster"),
        Player("harmonica", "pad", "half bar", 0.6, 67, -16, 2, "harmonica"),
        Player("piano", "arp", "afterbeats", 0.5, 60, -14, 3, "piano"),
    ),
    lead=LeadStyle(
        "twang", soar=0.025, span=17, vary=0.2, rest=0.3, leap=0.15, ornament=0.25, scale="major pentatonic"
    ),
    accents=(
        Accent("drum kit", 49, 0.5, 96),
        Accent("drum kit", 36, 0.0, 108),
        Accent("steel guitar", None, 0.0, 110),
    ),
    colour=-1,
    looseness=1.0,
    swing=0.54,
    steady=True,
    dynamic_range=7.0,
    mix={"brightness": 0.0, "reverb": 1.0, "width": 0.7},
    family="roots",
    source="drumsdatabase.com and drumpaper.com, Train beat",
)
