"""The text prompt: a cue in the words that text-to-music models were trained on, and the mood in a word."""

from collections.abc import Sequence

from immersivaudio.stages.enhance.genres import STYLES
from immersivaudio.stages.enhance.vocabulary import MOODS
from immersivaudio.terms import Key

_TEMPI = ((60, "very slow"), (80, "slow"), (104, "medium"), (128, "upbeat"), (400, "fast"))
_FULLNESS = (
    (0.25, "sparse and minimal"),
    (0.5, "gentle, unhurried"),
    (0.75, "full, flowing"),
    (2, "dense, powerful"),
)
_HARMONY = {
    "ionian": "major",
    "lydian": "major, lydian",
    "mixolydian": "major, mixolydian",
    "dorian": "minor, dorian",
    "aeolian": "minor",
    "phrygian": "minor, phrygian",
    "harmonic minor": "minor, harmonic minor",
    "phrygian dominant": "phrygian dominant",
}
_SPOKEN = {
    "drums": ("drum", "kick", "percussion", "beat"),
    "guitars": ("guitar",),
    "synths": ("synth", "lead", "arpeggio"),
    "bass": ("808",),
}
"""What is silenced -> how production words speak of it."""
_HEARD = 4
"""Instruments named: captions rarely name more."""
_SHOWN = 3
"""Things seen that are named."""
_SCENERY = {
    "person": "people", "face": "people", "indoor": "a room", "outdoors": "open air", "sky": "open sky",
    "underwater": "life under water", "riding": "a ride", "running": "runners", "talking": "people talking",
    "talking to the camera": "somebody talking", "crowd moving": "a moving crowd",
}  # fmt: skip
"""Label -> how a caption speaks of it, where that is another word."""
_PLAIN = (
    "joyful", "happy", "upbeat", "energetic", "triumphant", "inspiring", "hopeful", "playful", "carefree",
    "calm", "peaceful", "warm", "dreamy", "reflective", "nostalgic", "mysterious", "dramatic", "epic",
    "tense", "urgent", "aggressive", "scary", "dark", "sad", "melancholic", "mournful", "easygoing",
    "atmospheric",
)  # fmt: skip
"""Moods that a feeling may be called by where the user named none."""


def mood_of(valence: float, arousal: float) -> str:
    """Return the plain mood word nearest to a feeling."""
    return min(_PLAIN, key=lambda w: (MOODS[w].valence - valence) ** 2 + (MOODS[w].arousal - arousal) ** 2)


def caption(
    palette: str,
    mood: str,
    players: tuple[Sequence[str], Sequence[str]],
    tempo: float,
    key: Key,
    intensity: float,
    seen: Sequence[str] = (),
) -> str:
    """Return a prompt: genre, mood, what it is for, instruments, tempo, key, texture, production.

    `players` are (the instruments, those excluded), `intensity` 0 to 1, `seen` what the music
    goes with ("dog", "garden").
    """
    style = STYLES.get(palette)
    playing, without = players
    parts = [
        style.genre if style else palette,
        mood,
        f"for a scene with {_listed([_SCENERY.get(name, name) for name in seen[:_SHOWN]])}" if seen else "",
        f"featuring {_listed(playing[:_HEARD])}" if playing else "",
        f"{_band(_TEMPI, tempo)} tempo, {tempo:.0f} bpm",
        f"{key.tonic} {_HARMONY.get(key.mode, key.mode)}",
        _band(_FULLNESS, intensity),
        *(_allowed(style.production, without) if style else ()),
        "no drums" if "drums" in without else "",
        "instrumental, high quality",
    ]
    return ", ".join(part for part in dict.fromkeys(parts) if part)


def _allowed(production: str, without: Sequence[str]) -> list[str]:
    """Return the production words that name no excluded instrument."""
    silent = [word for group in without for word in (*_SPOKEN.get(group, ()), group)]
    return [part for part in production.split(", ") if not any(word in part for word in silent)]


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _band(table: Sequence[tuple[float, str]], value: float) -> str:
    return next(word for limit, word in table if value < limit or limit == table[-1][0])
