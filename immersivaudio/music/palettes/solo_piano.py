"""A piano and nobody else: broken tenths, a small tune with rests, one pedal a chord."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="solo piano",
    words=(
        "solo piano",
        "piano solo",
        "piano only",
        "neoclassical piano",
        "felt piano",
        "piano music",
        "pianist",
        "piano cover",
        "piano alone",
    ),
    valence=0.0,
    arousal=-0.3,
    tempo=(60.0, 96.0),
    metres=(
        (4, 4),
        (3, 4),
        (6, 8),
    ),
    modes=(
        "aeolian",
        "dorian",
        "ionian",
    ),
    harmony="neoclassical",
    players=(
        Player("piano", "lead", "", 0.0, 74, 6, 1, "right hand"),
        Player("piano", "arp", "tenths", 0.0, 55, -8, 3, "left hand"),
        Player("piano", "bass", "left hand", 0.0, 40, -6, 1, "low octave"),
        Player("piano", "counter", "", 0.5, 64, -12, 1, "inner voice"),
        Player("piano", "pad", "half bar", 0.7, 60, -16, 3, "chords"),
    ),
    lead=LeadStyle("lyrical", soar=0.04, arch=5, span=19, rest=0.3, leap=0.15, ornament=0.1),
    accents=(Accent("piano", None, 0.0, 100),),
    ending="ring",
    colour=1,
    looseness=1.2,
    journey="still",
    dynamic_range=10.0,
    mix={"brightness": -2.5, "reverb": 2.0, "width": 0.5, "damping": 4000.0},
    family="quiet",
    source="pianomode.com, Modern cinematic improvisation (2026); general knowledge",
)
