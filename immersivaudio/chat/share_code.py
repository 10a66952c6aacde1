"""A share code in the text that a user wrote as a mood: the job request says what the code says."""

from immersivaudio.queue import JobRequest
from immersivaudio.share import BadShareError, find, read
from immersivaudio.share.apply import spelled_out


def apply_code(request: JobRequest) -> JobRequest:
    """Return the request with the code out of its mood, and spelled out; a request without one as it is.

    The code's own choices come before those that were made once and for all; words beside it stay a mood, to
    remix it to. The clip is looked at anew: a code says what to play, and only the clip says where.
    Raises `BadShareError` and `NewerShareError`.
    """
    code, rest = find(request.options.mood)
    if not code or request.sheet or request.files_alone:
        return request
    said = spelled_out(read(code)) | {"mood": rest, "share": code, "seed": None, "cue": None}
    if request.source.kind != "photo" or said["length"] is None:
        said["length"] = request.options.length
    try:
        return request.changed(action="score", options=request.options.changed(**said))
    except ValueError as error:
        raise BadShareError from error
