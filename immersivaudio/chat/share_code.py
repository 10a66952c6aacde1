"""A share code in what somebody wrote as a mood: the request says what the code says."""

from immersivaudio.queue import JobRequest
from immersivaudio.share import BadShareError, find, read


def apply_code(request: JobRequest) -> JobRequest:
    """The request with the code out of its mood, and spelled out; a request without one as it is.

    The code's own choices come before those that were made once and for all; words beside it stay a mood, to
    remix it to. The clip is looked at anew: a code says what to play, and only the clip says where.
    Raises `BadShareError` and `NewerShareError`.
    """
    code, rest = find(request.options.mood)
    if not code or request.sheet or request.files_alone:
        return request
    recipe = read(code)
    photo = request.source.kind == "photo" and recipe.length is not None
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
        "length": (recipe.length or 0) / 100 if photo else request.options.length,
    }
    try:
        return request.changed(action="score", options=request.options.changed(**said))
    except ValueError as error:
        raise BadShareError from error
