"""Fetching a model: on purpose, at a pinned revision, checked, and never half there."""

import errno
import os
import shutil
import tempfile
import urllib.request
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import Any

from immersivaudio import installation
from immersivaudio.config import Settings
from immersivaudio.errors import BackendUnavailableError
from immersivaudio.models.catalogue import Model
from immersivaudio.models.model_store import folder_of, record, resolve, sha256
from immersivaudio.progress import Progress, no_progress

_BLOCK = 1 << 20


def pull(name: str, settings: Settings, progress: Progress = no_progress) -> Path:
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
    """Fetch the files of a repository on the hub (`HF_ENDPOINT` names another one).

    A file that breaks off is gone on with where it ended, five times; a pull after that keeps whole files.
    """
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
        raise _refused(model, error) from error
    except BackendUnavailableError:
        raise
    except Exception as error:  # its HTTP client and so its errors are no promise: httpx, now httpx2
        raise _unreached(model, error) from error


def _needed(file: str, model: Model) -> bool:
    """Whether we fetch a file: `*` in a pattern stands for no folder."""
    place, name = PurePosixPath(file).parent.parts, PurePosixPath(file).name
    for pattern in map(PurePosixPath, model.files):
        if len(place) == len(pattern.parent.parts) and ".." not in place:
            pairs = zip((*place, name), pattern.parts, strict=True)
            if all(fnmatch(part, wanted) for part, wanted in pairs):
                return True
    return False


def _check(model: Model, path: Path, facts: Any) -> None:
    """Compare with what the hub states of the file at that commit."""
    stated = facts.lfs.sha256 if facts.lfs else None
    if path.stat().st_size != facts.size or (stated and sha256(path) != stated):
        path.unlink()
        raise _broken(model, "came with a file that is not what its repository states")


def _refused(model: Model, error: Exception) -> BackendUnavailableError:
    """Return what the hub's refusal means."""
    from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError, RevisionNotFoundError

    if isinstance(error, GatedRepoError):
        return BackendUnavailableError(
            f"{model.name} asks you to accept its licence first",
            "accept it on the model's page of the hub, set HF_TOKEN to a token of yours, and pull it again",
        )
    status = getattr(getattr(error, "response", None), "status_code", None)
    if isinstance(error, RevisionNotFoundError):
        return BackendUnavailableError(
            f"{model.name} is not there at the revision {model.revision[:8]} any more",
            "name a commit that its repository has: immersivaudio models pull "
            f"{model.name}@<commit>, and set the model to the same",
        )
    if isinstance(error, RepositoryNotFoundError) or status == 401:
        return _broken(model, "is not public, or not there")
    if status == 404:
        return _broken(model, "is not there at that revision")
    if status == 403:
        return _broken(model, "is not open to you: its owner has to let you in")
    return _broken(
        model, f"could not be fetched: the hub answered {status}" if status else "could not be fetched"
    )


def _unreached(model: Model, error: Exception) -> BackendUnavailableError:
    """Return what it means that no answer came, or half of one."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return BackendUnavailableError(
            f"there is no room for {model.name}",
            f"it needs {model.megabytes} MB: free some, or set IMMERSIVAUDIO_MODELS to another folder",
        )
    if os.environ.get("HF_HUB_OFFLINE", "").lower() in ("1", "on", "yes", "true"):
        return BackendUnavailableError(
            f"{model.name} could not be fetched: HF_HUB_OFFLINE forbids it", "unset it, and pull it again"
        )
    return BackendUnavailableError(
        f"{model.name} could not be fetched whole: the connection to the hub failed",
        "pull it again: files that came whole are kept",
    )


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
