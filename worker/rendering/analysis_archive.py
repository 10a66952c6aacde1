"""What was seen of a clip, in one file: the numbers exactly, the pictures as thumbnails."""

import zipfile
from dataclasses import replace
from pathlib import Path

from immersivaudio import work_folder
from immersivaudio.pipeline import Analysis
from immersivaudio.values import Clip
from worker.rendering import thumbnails

_GLANCE = 6
"""Every how many-th pixel of a kept picture stays: to be looked at, not for a second detection."""


def pack(seen: Analysis, folder: Path, file: Path) -> str:
    """Write `file` by way of `folder`; returns its name."""
    frames = tuple(replace(frame, image=frame.image[::_GLANCE, ::_GLANCE]) for frame in seen.footage.frames)
    work_folder.save_footage(replace(seen.footage, frames=frames), folder)
    work_folder.save(seen.detections, folder / work_folder.DETECTIONS)
    work_folder.save(seen.selection, folder / work_folder.SELECTION)
    work_folder.save(seen.descriptions, folder / work_folder.DESCRIPTIONS)
    thumbnails.tiles(seen, folder / thumbnails.TILES)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, path.name)
    return file.name


def unpack(file: Path, clip: Clip, folder: Path) -> Analysis:
    """Read back what `pack` wrote of the same bytes."""
    with zipfile.ZipFile(file) as archive:  # written by us, kept in our store
        archive.extractall(folder)
    return Analysis(
        replace(work_folder.load_footage(folder), clip=clip),
        work_folder.load_detections(folder),
        work_folder.load_selection(folder),
        work_folder.load_descriptions(folder),
    )
