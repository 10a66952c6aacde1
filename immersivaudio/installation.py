"""The command that adds an extra to this very installation, wherever it came from."""

import json
import shlex
import shutil
import sys
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

from immersivaudio.errors import OperatorError

_NAME = "immersivaudio"


def command(extra: str) -> str:
    """Return the shell command that installs `extra` from the folder, address or index we came from."""
    return f"{_installer()} {' '.join(_requirement(extra))}"


def check_service() -> None:
    """Raise `OperatorError` where the queue's programs cannot run: they need what POSIX systems have."""
    if sys.platform == "win32":
        raise OperatorError(
            "the service does not run on Windows", "use WSL or a container; `score` works here"
        )


def _requirement(extra: str) -> tuple[str, ...]:
    try:
        told = distribution(_NAME).read_text("direct_url.json")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return (f"'.[{extra}]'",)
    if told is None:
        return (f"'{_NAME}[{extra}]'",)
    source = json.loads(told)
    url = str(source["url"])
    if "dir_info" not in source:
        kind = f"{source['vcs_info']['vcs']}+" if "vcs_info" in source else ""
        return (shlex.quote(f"{_NAME}[{extra}] @ {kind}{url}"),)
    folder = Path(unquote(urlsplit(url).path))
    where = "." if folder == Path.cwd() else str(folder)
    editable = ("-e",) if source["dir_info"].get("editable") else ()
    return (*editable, shlex.quote(f"{where}[{extra}]"))


def _installer() -> str:
    """Return "pip install" as it reaches this environment: the pip on the PATH may be another one's."""
    if find_spec("pip") is None:
        return f"uv pip install --python {shlex.quote(sys.executable)}"
    found = shutil.which("pip")
    if found and Path(found).parent.samefile(Path(sys.executable).parent):
        return "pip install"
    return f"{shlex.quote(sys.executable)} -m pip install"
