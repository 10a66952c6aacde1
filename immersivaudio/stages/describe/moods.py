"""The moods a vision-language model may choose from, and where each stands between calm and excited, good
and bad.

A closed list: the answer is always one of them, whatever the model is. Places after Russell's circumplex
(1980), as in the enhancer's vocabulary, which knows all of these words.
"""

MOODS: dict[str, tuple[float, float]] = {
    "joyful": (0.9, 0.5),
    "playful": (0.7, 0.4),
    "energetic": (0.5, 0.8),
    "triumphant": (0.8, 0.8),
    "hopeful": (0.6, 0.1),
    "romantic": (0.7, 0.0),
    "calm": (0.5, -0.7),
    "dreamy": (0.4, -0.5),
    "nostalgic": (0.2, -0.4),
    "mysterious": (-0.1, 0.0),
    "serious": (-0.1, 0.0),
    "melancholic": (-0.5, -0.4),
    "sad": (-0.7, -0.4),
    "lonely": (-0.6, -0.4),
    "dark": (-0.6, 0.1),
    "tense": (-0.5, 0.6),
    "scary": (-0.8, 0.7),
    "dramatic": (-0.1, 0.7),
    "epic": (0.3, 0.8),
}
"""Mood -> (valence, arousal), -1 to 1."""
