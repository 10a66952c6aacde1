"""Which clips are to be scored, where each result goes, and which are done already."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from immersivaudio import __version__, targets
from immersivaudio.errors import UserError
from immersivaudio.options import ScoreOptions

MANIFEST = ".immersivaudio-batch.json"
"""Beside the results: what was made of which clip with which wishes."""


@dataclass(frozen=True, slots=True)
class BatchFilm:
    """One clip of a batch."""

    clip: Path
    out: Path


def films(clips: Sequence[Path], folder: Path | None) -> list[BatchFilm]:
    """Return each clip once, with the place of its result; results among the clips are left out.

    Raises `UserError` where two clips would have one result.
    """
    found = {
        clip.absolute(): BatchFilm(clip, targets.named(clip, ".scored.mp4", folder or clip.parent))
        for clip in clips
    }
    results = {film.out.absolute() for film in found.values()}
    wanted = [film for path, film in found.items() if path not in results]
    places: dict[Path, Path] = {}
    for film in wanted:
        other = places.setdefault(film.out.absolute(), film.clip)
        if other != film.clip:
            raise UserError(
                f"{other.name} and {film.clip.name} would both become {film.out.name}", "rename one of them"
            )
    return wanted


class BatchManifest:
    """What is done, one file beside the results: written after each film, so that a stopped batch goes on."""

    def __init__(self, request: ScoreOptions, backends: Iterable[str]) -> None:
        text = json.dumps([__version__, request.plain(), sorted(backends)], sort_keys=True)
        self._wishes = hashlib.sha256(text.encode()).hexdigest()[:16]

    def done(self, film: BatchFilm) -> dict[str, Any] | None:
        """Return the summary of a film that was scored with the same wishes, if its result is still there."""
        entry = self._read(film.out.parent).get(film.out.name)
        if not isinstance(entry, dict) or not film.out.is_file():
            return None
        same = entry.get("clip") == self._state(film.clip, self._wishes)
        row = entry.get("row")
        return (
            row if same and entry.get("result") == self._state(film.out) and isinstance(row, dict) else None
        )

    def add(self, film: BatchFilm, row: dict[str, Any]) -> None:
        """Remember a film that is done."""
        known = self._read(film.out.parent)
        known[film.out.name] = {
            "clip": self._state(film.clip, self._wishes),
            "result": self._state(film.out),
            "row": row,
        }
        text = json.dumps(known, ensure_ascii=False, indent=1) + "\n"
        targets.write_text(film.out.parent / MANIFEST, text)

    def _read(self, folder: Path) -> dict[str, Any]:
        try:
            known = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}

    @staticmethod
    def _state(path: Path, *more: str) -> list[object]:
        """Name, size and time of a file: what changes when it is another."""
        if not path.is_file():
            return []
        about = path.stat()
        return [path.name, about.st_size, about.st_mtime_ns, *more]
