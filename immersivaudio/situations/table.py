"""All rows in one, by name."""

from collections.abc import Mapping
from types import MappingProxyType

from immersivaudio.situations.rows import general, living, made, places
from immersivaudio.situations.situation import Situation

MATCHED: tuple[Situation, ...] = (
    *living.ANIMALS, *living.PEOPLE, *living.SPORT, *places.OUTDOORS, *places.TOWN, *made.MADE,
)  # fmt: skip
"""Rows that marks decide."""
GENERAL: tuple[Situation, ...] = general.GENERAL
"""Rows that marks decide where none of the others holds."""
SITUATIONS: Mapping[str, Situation] = MappingProxyType(
    {each.name: each for each in (*MATCHED, *GENERAL, *made.GRAVE)}
)
NEUTRAL = (
    "ambient", "string quartet", "folk", "lo-fi", "bossa", "r&b", "corporate", "hip-hop",
    "deep house", "synthwave",
)  # fmt: skip
"""Styles for what nothing is known of, the calmest first."""
