"""The folders that an agent may use: a path that leads out, by dots or by a link, is refused in words."""

import os
import secrets
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from mcp.server.mcpserver.exceptions import ToolError

from immersivaudio.errors import OperatorError

_LONGEST = 4096
_TRIES = 1000


class AllowedFolders:
    """What the operator named."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """Raises `OperatorError` for none, or for one that is not there."""
        if not folders:
            raise OperatorError("no folder is open to agents", "name one: immersivaudio mcp --folder ~/Clips")
        missing = [folder for folder in folders if not folder.expanduser().is_dir()]
        if missing:
            raise OperatorError(f"{missing[0]} is not a folder", "make it first, or name another")
        self._roots = tuple(folder.expanduser().resolve() for folder in folders)

    @property
    def words(self) -> str:
        """Their names, for descriptions and refusals."""
        return ", ".join(map(str, self._roots))

    def clip(self, text: str, limit: int) -> Path:
        """A file to read, of at most `limit` bytes; raises `ToolError`."""
        path = self._inside(text)
        try:
            found = path.stat()
        except OSError:
            raise ToolError(f"There is no file {path.name}. Look into: {self.words}.") from None
        if not stat.S_ISREG(found.st_mode):
            raise ToolError(f"{path.name} is not a file. Name a video or a photo.")
        if found.st_size > limit:
            raise ToolError(f"{path.name} has {found.st_size} bytes; {limit} are taken. Send a shorter clip.")
        return path

    def beside(self, clip: Path, ending: str) -> Path:
        """A free name beside a clip: clip.scored.mp4, clip.scored-2.mp4..."""
        stem, _, suffix = ending.rpartition(".")
        names = (f"{clip.stem}{stem}{f'-{n}' if n > 1 else ''}.{suffix}" for n in range(1, _TRIES))
        free = next((clip.with_name(name) for name in names if not clip.with_name(name).exists()), None)
        if free is None:
            raise ToolError("There are too many results beside that clip. Name another file with save_to.")
        return free

    def target(self, text: str, suffix: str) -> Path:
        """A file to write, which is not there yet; raises `ToolError`."""
        path = self._inside(text)
        if path.suffix.lower() != suffix:
            raise ToolError(f"That file is a {suffix[1:]}. Name it {path.stem}{suffix}.")
        if path.exists():
            raise ToolError(f"{path.name} is there already, and nothing is overwritten. Choose another name.")
        if not path.parent.is_dir():
            raise ToolError(f"The folder of {path.name} is not there. Make it first.")
        return path

    @contextmanager
    def written(self, target: Path) -> Iterator[Path]:
        """Yield a new file that gets its name once it is complete; raises `ToolError` where that is taken."""
        new = target.with_name(f".immersivaudio-{secrets.token_hex(8)}")
        try:
            yield new
            os.link(new, target)  # unlike a rename, it never takes the place of a file
        except FileExistsError:
            raise ToolError(f"{target.name} is there already. Choose another name.") from None
        except OSError as error:
            raise ToolError(
                f"{target.name} cannot be written ({error.strerror}). Choose another folder."
            ) from None
        finally:
            new.unlink(missing_ok=True)

    def _inside(self, text: str) -> Path:
        """The real place of a path, every link in it followed."""
        outside = ToolError(f"That path is not in a folder that I may use. Allowed: {self.words}.")
        if not text or len(text) > _LONGEST or "\0" in text:
            raise outside
        path = Path(text)
        try:
            path = path if path.is_absolute() else self._roots[0] / path
            real = path.resolve()
        except (OSError, RuntimeError, ValueError):
            raise outside from None
        if not any(root in real.parents for root in self._roots):
            raise outside
        return real
