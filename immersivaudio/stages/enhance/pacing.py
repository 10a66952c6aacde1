"""The tempo on which the cuts fall well: near the mood's, where most hit points meet a beat."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from immersivaudio.music import PALETTES, Brief, Hit, Section, choose_tempo
from immersivaudio.music.theory import signature
from immersivaudio.stages.enhance.character import Character
from immersivaudio.values import HitPoint, Seconds


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
    tempo = choose_tempo(brief, *PALETTES[character.palette].tempo)
    return replace(character, tempo=round(tempo, 1))
