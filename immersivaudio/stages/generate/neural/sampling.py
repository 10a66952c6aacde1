"""Choosing the next token, so that a row depends on its own seed and on nothing else."""

from collections.abc import Sequence

import torch

TOP_K = 250
"""As the models were evaluated (Copet et al. 2023)."""


def noise(
    seeds: Sequence[int], steps: int, codebooks: int, top_k: int = TOP_K, *, device: str = "cpu"
) -> torch.Tensor:
    """Return Gumbel noise of shape (steps, rows, codebooks, top_k), each row drawn from its seed alone.

    Drawn on the processor, so that a seed means the same everywhere; `device` is where it is wanted.
    """
    rows = []
    for seed in seeds:
        generator = torch.Generator().manual_seed(seed)
        rows.append(torch.rand(steps, codebooks, top_k, generator=generator))
    uniform = torch.stack(rows, dim=1).to(device).clamp_(1e-9, 1 - 1e-7)
    return uniform.log_().neg_().log_().neg_()


def sample(logits: torch.Tensor, gumbel: torch.Tensor, temperature: float) -> torch.Tensor:
    """Return one token for each of `logits` (..., vocabulary), from the most likely `gumbel.shape[-1]`.

    The largest of logit + Gumbel noise is a draw from the softmax (Gumbel 1954): no sum, no division, and the
    noise may be drawn ahead of time. Temperature 0 takes the most likely.
    """
    if temperature == 0:
        return logits.argmax(-1)
    best, tokens = logits.topk(min(gumbel.shape[-1], logits.shape[-1]), dim=-1)
    choice = (best / temperature + gumbel[..., : best.shape[-1]]).argmax(-1, keepdim=True)
    return tokens.gather(-1, choice).squeeze(-1)
