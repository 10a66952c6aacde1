"""A film that was scored before: what it says of itself, and the clip it was made of."""

from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from immersivaudio import sheets
from immersivaudio.config import Settings
from immersivaudio.errors import UserError
from immersivaudio.media import guard
from immersivaudio.options import ScoreOptions
from immersivaudio.provenance import RenderReceipt, mark
from immersivaudio.share.build import build_of
from immersivaudio.values import CueSheet

_MOST = 50
"""Files beside a result that are looked at for its clip."""
_ALONE = (
    "the clip it was made of is not beside it, so the film in the export is the result itself, with its "
    "sound off; name the clip with --clip"
)
_OLDER = "it was made by another build, so the music may not be the same to the last sample"


@dataclass(frozen=True, slots=True)
class ScoredBefore:
    """What to play again, and over which film."""

    film: Path
    """The clip, or where it is not at hand, the result."""
    sheet: CueSheet
    request: ScoreOptions
    settings: Settings
    notes: tuple[str, ...] = ()


def scored_before(film: Path, clip: Path | None, settings: Settings) -> ScoredBefore | None:
    """Return the metadata of a film made by this program; None for any other film.

    `clip` is the film it was made of; without it, the files beside the result are looked at. Raises
    `UserError` where `clip` is another one, or the result was changed.
    """
    receipt = _receipt(film)
    if receipt is None:
        if clip is not None:
            raise UserError(f"{film.name} does not say what it was made of", "leave out --clip")
        return None
    found = clip or _beside(film, receipt.clip.sha256)
    if clip is not None and guard.digest(clip) != receipt.clip.sha256:
        raise UserError(f"{clip.name} is not the clip that {film.name} was made of", "name that one")
    request = replace(receipt.request(), stems=True, max_bytes=None)
    notes: list[str] = []
    if found is None or receipt.clip.kind == "photo":
        found, request = film, replace(request, original="replace")
        notes += [_ALONE] if receipt.clip.kind == "video" else []
    if receipt.build != build_of(receipt.settings_over(settings)):
        notes.append(_OLDER)
    sheet = sheets.load(receipt.sheet)
    return ScoredBefore(found, sheet, request, receipt.settings_over(settings), tuple(notes))


def _receipt(film: Path) -> RenderReceipt | None:
    """The receipt in an MP4; other files are not looked into."""
    if not film.is_file():
        return None
    with film.open("rb") as file:
        if file.read(8)[4:] != b"ftyp":
            return None
    return mark.read(film)


def _beside(film: Path, digest: str) -> Path | None:
    """The clip in the result's own folder: its name begins the result's, and its bytes are the receipt's."""
    near = (
        path
        for path in sorted(film.parent.iterdir())
        if path.is_file() and path != film and path.stem and film.stem.startswith(path.stem)
    )
    return next((path for path in islice(near, _MOST) if guard.digest(path) == digest), None)
