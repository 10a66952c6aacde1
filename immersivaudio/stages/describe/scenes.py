"""Which measurements speak for which scene word: one table. They are one witness, and name nothing alone.

Every row was checked by eye, and words that were wrong more than one time in five were dropped: "snow" (it is
fog as often), "sea", "indoor", "animation", "forest". docs/decisions/0022-describe.md has the counts and says
what they are worth.
"""

from dataclasses import dataclass

from immersivaudio.stages.describe.picture_features import PictureFeatures

Limit = tuple[str, float, float]
"""A measurement ("light", "top.blue", sums with "+", differences with "-"), its least and greatest value."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A kind of picture that can be told by measurement."""

    words: tuple[str, ...]
    limits: tuple[Limit, ...]

    def holds(self, look: PictureFeatures) -> bool:
        return all(low <= measure(look, name) <= high for name, low, high in self.limits)


SCENES: tuple[Scene, ...] = (
    Scene(("black",), (("light", 0, 0.02), ("black", 0.985, 1), ("contrast", 0, 0.012))),
    Scene(
        ("title",),
        (("black", 0.8, 1), ("chroma", 0, 0.03), ("straight", 0.25, 1), ("white+pale", 0.002, 0.2)),
    ),
    Scene(("blank",), (("white", 0.97, 1), ("contrast", 0, 0.03))),
    Scene(
        ("screen",),
        (("white", 0.55, 1), ("straight", 0.28, 1), ("flat", 0.25, 1), ("dark", 0, 0.08)),
    ),
    Scene(
        ("space", "night"),
        (("black", 0.6, 1), ("specks", 8, 1e4), ("chroma", 0.025, 0.2), ("warmth", -1, 0.08)),
    ),
    Scene(
        ("night", "city"),
        (
            ("light", 0.05, 0.36),
            ("top.light", 0, 0.3),
            ("warmth", -1, -0.05),
            ("specks", 35, 1e4),
            ("rough", 0.4, 1),
            ("chroma", 0.05, 1),
            ("bottom.blue", 0, 0.93),
        ),
    ),
    Scene(
        ("night", "city"),
        (
            ("light", 0.1, 0.45),
            ("top.light", 0, 0.4),
            ("warmth", -1, -0.18),
            ("specks", 60, 1e4),
            ("rough", 0.6, 1),
            ("colours.blue+colours.teal", 0.5, 1),
            ("bottom.blue", 0, 0.93),
        ),
    ),
    Scene(
        ("night",),
        (
            ("light", 0.05, 0.3),
            ("top.light", 0, 0.25),
            ("warmth", -1, -0.15),
            ("specks", 20, 1e4),
            ("rough", 0.1, 0.4),
            ("flat", 0, 0.5),
        ),
    ),
    Scene(
        ("desert", "sky"),
        (
            ("bottom.yellow+bottom.orange", 0.8, 1),
            ("bottom.yellow", 0.6, 1),
            ("bottom.rough", 0, 0.45),
            ("top.pale+top.blue", 0.6, 2),
            ("top.rough", 0, 0.2),
        ),
    ),
    Scene(
        ("sunset",),
        (
            ("colours.orange+colours.yellow", 0.5, 1),
            ("top.orange+top.yellow", 0.5, 1),
            ("top.light-bottom.light", 0.08, 1),
            ("top.light", 0.4, 1),
            ("bottom.green", 0, 0.3),
            ("top.rough", 0, 0.55),
        ),
    ),
    Scene(
        ("flower", "greenery"),
        (
            ("colours.red+colours.orange+colours.pink", 0.1, 0.5),
            ("colours.green", 0.25, 1),
            ("top.green", 0.12, 1),
            ("top.light", 0, 0.7),
            ("bottom.green", 0.12, 1),
            ("chroma", 0.24, 1),
            ("flat", 0, 0.2),
        ),
    ),
    Scene(
        ("greenery", "sky"),
        (
            ("bottom.green", 0.55, 1),
            ("bottom.rough", 0.25, 1),
            ("top.rough", 0, 0.36),
            ("top.light", 0.6, 1),
            ("top.light-bottom.light", 0.2, 1),
        ),
    ),
    Scene(
        ("greenery",),
        (("colours.green", 0.4, 1), ("bottom.green", 0.45, 1), ("rough", 0.4, 1), ("flat", 0, 0.2)),
    ),
    Scene(
        ("sky",),
        (
            ("top.blue", 0.2, 1),
            ("top.blue+top.pale", 0.6, 2),
            ("top.rough", 0, 0.36),
            ("top.light", 0.45, 1),
            ("top.light-bottom.light", 0.08, 1),
            ("bottom.blue", 0, 0.5),
        ),
    ),
    Scene(
        ("mist",),
        (
            ("pale", 0.8, 1),
            ("chroma", 0.012, 0.065),
            ("warmth", -1, -0.02),
            ("light", 0.33, 0.9),
            ("straight", 0, 0.3),
        ),
    ),
    Scene(
        ("mist",),
        (
            ("pale", 0.25, 1),
            ("chroma", 0.005, 0.03),
            ("contrast", 0.015, 0.09),
            ("rough", 0, 0.15),
            ("light", 0.12, 0.8),
            ("black", 0, 0.05),
        ),
    ),
)


def is_monochrome(look: PictureFeatures) -> bool:
    """Whether the picture is black and white: it has contrast, and nothing in it has a hue."""
    return look.chroma < 0.012 and look.contrast > 0.06 and look.black < 0.8 and look.white < 0.7


def scene_of(looks: list[PictureFeatures]) -> Scene | None:
    """The first kind that most of `looks` are of."""
    return next((one for one in SCENES if 2 * sum(map(one.holds, looks)) > len(looks)), None)


def measure(look: PictureFeatures, name: str) -> float:
    """Read a measurement by the name a `Limit` uses."""
    if "+" in name:
        return sum(measure(look, part) for part in name.split("+"))
    if "-" in name:
        left, right = name.split("-")
        return measure(look, left) - measure(look, right)
    group, _, key = name.partition(".")
    value = getattr(look, group)
    return float(value[key]) if key else float(value)
