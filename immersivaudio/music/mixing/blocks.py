"""The stretches in which a piece is rendered: never across a section's start, never too long for memory."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.score import Note, Score

LONGEST = 8 * SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class Block:
    """Every note heard to begin in [start, end) is rendered with it, tail and all."""

    start: int
    end: int
    since: int
    """First sample of its section: nothing of it may sound earlier."""
    section: int


def section_starts(score: Score) -> tuple[int, ...]:
    """Return where sections begin, 0 first; a score without sections is one section."""
    return tuple(
        sorted({0, *(section.start for section in score.sections if 0 <= section.start < score.length)})
    )


def blocks(score: Score) -> tuple[Block, ...]:
    """Cut the score at section starts, and long sections into equal parts."""
    starts = section_starts(score)
    cut: list[Block] = []
    for index, (start, end) in enumerate(zip(starts, (*starts[1:], score.length), strict=True)):
        parts = max(1, -(-(end - start) // LONGEST))
        edges = [start + (end - start) * i // parts for i in range(parts + 1)]
        cut.extend(Block(a, b, start, index) for a, b in pairwise(edges) if b > a)
    return tuple(cut)


def between(notes: Sequence[Note], block: Block) -> Sequence[Note]:
    """Return the notes heard to begin in `block`; `notes` are in order of onset."""
    first, last = (bisect_left(notes, edge, key=lambda note: note.onset) for edge in (block.start, block.end))
    return notes[first:last]
