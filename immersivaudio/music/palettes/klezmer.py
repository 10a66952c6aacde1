"""A clarinet that laughs and sobs, oom-pah off the beat, the augmented second."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="klezmer",
    words=(
        "klezmer",
        "yiddish",
        "jewish wedding",
        "hora",
        "freylekhs",
        "bar mitzvah",
        "bat mitzvah",
        "fiddler on the roof",
        "hava nagila",
        "hanukkah",
    ),
    valence=0.2,
    arousal=0.6,
    tempo=(112.0, 146.0),
    metres=((4, 4),),
    modes=(
        "phrygian dominant",
        "harmonic minor",
    ),
    harmony="freygish",
    players=(
        Player("clarinet", "lead", "", 0.0, 70, 6, 1, "clarinet"),
        Player("accordion", "arp", "klezmer off-beats", 0.0, 62, 0, 3, "accordion"),
        Player("tuba", "bass", "oom-pah", 0.0, 38, 4),
        Player("drum kit", "drums", "freylekhs", 0.1, 60, -2),
        Player("violin", "counter", "", 0.3, 69, -2, 1, "violin"),
        Player("dulcimer", "arp", "sixteenth arp", 0.55, 64, -12, 3, "tsimbl"),
        Player("trombones", "pad", "half bar", 0.6, 52, -12, 1, "trombone"),
    ),
    lead=LeadStyle(
        "freylekhs", soar=0.025, arch=4, span=19, vary=0.25, rest=0.15, leap=0.15, ornament=0.4, chromatic=0.1
    ),
    accents=(
        Accent("drum kit", 57, 0.4, 104),
        Accent("drum kit", 36, 0.0, 112),
        Accent("accordion", None, 0.0, 110),
    ),
    colour=-1,
    looseness=1.0,
    dynamic_range=8.0,
    roll="drum kit",
    mix={"brightness": 0.0, "reverb": 0.9, "width": 0.7},
    family="around the world",
    source="P. Sokolow, The Compleat Klezmer (3+3+2); C. Segelstein on freygish",
)
