"""Loading weights: from a local folder only, and what goes wrong said in one plain line."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from immersivaudio.errors import BackendUnavailableError, ImmersivaudioError

LOCAL: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
"""What every `from_pretrained` of ours is told."""


@contextmanager
def opening(path: Path, *, stage: str) -> Iterator[None]:
    """Turn the many errors of a damaged or unsuitable folder into one line that names the remedy.

    Import the library inside: it learns here that nobody wants its progress bars and advice.
    """
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    try:
        yield
    except ImmersivaudioError:
        raise
    except Exception as error:  # every library raises its own: OSError, SafetensorError, UnpicklingError...
        raise BackendUnavailableError(
            f"the {stage} model in the folder {path.name!r} cannot be loaded ({type(error).__name__})",
            f"check it with: immersivaudio models verify {path.name.replace('--', '/')}, and pull it again",
            stage=stage,
        ) from error
