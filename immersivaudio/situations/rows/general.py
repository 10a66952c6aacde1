"""Rows for clips of which only the plain facts are known: asked where no other row holds."""

from immersivaudio.situations.situation import Situation, row

GENERAL: tuple[Situation, ...] = (
    row("people out of doors", (0.45, 0.2), (0.15, 0.3), "carefree", "indie rock, pop, folk", (92, 120),
        "person, outdoors, !night", enough=2),
    row("people indoors", (0.3, 0.2), (-0.05, 0.3), "warm", "r&b, jazz, lo-fi", (80, 108), "person, indoor", enough=2),
    row("traffic", (0.25, 0.2), (0.25, 0.3), "easygoing", "hip-hop, indie rock, synthwave", (90, 116),
        "vehicle, outdoors", enough=2),
    row("a building", (0.35, 0.2), (-0.1, 0.25), "elegant", "string quartet, baroque, cinematic", (66, 96),
        "building|castle|palace, !person", enough=2),
    row("a room", (0.15, 0.2), (-0.25, 0.25), "relaxed", "lo-fi, bossa, ambient", (66, 92),
        "indoor, !person", enough=2),
    row("night outside", (0.1, 0.2), (-0.25, 0.3), "atmospheric", "ambient, deep house, synthwave", (60, 104),
        "night, !indoor", enough=2),
    row("water's edge", (0.5, 0.2), (-0.2, 0.3), "peaceful", "ambient, hopeful, orchestral waltz", (64, 96),
        "water, !person", enough=2),
    row("a dark film told in fades", (0.0, 0.25), (0.25, 0.3), "dramatic", "cinematic, epic, ambient", (72, 104),
        "fades>=2, light<.35", "cuts>6", enough=2),
    row("outside", (0.35, 0.2), (-0.15, 0.3), "peaceful", "string quartet, hopeful, folk", (68, 100),
        "outdoors, !person, !vehicle", enough=3),
)  # fmt: skip
