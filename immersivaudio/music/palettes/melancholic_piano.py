"""A piano alone, then strings behind it."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="melancholic piano",
    words=(
        "melancholic",
        "sad",
        "melancholy",
        "piano",
        "sorrow",
        "grief",
        "lonely",
        "nostalgic",
        "rain",
        "farewell",
        "emotional",
        "tender",
        "intimate",
        "loss",
    ),
    valence=-0.5,
    arousal=-0.5,
    tempo=(54.0, 92.0),
    metres=((4, 4), (3, 4), (6, 8)),
    modes=("aeolian", "dorian", "ionian"),
    harmony="songlike",
    players=(
        Player("piano", "lead", centre=74, level=4, name="right hand"),
        Player("piano", "arp", "broken", 0.0, 57, -12, 3, "left hand"),
        Player("piano", "bass", "hold", 0.0, 41, -6, 1, "low octave"),
        Player("breath", "pad", "sustain", 0.0, 79, -30, 2, "felt"),
        Player("slow strings", "pad", "sustain", 0.3, 62, -12, 3),
        Player("solo cello", "counter", "", 0.45, 55, -8, 1, "countermelody"),
        Player("violins", "pad", "sustain", 0.65, 76, -14, 2),
    ),
    lead=LeadStyle("lyrical", leap=0.1, rest=0.3, ornament=0.08),
    accents=(
        Accent("piano", None, 0.0, 92),
        Accent("harp", None, 0.5, 88),
        Accent("drum kit", 51, 0.7, 70),
    ),
    ending="ring",
    colour=1,
    looseness=1.15,
    dynamic_range=9.0,
    mix={"brightness": -3.0, "reverb": 2.0, "width": 0.5},
)
