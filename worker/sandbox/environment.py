"""What a child may know of its parent's environment: how to find programs, and the library's settings."""

import re
import tempfile
from collections.abc import Mapping

from immersivaudio.config import Settings

_PASSED = re.compile(
    r"PATH|LANG|LC_\w+|TZ|HOME|TMPDIR|PYTHON(PATH|HASHSEED|WARNINGS|MALLOC)|LD_LIBRARY_PATH|"
    r"(OMP|MKL|OPENBLAS|NUMBA|CUDA|NVIDIA|TORCH|HF)_\w+"
)
_SECRET = re.compile(r"TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|_KEY|URL", re.IGNORECASE)


def for_child(environment: Mapping[str, str], library: Settings) -> dict[str, str]:
    """The environment of a child: nothing that names a secret, whoever set it."""
    passed = {
        name: value
        for name, value in environment.items()
        if _PASSED.fullmatch(name) and not _SECRET.search(name)
    }
    chosen = {
        f"IMMERSIVAUDIO_{name.upper()}": str(value) for name, value in library if value not in (None, "")
    }
    return {"TMPDIR": tempfile.gettempdir(), **passed, **chosen}
