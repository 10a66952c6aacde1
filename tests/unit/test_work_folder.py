"""What one command writes, the next reads as if nothing had lain in between."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from immersivaudio import work_folder
from immersivaudio.errors import UserError
from immersivaudio.values import Box, Detection, Frame, Selection
from tests import films, samples


def test_footage_comes_back_as_it_was(tmp_path: Path) -> None:
    seen = films.film(7, [2, 4.5], motion=0.25)
    pictures = [samples.scene(i, 32, 18) for i in range(len(seen.frames))]
    times = [Fraction(frame.time) + Fraction(1, 30_000) for frame in seen.frames]
    frames = tuple(
        Frame(time, frame.shot, image)
        for time, frame, image in zip(times, seen.frames, pictures, strict=True)
    )
    seen = replace(seen, frames=frames, speech=((Fraction(1, 3), Fraction(5, 2)),))
    work_folder.save_footage(seen, tmp_path)
    back = work_folder.load_footage(tmp_path)
    assert (back.clip, back.shots, back.moments, back.speech) == (
        seen.clip,
        seen.shots,
        seen.moments,
        seen.speech,
    )
    assert [frame.time for frame in back.frames] == times
    assert all(np.array_equal(a.image, b.image) for a, b in zip(back.frames, seen.frames, strict=True))
    assert np.array_equal(back.curves.motion, seen.curves.motion)
    assert back.curves.rate == seen.curves.rate


def test_findings_come_back_as_they_were(tmp_path: Path) -> None:
    found = (Detection("face", 0.75, Box(0.1, 0.2, 0.3, 0.4), 2),)
    work_folder.save(found, tmp_path / work_folder.DETECTIONS)
    work_folder.save(Selection(clip=1, shots=(0, 1)), tmp_path / work_folder.SELECTION)
    assert work_folder.load_detections(tmp_path) == found
    assert work_folder.load_selection(tmp_path) == Selection(clip=1, shots=(0, 1))


def test_what_is_missing_names_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="make it with: immersivaudio select"):
        work_folder.load_selection(tmp_path)


def test_what_was_spoilt_names_the_place(tmp_path: Path) -> None:
    spoilt = '{"clip_sha256": "", "found": {"clip": "first", "shots": []}}'
    (tmp_path / work_folder.SELECTION).write_text(spoilt)
    with pytest.raises(UserError, match=r"selection.json is not what .* writes \(at clip\); make it anew"):
        work_folder.load_selection(tmp_path)


def test_what_was_found_in_another_clip_is_refused(tmp_path: Path) -> None:
    work_folder.save_footage(films.film(3, sha256="a" * 64), tmp_path)
    found = (Detection("face", 0.75, Box(0.1, 0.2, 0.3, 0.4), 0),)
    work_folder.save(found, tmp_path / work_folder.DETECTIONS)
    work_folder.save(Selection(clip=0, shots=(0,)), tmp_path / work_folder.SELECTION)
    assert work_folder.load_detections(tmp_path) == found
    work_folder.save_footage(films.film(3, sha256="b" * 64), tmp_path)
    with pytest.raises(
        UserError, match=r"detections.json was made from another clip .*: immersivaudio detect"
    ):
        work_folder.load_detections(tmp_path)
    work_folder.save(found, tmp_path / work_folder.DETECTIONS)
    assert work_folder.load_detections(tmp_path) == found
    with pytest.raises(
        UserError, match=r"selection.json was made from another clip .*: immersivaudio select"
    ):
        work_folder.load_selection(tmp_path)
