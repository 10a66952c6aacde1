"""The folder of pulled models: one plain folder a model, with a manifest of what was pulled."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from immersivaudio.config import Settings, at_home
from immersivaudio.errors import BackendUnavailableError, BadSettingError
from immersivaudio.models.catalogue import CATALOGUE, Model, known

MANIFEST = "immersivaudio.json"
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of `immersivaudio models list`."""

    name: str
    stage: str
    revision: str
    licence: str
    summary: str
    megabytes: int
    state: str
    """"ready", "missing", or "other revision"."""


def resolve(name: str, stage: str = "") -> Model:
    """Return the model and the revision that `name` asks for."""
    bare, _, revision = name.partition("@")
    row = known(bare)
    if row and revision in ("", row.revision):
        return row
    if not revision:
        raise BadSettingError(
            f"there is no {stage} model called {bare!r} in our list".replace("  ", " "),
            f"pin the commit you trust, as {bare}@<commit>, or choose {choices(stage)}"
            " (`immersivaudio models list`)",
            stage=stage,
        )
    licence = row.licence if row else "see its model card"
    return Model(bare, row.stage if row else stage, revision, licence, "your own choice", 0, 0)


def folder_of(name: str, settings: Settings) -> Path:
    """Return the folder of a model. Two names never share one."""
    return at_home(settings.models, "IMMERSIVAUDIO_MODELS") / name.replace("/", "--")


def listing(settings: Settings) -> tuple[Entry, ...]:
    """Return every model of the catalogue, and whether it is here."""
    return tuple(_entry(model, manifest(folder_of(model.name, settings))) for model in CATALOGUE)


def verify(name: str, settings: Settings) -> tuple[str, ...]:
    """Hash the files of a pulled model again; return one plain line for each that is not what was pulled."""
    folder = folder_of(name.partition("@")[0], settings)
    found = manifest(folder)
    if found is None:
        raise BackendUnavailableError(
            f"{name} was not pulled", f"fetch it with: immersivaudio models pull {name}"
        )
    problems = []
    for file, facts in found["files"].items():
        path = folder / file
        if not path.is_file():
            problems.append(f"{file} is missing")
        elif path.stat().st_size != facts["size"] or sha256(path) != facts["sha256"]:
            problems.append(f"{file} is damaged")
    return tuple(problems)


def record(folder: Path, model: Model) -> None:
    """Write the manifest of `folder`: the revision, and the size and SHA-256 of every file."""
    files = {
        path.relative_to(folder).as_posix(): {"size": path.stat().st_size, "sha256": sha256(path)}
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST and ".cache" not in path.parts
    }
    facts = {"name": model.name, "revision": model.revision, "licence": model.licence, "files": files}
    (folder / MANIFEST).write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, as hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def as_dict(entry: Entry) -> dict[str, Any]:
    """Return an entry as plain JSON."""
    return asdict(entry)


def _entry(model: Model, found: dict[str, Any] | None) -> Entry:
    state = "missing" if found is None else "ready"
    if found and found["revision"] != model.revision:
        state = "other revision"
    return Entry(
        model.name, model.stage, model.revision, model.licence, model.summary, model.megabytes, state
    )


def manifest(folder: Path) -> dict[str, Any] | None:
    """Return what was pulled into `folder`, or None."""
    try:
        facts: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return facts


def choices(stage: str) -> str:
    """Return the names to choose from, in words."""
    return (
        " or ".join(model.name for model in CATALOGUE if stage in (model.stage, model.also))
        or "one of `models list`"
    )
