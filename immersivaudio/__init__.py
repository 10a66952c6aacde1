"""A clip goes in, a scored clip comes out.

import immersivaudio
scored = immersivaudio.score("holiday.mp4", mood="hopeful", seed=7)
print(scored.path, scored.sheet.mood, scored.sheet.tempo)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from immersivaudio.config import Settings
    from immersivaudio.values import ScoredClip

__version__ = "0.1.0"
__all__ = ["Settings", "__version__", "score"]


def score(  # noqa: PLR0913 - as many wishes as people have
    path: str | Path,
    *,
    out: str | Path | None = None,
    mood: str = "",
    seed: int | None = None,
    folder: str | Path | None = None,
    settings: Settings | None = None,
    photo_duration: float | None = None,
    cuts: str | Path | None = None,
    **wishes: Any,
) -> ScoredClip:
    """Score a clip or a photo, and return what was made.

    `out` is where the result goes, in a folder that exists (default: beside the clip, "holiday.scored.mp4").
    `folder` keeps the music as WAV and MIDI, and the stems when `stems=True`; without it they are thrown
    away. A photo is held for `photo_duration` seconds (default 10). `cuts` is an editor's cut list
    with markers (EDL, FCPXML, OTIO, XML, CSV). `wishes` are the other fields of
    `immersivaudio.options.ScoreOptions`.

    Raises `immersivaudio.errors.UserError` where the file or the wish is at fault.
    """
    import tempfile
    from os import PathLike
    from pathlib import Path

    from immersivaudio import targets
    from immersivaudio.errors import UserError
    from immersivaudio.options import ScoreOptions
    from immersivaudio.pipeline import Pipeline

    if not isinstance(path, str | PathLike):
        raise UserError(f"a clip is named by a path, not by {type(path).__name__}", "write it as text")
    clip = Path(path)
    target = Path(out) if out else targets.named(clip, ".scored.mp4")
    request = ScoreOptions(**_checked({"mood": mood, "seed": seed, "length": photo_duration, **wishes}))
    with tempfile.TemporaryDirectory(prefix="immersivaudio-") as temporary:
        kept = Path(folder) if folder else Path(temporary)
        pipeline = Pipeline(settings, warm=False)
        try:
            edit = Path(cuts) if cuts else None
            return pipeline.score(clip, request, target, kept, cuts=edit)
        finally:
            pipeline.close()


_INNER = frozenset({"recipe", "__pydantic_config__"})
"""Of `ScoreOptions`, what is no wish."""


def _checked(wishes: dict[str, Any]) -> dict[str, Any]:
    """Return the wishes for a `ScoreOptions` if each is one, and of the right type."""
    from typing import get_type_hints

    from pydantic import TypeAdapter, ValidationError

    from immersivaudio.errors import UserError
    from immersivaudio.options import ScoreOptions

    hints = {name: hint for name, hint in get_type_hints(ScoreOptions).items() if name not in _INNER}
    for name, wish in wishes.items():
        if name not in hints:
            raise UserError(f"there is no wish called {name}", f"choose one of: {', '.join(hints)}")
        try:
            TypeAdapter(hints[name]).validate_python(wish, strict=True)
        except ValidationError as error:
            remedy = error.errors()[0]["msg"].replace("Input should be", "it should be")
            raise UserError(f"{name} cannot be what it is here", remedy) from None
    return wishes


def __getattr__(name: str) -> Any:
    if name == "Settings":
        from immersivaudio.config import Settings

        return Settings
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
