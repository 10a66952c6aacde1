"""One token after another: on a CPU with attention over what is there, on a GPU as one recorded step.

Launching the hundreds of small kernels of a step takes a GPU's driver ten times longer than running them. A
CUDA graph launches them all at once, if nothing changes its shape or place: so the step reads and writes
whole buffers, and where it is stands in a tensor.
"""

from collections.abc import Callable

import torch

from immersivaudio.progress import no_progress
from immersivaudio.stages.generate.neural.cuda_graphs import Step
from immersivaudio.stages.generate.neural.decoder import Conditions, Decoder
from immersivaudio.stages.generate.neural.delay_pattern import UNKNOWN
from immersivaudio.stages.generate.neural.sampling import sample

Told = Callable[[int], None]
"""Hears how many columns are full."""

Record = Callable[[Step, Step], Step]
"""Takes a step and what undoes it, and returns what replays it."""

_SHORT = (256, 512, 1024)
_LONG = 512
"""Positions that attention reads: these, then multiples of that. A recorded step for each, so that a short
past is not read as a long one."""


def grow(
    decoder: Decoder,
    conditions: Conditions,
    columns: torch.Tensor,
    gumbel: torch.Tensor,
    temperature: float,
    told: Told = no_progress,
) -> torch.Tensor:
    """Fill the unknown of `columns` (rows, codebooks, columns), attending to what is there so far.

    `gumbel` has shape (columns, rows, codebooks, top k).
    """
    rows, _, count = columns.shape
    memory = decoder.growing(rows, count + _ahead(conditions))
    column = _first_unknown(columns)
    x = decoder.forward(opening(decoder, conditions, columns[:, :, :column]), memory, conditions)
    memory.position = x.shape[1]
    while True:
        _fill(columns, column, sample(decoder.logits(x), gumbel[column], temperature))
        told(column)
        if column == count - 1:
            return columns
        x = decoder.embed(columns[:, :, column : column + 1], memory.position)
        x = decoder.forward(x, memory, conditions)
        memory.position += 1
        column += 1


class Fixed:
    """The same loop with fixed shapes: buffers for `rows` pieces of up to `room` positions, recorded once and
    replayed for every window that fits."""

    def __init__(
        self,
        decoder: Decoder,
        conditions: Conditions,
        shape: tuple[int, int, int],
        top_k: int,
        temperature: float,
        record: Record,
    ) -> None:
        """`shape` is (rows, codebooks, room); `conditions` are kept, and written over by later ones."""
        rows, codebooks, room = shape
        ahead = _ahead(conditions)
        where = decoder.like.device
        self._decoder = decoder
        self._conditions = conditions
        self._temperature = temperature
        self._record = record
        self._memory = decoder.unchanging(rows, room)
        self._columns = torch.zeros(rows, codebooks, room - ahead, dtype=torch.long, device=where)
        self._gumbel = torch.zeros(room - ahead, rows, codebooks, top_k, device=where)
        self._column = torch.zeros(1, dtype=torch.long, device=where)
        self._steps: dict[int, Step] = {}

    def play(
        self,
        conditions: Conditions,
        columns: torch.Tensor,
        gumbel: torch.Tensor,
        told: Told = no_progress,
    ) -> torch.Tensor:
        """Fill the unknown of `columns` (rows, codebooks, columns), which may be fewer than there is room
        for."""
        count = columns.shape[2]
        column = _first_unknown(columns)
        self._load(conditions, columns, gumbel)
        start = opening(self._decoder, self._conditions, self._columns[:, :, :column])
        self._memory.begin(start.shape[1])
        x = self._decoder.forward(start, self._memory, self._conditions)
        _fill(self._columns, column, sample(self._decoder.logits(x), self._gumbel[column], self._temperature))
        self._column.fill_(column)
        ahead = _ahead(self._conditions)
        for done in range(column, count - 1):
            self._advance(room_for(done + ahead + 1))
            told(done)
        return self._columns[:, :, :count].clone()

    def _load(self, conditions: Conditions, columns: torch.Tensor, gumbel: torch.Tensor) -> None:
        count = columns.shape[2]
        for mine, theirs in (
            *zip(self._conditions.keys, conditions.keys, strict=True),
            *zip(self._conditions.values, conditions.values, strict=True),
            (self._conditions.mask, conditions.mask),
            (self._conditions.prefix, conditions.prefix),
            (self._columns[:, :, :count], columns),
            (self._gumbel[:count], gumbel),
        ):
            if mine is not None and theirs is not None:
                mine.copy_(theirs)

    def _advance(self, reach: int) -> None:
        if reach not in self._steps:
            column, columns = self._column.clone(), self._columns.clone()

            def undo() -> None:
                self._column.copy_(column)
                self._columns.copy_(columns)

            self._steps[reach] = self._record(lambda: self._step(reach), undo)
        self._steps[reach]()

    def _step(self, reach: int) -> None:
        """Read the column at the cursor, write the next one, move on."""
        memory, decoder = self._memory, self._decoder
        cursor = self._column + _ahead(self._conditions)
        memory.step(cursor, reach)
        x = decoder.embed(self._columns.index_select(2, self._column), cursor)
        x = decoder.forward(x, memory, self._conditions)
        following = self._column + 1
        gumbel = self._gumbel.index_select(0, following)[0]
        new = sample(decoder.logits(x), gumbel, self._temperature)
        given = self._columns.index_select(2, following)[..., 0]
        new = torch.where(given == UNKNOWN, new, given)
        self._columns.index_copy_(2, following, new[..., None])
        self._column.add_(1)


def room_for(needed: int) -> int:
    """Return how many positions are read where `needed` are filled; also how many to have room for."""
    return next((one for one in _SHORT if needed <= one), -(-needed // _LONG) * _LONG)


def opening(decoder: Decoder, conditions: Conditions, known: torch.Tensor) -> torch.Tensor:
    """Return what the transformer reads first: the prefix, if the model has one, then the known columns."""
    if conditions.prefix is None:
        return decoder.embed(known, 0)
    ahead = conditions.prefix.shape[1]
    return torch.cat([decoder.place(conditions.prefix, 0), decoder.embed(known, ahead)], dim=1)


def _ahead(conditions: Conditions) -> int:
    return 0 if conditions.prefix is None else int(conditions.prefix.shape[1])


def _first_unknown(columns: torch.Tensor) -> int:
    return int((columns[0, 0] == UNKNOWN).nonzero()[0])


def _fill(columns: torch.Tensor, column: int, new: torch.Tensor) -> None:
    given = columns[:, :, column]
    columns[:, :, column] = torch.where(given == UNKNOWN, new, given)
