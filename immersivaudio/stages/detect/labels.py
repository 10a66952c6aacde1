"""What the two networks' numbers mean: COCO's things, the ImageNet classes that vouch for them, and a few
classes that say something to a composer.

The second table names rows of the 1,000 classes of ImageNet, from 0, in the order of the challenge of 2012.
"""

COCO: dict[int, str] = {
    1: "person", 2: "bicycle", 3: "car", 4: "motorcycle", 5: "airplane", 6: "bus", 7: "train", 8: "truck",
    9: "boat", 10: "traffic light", 11: "fire hydrant", 13: "stop sign", 14: "parking meter", 15: "bench",
    16: "bird", 17: "cat", 18: "dog", 19: "horse", 20: "sheep", 21: "cow", 22: "elephant", 23: "bear",
    24: "zebra", 25: "giraffe", 27: "backpack", 28: "umbrella", 31: "handbag", 32: "tie", 33: "suitcase",
    34: "frisbee", 35: "skis", 36: "snowboard", 37: "sports ball", 38: "kite", 39: "baseball bat",
    40: "baseball glove", 41: "skateboard", 42: "surfboard", 43: "tennis racket", 44: "bottle",
    46: "wine glass", 47: "cup", 48: "fork", 49: "knife", 50: "spoon", 51: "bowl", 52: "banana", 53: "apple",
    54: "sandwich", 55: "orange", 56: "broccoli", 57: "carrot", 58: "hot dog", 59: "pizza", 60: "donut",
    61: "cake", 62: "chair", 63: "couch", 64: "potted plant", 65: "bed", 67: "dining table", 70: "toilet",
    72: "tv", 73: "laptop", 74: "mouse", 75: "remote", 76: "keyboard", 77: "cell phone", 78: "microwave",
    79: "oven", 80: "toaster", 81: "sink", 82: "refrigerator", 84: "book", 85: "clock", 86: "vase",
    87: "scissors", 88: "teddy bear", 89: "hair drier", 90: "toothbrush",
}  # fmt: skip
"""Class number -> name; the numbers left out were never used."""

ANIMALS = frozenset({"bird", "cat", "dog", "horse", "sheep", "cow", "elephant", "bear", "zebra", "giraffe"})
FOOD = frozenset(
    {"banana", "apple", "sandwich", "orange", "broccoli", "carrot", "hot dog", "pizza", "donut", "cake"}
)
VEHICLES = frozenset({"bicycle", "car", "motorcycle", "airplane", "bus", "train", "truck", "boat"})
LARGE = frozenset({"person", "sports ball", "traffic light", *ANIMALS, *VEHICLES})
"""What the detector knows well."""


def _rows(*parts: int | tuple[int, int]) -> tuple[int, ...]:
    return tuple(
        row for part in parts for row in (range(part[0], part[1] + 1) if isinstance(part, tuple) else (part,))
    )


EATEN = _rows((924, 969), 415, 509, 949, 567, 909, 809)
STAGE, PLATE, DAISY = 819, 923, 985
UNDER_WATER = _rows((0, 6), (107, 109), 149, (389, 397), 973, 983)
"""Fish, rays, jellyfish, corals, divers."""
VOUCHING: dict[str, tuple[int, ...]] = {
    "dog": _rows((151, 268)),
    "cat": _rows((281, 285)),
    "bird": _rows((7, 24), (80, 100), (127, 146)),
    "horse": _rows(339, 603),
    "cow": _rows((345, 347), 690),
    "sheep": _rows(348, 349),
    "bear": _rows((294, 297)),
    "elephant": _rows(101, 385, 386),
    "zebra": _rows(340),
    "car": _rows(407, 436, 468, 511, 609, 627, 656, 661, 717, 734, 751, 817, 581, 479, 475),
    "truck": _rows(555, 569, 675, 717, 864, 867),
    "bus": _rows(654, 779, 874),
    "motorcycle": _rows(670, 665),
    "bicycle": _rows(444, 671, 880),
    "train": _rows(466, 547, 705, 820, 829, 565),
    "boat": _rows(472, 484, 510, 554, 576, 625, 628, 724, 780, 814, 833, 871, 914),
    "airplane": _rows(404, 895, 908),
    "sports ball": _rows(805, 430, 574, 722, 768, 852, 890, 429, 522),
    **dict.fromkeys(FOOD, EATEN),
    "couch": _rows(831),
    "bed": _rows(564, 520, 750, 516),
    "tv": _rows(851, 664, 782, 598, 527),
    "laptop": _rows(620, 681),
    "keyboard": _rows(508, 878, 810),
    "cell phone": _rows(487, 590),
    "clock": _rows(409, 530, 892),
    "traffic light": _rows(920),
    "umbrella": _rows(879),
    "teddy bear": _rows(850),
    "skis": _rows(795),
    "tie": _rows(906, 457),
    "refrigerator": _rows(760),
    "microwave": _rows(651),
    "toilet": _rows(861),
    "book": _rows(921, 917, 454, 624, 453),
    "bottle": _rows(440, 720, 737, 898, 907, 901),
    "cup": _rows(504, 968, 967, 647),
    "wine glass": _rows(572, 966, 441),
    "vase": _rows(883, 725),
    "tennis racket": _rows(752),
}
"""Thing -> the classes that mean the same, or nearly."""
ALONE = (*sorted(ANIMALS & VOUCHING.keys()), *sorted(VEHICLES & VOUCHING.keys()))
"""Things that the classes may name where no box was found."""
UNMISTAKEN = frozenset({*(ANIMALS & VOUCHING.keys()), "airplane", "boat", "train"})
"""Things that the classes see where they fill much of a picture; what people ride hides behind its rider."""

