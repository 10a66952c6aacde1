"""How single things, places and actions feel, for clips that no situation fits: (valence, arousal) of the music.

Valence of things and places: medians of rated pictures where they exist (OASIS: Kurdi, Lozano & Banaji 2017), else
our own judgement; arousal is ours. The sources are in docs/decisions/0145-feeling-from-what-happens.md.
"""

from collections.abc import Mapping

from immersivaudio.terms import Feeling

_ACTIONS = {
    "playing": (0.6, 0.4), "running": (0.45, 0.6), "dancing": (0.55, 0.6), "riding": (0.4, 0.4),
    "driving": (0.3, 0.35), "flying": (0.45, 0.1), "walking": (0.3, 0.1), "falling water": (0.5, -0.1),
    "pouring": (0.45, -0.2), "talking to the camera": (0.2, -0.05), "talking": (0.15, -0.2),
    "crowd moving": (0.25, 0.4), "sitting still": (0.2, -0.3),
}  # fmt: skip
_THINGS = {
    "horse": (0.6, 0.2), "elephant": (0.6, 0.1), "zebra": (0.6, 0.1), "giraffe": (0.55, 0.1), "dog": (0.55, 0.2),
    "cat": (0.5, -0.1), "bird": (0.5, 0.0), "cake": (0.55, 0.2), "teddy bear": (0.45, -0.2), "kite": (0.5, 0.2),
    "bear": (0.35, 0.1), "cow": (0.35, -0.2), "sheep": (0.4, -0.2), "bicycle": (0.35, 0.3), "boat": (0.4, 0.0),
    "skis": (0.45, 0.6), "snowboard": (0.45, 0.6), "surfboard": (0.45, 0.45), "skateboard": (0.4, 0.6),
    "sports ball": (0.4, 0.5), "frisbee": (0.45, 0.4), "tennis racket": (0.4, 0.5), "baseball bat": (0.35, 0.45),
    "airplane": (0.35, 0.0), "wine glass": (0.3, 0.0), "dining table": (0.3, 0.0), "person": (0.2, 0.0),
    "face": (0.2, 0.0), "car": (0.2, 0.25), "bus": (0.15, 0.2), "train": (0.15, 0.2), "truck": (0.1, 0.3),
    "motorcycle": (0.25, 0.5), "couch": (0.2, -0.3), "bed": (0.2, -0.5), "book": (0.2, -0.3), "clock": (0.1, -0.1),
    "vase": (0.25, -0.3), "cell phone": (0.1, 0.0), "laptop": (0.15, 0.0), "tv": (0.15, 0.0), "umbrella": (0.2, 0.0),
    "traffic light": (0.0, 0.2), "fire hydrant": (0.0, 0.0), "stop sign": (0.0, 0.1), "bottle": (0.1, 0.0),
    "chair": (0.1, -0.1), "keyboard": (0.05, 0.0), "scissors": (0.0, 0.0), "toilet": (-0.1, 0.0), "cup": (0.35, -0.2),
    "potted plant": (0.35, -0.3), "pizza": (0.5, 0.1), "donut": (0.5, 0.1), "apple": (0.45, 0.0),
    "banana": (0.45, 0.1), "orange": (0.45, 0.0), "sandwich": (0.45, 0.0), "carrot": (0.35, 0.0),
    "broccoli": (0.3, 0.0), "hot dog": (0.4, 0.1), "bowl": (0.3, 0.0), "bench": (0.25, -0.3), "backpack": (0.25, 0.1),
    "candle": (0.35, -0.4), "rabbit": (0.5, 0.0), "monkey": (0.1, 0.2), "balloon": (0.5, 0.2), "carousel": (0.5, 0.3),
    "bridge": (0.4, 0.0), "fountain": (0.45, 0.0), "tent": (0.3, -0.1), "swing": (0.45, 0.2), "piano": (0.35, 0.0),
    "violin": (0.4, 0.0), "mushroom": (0.3, -0.3), "animal": (0.45, 0.0), "pig": (0.25, 0.0), "goat": (0.4, 0.0), "guitar": (0.4, 0.3), "drum": (0.35, 0.5), "spider": (0.05, 0.0),
    "building": (0.3, -0.1), "lighthouse": (0.45, -0.1),
}  # fmt: skip
_PLACES = {
    "sea": (0.65, -0.1), "lake": (0.65, -0.3), "mountain": (0.65, 0.0), "beach": (0.65, 0.1), "sunset": (0.65, -0.1),
    "flower": (0.6, -0.3), "garden": (0.5, -0.3), "forest": (0.4, -0.25), "greenery": (0.35, -0.2),
    "food": (0.45, 0.0), "stage": (0.45, 0.5), "drawing": (0.35, 0.3), "sport": (0.35, 0.5), "sky": (0.35, -0.2),
    "desert": (0.35, -0.1), "snow": (0.2, -0.4), "underwater": (0.45, -0.3), "city": (0.2, 0.3),
    "street": (0.2, 0.25), "vehicle interior": (0.25, 0.25), "indoor": (0.15, -0.1), "document": (0.1, -0.1),
    "screen": (0.1, 0.0), "night": (0.05, 0.0), "crowd": (0.2, 0.4), "space": (0.45, -0.2), "statue": (0.2, -0.3),
    "water": (0.6, -0.2), "outdoors": (0.3, 0.0), "nature": (0.45, -0.2), "rain on glass": (0.0, -0.5), "black and white": (0.1, 0.0),
}  # fmt: skip


def _felt(table: Mapping[str, tuple[float, float]]) -> Mapping[str, Feeling]:
    return {name: Feeling(*place) for name, place in table.items()}


ACTIONS, THINGS, PLACES = _felt(_ACTIONS), _felt(_THINGS), _felt(_PLACES)
