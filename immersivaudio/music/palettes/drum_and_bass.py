"""A break at 174 with the snare on two and four, a bass at half that speed."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="drum and bass",
    words=(
        "drum and bass",
        "drum n bass",
        "dnb",
        "d and b",
        "liquid dnb",
        "liquid drum and bass",
        "neurofunk",
        "amen break",
        "drum bass mix",
    ),
    valence=0.0,
    arousal=0.9,
    tempo=(170.0, 176.0),
    metres=((4, 4),),
    modes=(
        "aeolian",
        "dorian",
        "ionian",
    ),
    harmony="drum and bass",
    players=(
        Player("pluck", "lead", "", 0.2, 74, -6, 1, "lead", echo=3),
        Player("glass pad", "pad", "sustain", 0.0, 66, -8),
        Player("electronic kit", "drums", "drum and bass", 0.0, 60, 6),
        Player("reese bass", "bass", "reese", 0.05, 31, 4),
        Player("electric piano", "arp", "half bar", 0.25, 60, -8, 4, "keys"),
        Player("slow strings", "pad", "sustain", 0.6, 66, -14),
    ),
    lead=LeadStyle("sparse riff", soar=0.025, arch=2, rest=0.4, leap=0.2),
    accents=(
        Accent("impact", 36, 0.6, 108),
        Accent("electronic kit", 49, 0.3, 112),
        Accent("electronic kit", 38, 0.0, 116),
        Accent("electric piano", None, 0.0, 100),
    ),
    colour=2,
    chord_bars=2.0,
    looseness=0.25,
    steady=True,
    riser="riser",
    roll="electronic kit",
    journey="drop",
    dynamic_range=8.0,
    mix={"brightness": 1.0, "reverb": 2.0, "width": 0.9},
    family="electronic",
    source="PhilJungschlaeger/druMachim after Attack Magazine, Raw Drum & Bass (168-178)",
)
