"""What people film and what should be heard: a table, the marks that tell its rows, how evidence is weighed.

Pure data and arithmetic: describers bring the evidence, enhancers take the styles.
"""

from immersivaudio.situations.conditions import ACTIONS, FOODS, GROUPS, Evidence
from immersivaudio.situations.feeling import UNREAD, Reading, read
from immersivaudio.situations.situation import Situation
from immersivaudio.situations.table import NEUTRAL, SITUATIONS
from immersivaudio.situations.vetoes import MARKS as GRAVE_MARKS

__all__ = [
    "ACTIONS",
    "FOODS",
    "GRAVE_MARKS",
    "GROUPS",
    "NEUTRAL",
    "SITUATIONS",
    "UNREAD",
    "Evidence",
    "Reading",
    "Situation",
    "read",
]
