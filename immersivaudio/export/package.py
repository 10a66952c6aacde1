"""The folder, or zip, that is handed over: film, sounds, MIDI, timelines, and a page that explains them."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Literal

from immersivaudio import sheets, targets
from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.config import Settings
from immersivaudio.errors import UserError
from immersivaudio.export import (
    dawproject,
    edl,
    fcpxml,
    final_cut_7,
    markers_csv,
    otio_json,
    planning,
    reaper,
)
from immersivaudio.export.frame_rate import FrameRate
from immersivaudio.export.readme import guide
from immersivaudio.export.sound_files import SoundFiles
from immersivaudio.export.timeline import EditTimeline, FilmClip
from immersivaudio.media import tags
from immersivaudio.progress import Progress, no_progress
from immersivaudio.values import ScoredClip, Seconds

Ending = Literal["", ".zip", ".otioz", ".dawproject"]
ENDINGS: tuple[Ending, ...] = ("", ".zip", ".otioz", ".dawproject")
"""What can be written: a folder, the same as one file, or one format alone with its media inside."""
_OTHERS = frozenset(
    [
        ".aaf",
        ".omf",
        ".xml",
        ".fcpxml",
        ".otio",
        ".edl",
        ".rpp",
        ".mp4",
        ".mov",
        ".mkv",
        ".webm",
        ".wav",
        ".mid",
        ".csv",
        ".prproj",
        ".drp",
        ".json",
        ".txt",
    ]
)
"""Ends of names that promise one file of another kind."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was handed over."""

    path: Path
    timeline: EditTimeline
    files: tuple[str, ...]
    """Relative to the folder, with forward slashes."""


def kind(target: Path) -> Ending:
    """Return what `target` names; raises `UserError` for a file of another kind. Folders may have dots."""
    ending = target.suffix.lower()
    if target.is_dir():
        return ""
    if ending in _OTHERS:
        raise UserError(
            f"{target.name} is not a folder",
            "name a folder, or a file that ends in .zip, .otioz or .dawproject",
        )
    return next((each for each in ENDINGS if each == ending), "")


def check(target: Path, clip: Path) -> None:
    """Refuse a place where nothing can be written, before any work."""
    if kind(target):
        targets.check_file(target)
        targets.check_apart(clip, target)
    else:
        targets.check_folder(target, option="-o")


def export(
    scored: ScoredClip,
    cuts: Iterable[Seconds],
    target: Path,
    settings: Settings,
    *,
    start: str = "",
    progress: Progress = no_progress,
) -> Exported:
    """Write everything an editor needs to `target`: a folder, a .zip, an .otioz or a .dawproject.

    `start` is the timecode of the first picture; empty: the film's own, else 00:00:00:00. The target appears
    complete or not at all; what else lies in a folder stays.
    """
    numbered = (
        planning.start_at(scored.clip, start)
        if start
        else planning.numbering(scored.clip, tags.timecode(scored.clip, settings))
    )
    with _made(target) as work:
        timeline = _written(scored, tuple(cuts), numbered, work, settings, progress)
        ending = kind(target)
        if ending in {"", ".zip"}:
            _timelines(timeline, work, target if ending == "" else None)
            _papers(scored, timeline, work)
        files = tuple(sorted(path.relative_to(work).as_posix() for path in work.rglob("*") if path.is_file()))
        if ending:
            with targets.written(target) as new:
                _joined(ending, timeline, work, files, new)
    progress(1.0)
    return Exported(target, timeline, files)


@contextmanager
def _made(target: Path) -> Iterator[Path]:
    """Yield the folder to fill: one that becomes the target, or one that is packed."""
    if kind(target) == "":
        with targets.filled(target) as work:
            yield work
        return
    with tempfile.TemporaryDirectory(dir=target.absolute().parent, prefix=".immersivaudio-") as name:
        yield Path(name)


def _written(
    scored: ScoredClip,
    cuts: tuple[Seconds, ...],
    numbered: tuple[FrameRate, int],
    work: Path,
    settings: Settings,
    progress: Progress,
) -> EditTimeline:
    """Write the film and its sounds, and return the timeline that they make."""
    clip = scored.clip
    name = _safe(clip.path.name)
    shutil.copyfile(clip.path, work / name)
    progress(0.2)
    rate, start = numbered
    reference = round(Fraction(start) / rate.rate * SAMPLE_RATE)
    sounds = SoundFiles(scored, work, settings, reference).write()
    progress(0.8)
    own = clip.audio if clip.audio and clip.audio.streams else None
    receipt = scored.receipt
    film = FilmClip(
        name=name,
        file=name,
        width=clip.width,
        height=clip.height,
        channels=own.channels if own else 0,
        sample_rate=own.sample_rate if own else SAMPLE_RATE,
        gain_db=receipt.gains_db.get("original", 0.0),
        muted=receipt.original == "replace",
    )
    planned = planning.timeline(scored, cuts, numbered, film, sounds)
    return replace(planned, name=_safe(planned.name))


def _timelines(timeline: EditTimeline, work: Path, folder: Path | None) -> None:
    """Write a timeline in every format; those that want URLs get the folder's, where there is one."""
    url = folder.absolute().as_uri() + "/" if folder else ""
    name = timeline.name
    texts = {
        f"{name}.otio": otio_json.dumps(timeline),
        f"{name}.xml": final_cut_7.dumps(timeline, media=url),
        f"{name}.fcpxml": fcpxml.dumps(timeline, media=url or "./"),
        f"{name}.edl": edl.dumps(timeline),
        f"{name}.markers.edl": edl.dump_markers(timeline),
        f"{name}.rpp": reaper.dumps(timeline),
        "markers.csv": markers_csv.dumps(timeline),
    }
    for file, text in texts.items():
        (work / file).write_text(text, encoding="utf-8")
    dawproject.write(timeline, work, work / f"{name}.dawproject")


def _papers(scored: ScoredClip, timeline: EditTimeline, work: Path) -> None:
    midi = scored.tracks[0].midi
    if midi:
        shutil.copyfile(midi, work / "music.mid")
    (work / "cue-sheet.json").write_text(sheets.dump(scored.sheet), encoding="utf-8")
    (work / "README.txt").write_text(guide(scored, timeline), encoding="utf-8")
    if scored.path.is_file():
        shutil.copyfile(scored.path, work / f"{timeline.name}.reference.mp4")


def _joined(ending: Ending, timeline: EditTimeline, work: Path, files: tuple[str, ...], new: Path) -> None:
    if ending == ".otioz":
        otio_json.bundle(timeline, work, new)
    elif ending == ".dawproject":
        dawproject.write(timeline, work, new)
    else:
        with zipfile.ZipFile(new, "w", zipfile.ZIP_STORED) as file:
            for name in files:
                file.write(work / name, f"{timeline.name}/{name}")


def _safe(name: str) -> str:
    """Return a name that every editor's machine takes: no control characters, none that Windows refuses."""
    plain = "".join("_" if each in '<>:"/\\|?*`;' or ord(each) < 32 else each for each in name).strip(" .")
    return plain or "film"
