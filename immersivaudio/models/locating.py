"""From the name of a model to the folder it is in."""

from pathlib import Path
from typing import Any

from immersivaudio.config import Settings
from immersivaudio.errors import BackendUnavailableError, BadSettingError
from immersivaudio.models.catalogue import Model
from immersivaudio.models.model_store import choices, folder_of, manifest, resolve
from immersivaudio.models.pull import pull


def locate(name: str, settings: Settings, *, stage: str) -> Path:
    """Return the folder (or the file) that the model `name` is in.

    `name` is a catalogue name, "owner/name@revision" for a model of the user's own choice, or the absolute
    path of a folder or file that they made themselves, which is taken as it is. Raises
    `BackendUnavailableError` if it was not pulled, or was pulled at another revision; with
    `settings.offline` off, it is pulled now instead.
    """
    if own := _own(name, stage):
        return own
    wanted = resolve(name, stage)
    folder = folder_of(wanted.name, settings)
    if not _is_here(wanted, folder):
        if error := absent(name, settings, stage=stage):
            raise error
        pull(name, settings)
    return folder / wanted.name if wanted.url else folder


def absent(name: str, settings: Settings, *, stage: str) -> BackendUnavailableError | None:
    """Return what `locate` would raise for a model that was not pulled, without loading or pulling anything.

    None where it is here, and where it would be pulled. Raises `BadSettingError` as `locate` does.
    """
    if not settings.offline or _own(name, stage):
        return None
    wanted = resolve(name, stage)
    folder = folder_of(wanted.name, settings)
    return None if _is_here(wanted, folder) else _absent(name, wanted, manifest(folder), stage)


def _own(name: str, stage: str) -> Path | None:
    """Return the absolute path that `name` is, if it is one; raises `BadSettingError` if nothing is there."""
    own = Path(name).expanduser()
    if not own.is_absolute():
        return None
    if own.exists():
        return own
    raise BadSettingError(
        f"the {stage} model's path does not exist", f"set it right, or choose {choices(stage)}", stage=stage
    )


def _is_here(wanted: Model, folder: Path) -> bool:
    found = manifest(folder)
    return found is not None and found["revision"] == wanted.revision


def _absent(name: str, wanted: Model, found: dict[str, Any] | None, stage: str) -> BackendUnavailableError:
    command = f"immersivaudio models pull {name}"
    if found is None:
        return BackendUnavailableError(
            f"the weights of {wanted.name} are not on this machine",
            f"fetch them with: {command}",
            stage=stage,
        )
    return BackendUnavailableError(
        f"{wanted.name} is here at revision {found['revision'][:8]}, but {wanted.revision[:8]} is asked for",
        f"fetch that one with: {command}",
        stage=stage,
    )
