"""ACE-Step as an engine: prompts, noise and steps of many pieces, by the parts of diffusers' pipeline.

Text encoder, condition encoder, scheduler's times and autoencoder are the pipeline's own; the loop between
them is ours, because the pipeline gives one tempo, key and length to all rows of a batch, lets the padding of
a short prompt be heard by the long one's side, and draws the source's latents from an unseeded generator.
"""

import math
import warnings
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch

from immersivaudio.models import loading
from immersivaudio.models.device import number_type
from immersivaudio.models.memory import in_halves
from immersivaudio.stages.generate.neural import cuda_graphs
from immersivaudio.stages.generate.neural.denoiser import Denoiser
from immersivaudio.stages.generate.neural.engine import GeneratedPassage, Line, Sound, Told
from immersivaudio.stages.generate.neural.oobleck import quicken

STEPS, STEPS_GUIDED = 8, 32
"""Of a distilled ("turbo") model, and of one that needs guidance."""
_GUIDANCE, _SHIFT = 7.0, 3.0
"""As the model was published."""
_HALO = 12
"""Latent frames that the decoder must see on both sides of what it decodes: its reach is 9."""
_PEAK = 10 ** (-1 / 20)
"""The level that sources have had in training: -1 dBFS."""


@dataclass(frozen=True, slots=True)
class AceStepLine(Line):
    """A piece in ACE-Step's own terms."""

    bpm: int | None = None
    key: str = ""
    """"D major"."""
    metre: str = ""
    """Beats of a bar: "4", "3", "6"."""
    length: float = 0.0
    """s that the model is told; 0 is what it makes."""
    source: Sound | None = field(default=None, repr=False)
    """48 kHz stereo to repaint, or to play anew."""
    window: tuple[float, float] | None = None
    """s of the source that are made anew; None with a source: all of it, after its melody ("cover")."""
    reference: Sound | None = field(default=None, repr=False)
    """48 kHz stereo whose players it shall sound like."""

    @property
    def task(self) -> str:
        """The pipeline's name for what is asked."""
        return "text2music" if self.source is None else "repaint" if self.window else "cover"


