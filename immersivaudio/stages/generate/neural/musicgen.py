"""MusicGen as an engine: prompts read by T5, tokens sampled by our loop, sound made by EnCodec.

All three are the model's own parts, loaded by transformers; only the loop between them is ours.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import torch

from immersivaudio.models import loading
from immersivaudio.models.memory import in_halves
from immersivaudio.stages.generate.neural import cuda_graphs, decode_loop, delay_pattern, sampling
from immersivaudio.stages.generate.neural.chroma import chroma
from immersivaudio.stages.generate.neural.decoder import Conditions, Decoder
from immersivaudio.stages.generate.neural.engine import GeneratedPassage, Line, Sound, Told

GUIDANCE = 3.0
"""How much the prompt counts, as the models were evaluated (Copet et al. 2023)."""
_WORDS = 16
"""Prompts are padded to a multiple of this, so that a recorded step serves most of them."""
_DECODED = 4
"""Rows that the codec makes at once on a GPU: half a minute of one takes about a gigabyte."""
_KEPT = 2
"""Shapes whose recorded steps are kept: a clip's theme is made alone, then all that follows."""
_FEW = 2
"""Threads that are no better than one: they would wait for each other at each of a step's thousand small
operations, and for whatever else the machine does, while one reads int8 weights about as fast as the memory
gives them."""


@contextmanager
def _threads(count: int) -> Iterator[None]:
    """Let torch use `count` threads inside."""
    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


class MusicGenModel:
    """A MusicGen model of transformers, text-only or melody, mono or stereo."""

    def __init__(
        self, model: Any, tokenizer: Any, *, precision: str, batch: int, temperature: float = 1.0
    ) -> None:
        """`model` is a loaded MusicGen, where it shall run and in its numbers."""
        self._model, self._tokenizer = model.eval(), tokenizer
        self._batch, self._temperature = batch, temperature
        self._int8 = precision == "int8"
        self._decoder = Decoder(model.decoder, precision=precision, guidance=GUIDANCE)
        model.decoder.model.decoder.layers = None  # the copies, joined or packed, are what is used
        self._device = str(model.device)
        self.follows = model.config.model_type == "musicgen_melody"
        self.rate: int = model.audio_encoder.config.sampling_rate
        self._frames: float = model.audio_encoder.config.frame_rate
        self._late = delay_pattern.delays(self._decoder.codebooks, self._decoder.channels)
        self.longest = 30.0
        self._recorded: dict[tuple[int, ...], decode_loop.Fixed] = {}
        """The latest last."""

    def play(
        self, lines: Sequence[Line], seconds: float, lead: float, told: Told
    ) -> tuple[GeneratedPassage, ...]:
        """Make every line; half as many at a time if the memory does not hold them all."""
        whole = len(lines)

        def work(some: Sequence[tuple[int, Line]]) -> Sequence[GeneratedPassage]:
            before = some[0][0]
            with torch.inference_mode():
                return self._play(
                    [line for _, line in some],
                    seconds,
                    lead,
                    lambda share: told((before + share * len(some)) / whole),
                )

        numbered = list(enumerate(lines))
        return in_halves(work, numbered, batch=self._batch, stage="generate", spare=self._spare)

    def _spare(self) -> bool:
        """Give back the buffers of recorded steps; return whether there were any."""
        found = bool(self._recorded)
        self._recorded.clear()
        return found

    def _play(
        self, lines: Sequence[Line], seconds: float, lead: float, told: Told
    ) -> Sequence[GeneratedPassage]:
        frames = max(1, round(seconds * self._frames))
        wanted = [self._wanted(line, frames) for line in lines]
        columns = delay_pattern.delayed(self._prompts(lines, lead), wanted, self._late, self._decoder.start)
        count = columns.shape[2]
        gumbel = sampling.noise(
            [line.seed for line in lines], count, self._decoder.codebooks, device=self._device
        )
        conditions = self._read(lines)
        columns = columns.to(self._device)
        full = self._fill(conditions, columns, gumbel, lambda column: told(column / count))
        tokens = delay_pattern.aligned(full, max(wanted), self._late)
        rows = [token[:, :count] for token, count in zip(tokens, wanted, strict=True)]
        return [
            GeneratedPassage(sound, row.cpu()) for sound, row in zip(self._sound(rows), rows, strict=True)
        ]

    def _wanted(self, line: Line, frames: int) -> int:
        return frames if line.seconds is None else max(1, min(frames, round(line.seconds * self._frames)))

    def _fill(
        self, conditions: Conditions, columns: torch.Tensor, gumbel: torch.Tensor, told: decode_loop.Told
    ) -> torch.Tensor:
        if self._model.device.type == "cpu":
            threads = torch.get_num_threads()
            with _threads(1 if self._int8 and threads <= _FEW else threads):
                return decode_loop.grow(self._decoder, conditions, columns, gumbel, self._temperature, told)
        fixed, pace = self._fixed(conditions, columns.shape, gumbel.shape[-1]), cuda_graphs.StepPace()

        def heard(column: int) -> None:
            pace()
            told(column)

        with cuda_graphs.attention():
            return fixed.play(conditions, columns, gumbel, heard)

    def _fixed(self, conditions: Conditions, shape: Sequence[int], top_k: int) -> decode_loop.Fixed:
        """Return the buffers and recorded steps of this many rows, of these lengths or more."""
        words = conditions.mask.shape[-1] if conditions.mask is not None else 0
        ahead = conditions.prefix.shape[1] if conditions.prefix is not None else 0
        room = decode_loop.room_for(shape[2] + ahead)
        key = (shape[0], words, ahead, room)
        fixed = self._recorded.pop(key, None)
        if fixed is None:
            while len(self._recorded) >= _KEPT:
                del self._recorded[next(iter(self._recorded))]
            fixed = decode_loop.Fixed(
                self._decoder,
                conditions,
                (shape[0], shape[1], room),
                top_k,
                self._temperature,
                cuda_graphs.record,
            )
        self._recorded[key] = fixed
        return fixed

    def _prompts(self, lines: Sequence[Line], lead: float) -> torch.Tensor:
        """Return the tokens to go on from: shape (rows, codebooks, frames of `lead`)."""
        count = round(lead * self._frames)
        tokens = [
            line.after.codes[:, -count:] if line.after is not None and count else torch.zeros(0)
            for line in lines
        ]
        if not count:
            return torch.zeros(len(lines), self._decoder.codebooks, 0, dtype=torch.long)
        return torch.stack(tokens)

    def _read(self, lines: Sequence[Line]) -> Conditions:
        """Run the prompts (and the melodies) through the model's own encoders."""
        words = self._tokenizer(
            [line.prompt for line in lines],
            padding=True,
            pad_to_multiple_of=_WORDS,
            truncation=True,
            max_length=256,
            return_tensors="pt",
        ).to(self._device)
        hidden = self._model.text_encoder(
            words.input_ids, attention_mask=words.attention_mask
        ).last_hidden_state
        if hasattr(self._model, "enc_to_dec_proj"):
            hidden = self._model.enc_to_dec_proj(hidden)
        hidden = hidden * words.attention_mask[..., None]
        if not self.follows:
            return self._decoder.conditions(hidden, words.attention_mask)
        return Conditions(len(lines), [], [], None, self._prefix(lines, hidden))

    def _prefix(self, lines: Sequence[Line], hidden: torch.Tensor) -> torch.Tensor:
        """Return what the melody model reads first: chroma, then words; without either for guidance."""
        config = self._model.config
        tunes = np.stack(
            [chroma(line.melody, self.rate, config.num_chroma, config.chroma_length) for line in lines]
        )
        told = torch.from_numpy(tunes).to(hidden)
        free = torch.zeros_like(told)
        free[:, :, 0] = 1
        melodies = self._model.audio_enc_to_dec_proj(torch.cat([told, free]))
        return torch.cat([melodies, torch.cat([hidden, torch.zeros_like(hidden)])], dim=1)

    def _sound(self, rows: Sequence[torch.Tensor]) -> list[Sound]:
        """Decode tokens, each of shape (codebooks, frames); a stereo model interleaves those of two sides.

        On a GPU a few of those as long as each other at once: more need gigabytes, and are no faster. On a
        CPU one after the other: the layers of several do not fit its caches, and take longer. Short of
        memory, fewer: the tokens are not made again for that.
        """
        most = 1 if self._model.device.type == "cpu" else _DECODED
        sounds: dict[int, Sound] = {}
        for count in {row.shape[1] for row in rows}:
            alike = [number for number, row in enumerate(rows) if row.shape[1] == count]
            made = in_halves(
                self._decoded, [rows[n] for n in alike], batch=most, stage="generate", spare=self._spare
            )
            sounds.update(zip(alike, made, strict=True))
        return [sounds[number] for number in range(len(rows))]

    def _decoded(self, rows: Sequence[torch.Tensor]) -> list[Sound]:
        tokens = torch.stack(list(rows))
        sides = [tokens[:, side :: self._decoder.channels] for side in range(self._decoder.channels)]
        scales: list[Any] = [None] * len(tokens)
        with cuda_graphs.exactly():
            heard = [self._model.audio_encoder.decode(side[None], scales).audio_values for side in sides]
        return list(torch.cat(heard, dim=1).float().cpu().numpy())


