"""Files in, files out: the parent's side of the one folder that a render process may write to.

The parent never follows a path that the render process could have changed. What goes in is laid out
where that process cannot reach, then moved in as a whole; what comes out is moved out by the descriptor
of its folder first, and only then looked at, so that no link and no swap can make the parent read or
write a file of its own.
"""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from immersivaudio.errors import OperatorError
from worker.sandbox import privileges
from worker.sandbox.tasks import RenderTask, Task

_TEMPORARY = "tmp"


class Workspace:
    """The folder of one render process; gone when it is."""

    def __init__(self, scratch: Path, *, own_user: bool = True) -> None:
        self._scratch = scratch
        self._place = Path(tempfile.mkdtemp(prefix="render-", dir=scratch)).resolve()
        self.identity: int | None = None
        """The user that the process becomes, where we are root and may choose."""
        if own_user and os.geteuid() == 0:
            self.identity = _identity(self._place)
            os.chown(self._place, 0, 0)  # its own are the folders in it: nobody but us adds and removes those
            self._place.chmod(0o711)
        self.temporary = self._new(_TEMPORARY)

    @property
    def path(self) -> Path:
        """Readable and writable for the process, with all that is in it."""
        return self._place

    def remove(self) -> None:
        """Delete everything."""
        shutil.rmtree(self._place, ignore_errors=True)

    @contextmanager
    def lent(self, folder: Path) -> Iterator[Path]:
        """Move the files of `folder` to where the process finds them, and its plain files back in the end."""
        with _private(self._scratch) as staging:
            inside = staging / "job"
            inside.mkdir(mode=0o700)
            for file in folder.iterdir():
                file.rename(inside / file.name)
            self._give(inside)
            seen = self._place / f"job-{os.urandom(8).hex()}"
            place = os.open(inside, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                inside.rename(seen)
                yield seen
            finally:
                _bring_back(place, folder, staging)
                os.close(place)
                shutil.rmtree(seen, ignore_errors=True)  # never follows a link that stands in its place

    @contextmanager
    def lent_to(self, task: Task) -> Iterator[Task]:
        """Lend the folders that a task names; yields the task with the names that the process knows."""
        with ExitStack() as stack:

            def lend(folder: str) -> str:
                return str(stack.enter_context(self.lent(Path(folder))))

            if isinstance(task, RenderTask):
                yield task.model_copy(update={"folder": lend(task.folder)})
                return
            works = tuple(work.model_copy(update={"folder": lend(work.folder)}) for work in task.works)
            yield task.model_copy(update={"folder": works[0].folder, "works": works})

    def _new(self, name: str) -> Path:
        path = self._place / name
        path.mkdir(mode=0o700)
        self._give(path)
        return path

    def _give(self, folder: Path) -> None:
        """Make the process the owner of a folder that it cannot reach yet."""
        if self.identity is None:
            return
        for path in (folder, *folder.rglob("*")):
            os.chown(path, self.identity, self.identity, follow_symlinks=False)


def _identity(folder: Path) -> int:
    found = privileges.new_identity(folder)
    if found is None:
        folder.rmdir()
        raise OperatorError(
            "this worker runs as root and may not become anybody else",
            "start it as an ordinary user, or set IMMERSIVAUDIO_WORKER_SANDBOX=off",
        )
    return found


@contextmanager
def _private(scratch: Path) -> Iterator[Path]:
    """A folder of the parent's alone, on the same file system."""
    with tempfile.TemporaryDirectory(prefix="lent-", dir=scratch) as folder:
        yield Path(folder)


def _bring_back(place: int, folder: Path, staging: Path) -> None:
    """Move the plain files at the top of an open folder into `folder`; everything else stays where it is."""
    for name in os.listdir(place):
        taken = staging / "taken"
        with suppress(OSError):
            os.rename(name, taken, src_dir_fd=place)
            status = taken.lstat()
            if stat.S_ISREG(status.st_mode) and status.st_nlink == 1:
                taken.rename(folder / name)
            elif not stat.S_ISDIR(status.st_mode):
                taken.unlink()
            else:
                shutil.rmtree(taken, ignore_errors=True)
