"""Talking, screens, made things, work; and what is grave."""

from immersivaudio.situations.situation import Situation, row

MADE: tuple[Situation, ...] = (
    row("talking to the camera", (0.2, 0.25), (-0.05, 0.25), "warm", "lo-fi, corporate, hopeful", (76, 100),
        "talking to the camera", enough=1),
    row("interview", (0.1, 0.2), (-0.25, 0.2), "serious", "ambient, solo piano, lo-fi", (66, 88),
        "talking, person|face, speech>.5", "indoor, sitting still", enough=3),
    row("lecture", (0.1, 0.15), (-0.3, 0.2), "serious", "corporate, ambient, hopeful", (70, 92),
        "page|screen, person|face, speech>.5", enough=3),
    row("screen recording", (0.15, 0.2), (-0.05, 0.25), "easygoing", "lo-fi, corporate, chiptune", (84, 104),
        "screen|website, !person, !face", "motion<.4", enough=2),
    row("product on a table", (0.35, 0.2), (0.1, 0.25), "elegant", "deep house, lo-fi, house", (96, 120),
        "lone thing, plain ground", enough=2),
    row("unboxing", (0.4, 0.2), (0.2, 0.25), "upbeat", "hip-hop, house", (92, 116),
        "carton, indoor|dining table|person", enough=2),
    row("gaming", (0.3, 0.25), (0.6, 0.25), "excited", "chiptune, dubstep", (116, 150),
        "screen|joystick, motion>.4, saturation>.35", "cuts>10", enough=3),
    row("cartoon", (0.5, 0.25), (0.4, 0.3), "energetic", "comedic pizzicato, circus march, chiptune", (108, 144),
        "drawing|comic book, motion>.08", "saturation>.3", enough=2),
    row("black-and-white film", (0.1, 0.3), (0.0, 0.35), "nostalgic", "jazz, solo piano, lo-fi", (80, 130),
        "black and white", "person|indoor|city, !dog, !cat", enough=1),
    row("text cards", (0.15, 0.25), (0.1, 0.25), "hopeful", "corporate, hopeful", (84, 108),
        "document|title, !person, !face", enough=2),
    row("construction", (0.1, 0.25), (0.35, 0.25), "confident", "rock, corporate", (96, 120),
        "crane|tractor|forklift", "truck|person|outdoors", enough=1),
)  # fmt: skip

GRAVE: tuple[Situation, ...] = (
    row("accident or fire", (-0.7, 0.2), (0.1, 0.3), "dark", "tense, ambient", (54, 84), "", grave=True),
    row("hospital", (-0.15, 0.3), (-0.3, 0.2), "reflective", "solo piano, ambient", (54, 72), "", grave=True),
    row("cemetery", (-0.35, 0.2), (-0.45, 0.2), "mournful", "melancholic piano, solo piano", (48, 66), "",
        grave=True),
    row("grave", (-0.3, 0.2), (0.0, 0.3), "serious", "ambient, solo piano", (54, 84), "", grave=True),
    row("perhaps grave", (-0.05, 0.15), (-0.3, 0.25), "atmospheric", "ambient, solo piano", (54, 84), "", grave=True),
)  # fmt: skip
"""Chosen by rule 1 (`feeling`), never by counting marks."""