def placed(model: Any, device: str, dtype: torch.dtype) -> Any:
    """Return a model loaded in float32 where it shall run, in `dtype` but for the codec.

    The eight bits of a bfloat16 would be heard: as noise 40 dB below the music (docs/decisions/0080).
    """
    for name, part in model.named_children():
        part.to(device, torch.float32 if name == "audio_encoder" else dtype)
    return model.to(device)


def load(path: Path, *, device: str, precision: str, batch: int, temperature: float = 1.0) -> MusicGenModel:
    """Return the model in the folder `path`; raises `BackendUnavailableError` if it cannot be loaded."""
    dtype = {"float32": torch.float32, "int8": torch.float32}.get(precision, torch.bfloat16)
    with loading.opening(path, stage="generate"):
        import transformers

        melody = (
            transformers.AutoConfig.from_pretrained(path, **loading.LOCAL).model_type == "musicgen_melody"
        )
        name = "MusicgenMelody" if melody else "Musicgen"
        kind = getattr(transformers, f"{name}ForConditionalGeneration")
        model = placed(kind.from_pretrained(path, dtype=torch.float32, **loading.LOCAL), device, dtype)
        # The melody model's processor wants torchaudio for its chroma, which we make ourselves.
        reader = transformers.AutoTokenizer if melody else transformers.AutoProcessor
        reading = reader.from_pretrained(path, **loading.LOCAL)
        tokenizer = reading if melody else reading.tokenizer
        return MusicGenModel(model, tokenizer, precision=precision, batch=batch, temperature=temperature)
