"""ACE-Step's diffusion transformer, for many steps over one piece: what no step changes is computed once.

The keys and values of the conditions (text, lyrics, timbre) depend on the layer alone, so all steps share
them; queries, keys and values of the music are one product, and so are gate and up of the feed-forward. In
float32 each step equals `AceStepTransformer1DModel.forward` (tests/neural/test_acestep.py).
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import torch
from torch.nn import functional

from immersivaudio.stages.generate.neural.linear import Linear, maker


@dataclass(frozen=True, slots=True)
class DenoiserConditions:
    """What every step of a batch reads."""

    keys: list[torch.Tensor]
    """A layer each, shape (rows, heads, words, head size)."""
    values: list[torch.Tensor]
    mask: torch.Tensor | None
    """(rows, 1, 1, words), True where there is a word; None where every row has as many."""
    context: torch.Tensor
    """Source latents and the mask of what to make: (rows, frames, 2 x latent size)."""


class _Heads(NamedTuple):
    """How a layer's attention is shared out."""

    queries: int
    shared: int
    """Heads of keys and values."""
    size: int


class _Layer:
    """One block: attention to itself, attention to the conditions, feed-forward."""

    def __init__(self, block: Any, precision: str, stream: torch.dtype) -> None:
        make = maker(precision)
        own, other, feed = block.self_attn, block.cross_attn, block.mlp
        self.heads = _Heads(own.heads, own.kv_heads, own.head_dim)
        self._stream = stream
        self._number = torch.float32 if precision == "int8" else own.to_q.weight.dtype
        self._own = make(torch.cat([own.to_q.weight, own.to_k.weight, own.to_v.weight]))
        self._own_out = make(own.to_out[0].weight)
        self._query = make(other.to_q.weight)
        self._told: Linear = make(torch.cat([other.to_k.weight, other.to_v.weight]))
        self._other_out = make(other.to_out[0].weight)
        self._gates = make(torch.cat([feed.gate_proj.weight, feed.up_proj.weight]))
        self._down = make(feed.down_proj.weight)
        self._norms = [
            (norm.weight.detach().to(stream), norm.eps)
            for norm in (
                block.self_attn_norm, block.cross_attn_norm, block.mlp_norm,
                own.norm_q, own.norm_k, other.norm_q, other.norm_k,
            )
        ]  # fmt: skip
        self._shifts = block.scale_shift_table.detach().to(stream)

    def conditions(self, told: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the keys and values of `told` (rows, words, size)."""
        both = self._told(told.to(self._number)).to(self._stream)
        keys, values = both.unflatten(-1, (2 * self.heads.shared, self.heads.size)).chunk(2, dim=2)
        return self._spread(self._norm(keys, 6)), self._spread(values)

    def __call__(
        self,
        x: torch.Tensor,
        time: torch.Tensor,
        turn: tuple[torch.Tensor, torch.Tensor],
        near: torch.Tensor | None,
        told: tuple[torch.Tensor, torch.Tensor, torch.Tensor | None],
    ) -> torch.Tensor:
        """Return `x` (rows, positions, size) one block on. `near` is who may attend to whom, or all."""
        shift, scale, gate, shift_, scale_, gate_ = (self._shifts + time).chunk(6, dim=1)
        x = x + gate * self._attended(self._norm(x, 0) * (1 + scale) + shift, turn, near)
        keys, values, mask = told
        query = self._query(self._norm(x, 1).to(self._number)).to(self._stream)
        query = self._norm(query.unflatten(-1, (self.heads.queries, self.heads.size)), 5).transpose(1, 2)
        x = x + self._out(self._other_out, _attention(query, keys, values, mask, self._number))
        both = self._gates((self._norm(x, 2) * (1 + scale_) + shift_).to(self._number))
        opened, up = both.chunk(2, dim=-1)
        return x + gate_ * self._down(functional.silu(opened) * up).to(self._stream)

    def _attended(
        self, x: torch.Tensor, turn: tuple[torch.Tensor, torch.Tensor], near: torch.Tensor | None
    ) -> torch.Tensor:
        count, shared, size = self.heads
        every = self._own(x.to(self._number)).to(self._stream).unflatten(-1, (count + 2 * shared, size))
        query, key, value = every.split((count, shared, shared), dim=2)
        query = _turned(self._norm(query, 3), turn).transpose(1, 2)
        key = self._spread(_turned(self._norm(key, 4), turn))
        return self._out(self._own_out, _attention(query, key, self._spread(value), near, self._number))

    def _out(self, product: Linear, heard: torch.Tensor) -> torch.Tensor:
        return product(heard.transpose(1, 2).flatten(2).to(self._number)).to(self._stream)

    def _spread(self, x: torch.Tensor) -> torch.Tensor:
        """Return (rows, heads, positions, size): a head of keys serves several of queries.

        Written out: a CPU has no quick kernel for heads that are shared.
        """
        return (
            x.repeat_interleave(self.heads.queries // self.heads.shared, dim=2).transpose(1, 2).contiguous()
        )

    def _norm(self, x: torch.Tensor, which: int) -> torch.Tensor:
        weight, small = self._norms[which]
        return functional.rms_norm(x, weight.shape, weight, small)


class Denoiser:
    """The transformer of a loaded ACE-Step pipeline. Takes its layers over: the model is empty afterwards."""

    def __init__(self, model: Any, *, precision: str) -> None:
        """`model` is an AceStepTransformer1DModel where it shall run, in its numbers."""
        self.device: torch.device = model.device
        # What is passed from layer to layer stays exact on a CPU, where it costs next to nothing.
        self._stream = torch.float32 if self.device.type == "cpu" else model.dtype
        self.layers = [_Layer(block, precision, self._stream) for block in model.layers]
        self._sliding = [kind == "sliding_attention" for kind in model.layer_types]
        self._window: int = model.config.sliding_window
        self._theta, self._patch = model.rope_theta, model.patch_size
        model.layers = None
        self._model = model.to(self._stream)
        self.acoustic: int = model.config.audio_acoustic_hidden_dim

    def conditions(
        self, told: torch.Tensor, mask: torch.Tensor | None, context: torch.Tensor
    ) -> DenoiserConditions:
        """Return what all steps share.

        `told` is (rows, words, size); `mask` (rows, words) says where there are words.
        """
        told = self._model.condition_embedder(told.to(self._stream))
        pairs = [layer.conditions(told) for layer in self.layers]
        seen = None if mask is None else mask[:, None, None, :].bool()
        return DenoiserConditions(
            [keys for keys, _ in pairs], [values for _, values in pairs], seen, context.to(self._stream)
        )

    def __call__(self, latents: torch.Tensor, moment: float, conditions: DenoiserConditions) -> torch.Tensor:
        """Return the velocity at `moment` (1 is noise, 0 is music) of `latents` (rows, frames, size)."""
        model, rows, frames = self._model, latents.shape[0], latents.shape[1]
        now = torch.full((rows,), moment, device=self.device, dtype=self._stream)
        felt, shifts = model.time_embed(now)
        felt_, shifts_ = model.time_embed_r(now - now)
        x = torch.cat([conditions.context, latents.to(self._stream)], dim=-1)
        x = functional.pad(x, (0, 0, 0, -frames % self._patch))
        x = model.proj_in_conv(x.transpose(1, 2)).transpose(1, 2)
        turn, near = self._places(x.shape[1])
        for number, layer in enumerate(self.layers):
            told = conditions.keys[number], conditions.values[number], conditions.mask
            x = layer(x, shifts + shifts_, turn, near if self._sliding[number] else None, told)
        shift, scale = (model.scale_shift_table + (felt + felt_)[:, None]).chunk(2, dim=1)
        x = model.norm_out(x) * (1 + scale) + shift
        back: torch.Tensor = model.proj_out_conv(x.transpose(1, 2)).transpose(1, 2)[:, :frames]
        return back

    def _places(self, count: int) -> tuple[tuple[torch.Tensor, torch.Tensor], torch.Tensor | None]:
        """Return the rotation of every position, and which are near each other (None: all are)."""
        size = self.layers[0].heads.size
        at = torch.arange(count, device=self.device)
        slow = self._theta ** -(torch.arange(0, size, 2, device=self.device).float() / size)
        angle = torch.outer(at.float(), slow).repeat(1, 2)[:, None]
        turn = angle.cos().to(self._stream), angle.sin().to(self._stream)
        if count <= self._window + 1:
            return turn, None
        return turn, ((at[:, None] - at[None]).abs() <= self._window)[None, None]


def _turned(x: torch.Tensor, turn: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
    """Rotate the two halves of every head (rows, positions, heads, size) by its position (Su et al. 2021)."""
    first, second = x.chunk(2, dim=-1)
    return x * turn[0] + torch.cat([-second, first], dim=-1) * turn[1]


def _attention(
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    mask: torch.Tensor | None,
    number: torch.dtype,
) -> torch.Tensor:
    """As torch has it; on a GPU in the weights' numbers, for which it has the quick kernels."""
    if query.device.type != "cpu":
        query, key, value = query.to(number), key.to(number), value.to(number)
    return functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
