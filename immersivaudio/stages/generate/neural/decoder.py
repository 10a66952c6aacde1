"""MusicGen's transformer, written for one token at a time.

It takes the weights of a loaded `MusicgenForCausalLM` (or the melody one) and gives the same logits, with
less work a step: one product for queries, keys and values, the text's keys and values made once, guidance as
one batch in which the empty prompt skips the attention to the text (over zeros it adds nothing), and
guidance applied before the heads, which are linear.
"""

from dataclasses import dataclass
from typing import Any

import torch
from torch.nn import functional

from immersivaudio.stages.generate.neural.cache import Growing, Memory, Unchanging
from immersivaudio.stages.generate.neural.linear import Linear, maker


@dataclass(slots=True)
class Norm:
    """A layer norm's weights."""

    weight: torch.Tensor
    bias: torch.Tensor
    epsilon: float

    @classmethod
    def of(cls, module: Any) -> "Norm":
        return cls(module.weight.detach(), module.bias.detach(), module.eps)

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        return functional.layer_norm(x, self.weight.shape, self.weight, self.bias, self.epsilon)


@dataclass(slots=True)
class Cross:
    """Attention to the prompt's words."""

    norm: Norm
    query: Linear
    keys: Linear
    values: Linear
    out: Linear


@dataclass(slots=True)
class Layer:
    """One layer."""

    norm: Norm
    qkv: Linear
    out: Linear
    cross: Cross | None
    last_norm: Norm
    up: Linear
    down: Linear


@dataclass(slots=True)
class Conditions:
    """What `rows` pieces are conditioned on."""

    rows: int
    keys: list[torch.Tensor]
    """A layer each: (rows, heads, words, width); empty where the model has a prefix instead."""
    values: list[torch.Tensor]
    mask: torch.Tensor | None
    """(rows, 1, 1, words): 0 for a word, -inf for padding."""
    prefix: torch.Tensor | None = None
    """(2 rows, positions, hidden): the melody model reads melody and words before the music."""