CLASSES: dict[str, tuple[int, ...]] = {
    "wedding": (982,), "candle": (470,), "altar": (406,), "church": (497,), "mosque": (668,),
    "academic gown": (400,), "mortarboard": (667,), "stage": (819,), "microphone": (650,),
    "guitar": (402, 546), "drum": (541,), "piano": (579, 881), "violin": (889,), "cello": (486,),
    "saxophone": (776,), "accordion": (401,), "trumpet": (513,), "flute": (558,), "harp": (594,),
    "dumbbell": (543,), "barbell": (422,), "punching bag": (747,), "kimono": (614,),
    "cradle": (516, 431, 520), "diaper": (529,), "stretcher": (830,), "stethoscope": (823,),
    "ambulance": (407,), "fire engine": (555,), "police van": (734,), "rifle": (413, 764),
    "airplane wing": (908,), "crane": (517,), "tractor": (866,), "forklift": (561,),
    "building": (698, 497, 483, 663, 668, 442, 538, 873, 682, 832, 425), "lighthouse": (437,),
    "castle": (483,), "palace": (698,), "monastery": (663,), "megalith": (649,),
    "butterfly": (321, 322, 323, 324, 325, 326), "bee": (309,), "spider": (72, 73, 74, 75, 76, 77),
    "cockroach": (314,), "dragonfly": (319, 320), "scuba diver": (983,), "coral reef": (973,),
    "jellyfish": (107,), "shark": (2, 3, 4), "whale": (147, 148), "carton": (478,), "espresso": (967,),
    "coffee mug": (504,), "joystick": (613,), "website": (916,), "comic book": (917,), "carousel": (476,),
    "fountain": (562,),
    "parachute": (701,), "balloon": (417,), "jack-o'-lantern": (607,),
    "bridge": (821, 839, 888), "swing": (843,), "tent": (672,), "dam": (525,),
    "lion": (291,), "tiger": (292,), "leopard": (288, 289, 290), "fox": (277, 278, 279, 280),
    "wolf": (269, 270, 271), "monkey": (*range(365, 383),), "rabbit": (330, 331, 332),
    "squirrel": (335,), "hamster": (333,), "penguin": (145,), "turtle": (33, 34, 35, 36, 37),
    "snake": (*range(52, 69),), "frog": (30, 31, 32), "fish": (0, 1, 389, 391, 392, 393, 395, 396, 397),
    "panda": (388,), "koala": (105,), "kangaroo": (104,), "camel": (354,), "pig": (341,),
    "goat": (350,), "deer": (351, 352, 353), "sea lion": (150,), "otter": (360,), "hippopotamus": (344,),
    "daisy": (985,), "mushroom": (947, 992, 996, 997),
    "lizard": (*range(38, 49),), "crocodile": (49, 50), "buffalo": (346, 347), "coyote": (272,),
    "hyena": (276,),
    "llama": (355,), "cheetah": (293,), "lynx": (287,), "puma": (286,), "marmot": (336,), "porcupine": (334,),
    "insect": (*range(300, 309), *range(310, 319)), "sport": (981, 805, 768, 430, 890, 560),
}  # fmt: skip
"""Plain name -> the classes it stands for: what COCO has no name for and a film's feeling may hang on."""
SURE_ENOUGH: dict[str, float] = {"building": 0.5, "lizard": 0.8}
"""What a class must have where that is not as much as the others: many that look alike share one name, and a
little of each of many lizards is a bird on a rock."""
ANIMAL_ROWS = _rows((0, 107), (118, 397))
"""Without corals, worms and shells: to a composer they are none, and spirals of light pass for them."""
OTHER_ANIMALS = (
    "lion", "tiger", "leopard", "fox", "wolf", "monkey", "rabbit", "squirrel", "hamster", "penguin", "turtle",
    "panda", "koala", "kangaroo", "camel", "pig", "goat", "deer", "sea lion", "otter", "hippopotamus",
    "lizard", "crocodile", "coyote", "hyena", "llama", "cheetah", "lynx", "puma", "marmot", "porcupine",
)  # fmt: skip
"""Classes of animals that the detector has no name for, and calls by another."""
ANIMAL, STATUE = "animal", "statue"
"""What is said where both networks see an animal and disagree which; and of people of stone or metal."""
STANDS_ALONE = frozenset(
    {"kite", "skateboard", "fire hydrant", "bench", "scissors", "toothbrush", "hair drier", "parking meter",
     "stop sign", "frisbee", "baseball bat", "baseball glove", "mouse", "remote", "toaster"}
)  # fmt: skip
"""Things without a class, which nothing else in a picture vouches for either."""
SCULPTED = _rows(458, 461, 524, 643, 649, 666, 682, 708, 825, 832, 863, 883)
"""Brass, breastplates, masks, megaliths, obelisks, pedestals, stone walls, stupas, totem poles, vases: what
the classifier, which knows no statues, calls one that it sees close by."""
