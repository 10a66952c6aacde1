"""Codebooks one step behind each other: the delay pattern of MusicGen (Copet et al. 2023, section 2.1).

Column 0 is the start token. Frame t of codebook k stands in column t + 1 + delay(k), so that each step may
look at the coarser codebooks of the same frame; what lies outside is the start token again.
"""

from collections.abc import Sequence

import torch

UNKNOWN = -1
"""To be sampled."""


def delays(codebooks: int, channels: int) -> list[int]:
    """Return by how many columns each codebook is late; stereo models interleave left and right."""
    return [codebook // channels for codebook in range(codebooks)]


def delayed(prompt: torch.Tensor, frames: Sequence[int], late: list[int], start: int) -> torch.Tensor:
    """Return the columns of `frames` frames a row, of which the first are known from `prompt`.

    `prompt` has shape (rows, codebooks, known frames); the result (rows, codebooks, most frames + 1 + max
    delay). A row that is shorter than others ends as it would end alone: in start tokens.
    """
    rows, codebooks, known = prompt.shape
    columns = torch.full((rows, codebooks, max(frames) + 1 + max(late)), start, dtype=torch.long)
    for codebook, by in enumerate(late):
        for row, count in enumerate(frames):
            columns[row, codebook, by + 1 : by + 1 + count] = UNKNOWN
        columns[:, codebook, by + 1 : by + 1 + known] = prompt[:, codebook]
    return columns


def aligned(columns: torch.Tensor, frames: int, late: list[int]) -> torch.Tensor:
    """Return the frames of full columns: shape (rows, codebooks, frames)."""
    return torch.stack([columns[:, k, by + 1 : by + 1 + frames] for k, by in enumerate(late)], dim=1)
