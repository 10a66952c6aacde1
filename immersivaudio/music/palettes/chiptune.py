"""Two squares, a triangle and noise, as a console would."""

from immersivaudio.music.palette import Accent, LeadStyle, Palette, Player

PALETTE = Palette(
    name="chiptune",
    words=(
        "chiptune",
        "8-bit",
        "8bit",
        "video game",
        "game",
        "gaming",
        "arcade",
        "pixel",
        "retro game",
        "nintendo",
        "minecraft",
        "platformer",
        "console",
    ),
    valence=0.5,
    arousal=0.6,
    tempo=(104.0, 168.0),
    metres=((4, 4), (3, 4)),
    modes=("aeolian", "dorian", "mixolydian", "ionian", "lydian"),
    harmony="pop",
    players=(
        Player("chip square", "lead", centre=76, level=4, name="pulse 1"),
        Player("chip square", "arp", "chip", 0.0, 67, -16, 3, "pulse 2"),
        Player("chip triangle", "bass", "chip", 0.05, 43, 4, 1, "triangle"),
        Player("chip noise", "drums", "chip", 0.25, level=-1),
        Player("chip square", "counter", "", 0.55, 69, -14, 1, "pulse 3"),
    ),
    lead=LeadStyle("game", rest=0.2, leap=0.22, ornament=0.25),
    accents=(
        Accent("chip noise", 49, 0.25, 112),
        Accent("chip noise", 36, 0.0, 116),
        Accent("chip triangle", None, 0.0, 116),
        Accent("chip square", None, 0.0, 100),
    ),
    steady=True,
    ending="button",
    colour=0,
    looseness=0.88,
    roll="chip noise",
    dynamic_range=6.0,
    mix={"brightness": -1.5, "reverb": 0.5, "width": 0.65},
)
