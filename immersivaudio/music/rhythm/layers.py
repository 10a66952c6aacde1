"""How grooves and figures of four grades are written shortly."""

Groove = dict[str, str]
"""Drum -> lane."""
Grades = tuple[Groove, ...]
Figures = tuple[tuple[str, ...], ...]


_REST = "................"
REST_3 = f"{_REST}|{_REST}|{_REST}|"
"""Three bars of 4/4 in which a drum waits for the fourth."""
FIRST_OF_4 = f"X...............|{_REST}|{_REST}|{_REST}"
"""A crash where four bars begin."""


def layered(*layers: Groove) -> Grades:
    """Return a groove's grades: each layer joins those before it, or takes their place on its own drum."""
    grades: list[Groove] = []
    for layer in layers:
        grades.append({**(grades[-1] if grades else {}), **layer})
    return tuple(grades)


def steady(*variants: str) -> Figures:
    """Return a figure that is the same in every grade: it is what the style is known by."""
    return (variants,) * 4


def halved(groove: Groove) -> Groove:
    """Return a groove of one bar at half its speed, over two bars."""
    return {
        drum: "|".join(
            "".join(f"{sign}." for sign in half) for half in (lane[: len(lane) // 2], lane[len(lane) // 2 :])
        )
        for drum, lane in groove.items()
    }
