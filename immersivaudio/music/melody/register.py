"""Registers under a melody: the melody has an octave of its own."""

from collections.abc import Sequence
from statistics import fmean

from immersivaudio.music.instruments import TABLE
from immersivaudio.music.notation import Tone
from immersivaudio.music.palette import Player

_UNDER, _ABOVE = 10, 8
"""Semitones from the mean of the melody to the middle of what accompanies it."""
_REACH, _MUDDY = 5, 52
"""Semitones a chord needs on both sides of its middle, and the lowest middle at which it is still clear."""


def aside(centre: float, player: Player, melody: Sequence[Tone], bounds: tuple[int, int]) -> float:
    """Return where a part stays that leaves the melody an octave of its own: under it, or well above.

    What has a place of its own, by its sound or by its shape, keeps it.
    """
    if not melody or player.shape or TABLE[player.instrument].stem == "air":
        return centre
    sung = fmean(tone.pitch for tone in melody)
    under = sung - _UNDER
    if centre <= under or centre >= sung + _ABOVE:
        return centre
    if under >= max(bounds[0] + _REACH, _MUDDY):
        return under
    return min(max(centre, sung + _ABOVE), bounds[1] - _REACH) if bounds[0] + _REACH > under else _MUDDY
