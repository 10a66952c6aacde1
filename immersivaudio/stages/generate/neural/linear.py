"""A matrix that is read once a token: in int8 on a CPU, as it is on a GPU.

One token needs every weight once, so the time of a step is the size of the weights over the memory's speed.
int8 reads a quarter of what float32 does. Weights have one scale an output channel, activations one a row
("LLM.int8()", Dettmers et al. 2022, without its outlier path, which models under 6 B parameters do not need).
"""

import warnings
from collections.abc import Callable
from typing import Protocol

import torch

_TINY = 1e-8


class Linear(Protocol):
    """The product with a matrix."""

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """Return (..., outputs) of `x` (..., inputs)."""
        ...

    def add(self, x: torch.Tensor, to: torch.Tensor) -> None:
        """Add the product to what stands in `to` (..., outputs), a tensor of one piece."""
        ...


class Plain:
    """The product with `weight` (outputs, inputs), in its own numbers."""

    def __init__(self, weight: torch.Tensor) -> None:
        self._weight = weight.detach().contiguous()

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.linear(x, self._weight)

    def add(self, x: torch.Tensor, to: torch.Tensor) -> None:
        outputs, inputs = self._weight.shape
        to.view(-1, outputs).addmm_(x.reshape(-1, inputs), self._weight.t())


class Int8:
    """The product with `weight` (outputs, inputs), in int8 by FBGEMM's packed kernel.

    The kernel takes one range for the whole batch. Each row is divided by its own largest value first, and
    one more row that holds -1 and 1 fixes the range: so every row has a scale of its own, and what one row
    gives does not depend on its neighbours in the batch.
    """

    def __init__(self, weight: torch.Tensor) -> None:
        weight = weight.detach().float()
        scales = weight.abs().amax(1).clamp_min(_TINY) / 127
        values = (weight / scales[:, None]).round().to(torch.int8)
        zeros = torch.zeros(len(scales), dtype=torch.long)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # "will be removed": see `int8_works`
            quantised = torch._make_per_channel_quantized_tensor(values, scales.double(), zeros, 0)
            self._packed = torch.ops.quantized.linear_prepack(quantised, None)
        self._inputs = weight.shape[1]
        # Without VNNI, two 8-bit products overflow the 16-bit sum: give the activations 7 bits.
        self._reduce = not torch.cpu._is_vnni_supported()
        self._rows: dict[int, torch.Tensor] = {}

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        flat = x.reshape(-1, self._inputs)
        rows = self._anchored(len(flat))
        top = flat.abs().amax(1, keepdim=True).clamp_min_(_TINY)
        torch.div(flat, top, out=rows[:-1])
        result = torch.ops.quantized.linear_dynamic(rows, self._packed, self._reduce)[:-1]
        return result.mul_(top).view(*x.shape[:-1], -1)

    def add(self, x: torch.Tensor, to: torch.Tensor) -> None:
        to.add_(self(x))

    def _anchored(self, count: int) -> torch.Tensor:
        """Room for `count` rows and the one that fixes the range. Only the small ones of the loop are
        kept."""
        rows = self._rows.get(count)
        if rows is None:
            rows = torch.zeros(count + 1, self._inputs)
            rows[-1, 0], rows[-1, 1] = -1.0, 1.0
            if count <= 64:
                self._rows[count] = rows
        return rows


def int8_works() -> bool:
    """Whether this build of torch has the kernel, and for this processor: later releases will drop it."""
    try:
        torch.backends.quantized.engine = "fbgemm"
        return bool(Int8(torch.eye(16))(torch.ones(1, 16)).allclose(torch.ones(1), atol=0.02))
    except (AttributeError, RuntimeError):
        return False


def maker(precision: str) -> Callable[[torch.Tensor], Linear]:
    """Return what makes a `Linear` of a weight, for "int8" or anything else."""
    if precision != "int8":
        return Plain
    torch.backends.quantized.engine = "fbgemm"
    return Int8
