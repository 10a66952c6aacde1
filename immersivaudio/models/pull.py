"""Fetching a model: on purpose, at a pinned revision, checked, and never half there."""

import os
import shutil
import tempfile
import urllib.request
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from immersivaudio import installation
from immersivaudio.config import Settings
from immersivaudio.errors import BackendUnavailableError
from immersivaudio.models.catalogue import Model
from immersivaudio.models.shelf import folder_of, record, resolve, sha256

Progress = Callable[[float], None]
_BLOCK = 1 << 20


def _quiet(_done: float) -> None:
    """Tell nobody."""


def pull(name: str, settings: Settings, progress: Progress = _quiet) -> Path:
    """Fetch the model `name` ("owner/name", or "owner/name@commit") and return its folder.

    `progress` hears the share that is done, 0 to 1. Files are fetched beside the folder, and moved into place
    once all are here with the checksums that the hub (or the catalogue) states; a pull that breaks off is
    continued by the next one. Raises `BackendUnavailableError` when that does not work.
    """
    model = resolve(name)
    folder = folder_of(model.name, settings)
    part = folder.with_name(folder.name + ".part")
    part.mkdir(parents=True, exist_ok=True)
    progress(0.0)
    if model.url:
        _from_url(model, part / model.name, progress)
    else:
        _from_hub(model, part, progress)
    record(part, model)
    shutil.rmtree(part / ".cache", ignore_errors=True)
    if folder.exists():
        shutil.rmtree(folder)
    part.rename(folder)
    progress(1.0)
    return folder


def _from_hub(model: Model, part: Path, progress: Progress) -> None:
    """Fetch the files of a repository on the hub (`HF_ENDPOINT` names another one)."""
    try:
        from huggingface_hub import HfApi, hf_hub_download
        from huggingface_hub.errors import HfHubHTTPError
    except ImportError as error:
        raise BackendUnavailableError(
            "pulling from the hub needs huggingface_hub",
            f"install it with: {installation.command('neural')}",
        ) from error
    try:
        hub = os.environ.get("HF_ENDPOINT")
        facts = HfApi(endpoint=hub).model_info(model.name, revision=model.revision, files_metadata=True)
        wanted = [file for file in facts.siblings or () if _needed(file.rfilename, model)]
        if not wanted:
            raise _broken(model, "has none of the files we need")
        total = sum(file.size or 0 for file in wanted) or 1
        done = 0
        for file in wanted:
            hf_hub_download(model.name, file.rfilename, revision=model.revision, local_dir=part, endpoint=hub)
            _check(model, part / file.rfilename, file)
            done += file.size or 0
            progress(done / total)
    except HfHubHTTPError as error:
        raise _broken(model, _reason(error)) from error
    except (OSError, ValueError) as error:
        raise _broken(model, "could not be fetched") from error


def _needed(file: str, model: Model) -> bool:
    return "/" not in file and any(fnmatch(file, pattern) for pattern in model.files)


def _check(model: Model, path: Path, facts: Any) -> None:
    """Compare with what the hub states of the file at that commit."""
    stated = facts.lfs.sha256 if facts.lfs else None
    if path.stat().st_size != facts.size or (stated and sha256(path) != stated):
        path.unlink()
        raise _broken(model, "came with a file that is not what its repository states")


def _reason(error: Exception) -> str:
    status = getattr(getattr(error, "response", None), "status_code", None)
    return {
        401: "is not public, or not there",
        403: "asks you to accept its licence on the hub first",
        404: "is not there at that revision",
    }.get(status or 0, "could not be fetched")


def _broken(model: Model, reason: str) -> BackendUnavailableError:
    return BackendUnavailableError(
        f"{model.name}@{model.revision[:8]} {reason}", "check the name and the connection, and pull it again"
    )


def _from_url(model: Model, path: Path, progress: Progress) -> None:
    """Fetch a single file, and accept it only if it has the SHA-256 of the catalogue."""
    if not path.is_file() or sha256(path) != model.revision:
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
            try:
                _stream(model.url, part, progress)
            except OSError as error:
                Path(part.name).unlink()
                raise _broken(model, "could not be fetched") from error
        Path(part.name).rename(path)
    if sha256(path) != model.revision:
        path.unlink()
        raise _broken(model, "came with another checksum than the one we trust")


def _stream(url: str, file: Any, progress: Progress) -> None:
    if not url.startswith(("https://", "http://127.0.0.1:")):
        raise OSError("not a web address we fetch from")
    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310 - checked above
        total = int(answer.headers.get("Content-Length") or 0)
        done = 0
        while block := answer.read(_BLOCK):
            file.write(block)
            done += len(block)
            progress(min(done / total, 1.0) if total else 0.0)
