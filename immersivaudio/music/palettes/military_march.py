"""A field drum, a bass drum like feet, dotted trumpets; the trio softer and a fourth up."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="military march",
    words=(
        "military march",
        "march",
        "marching band",
        "parade",
        "military",
        "army",
        "fanfare",
        "brass band",
        "sousa",
        "soldiers",
        "patriotic",
    ),
    valence=0.5,
    arousal=0.6,
    tempo=(108.0, 122.0),
    metres=(
        (4, 4),
        (6, 8),
    ),
    modes=(
        "harmonic minor",
        "ionian",
    ),
    harmony="march",
    players=(
        Player("trumpets", "lead", "", 0.0, 70, 4, 1, "trumpets"),
        Player("horns", "arp", "afterbeats", 0.0, 60, 6, 3, "horns"),
        Player("tuba", "bass", "oom-pah", 0.0, 38, 6),
        Player("drum kit", "drums", "march", 0.0, 60, 2, 3, "field drum"),
        Player("flute", "counter", "", 0.3, 81, -4, 1, "flutes"),
        Player("trombones", "pad", "half bar", 0.4, 55, -6, 2, "trombones"),
        Player("clarinet", "arp", "alberti", 0.5, 70, -10, 3, "clarinets"),
        Player("glockenspiel", "arp", "bells", 0.7, 84, -14, 2, "glockenspiel"),
    ),
    lead=LeadStyle("march", soar=0.035, rest=0.2, leap=0.3, ornament=0.15),
    accents=(
        Accent("drum kit", 57, 0.3, 110),
        Accent("drum kit", 36, 0.0, 114),
        Accent("trumpets", None, 0.0, 110),
        Accent("timpani", None, 0.6, 108),
    ),
    colour=-1,
    looseness=0.6,
    key_change=5,
    roll="drum kit",
    dynamic_range=8.0,
    mix={"brightness": 0.5, "reverb": 1.6, "width": 0.8},
    family="orchestra and march",
    source="Wikipedia, American march music; issuhub textbook page (break strain)",
)
