"""What a person is told of an error, and what the shell is told."""

import errno

from immersivaudio.errors import Fault, ImmersivaudioError

EXIT_CODES = {Fault.USER: 2, Fault.OPERATOR: 3, Fault.US: 1}
"""What the shell is told: the file or the wish, the installation, ourselves."""

_REMEDIES = {
    errno.ENOSPC: "free some space there, or let TMPDIR and -o name another disk",
    errno.EDQUOT: "free some space there, or let TMPDIR and -o name another disk",
    errno.EACCES: "choose another folder with -o, or mend its permissions",
    errno.EROFS: "choose another folder with -o",
}


def explained(error: Exception) -> tuple[str, int]:
    """Return what a person is told of an error, and the exit code."""
    if isinstance(error, ImmersivaudioError):
        return str(error), EXIT_CODES[error.fault]
    if isinstance(error, OSError):
        return _told(error), EXIT_CODES[Fault.OPERATOR]
    return (
        f"something of ours broke ({type(error).__name__}). "
        "Run it again with IMMERSIVAUDIO_DEBUG=1 and send us what it prints."
    ), EXIT_CODES[Fault.US]


def _told(error: OSError) -> str:
    """The system's own words, and where we know one, the remedy."""
    where = f": {error.filename}" if error.filename else ""
    remedy = _REMEDIES.get(error.errno or 0, "")
    return f"{error.strerror or type(error).__name__}{where}{remedy and f'; {remedy}'}."
