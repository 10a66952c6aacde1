"""Stems as files that a platform takes: lossless where they fit, else smaller, else in several archives."""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from immersivaudio.values import Soundtrack
from worker.rendering.audio_encoding import flac, opus

_GOOD, _FAIR, _LEAST = 160, 96, 40
"""kbit/s of stereo Opus: first choice, what two archives are better than, and what is still worth having."""
_SLACK = 0.9
"""Opus follows the sound: what should just fit is made this much smaller."""
_HEAD = 300
"""Bytes of an archive for each file in it, and for itself."""


@dataclass(frozen=True, slots=True)
class Packed:
    """Archives in the folder that was named."""

    names: tuple[str, ...]
    kbps: int = 0
    """Of each stem; 0: lossless."""


def pack(
    tracks: Sequence[Soundtrack],
    work: Path,
    folder: Path,
    *,
    limit: int | None = None,
    parts: int = 1,
    papers: Sequence[Path] = (),
) -> Packed:
    """Write `stems.zip`, or `stems-1.zip` and so on, into `folder`, by way of `work`.

    Each has at most `limit` bytes, if that can be done with `parts` of them at 40 kbit/s a stem; otherwise
    it is as small as that makes it. The notes as MIDI, and `papers`, are in the first.
    """
    stems = {name: path for track in tracks for name, path in track.stems.items()}
    notes = [*(track.midi for track in tracks if track.midi), *papers]
    files = {f"{name}.flac": flac(path, work / f"{name}.flac") for name, path in stems.items()}
    if limit is None or _size(files, notes) <= limit:
        return Packed(_archived([files], notes, folder))
    for kbps, allowed in _choices(stems, notes, work, limit, parts):
        files = {path.name: path for path in _encoded(stems, work, kbps)}
        shares = _shared(files, notes, limit, allowed)
        if shares:
            return Packed(_archived(shares, notes, folder), kbps)
    return Packed(_archived([files], notes, folder), kbps)


def _choices(
    stems: Mapping[str, Path], notes: Sequence[Path], work: Path, limit: int, parts: int
) -> Iterator[tuple[int, int]]:
    """(kbit/s, archives) to try, the best first; how small a step makes it is known from the first."""
    yield _GOOD, 1
    size = _size({path.name: path for path in _made(stems, work)}, notes)
    alone, together = (int(_GOOD * _SLACK * count * limit / size) for count in (1, parts))
    if alone >= _FAIR or parts == 1:
        yield max(_LEAST, min(alone, _GOOD)), 1
    if parts > 1:
        yield _GOOD, parts
        yield max(_LEAST, min(together, _GOOD)), parts
    yield _LEAST, parts


def _encoded(stems: Mapping[str, Path], work: Path, kbps: int) -> list[Path]:
    """Every stem as Opus, unless that was the last thing done."""
    mark = work / "kbps"
    if not mark.exists() or mark.read_text() != str(kbps):
        for path, made in zip(stems.values(), _made(stems, work), strict=True):
            opus(path, made, kbps)
        mark.write_text(str(kbps))
    return _made(stems, work)


def _made(stems: Mapping[str, Path], work: Path) -> list[Path]:
    return [work / f"{name}.opus" for name in stems]


def _size(files: Mapping[str, Path], notes: Sequence[Path]) -> int:
    return sum(path.stat().st_size + _HEAD for path in (*files.values(), *notes)) + _HEAD


def _shared(
    files: Mapping[str, Path], notes: Sequence[Path], limit: int, parts: int
) -> list[dict[str, Path]] | None:
    """The files on at most `parts` archives, the largest first to the first with room; None: no way."""
    shares: list[dict[str, Path]] = [{}]
    for name, path in sorted(files.items(), key=lambda item: -item[1].stat().st_size):
        room = next((each for each in shares if _size({**each, name: path}, notes) <= limit), None)
        if room is None:
            if len(shares) == parts or _size({name: path}, notes) > limit:
                return None
            shares.append(room := {})
        room[name] = path
    return shares


def _archived(shares: Sequence[Mapping[str, Path]], notes: Sequence[Path], folder: Path) -> tuple[str, ...]:
    names = ["stems.zip"] if len(shares) == 1 else [f"stems-{n + 1}.zip" for n in range(len(shares))]
    for number, (name, share) in enumerate(zip(names, shares, strict=True)):
        with zipfile.ZipFile(folder / name, "w") as archive:
            for title in sorted(share):
                archive.write(share[title], title)
            for path in notes if number == 0 else ():
                archive.write(path, "score.mid" if path.suffix == ".mid" else path.name)
    return tuple(names)
