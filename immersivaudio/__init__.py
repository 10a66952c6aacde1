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


def score(
    path: str | Path,
    *,
    out: str | Path | None = None,
    mood: str = "",
    seed: int | None = None,
    folder: str | Path | None = None,
    settings: Settings | None = None,
    photo_duration: float | None = None,
    **wishes: Any,
) -> ScoredClip:
    """Score a clip or a photo, and return what was made.

    `out` is where the result goes, in a folder that exists (default: beside the clip, "holiday.scored.mp4").
    `folder` keeps the music as WAV and MIDI, and the stems when `stems=True`; without it they are thrown
    away. A photo is held for `photo_duration` seconds (default 10). `wishes` are the other fields of
    `immersivaudio.values.Request`.

    Raises `immersivaudio.errors.UserError` where the file or the wish is at fault.
    """
    import tempfile
    from pathlib import Path
    from typing import get_args

    from immersivaudio.errors import UserError
    from immersivaudio.pipeline import Pipeline
    from immersivaudio.values import OriginalSound, Request

    clip = Path(path)
    target = Path(out) if out else clip.with_name(f"{clip.stem}.scored.mp4")
    request = Request(mood=mood, seed=seed, **wishes)
    if request.original not in (known := get_args(OriginalSound)):
        raise UserError(
            "there is no such wish for the clip's own sound", f"choose one of: {', '.join(known)}"
        )
    with tempfile.TemporaryDirectory(prefix="immersivaudio-") as temporary:
        kept = Path(folder) if folder else Path(temporary)
        pipeline = Pipeline(settings)
        try:
            return pipeline.score(clip, request, target, kept, photo_duration=photo_duration)
        finally:
            pipeline.close()


def __getattr__(name: str) -> Any:
    if name == "Settings":
        from immersivaudio.config import Settings

        return Settings
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
