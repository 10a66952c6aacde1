"""What a share code holds: what was decided, never what was written.

A recipe holds what the rules made of a mood (a palette, a feeling in hundredths, a tempo, a key, a seed), so
that none of the user's words travel with the code. It is put beside what the clip shows, which is read anew
from the clip: where the cuts are, when someone speaks, which sounds the scene has. `share.recipe` says in
which bits.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mix:
    """How loud the parts are: tenths of a dB or LU."""

    music: int = 0
    sounds: int = 0
    original: int = 0
    gap: int = 120


@dataclass(frozen=True, slots=True)
class Changed:
    """One cue that was changed alone; holds for the clip it was made on."""

    cue: int
    """Counted from 0."""
    lean: tuple[int, int] | None = None
    """How far its valence and arousal are from the piece's, hundredths; None: only the seed is its own."""
    moods: tuple[int, ...] = ()
    """Tags."""
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that decides a soundtrack besides the clip and the build."""

    build: int
    """Tag of the version and settings that made it."""
    clip: int | None
    """Tag of the clip it was made on; None where the seed tells, being drawn from the clip."""
    near: bool
    """More was changed by hand than a code can hold: the result comes close, and is not the same."""
    palette: int
    """Tag."""
    valence: int
    """Hundredths."""
    arousal: int
    moods: tuple[int, ...]
    """Tags of the moods that the user named; empty: the mood follows from the feeling."""
    tempo: int
    """Tenths of a beat a minute."""
    tonic: str
    mode: str
    metre: str
    seed: int
    take: int = 1
    sounds: bool = False
    original: str = "auto"
    length: int | None = None
    """How long a photo is held, hundredths of a second; None for a video."""
    mix: Mix = Mix()
    first: tuple[int, ...] = ()
    """Tags of the players asked for: they stand first."""
    without: tuple[int, ...] = ()
    """Tags of what must not play."""
    changed: tuple[Changed, ...] = ()
