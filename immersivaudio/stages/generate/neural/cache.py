"""What attention remembers, and how it reads that: a past that grows, or one whose shape never changes."""

from typing import Protocol

import torch
from torch.nn import functional

_ABSENT = -30_000.0
"""What a key that is not there adds to its score: softmax gives it exactly nothing."""
_WIDER = 8
"""Numbers that a key has more: one is used, and a GPU multiplies widths that are multiples of this."""


class Memory(Protocol):
    """Keys and values of all layers."""

    def attend(self, layer: int, query: torch.Tensor, new: torch.Tensor) -> torch.Tensor:
        """Add keys and values `new` (2, rows, heads, count, width), and return what `query` (rows, heads,
        count, width) hears of all there are: the same shape.

        Several at once only at the very beginning, where each hears those before it.
        """
        ...


class Growing:
    """Reads exactly what is there."""

    def __init__(self, layers: int, shape: tuple[int, int, int, int], like: torch.Tensor) -> None:
        """`shape` is (rows, heads, room, width)."""
        self._layers = [torch.zeros(2, *shape, dtype=like.dtype, device=like.device) for _ in range(layers)]
        self.position = 0
        """How many are filled."""

    def attend(self, layer: int, query: torch.Tensor, new: torch.Tensor) -> torch.Tensor:
        end = self.position + new.shape[3]
        kept = self._layers[layer][:, :, :, :end]
        kept[:, :, :, self.position :] = new
        keys, values = kept
        return functional.scaled_dot_product_attention(query, keys, values, is_causal=query.shape[2] > 1)


class Unchanging:
    """Reads the same number of positions whatever is there, so that a step may be recorded.

    Which are there is said by the keys themselves: each has one number more, which is added to its score.
    Scores and what is heard are two plain products: the fused kernels that could be used here go through the
    past on one multiprocessor a head, and take four times as long over half a minute of it.
    """

    def __init__(self, layers: int, shape: tuple[int, int, int, int], like: torch.Tensor) -> None:
        """`shape` is (rows, heads, room, width)."""
        rows, heads, room, self._width = shape
        wide = self._width + _WIDER
        self._kept = torch.zeros(layers, 2, rows, heads, room, wide, dtype=like.dtype, device=like.device)
        self._absent = self._kept[:, 0, ..., self._width]
        self._asks = torch.zeros(rows, heads, 1, _WIDER, dtype=like.dtype, device=like.device)
        self._asks[..., 0] = self._width**0.5  # attention divides by that
        self._cursor: torch.Tensor | None = None
        self._reach = room

    def begin(self, count: int) -> None:
        """Forget everything; `count` positions come next, at once."""
        self._absent.fill_(_ABSENT)
        self._absent[..., :count] = 0
        self._cursor = None

    def step(self, cursor: torch.Tensor, reach: int) -> None:
        """The position at `cursor` (on the device, shape (1,)) comes next, and the first `reach` are read."""
        self._absent.index_fill_(-1, cursor, 0)
        self._cursor, self._reach = cursor, reach

    def attend(self, layer: int, query: torch.Tensor, new: torch.Tensor) -> torch.Tensor:
        kept = self._kept[layer]
        if self._cursor is None:
            kept[:, :, :, : new.shape[3], : self._width] = new
            return functional.scaled_dot_product_attention(query, new[0], new[1], is_causal=True)
        kept[..., : self._width].index_copy_(3, self._cursor, new)
        keys, values = kept[:, :, :, : self._reach]
        asked = torch.cat([query, self._asks], dim=-1)
        rows, heads, _, wide = asked.shape
        scores = _product(asked.reshape(-1, 1, wide), keys.reshape(-1, self._reach, wide).transpose(1, 2))
        shares = torch.softmax(scores * self._width**-0.5, dim=-1).to(values.dtype)
        heard = torch.bmm(shares, values.reshape(-1, self._reach, wide))
        return heard.view(rows, heads, 1, wide)[..., : self._width]


def _product(queries: torch.Tensor, keys: torch.Tensor) -> torch.Tensor:
    """Return scores, in float32 where the numbers are short: rounded to eight bits, one of ten would be off
    by a thirtieth, and what is heard by as much."""
    if queries.dtype == torch.bfloat16:
        return torch.bmm(queries, keys, out_dtype=torch.float32)
    return torch.bmm(queries, keys)