class AceStepModel:
    """A loaded ACE-Step pipeline. Equal seeds give equal sound."""

    rate = 48_000
    follows = False
    longest = 240.0
    """s at once: the model was trained on pieces up to this long."""

    def __init__(self, pipeline: Any, *, precision: str, batch: int) -> None:
        """`pipeline` is an AceStepPipeline where it shall run, in its numbers."""
        self._pipe = pipeline
        self._device: torch.device = pipeline.transformer.device
        # One after the other on a CPU: two take as long as one twice, and each row stays exact.
        self._batch = 1 if self._device.type == "cpu" else batch
        self.covers = pipeline.audio_tokenizer is not None and pipeline.audio_token_detokenizer is not None
        self._turbo: bool = pipeline.is_turbo
        # A GPU decodes 2.4 times as fast where float32 is rounded to ten bits: 59 dB under the sound.
        self._rounding = cuda_graphs.exactly if precision == "float32" else nullcontext
        self._denoiser = Denoiser(pipeline.transformer, precision=precision)
        self._vae = quicken(pipeline.vae)
        self._vae.use_tiling, self._vae.tile_latent_overlap = True, _HALO
        self._fps: float = pipeline.latents_per_second
        self._hop = round(self.rate / self._fps)

    def play(
        self, lines: Sequence[Line], seconds: float, lead: float, told: Told
    ) -> tuple[GeneratedPassage, ...]:
        """Make every line; what goes on from another is repainted after its last `lead` seconds."""
        return tuple(
            GeneratedPassage(sound)
            for sound in self.compose([_onward(one, lead) for one in lines], seconds, told)
        )

    def compose(self, lines: Sequence[Line], seconds: float, told: Told) -> list[Sound]:
        """Return the sound of every line, (2, samples), `seconds` long or as long as its `seconds` says."""
        tasks = [(one if isinstance(one, AceStepLine) else _plain(one)) for one in lines]
        lasting = [min(seconds, one.seconds or seconds) for one in tasks]
        frames = [max(1, math.ceil(length * self._fps - 1e-6)) for length in lasting]
        sounds: dict[int, Sound] = {}
        heard = _counter(told, sum(frames) * (self._steps + 1))
        for count in sorted(set(frames)):
            alike = [number for number, one in enumerate(frames) if one == count]
            made = in_halves(
                partial(self._made, frames=count, heard=heard),
                [tasks[number] for number in alike],
                batch=self._batch,
                stage="generate",
            )
            sounds.update(zip(alike, made, strict=True))
        told(1.0)
        return [sounds[n][:, : round(lasting[n] * self.rate)] for n in range(len(tasks))]

    @property
    def _steps(self) -> int:
        return STEPS if self._turbo else STEPS_GUIDED

    def _made(self, lines: Sequence[AceStepLine], frames: int, heard: Told) -> list[Sound]:
        with torch.inference_mode(), self._rounding():
            told, mask = self._conditions(lines, frames)
            context = torch.cat([self._context(line, frames) for line in lines])
            latents = self._denoised(lines, frames, (told, mask, context), heard)
            sounds = []
            for row in latents.float():
                sound = self._vae.decode(row.t()[None].to(self._vae.dtype)).sample[0]
                sounds.append(sound.float().cpu().numpy())
                heard(frames)
            return sounds

    def _denoised(
        self,
        lines: Sequence[AceStepLine],
        frames: int,
        given: tuple[torch.Tensor, torch.Tensor | None, torch.Tensor],
        heard: Told,
    ) -> torch.Tensor:
        told, mask, context = given
        guided = None
        if not self._turbo:
            told, mask, context = self._doubled(told, mask, context)
            guided = _Guidance()
        conditions = self._denoiser.conditions(told, mask, context)
        latents = torch.stack([self._noise(line.seed, frames) for line in lines])
        times = self._pipe._get_timestep_schedule(self._steps, _SHIFT).tolist()
        for now, then in zip(times, [*times[1:], 0.0], strict=True):
            flow = self._denoiser(torch.cat([latents] * (2 if guided else 1)), now, conditions).float()
            latents = latents + (then - now) * (guided(flow) if guided else flow)
            heard(frames * len(lines))
        return latents

    def _noise(self, seed: int, frames: int) -> torch.Tensor:
        chance = torch.Generator().manual_seed(seed)
        return torch.randn(frames, self._denoiser.acoustic, generator=chance).to(self._device)

    def _doubled(
        self, told: torch.Tensor, mask: torch.Tensor | None, context: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor | None, torch.Tensor]:
        """Add a row without a prompt for each one."""
        free = self._pipe.condition_encoder.null_condition_emb.to(told).expand_as(told)
        return (
            torch.cat([told, free]),
            None if mask is None else torch.cat([mask, mask]),
            torch.cat([context, context]),
        )

    def _conditions(
        self, lines: Sequence[AceStepLine], frames: int
    ) -> tuple[torch.Tensor, torch.Tensor | None]:
        """Return what is told, (rows, words, size), and where there are words; each row read on its own."""
        rows = [self._told(line, frames)[0] for line in lines]
        longest = max(len(row) for row in rows)
        if all(len(row) == longest for row in rows):
            return torch.stack(rows), None
        mask = torch.tensor([[place < len(row) for place in range(longest)] for row in rows])
        padded = [torch.nn.functional.pad(row, (0, 0, 0, longest - len(row))) for row in rows]
        return torch.stack(padded), mask.to(self._device)

    def _told(self, line: AceStepLine, frames: int) -> torch.Tensor:
        pipe = self._pipe
        words = pipe.encode_prompt(
            line.prompt,
            "[Instrumental]",
            self._device,
            audio_duration=line.length or frames / self._fps,
            instruction=pipe._get_task_instruction(line.task),
            bpm=line.bpm,
            keyscale=line.key,
            timesignature=line.metre,
        )
        number = pipe.condition_encoder.dtype
        if line.reference is None:
            count = math.ceil(30 * self._fps)
            timbre = pipe.condition_encoder.silence_latent[:, :count].to(self._device, number)
        else:
            timbre = self._timbre(line.reference).to(number)
        text, text_mask, lyrics, lyrics_mask = words
        told: torch.Tensor = pipe.condition_encoder(
            text_hidden_states=text.to(number),
            text_attention_mask=text_mask,
            lyric_hidden_states=lyrics.to(number),
            lyric_attention_mask=lyrics_mask,
            refer_audio_acoustic_hidden_states_packed=timbre,
            refer_audio_order_mask=torch.zeros(1, dtype=torch.long, device=self._device),
        )[0]
        return told

    def _timbre(self, sound: Sound) -> torch.Tensor:
        """Return the latents of 30 s of `sound`, from its beginning, middle and end; a short one repeats."""
        part = 10 * self.rate
        sound = np.tile(sound, (1, max(1, math.ceil(3 * part / sound.shape[1]))))
        third, last = sound.shape[1] // 3, sound.shape[1] - part
        return self._encoded(np.concatenate([sound[:, at : at + part] for at in (0, third, last)], axis=1))

    def _context(self, line: AceStepLine, frames: int) -> torch.Tensor:
        """Return source latents beside the mask of what to make, (1, frames, 2 x size)."""
        pipe, number = self._pipe, torch.float32
        silence = pipe.condition_encoder.silence_latent.to(self._device, number)
        quiet = silence.repeat(1, math.ceil(frames / silence.shape[1]), 1)[:, :frames]
        mask = torch.ones_like(quiet)
        if line.source is None:
            return torch.cat([quiet, mask], dim=-1)
        sound = np.pad(line.source, ((0, 0), (0, max(0, frames * self._hop - line.source.shape[1]))))
        source = self._encoded(sound[:, : frames * self._hop]).to(number)
        if line.window is None:
            return torch.cat([self._melody(source, silence), mask], dim=-1)
        first = min(max(0, int(line.window[0] * self._fps)), frames - 1)
        last = max(first + 1, math.ceil(min(line.window[1] * self._fps, frames)))
        mask[:, :first], mask[:, last:] = 0, 0
        return torch.cat([torch.where(mask > 0, quiet, source), mask], dim=-1)

    def _melody(self, source: torch.Tensor, silence: torch.Tensor) -> torch.Tensor:
        """Return `source` as the model's own tokens say it: its melody and harmony, without its players."""
        number = self._pipe.audio_tokenizer.dtype
        tokens, _ = self._pipe.audio_tokenizer.tokenize(source.to(number), silence.to(number))
        found: torch.Tensor = self._pipe.audio_token_detokenizer(tokens.to(number))[:, : source.shape[1]]
        return found.to(source.dtype)

    def _encoded(self, sound: Sound) -> torch.Tensor:
        """Return the latents of 48 kHz stereo, (1, frames, size): their mean, so that they are always the
        same."""
        loudest = max(float(np.abs(sound).max()), 1e-6)
        wave = torch.from_numpy(np.ascontiguousarray(sound * (_PEAK / loudest), np.float32))
        heard = self._vae.encode(wave[None].to(self._device, self._vae.dtype)).latent_dist.mode()
        found: torch.Tensor = heard.transpose(1, 2)
        return found


