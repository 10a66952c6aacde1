"""Codebooks one step behind each other: the delay pattern of MusicGen (Copet et al. 2023, section 2.1).

Column 0 is the start token. Frame t of codebook k stands in column t + 1 + delay(k), so that each step may
look at the coarser codebooks of the same frame; what lies outside is the start token again.
"""

import torch

UNKNOWN = -1
"""To be sampled."""


def delays(codebooks: int, channels: int) -> list[int]:
    """Return by how many columns each codebook is late; stereo models interleave left and right."""
    return [codebook // channels for codebook in range(codebooks)]


def delayed(prompt: torch.Tensor, frames: int, late: list[int], start: int) -> torch.Tensor:
    """Return the columns of `frames` frames, of which the first are known from `prompt`.

    `prompt` has shape (rows, codebooks, known frames); the result (rows, codebooks, frames + 1 + max delay).
    """
    rows, codebooks, known = prompt.shape
    columns = torch.full((rows, codebooks, frames + 1 + max(late)), start, dtype=torch.long)
    for codebook, by in enumerate(late):
        columns[:, codebook, by + 1 : by + 1 + frames] = UNKNOWN
        columns[:, codebook, by + 1 : by + 1 + known] = prompt[:, codebook]
    return columns


def aligned(columns: torch.Tensor, frames: int, late: list[int]) -> torch.Tensor:
    """Return the frames of full columns: shape (rows, codebooks, frames)."""
    return torch.stack([columns[:, k, by + 1 : by + 1 + frames] for k, by in enumerate(late)], dim=1)
