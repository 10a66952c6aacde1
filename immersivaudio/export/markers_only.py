"""Cuts and markers without the film or sounds, for a project that already holds the film."""

from collections.abc import Sequence
from pathlib import Path

from immersivaudio.config import Settings
from immersivaudio.export import edl, markers_csv, planning
from immersivaudio.export.timeline import EditTimeline, FilmClip
from immersivaudio.media import tags
from immersivaudio.values import Clip, CueSheet, Soundtrack


def write(
    clip: Clip, sheet: CueSheet, tracks: Sequence[Soundtrack], folder: Path, settings: Settings
) -> tuple[Path, ...]:
    """Write `film.edl`, `film.markers.edl` and `markers.csv` into `folder`."""
    rate, start = planning.numbering(clip, tags.timecode(clip, settings))
    timeline = EditTimeline(
        name="film",
        rate=rate,
        start=start,
        duration=clip.duration,
        film=FilmClip("film", "film.mp4", clip.width, clip.height),
        sounds=(),
        markers=tuple(planning.markers(sheet, tracks[0].hits if tracks else ())),
        cuts=sheet.cuts,
    )
    texts = {
        "film.edl": edl.dumps(timeline),
        "film.markers.edl": edl.dump_markers(timeline),
        "markers.csv": markers_csv.dumps(timeline),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return tuple(folder / name for name in texts)
