"""The tempo on which the cuts fall well: near the mood's, where most hit points meet a beat."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from immersivaudio.music import PALETTES, Brief, Hit, Section, choose_tempo
from immersivaudio.music.theory import signature
from immersivaudio.stages.enhance.character import Character
from immersivaudio.values import CueSheet, HitPoint, Seconds

_REACH = 0.15
"""Share of its tempo that a mood gives up for the cuts."""


def settle(
    character: Character, hits: Sequence[HitPoint], stretches: Iterable[tuple[Seconds, Seconds]]
) -> Character:
    """Return `character` at the tempo, up to 15 % from its own, on which `hits` and sections fall best.

    A tempo that the user named is not for this function: they meant it.
    """
    bounds = tuple(stretches)
    brief = Brief(
        duration=bounds[-1][1],
        palette=character.palette,
        tempo=character.tempo,
        tonic=character.tonic,
        mode=character.mode,
        metre=signature(character.metre),
        sections=tuple(Section(start, end, "A", 0.0, 0.0, 0.5) for start, end in bounds),
        hits=tuple(Hit(hit.time, hit.strength) for hit in hits),
    )
    tempo = choose_tempo(brief, *PALETTES[character.palette].tempo, reach=_REACH)
    return replace(character, tempo=round(tempo, 1))


def resettle(character: Character, sheet: CueSheet, *, paced: bool) -> Character:
    """Return `character` at a tempo for the plan of `sheet`: the one it has, if mood and palette allow it.

    Settling anew for a mood that hardly differs may land on the other side of its own tempo: a remix that is
    to be darker would be quicker. Where another pace was asked for (`paced`), at least half of that step is
    made.
    """
    low, high = PALETTES[character.palette].tempo
    if not paced and low <= sheet.tempo <= high and abs(sheet.tempo / character.tempo - 1) <= _REACH:
        return replace(character, tempo=sheet.tempo)
    settled = settle(character, sheet.hits, ((cue.start, cue.end) for cue in sheet.cues))
    halfway = math.sqrt(sheet.tempo * character.tempo)
    if paced and (settled.tempo > halfway) != (character.tempo > halfway):
        return character
    return settled
