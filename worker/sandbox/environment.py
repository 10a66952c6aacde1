"""What a child may know of its parent's environment: how to find programs, and the library's settings."""

import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from immersivaudio import threads
from immersivaudio.config import Settings
from immersivaudio.registry import STAGES
from worker.sandbox.limits import SandboxLimits
from worker.sandbox.workspace import Workspace
from worker.settings import WorkerSettings

_PASSED = re.compile(
    r"PATH|LANG|LC_\w+|TZ|HOME|TMPDIR|PYTHON(PATH|HASHSEED|WARNINGS|MALLOC)|LD_LIBRARY_PATH|"
    r"(OMP|MKL|OPENBLAS|NUMBA|CUDA|NVIDIA|TORCH|HF)_\w+"
)
_CACHES = (
    *("TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "YOLO_CONFIG_DIR", "MPLCONFIGDIR"),
    *("NUMBA_CACHE_DIR", "CUDA_CACHE_PATH", "TRITON_CACHE_DIR", "TORCHINDUCTOR_CACHE_DIR"),
)
_STORES = ("HF_HOME", "HF_HUB_CACHE", "TORCH_HOME")
_FONTS = ("~/.local/share/soundfonts", "~/.local/share/sounds/sf2")
_OURS = {"signing_certificate", "signing_key"}
"""Settings that a child has no use for: it asks its parent for a signature."""
_SECRET = re.compile(r"TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|_KEY|URL", re.IGNORECASE)


def for_child(environment: Mapping[str, str], library: Settings) -> dict[str, str]:
    """Return the environment of a child, without any variable that names a secret."""
    passed = {
        name: value
        for name, value in environment.items()
        if _PASSED.fullmatch(name) and not _SECRET.search(name)
    }
    chosen = {
        f"IMMERSIVAUDIO_{name.upper()}": str(value)
        for name, value in library
        if value not in (None, "") and name not in _OURS
    }
    child = {"TMPDIR": tempfile.gettempdir(), **passed, **chosen}
    threads.spare(child)
    return child


def private_folders(workspace: Workspace) -> dict[str, str]:
    """Where libraries may keep what they write: in the one folder that the process may write to."""
    return dict.fromkeys(_CACHES, str(workspace.temporary))


def readable(environment: Mapping[str, str], library: Settings) -> tuple[str, ...]:
    """Files and folders that the library reads besides its code: models and SoundFonts."""
    models = (str(value) for name, value in library if name.endswith("_model"))
    paths = [library.models, *map(Path, _FONTS), *map(Path, filter(_is_path, models))]
    paths += [library.soundfont] if library.soundfont else []
    paths += [Path(environment[name]) for name in _STORES if environment.get(name)]
    return tuple(str(path.expanduser().absolute()) for path in paths)


def wants_gpu(library: Settings) -> bool:
    """Whether a backend was chosen that may compute on a GPU: none of the defaults does."""
    usual = type(library).model_fields
    chosen = any(getattr(library, stage) != usual[stage].default for stage in STAGES)
    return library.device == "cuda" or (library.device == "auto" and chosen)


def _is_path(model: str) -> bool:
    return Path(model).expanduser().is_absolute()


def limits_of(work: WorkerSettings, library: Settings) -> SandboxLimits:
    """What a render process of this worker may use."""
    return SandboxLimits(
        work.memory,
        work.cpu,
        work.file_size,
        work.open_files,
        work.network,
        work.tasks,
        gpu=wants_gpu(library),
        readable=readable(os.environ, library),
        sandbox=work.sandbox != "off",
    )
