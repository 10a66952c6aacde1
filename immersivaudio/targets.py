"""Where results go: refused before any work where they cannot, and written whole or not at all.

One check for every command and for the library, so that no result ever takes the place of the clip.
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from immersivaudio.errors import OperatorError, UserError
from immersivaudio.values import ScoredClip, Soundtrack

_FILMS = frozenset(("", ".mp4", ".m4v"))
"""Ends of names that an MP4 may have."""
_LONGEST = 255
"""Bytes of a file's name on the disks that are in use."""
_SPARE = 2_000_000
"""Bytes that must be free beside the size of the clip."""


def named(clip: Path, ending: str, folder: Path | None = None) -> Path:
    """Return the place of a result beside the clip, or in `folder`; a name that is too long is shortened."""
    if not clip.name:
        raise UserError("that is a folder, not a file", "name one video or photo")
    stem = os.fsencode(clip.stem)[: _LONGEST - len(os.fsencode(ending))].decode(errors="ignore")
    return (clip.parent if folder is None else folder) / f"{stem}{ending}"


def check_result(clip: Path, out: Path) -> None:
    """Refuse a place where the film cannot go: nothing is read, sent or made before.

    Raises `UserError` for the clip itself, a folder, a device or a name of another kind of file, and
    `OperatorError` for a place that cannot be written or has no room.
    """
    check_film(out)
    if out.exists() and not out.is_file() and not out.is_dir():
        raise UserError(f"{out} is a device, not a file", "name a file")
    check_file(out)
    check_apart(clip, out)
    free = shutil.disk_usage(out.absolute().parent).free
    if clip.is_file() and free < clip.stat().st_size + _SPARE:
        raise OperatorError(
            f"there is no room for the result in {out.absolute().parent}",
            "free some space there, or choose another folder with -o",
        )


def check_film(out: Path) -> None:
    """Refuse a name that promises another container than the MP4 that is written."""
    if out.suffix.lower() not in _FILMS:
        raise UserError(f"the result is an MP4, and {out.name} would not say so", f"name it {out.stem}.mp4")


def check_file(target: Path | None, what: str = "", ending: str = "") -> None:
    """Refuse a file that is a folder, in no folder, not writable, or (`what`) named as another kind."""
    if target is None:
        return
    if len(os.fsencode(target.name)) > _LONGEST:
        raise UserError(f"the name {target.name[:20]}... is too long", "choose a shorter one")
    if target.is_dir():
        raise UserError(f"{target.name or target} is a folder", "name a file in it")
    if not target.parent.is_dir():
        raise UserError(f"the folder of {target.name} does not exist", "make it first, or name another")
    _check_writable(target.parent)
    if what and target.suffix.lower() not in {"", ending}:
        wrong = target.suffix[1:].upper()
        raise UserError(f"the {what}, and cannot be {wrong}", f"name it {target.stem}{ending}")


def check_sheet(target: Path | None) -> None:
    """Refuse a cue sheet whose name promises anything but JSON, such as the film it is for."""
    check_file(target, "cue sheet is JSON", ".json")


def check_plot(target: Path | None) -> None:
    """Refuse a drawing whose name promises anything but the PNG that is written."""
    check_file(target, "plot is a PNG", ".png")


def check_apart(clip: Path, *targets: Path | None) -> None:
    """Refuse to write over the clip, which is never touched, or two things under one name."""
    taken = [clip.resolve()]
    for target in filter(None, targets):
        if any(_same(target.resolve(), other) for other in taken):
            whose = "the clip itself" if _same(target.resolve(), taken[0]) else "another result"
            raise UserError(f"{target.name} would overwrite {whose}", "give it another name")
        taken.append(target.resolve())


def check_folder(*folders: Path | None, option: str = "") -> None:
    """Refuse to make a folder where a file has its name, or where nothing can be written."""
    for folder in folders:
        if folder is not None and folder.exists() and not folder.is_dir():
            raise UserError(f"{folder.name} is a file, not a folder", "name a folder; it need not exist")
        if folder is not None:
            _check_writable(_above(folder), option)


@contextmanager
def written(target: Path) -> Iterator[Path]:
    """Yield a new file beside `target` that takes its place once it is complete; a device is written into."""
    place = target.resolve()
    if place.exists() and not place.is_file():
        yield place
        return
    new = place.with_name(f".immersivaudio-{secrets.token_hex(8)}")
    try:
        yield new
        new.replace(place)
    finally:
        new.unlink(missing_ok=True)


def write_text(target: Path, text: str) -> None:
    """Write UTF-8, whole or not at all."""
    with written(target) as new:
        new.write_text(text, encoding="utf-8")


@contextmanager
def filled(folder: Path) -> Iterator[Path]:
    """Yield a new folder on the same disk, whose files move into `folder` once all of them are complete."""
    with tempfile.TemporaryDirectory(dir=_above(folder), prefix=".immersivaudio-") as name:
        work = Path(name)
        yield work
        for path in sorted(path for path in work.rglob("*") if path.is_file()):
            place = folder / path.relative_to(work)
            place.parent.mkdir(parents=True, exist_ok=True)
            path.replace(place)


def moved(scored: ScoredClip, work: Path, folder: Path) -> ScoredClip:
    """Return the result with its soundtracks in the folder to which their files moved."""

    def there(path: Path) -> Path:
        return folder / path.relative_to(work) if path.is_relative_to(work) else path

    def track(one: Soundtrack) -> Soundtrack:
        stems = {name: there(path) for name, path in one.stems.items()}
        return replace(one, path=there(one.path), stems=stems, midi=one.midi and there(one.midi))

    return replace(scored, tracks=tuple(track(one) for one in scored.tracks))


def _above(folder: Path) -> Path:
    """The nearest folder that is there."""
    return next(above for above in (folder.absolute(), *folder.absolute().parents) if above.is_dir())


def _same(one: Path, other: Path) -> bool:
    return one == other or (one.exists() and other.exists() and one.samefile(other))


def _check_writable(folder: Path, option: str = "") -> None:
    """Refuse a folder in which nothing can be written, by trying it: no mode tells of a read-only disk."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return
    except OSError as error:
        why = (error.strerror or "it cannot be used").lower()
        raise OperatorError(
            f"nothing can be written in {folder.absolute()} ({why})",
            f"name another folder{option and f' with {option}'}",
        ) from None
