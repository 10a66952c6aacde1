"""A tape of the eighties at half its speed: major ninths, a slow sax, nothing goes anywhere."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="vaporwave",
    words=(
        "vaporwave",
        "vapourwave",
        "mallsoft",
        "slowed and reverb",
        "slowed reverb",
        "dead mall",
        "windows 95",
        "chopped and screwed",
        "vhs",
    ),
    valence=0.0,
    arousal=-0.45,
    tempo=(56.0, 84.0),
    metres=((4, 4),),
    modes=(
        "dorian",
        "ionian",
        "lydian",
    ),
    harmony="vaporwave",
    players=(
        Player("alto saxophone", "lead", "", 0.2, 70, -6, 1, "saxophone"),
        Player("tine piano", "arp", "half bar", 0.0, 57, 0, 4, "keys"),
        Player("fretless bass", "bass", "slow eighties", 0.0, 33, 4),
        Player("gated kit", "drums", "vaporwave", 0.1, 60, -14),
        Player("warm pad", "pad", "sustain", 0.0, 60, -2),
        Player("bell synth", "counter", "", 0.5, 76, -16, 1, "bells"),
    ),
    lead=LeadStyle("lazy", soar=0.025, arch=2, rest=0.5, leap=0.2),
    accents=(
        Accent("gated kit", 49, 0.4, 96),
        Accent("gated kit", 38, 0.0, 106),
        Accent("tine piano", None, 0.0, 100),
    ),
    ending="ring",
    colour=3,
    looseness=0.5,
    steady=True,
    journey="still",
    dynamic_range=6.0,
    mix={
        "brightness": -5.0,
        "reverb": 3.0,
        "width": 0.8,
        "wet": 3.0,
        "wobble": 16.0,
        "crackle": 0.25,
        "damping": 3000.0,
    },
    family="electronic",
    source="midi.aidxn.com and paddyprojects.com on slowing records; lanes from general knowledge",
)
