"""A share code in what somebody wrote as a mood: the letter says what the code says."""

from immersivaudio.queue import Letter
from immersivaudio.share import find, read


def opened(letter: Letter) -> Letter:
    """The letter with the code out of its mood, and spelled out; a letter without one as it is.

    The code's own choices come before those that were made once and for all; words beside it stay a mood, to
    remix it to. The clip is looked at anew: a code says what to play, and only the clip says where.
    Raises `BadShareError` and `NewerShareError`.
    """
    code, rest = find(letter.ask.mood)
    if not code or letter.sheet or letter.action == "stems":
        return letter
    recipe = read(code)
    photo = letter.source.kind == "photo" and recipe.length is not None
    said = {
        "mood": rest,
        "share": code,
        "seed": None,
        "take": recipe.take,
        "cue": None,
        "sounds": recipe.sounds,
        "original": recipe.original,
        "music_gain_db": recipe.mix.music / 10,
        "sounds_gain_db": recipe.mix.sounds / 10,
        "original_gain_db": recipe.mix.original / 10,
        "speech_gap_lu": recipe.mix.gap / 10,
        "length": (recipe.length or 0) / 100 if photo else letter.ask.length,
    }
    return letter.model_copy(update={"action": "score", "ask": letter.ask.model_copy(update=said)})
