"""One cue a section: the piece's feeling, bent by how the section's pictures differ from the rest."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from immersivaudio.stages.enhance.captions import mood_of
from immersivaudio.stages.enhance.character import Character
from immersivaudio.stages.enhance.spotting import Spot
from immersivaudio.values import Cue

_CONTOUR = 0.5
"""How far a section goes its own way in valence and arousal."""
_MOVED = 0.6
"""What motion above the clip's mean adds to arousal."""
_AROUSED, _STIRRED = 0.35, 0.5
"""What arousal, and motion above the mean, add to the intensity of 0.5."""


def write(spots: Sequence[Spot], character: Character) -> Iterator[Cue]:
    """Yield the cues of a clip."""
    valence, arousal = mean(spots)
    motion = _weighted(spots, [spot.motion for spot in spots])
    for place, spot in enumerate(spots):
        stir = spot.motion - motion
        felt_v = _within(character.feeling[0] + _CONTOUR * (spot.valence - valence))
        felt_a = _within(character.feeling[1] + _CONTOUR * (spot.arousal - arousal) + _MOVED * stir)
        intensity = _share(0.5 + _AROUSED * felt_a + _STIRRED * stir + _arc(place, len(spots)))
        mood = character.mood if character.named else mood_of(felt_v, felt_a)
        prompt = character.caption(mood, intensity)
        yield Cue(spot.start, spot.end, spot.label, mood, felt_v, felt_a, intensity, prompt, scene=spot.scene)


def recast(cues: Sequence[Cue], character: Character) -> Iterator[Cue]:
    """Yield the same stretches with another character; what set each apart from the others stays."""
    valence, arousal = mean(cues)
    kept = abs(character.feeling[0] - valence) + abs(character.feeling[1] - arousal) < 1e-9
    for cue in cues:
        felt_v = _within(character.feeling[0] + cue.valence - valence)
        felt_a = _within(character.feeling[1] + cue.arousal - arousal)
        intensity = _share(cue.intensity + _AROUSED * (felt_a - cue.arousal))
        mood = character.mood if character.named else cue.mood if kept else mood_of(felt_v, felt_a)
        prompt = character.caption(mood, intensity)
        yield replace(cue, mood=mood, valence=felt_v, arousal=felt_a, intensity=intensity, prompt=prompt)


def changed(cue: Cue, mood: str, feeling: tuple[float, float], prompt: str) -> Cue:
    """Return one cue with another mood."""
    felt_v, felt_a = _within(feeling[0]), _within(feeling[1])
    intensity = _share(cue.intensity + _AROUSED * (felt_a - cue.arousal))
    return replace(cue, mood=mood, valence=felt_v, arousal=felt_a, intensity=intensity, prompt=prompt)


def mean(stretches: Sequence[Spot] | Sequence[Cue]) -> tuple[float, float]:
    """Return the mean (valence, arousal), each stretch counting by its length."""
    valences = [stretch.valence for stretch in stretches]
    arousals = [stretch.arousal for stretch in stretches]
    return _weighted(stretches, valences), _weighted(stretches, arousals)


def fullness(cues: Sequence[Cue]) -> float:
    """Return the mean intensity."""
    return _weighted(cues, [cue.intensity for cue in cues])


def _weighted(stretches: Sequence[Spot] | Sequence[Cue], values: Sequence[float]) -> float:
    lengths = [float(stretch.end - stretch.start) for stretch in stretches]
    return sum(v * length for v, length in zip(values, lengths, strict=True)) / sum(lengths)


def _within(value: float) -> float:
    return round(max(-1.0, min(1.0, value)), 3)


def _share(value: float) -> float:
    return round(max(0.05, min(1.0, value)), 3)


def _arc(place: int, count: int) -> float:
    """Return what a section's place adds: the first arrives, the last but one is the height."""
    if count < 3:
        return 0.0
    return -0.1 if place == 0 else 0.1 if place == count - 2 else 0.0
