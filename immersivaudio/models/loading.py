"""Loading weights: from a local folder only, and what goes wrong said in one plain line."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from immersivaudio.errors import BackendUnavailableError, ImmersivaudioError
from immersivaudio.models.memory import is_memory
from immersivaudio.models.model_store import MANIFEST

LOCAL: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
"""Arguments of every `from_pretrained`."""


@contextmanager
def opening(path: Path, *, stage: str) -> Iterator[None]:
    """Turn the many errors of a damaged or unsuitable folder into one line that names the remedy.

    Import the library inside: its progress bars and advice are turned off here.
    """
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    try:
        yield
    except ImmersivaudioError:
        raise
    except Exception as error:  # every library raises its own: OSError, SafetensorError, UnpicklingError...
        if is_memory(error):
            raise BackendUnavailableError(
                f"there is not enough memory to load the {stage} model",
                "choose a smaller model, or set IMMERSIVAUDIO_DEVICE=cpu",
                stage=stage,
            ) from None
        raise BackendUnavailableError(
            f"the {stage} model in the folder {path.name!r} cannot be loaded ({type(error).__name__})",
            _remedy(path),
            stage=stage,
        ) from error


def _remedy(path: Path) -> str:
    """What to do about a model that was pulled, and about one of the user's own."""
    folder = path if path.is_dir() else path.parent
    if not (folder / MANIFEST).is_file():
        return "it has to be whole, and in the format that this backend reads (docs/neural.md)"
    name = folder.name.replace("--", "/")
    return f"check it with: immersivaudio models verify {name}, and pull it again"