class _Guidance:
    """Adaptive projected guidance (Sadat et al. 2024), as the model was published with."""

    def __init__(self) -> None:
        from diffusers.guiders.adaptive_projected_guidance import MomentumBuffer

        self._momentum = MomentumBuffer(momentum=-0.75)

    def __call__(self, flow: torch.Tensor) -> torch.Tensor:
        from diffusers.guiders.adaptive_projected_guidance import normalized_guidance

        told, free = flow.chunk(2)
        guided: torch.Tensor = normalized_guidance(
            pred_cond=told,
            pred_uncond=free,
            guidance_scale=_GUIDANCE - 1,
            momentum_buffer=self._momentum,
            eta=0.0,
            norm_threshold=2.5,
            use_original_formulation=True,
            norm_dim=(1,),
        )
        return guided


def _plain(line: Line) -> AceStepLine:
    return AceStepLine(line.prompt, line.seed, line.after, line.melody, line.seconds)


def _onward(line: Line, lead: float) -> Line:
    """Return a line that begins with the last `lead` seconds of what it goes on from."""
    if line.after is None or not lead:
        return line
    heard = line.after.sound[:, -round(lead * AceStepModel.rate) :]
    found = line if isinstance(line, AceStepLine) else _plain(line)
    return replace(found, source=heard, window=(lead, math.inf), after=None)


def _counter(told: Told, total: int) -> Told:
    """Return what counts work done, and tells of it as a share that never falls."""
    done = 0.0

    def heard(count: float) -> None:
        nonlocal done
        done += count
        told(min(1.0, done / total))

    return heard


def load(path: Path, *, device: str, precision: str, batch: int) -> AceStepModel:
    """Return the pipeline in the folder `path`; raises `BackendUnavailableError` if it cannot be loaded.

    int8 is packed from the bfloat16 that the weights are published in; the sound decoder stays in float32.
    """
    layers = torch.float32 if precision == "float32" else torch.bfloat16
    rest = torch.float32 if precision == "float32" else number_type(device)
    with loading.opening(path, stage="generate"), warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # the autoencoder's way of weight norm: see `oobleck`
        from diffusers import AceStepPipeline

        _hush()
        pipeline = AceStepPipeline.from_pretrained(
            path,
            torch_dtype={"transformer": layers, "vae": torch.float32, "default": rest},
            local_files_only=True,
        )
        if pipeline.sample_rate != AceStepModel.rate or pipeline.vae.config.audio_channels != 2:
            raise ValueError("not 48 kHz stereo")
        return AceStepModel(pipeline.to(device), precision=precision, batch=batch)


def _hush() -> None:
    """Keep diffusers' advice and progress bars off the screen: progress is ours to tell."""
    from diffusers.utils import logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()
