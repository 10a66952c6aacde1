"""Saxes say it, brass answers; a walking bass, a ride that straightens as it quickens."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="big band",
    words=(
        "big band",
        "swing band",
        "swing music",
        "count basie",
        "duke ellington",
        "swing dance",
        "lindy hop",
        "1940s swing",
        "jive",
        "charleston",
    ),
    valence=0.6,
    arousal=0.6,
    tempo=(126.0, 176.0),
    metres=((4, 4),),
    modes=(
        "dorian",
        "mixolydian",
        "ionian",
    ),
    harmony="rhythm changes",
    players=(
        Player("tenor saxophone", "lead", "", 0.0, 67, 4, 1, "saxophones", straight=0.35),
        Player("jazz guitar", "arp", "freddie green", 0.0, 57, -8, 3, "guitar"),
        Player("upright bass", "bass", "walking quarters", 0.0, 38, 4),
        Player("drum kit", "drums", "big band", 0.05, 60, -2),
        Player("trumpets", "arp", "sections", 0.3, 67, 0, 3, "trumpets", straight=0.3),
        Player("trombones", "arp", "sections", 0.45, 55, -4, 3, "trombones", straight=0.3),
        Player("piano", "arp", "charleston", 0.2, 60, -10, 4, "piano"),
        Player("clarinet", "counter", "", 0.55, 74, -6, 1, "clarinet", straight=0.35),
    ),
    lead=LeadStyle(
        "swing riff", soar=0.02, span=19, vary=0.4, rest=0.35, leap=0.2, ornament=0.2, chromatic=0.25
    ),
    accents=(
        Accent("drum kit", 57, 0.3, 108),
        Accent("drum kit", 36, 0.0, 110),
        Accent("trumpets", None, 0.2, 112),
        Accent("piano", None, 0.0, 108),
    ),
    colour=2,
    swing=0.72,
    swing_by_tempo=True,
    looseness=0.9,
    steady=True,
    dynamic_range=8.0,
    mix={"brightness": 0.0, "reverb": 1.3, "width": 0.8},
    family="orchestra and march",
    source=(
        "Friberg & Sundstrom, Music Perception 2002 (swing by tempo); onmusichub, Basie's rhythm section"
    ),
)
