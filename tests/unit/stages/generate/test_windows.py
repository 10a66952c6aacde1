"""Long pieces by windows: lengths, what is gone on from, who is in the batch. The engine plays ramps that
can be told."""

from collections.abc import Sequence

import numpy as np
import pytest

from immersivaudio.stages.generate.neural import windows
from immersivaudio.stages.generate.neural.engine import GeneratedPassage, Line, Told
from immersivaudio.stages.generate.neural.windows import Piece

RATE = 100


class Counting:
    """An engine whose every sample is one more than the last: what is lost or doubled shows."""

    rate = RATE
    longest = 30.0
    follows = False

    def __init__(self) -> None:
        self.calls: list[tuple[int, float, float]] = []

    def play(
        self, lines: Sequence[Line], seconds: float, lead: float, told: Told
    ) -> tuple[GeneratedPassage, ...]:
        assert seconds <= self.longest + 1e-9
        self.calls.append((len(lines), seconds, lead))
        told(1.0)
        return tuple(self._one(line, seconds, lead) for line in lines)

    def _one(self, line: Line, seconds: float, lead: float) -> GeneratedPassage:
        start = 0.0
        if line.after is not None:
            start = float(line.after.sound[0, -1]) + 1 - round(lead * RATE)
        return GeneratedPassage(np.arange(start, start + round(seconds * RATE), dtype=np.float32)[None])


@pytest.mark.parametrize("seconds", [0.5, 29.0, 30.0, 31.0, 75.0, 200.0])
def test_windows_join_into_one_without_a_gap_or_a_repeat(seconds: float) -> None:
    (passage,) = windows.play(Counting(), [Piece(Line("", 1), seconds)], batch=4)
    assert passage.sound.shape[1] >= seconds * RATE
    assert passage.sound[0] == pytest.approx(np.arange(passage.sound.shape[1]), abs=1e-2)


def test_pieces_leave_the_batch_as_they_end() -> None:
    engine = Counting()
    pieces = [Piece(Line("", n), seconds) for n, seconds in enumerate((10.0, 70.0, 35.0))]
    passages = windows.play(engine, pieces, batch=4)
    assert [count for count, _, _ in engine.calls] == [3, 2, 1]
    for piece, passage in zip(pieces, passages, strict=True):
        assert passage.sound.shape[1] >= piece.seconds * RATE


def test_no_more_than_a_batch_at_once_the_longest_first() -> None:
    engine = Counting()
    windows.play(engine, [Piece(Line("", n), float(n + 1)) for n in range(5)], batch=2)
    assert [(count, seconds) for count, seconds, _ in engine.calls] == [(2, 5.0), (2, 3.0), (1, 1.0)]


def test_what_a_piece_goes_on_from_is_not_part_of_it() -> None:
    theme = GeneratedPassage(np.arange(1000, dtype=np.float32)[None])
    (passage,) = windows.play(Counting(), [Piece(Line("", 1, after=theme), 5.0)], batch=1, lead=6.0)
    assert passage.sound[0, 0] == 1000


def test_progress_never_falls_and_ends_at_one() -> None:
    told: list[float] = []
    windows.play(Counting(), [Piece(Line("", n), 40.0) for n in range(3)], batch=2, told=told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)
