"""An export for editors as archives that a platform takes: whole, in parts, or without the film."""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from immersivaudio.errors import UserError
from immersivaudio.export.package import Exported

_HEAD = 400
"""Bytes of an archive for each file in it, and for itself."""


@dataclass(frozen=True, slots=True)
class SentArchives:
    """Archives in the folder of the export."""

    names: tuple[str, ...]
    film_left: str = ""
    """The film's name, where it does not come along."""


def fitted(made: Exported, film: str, limit: int | None, parts: int) -> SentArchives:
    """Return the export as it is where it has at most `limit` bytes; else as at most `parts` such archives.

    Where that cannot be done, the film stays out, and the finished film with it: the user has both. Unpacked
    into one place the archives are the export. Raises `UserError` where a sound alone is too large.
    """
    whole = made.path
    if limit is None or whole.stat().st_size <= limit:
        return SentArchives((whole.name,))
    packed = whole.with_name("packed.zip")  # much of a stem is silence
    with zipfile.ZipFile(whole) as archive:
        _copied(archive, archive.namelist(), packed)
    with zipfile.ZipFile(packed) as archive:
        sizes = {each.filename: each.compress_size + _HEAD for each in archive.infolist()}
        films = {name for name in sizes if name.endswith((f"/{film}", ".reference.mp4"))}
        without = {name: size for name, size in sizes.items() if name not in films}
        for files, left in ((sizes, ""), (without, film)):
            shares = _shared(files, limit, parts)
            if shares:
                return SentArchives(_written(archive, shares, whole), left)
    raise UserError(
        "the sounds are larger than this chat takes",
        "ask for the stems, or take a shorter clip",
        stage="render",
    )


def _shared(sizes: Mapping[str, int], limit: int, parts: int) -> list[list[str]] | None:
    """The names on at most `parts` archives, the largest first to the first with room; None: no way."""
    shares: list[list[str]] = []
    room: list[int] = []
    for name, size in sorted(sizes.items(), key=lambda item: -item[1]):
        place = next((n for n, left in enumerate(room) if left >= size), None)
        if place is None:
            if len(shares) == parts or size > limit - _HEAD:
                return None
            place = len(shares)
            shares.append([])
            room.append(limit - _HEAD)
        shares[place].append(name)
        room[place] -= size
    return shares


def _written(archive: zipfile.ZipFile, shares: Sequence[Sequence[str]], whole: Path) -> tuple[str, ...]:
    """Write the shares beside the whole."""
    count = len(shares)
    names = [f"{whole.stem}-{n + 1}.zip" if count > 1 else f"{whole.stem}-part.zip" for n in range(count)]
    for name, share in zip(names, shares, strict=True):
        _copied(archive, sorted(share), whole.with_name(name))
    return tuple(names)


def _copied(archive: zipfile.ZipFile, names: Sequence[str], path: Path) -> None:
    """Write an archive of these files, compressed, a megabyte at a time."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as part:
        for name in names:
            with archive.open(name) as source, part.open(name, "w", force_zip64=True) as target:
                while block := source.read(1 << 20):
                    target.write(block)