class Decoder:
    """The transformer. `guidance` of 1 or less leaves out the empty prompt."""

    def __init__(self, model: Any, *, precision: str, guidance: float) -> None:
        make = maker(precision)
        inner, config = model.model.decoder, model.config
        self.codebooks: int = config.num_codebooks
        self.start: int = config.pad_token_id if config.pad_token_id is not None else config.vocab_size
        self.channels: int = config.audio_channels
        self.heads: int = config.num_attention_heads
        self.guidance = guidance
        self.both = 2 if guidance > 1 else 1
        self._activate = inner.layers[0].activation_fn
        self.hidden: int = config.hidden_size
        self.vocabulary: int = config.vocab_size
        self._words = torch.cat([table.weight.detach() for table in inner.embed_tokens])
        self._offsets = torch.arange(self.codebooks, device=self._words.device) * (config.vocab_size + 1)
        self._places = inner.embed_positions
        self.layers = [_layer(layer, make) for layer in inner.layers]
        self._norm = Norm.of(inner.layer_norm)
        self._heads = make(torch.cat([head.weight for head in model.lm_heads]))

    @property
    def like(self) -> torch.Tensor:
        """A tensor of the type and place that everything is in."""
        return self._words

    def growing(self, rows: int, room: int) -> Growing:
        """Return a memory of `rows` pieces of up to `room` positions.

        In the numbers of the rest: on a CPU, attention over bfloat16 takes four times as long.
        """
        return Growing(len(self.layers), self._shape(rows, room), self.like)

    def unchanging(self, rows: int, room: int) -> Unchanging:
        """Return one for a recorded step."""
        return Unchanging(len(self.layers), self._shape(rows, room), self.like)

    def _shape(self, rows: int, room: int) -> tuple[int, int, int, int]:
        return rows * self.both, self.heads, room, self.hidden // self.heads

    def conditions(self, words: torch.Tensor, mask: torch.Tensor) -> Conditions:
        """Read the prompts once: `words` (rows, words, hidden), `mask` (rows, words), 1 for a word."""
        keys, values = [], []
        for layer in self.layers:
            if layer.cross is not None:
                keys.append(self._split(layer.cross.keys(words)))
                values.append(self._split(layer.cross.values(words)))
        hidden = torch.zeros(mask.shape, dtype=words.dtype, device=words.device)
        hidden.masked_fill_(mask == 0, float("-inf"))
        return Conditions(len(words), keys, values, hidden[:, None, None])

    def embed(self, tokens: torch.Tensor, position: int | torch.Tensor) -> torch.Tensor:
        """Return (both x rows, columns, hidden) for `tokens` (rows, codebooks, columns) from `position`
        on."""
        x = functional.embedding(tokens + self._offsets[:, None], self._words).sum(1)
        x = x.repeat(self.both, 1, 1)
        return self.place(x, position)

    def place(self, x: torch.Tensor, position: int | torch.Tensor) -> torch.Tensor:
        """Add the sinusoids of the positions from `position` on."""
        table = self._places.weights
        if isinstance(position, torch.Tensor):
            return x + table.index_select(0, position).to(x.dtype)
        return x + table[position : position + x.shape[1]].to(x.dtype)

    def forward(self, x: torch.Tensor, memory: Memory, conditions: Conditions) -> torch.Tensor:
        """Run the layers over `x` (both x rows, new, hidden), in place, and remember it.

        Several at once only at the very beginning, where each sees those before it.
        """
        for number, layer in enumerate(self.layers):
            layer.out.add(self._attend(layer.qkv(layer.norm(x)), number, memory), x)
            if layer.cross is not None and conditions.keys:
                self._listen(x[: conditions.rows], layer.cross, number, conditions)
            layer.down.add(self._activate(layer.up(layer.last_norm(x))), x)
        return x

    def logits(self, x: torch.Tensor) -> torch.Tensor:
        """Return guided logits (rows, codebooks, vocabulary) of the last position of `x`."""
        x = self._norm(x[:, -1])
        if self.both == 2:
            told, free = x.chunk(2)
            x = free + self.guidance * (told - free)
        return self._heads(x).view(len(x), self.codebooks, self.vocabulary).float()

    def _attend(self, qkv: torch.Tensor, number: int, memory: Memory) -> torch.Tensor:
        rows, count, _ = qkv.shape
        each = qkv.view(rows, count, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        return self._joined(memory.attend(number, each[0], each[1:]))

    def _listen(self, told: torch.Tensor, cross: Cross, number: int, conditions: Conditions) -> None:
        query = self._split(cross.query(cross.norm(told)))
        heard = functional.scaled_dot_product_attention(
            query, conditions.keys[number], conditions.values[number], attn_mask=conditions.mask
        )
        cross.out.add(self._joined(heard), told)

    def _split(self, x: torch.Tensor) -> torch.Tensor:
        return x.view(*x.shape[:2], self.heads, -1).transpose(1, 2)

    def _joined(self, x: torch.Tensor) -> torch.Tensor:
        return x.transpose(1, 2).flatten(2)


def _layer(layer: Any, make: Any) -> Layer:
    own = layer.self_attn
    qkv = torch.cat([own.q_proj.weight, own.k_proj.weight, own.v_proj.weight])
    cross = None
    if hasattr(layer, "encoder_attn"):
        other = layer.encoder_attn
        weights = (other.q_proj, other.k_proj, other.v_proj, other.out_proj)
        cross = Cross(Norm.of(layer.encoder_attn_layer_norm), *(make(one.weight) for one in weights))
    return Layer(
        Norm.of(layer.self_attn_layer_norm),
        make(qkv),
        make(own.out_proj.weight),
        cross,
        Norm.of(layer.final_layer_norm),
        make(layer.fc1.weight),
        make(layer.fc2.weight),
    )
