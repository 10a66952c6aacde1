"""The sound decoder of ACE-Step (and of Stable Audio), as it is, without what it computes in vain.

Weights are stored as length and direction (weight norm) and put together at every call: here once. Its
activation, "Snake" (Ziyin et al. 2020), x + sin²(ax) / b, goes through the memory nine times as written; as
x + (1 - cos 2ax) / 2b, in place, three times.
"""

from typing import Any

import torch
from torch import nn


class Snake(nn.Module):  # type: ignore[misc]
    """The activation of a `Snake1d`, of the same values to the last bits."""

    def __init__(self, snake: Any) -> None:
        super().__init__()
        alpha, beta = (
            part.detach().exp() if snake.logscale else part.detach() for part in (snake.alpha, snake.beta)
        )
        self.register_buffer("doubled", 2 * alpha, persistent=False)
        self.register_buffer("halved", 0.5 / (beta + 1e-9), persistent=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the activation of `x` (rows, channels, samples)."""
        waves = (x * self.doubled).cos_()
        return torch.addcmul(x + self.halved, waves, self.halved, value=-1)


def quicken(vae: Any) -> Any:
    """Return the autoencoder `vae` (an AutoencoderOobleck), changed so that it gives the same, sooner."""
    for part in list(vae.modules()):
        for name, child in list(part.named_children()):
            if type(child).__name__ == "Snake1d":
                setattr(part, name, Snake(child))
            elif hasattr(child, "weight_g"):
                nn.utils.remove_weight_norm(child)
    return vae
