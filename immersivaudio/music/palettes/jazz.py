"""A small group: walking bass, brushes, a piano that comps."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="jazz",
    words=(
        "jazz",
        "noir",
        "bar",
        "lounge",
        "sophisticated",
        "saxophone",
        "smoky",
        "detective",
        "cocktail",
        "vintage",
        "elegant",
        "new york",
        "jazz club",
        "jazz trio",
    ),
    valence=0.4,
    arousal=0.1,
    tempo=(84.0, 168.0),
    metres=((4, 4), (3, 4)),
    modes=("aeolian", "dorian", "mixolydian", "ionian"),
    harmony="jazz",
    players=(
        Player("vibraphone", "lead", centre=72, level=0, name="melody", straight=0.3),
        Player("piano", "arp", "charleston", 0.0, 60, -8, 4, "piano comping"),
        Player("upright bass", "bass", "walking", 0.1, 40, 2),
        Player("drum kit", "drums", "jazz", 0.25, level=0),
        Player("jazz guitar", "arp", "freddie green", 0.55, 58, -16, 3, "guitar"),
        Player("clarinet", "counter", "", 0.5, 65, -10, 1, "clarinet"),
    ),
    lead=LeadStyle(
        "bebop", soar=0.025, arch=4, span=17, rest=0.35, leap=0.0, chromatic=0.3, ornament=0.36, vary=0.25
    ),
    accents=(
        Accent("drum kit", 57, 0.5, 92),
        Accent("drum kit", 36, 0.2, 104),
        Accent("piano", None, 0.0, 104),
    ),
    steady=True,
    ending="button",
    colour=3,
    swing=0.66,
    swing_by_tempo=True,
    looseness=1.2,
    dynamic_range=7.0,
    mix={"brightness": -2.0, "reverb": 1.0, "width": 0.6},
    family="roots",
    source="Friberg & Sundstrom, Music Perception 2002 (swing by tempo); jazzintro on 2 and 4",
)
