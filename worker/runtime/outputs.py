"""Take a render process's files into the store: plain files of its own folder, and nothing else."""

from pathlib import Path

from immersivaudio.queue.artifact_store import ArtifactStore
from immersivaudio.queue.result import Artifact, Result
from worker.sandbox.tasks import RenderAnswer


async def stored(store: ArtifactStore, folder: Path, done: RenderAnswer, digest: str) -> Result:
    """Keep every file of a finished clip."""

    async def keep(name: str) -> Artifact:
        path = inside(folder, name)
        ref = await store.put(path, path.suffix)
        return Artifact(ref=ref, name=path.name, bytes=path.stat().st_size)

    extras = {name: await keep(file) for name, file in done.extras.items()}
    return Result(
        media=await keep(done.media),
        extras=extras,
        summary=done.summary,
        sheet=done.sheet,
        sha256=digest,
    )


def inside(folder: Path, name: str) -> Path:
    """Return the path of a plain file in `folder`; raises `ValueError` for any other name."""
    path = folder / name
    if path.is_symlink() or not path.is_file() or path.resolve().parent != folder.resolve():
        raise ValueError("the child named a file that is not its own")
    return path
