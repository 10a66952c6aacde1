"""What attention remembers: room for every position, taken once."""

import torch


class Memory:
    """Keys and values of all layers, each of shape (rows, heads, room, width).

    `position` is how many are filled. While a CUDA graph is recorded or replayed, `cursor` says on the
    device which column is written, and attention reads the first `reach` columns through a mask, so that no
    shape ever changes.
    """

    def __init__(self, layers: int, shape: tuple[int, int, int, int], like: torch.Tensor) -> None:
        self.keys = [torch.zeros(shape, dtype=like.dtype, device=like.device) for _ in range(layers)]
        self.values = [torch.zeros(shape, dtype=like.dtype, device=like.device) for _ in range(layers)]
        self.position = 0
        self.cursor: torch.Tensor | None = None
        self.reach = shape[2]
        self.mask: torch.Tensor | None = None

    @property
    def room(self) -> int:
        """Positions there is room for."""
        return int(self.keys[0].shape[2])

    def write(self, layer: int, key: torch.Tensor, value: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Add keys and values, shape (rows, heads, new, width); return what attention should read."""
        keys, values = self.keys[layer], self.values[layer]
        if self.cursor is not None:
            keys.index_copy_(2, self.cursor, key.to(keys.dtype))
            values.index_copy_(2, self.cursor, value.to(values.dtype))
            return keys[:, :, : self.reach], values[:, :, : self.reach]
        end = self.position + key.shape[2]
        keys[:, :, self.position : end] = key
        values[:, :, self.position : end] = value
        return keys[:, :, :end], values[:, :, :end]
