"""What was shown last is known from what is kept of it."""

from dataclasses import replace

from immersivaudio.chat.progress import line
from immersivaudio.queue import State, Status
from worker.delivery.progress_updates import _face, _place


def test_a_place_in_line_that_rose_is_told_why() -> None:
    before = Status("job", State.QUEUED, position=2)
    now = Status("job", State.QUEUED, position=3)
    assert "fewer clips" in line("en", replace(now, before=_place(_face(before))))
    assert line("en", replace(before, before=_place(_face(now)))) == "In line: number 2."


def test_other_faces_show_no_place() -> None:
    for face in (
        b"",
        _face(Status("job", State.RUNNING, stage="generate")),
        _face(Status("job", State.QUEUED)),
    ):
        assert _place(face) is None
