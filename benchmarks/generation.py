"""How fast music is generated: our loop against transformers' own `generate`, in turn, in one run.

    python -m benchmarks.generation [tokens [rounds]] [--compile]

MusicGen-small's architecture with random weights: the speed does not depend on the values. On a CPU the
stock is float32, on a GPU bfloat16. The whole is timed from the prompt to the sound. On a CPU each step is
timed, too, and the fastest tenth of them counts: a machine that does other work at the same time spoils the
rest.
"""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Any

import torch

from benchmarks import report
from immersivaudio.stages.generate.neural.engine import Line
from immersivaudio.stages.generate.neural.musicgen import MusicGenModel, placed
from immersivaudio.stages.generate.neural.precision import choose_precision
from tests.neural import tiny

PROMPT = "warm cinematic piano and strings, hopeful, slow tempo, 80 bpm, film score"
_TAIL = 3
"""Columns that the delay of four codebooks adds: so many tokens of `generate` are no frame."""
_FRAMES = 50
"""Frames a second."""
_AIMS = {("cpu", 1): 6, ("cpu", 8): 16, ("cuda", 1): 6, ("cuda", 16): 30}


def build(device: str, dtype: torch.dtype) -> Any:
    """MusicGen-small as its configuration classes make it: 24 layers of 1024, T5-base, EnCodec at 32 kHz.

    Placed as the product does it: the codec stays in float32.
    """
    from transformers import EncodecConfig, MusicgenConfig, MusicgenDecoderConfig, T5Config
    from transformers import MusicgenForConditionalGeneration as Model

    codec = EncodecConfig(
        target_bandwidths=[2.2],
        sampling_rate=32_000,
        normalize=False,
        num_filters=64,
        upsampling_ratios=[8, 5, 4, 4],
        codebook_size=2048,
        codebook_dim=128,
        chunk_length_s=None,
        overlap=None,
    )
    text = T5Config(d_model=768, d_kv=64, d_ff=3072, num_layers=12, num_heads=12)
    config = MusicgenConfig(text_encoder=text, audio_encoder=codec, decoder=MusicgenDecoderConfig())
    torch.manual_seed(1)
    model = placed(Model(config), device, dtype).eval()
    tiny.speak(model)
    model.generation_config.update(
        pad_token_id=2048, bos_token_id=2048, decoder_start_token_id=2048, do_sample=True, top_k=250
    )
    return model


Run = Callable[[Callable[[], None]], None]
"""Generates once; calls its argument at every step."""


def stock(model: Any, tokenizer: Any, batch: int, tokens: int, **options: Any) -> Run:
    """transformers' own way, with what else `generate` is told."""
    words = tokenizer([PROMPT] * batch, return_tensors="pt").to(model.device)
    words.pop("token_type_ids", None)

    def run(step: Callable[[], None]) -> None:
        def stamp(_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
            step()
            return scores

        model.generate(
            **words, max_new_tokens=tokens, guidance_scale=3.0, logits_processor=[stamp], **options
        )

    return run


def ours(voice: MusicGenModel, batch: int, tokens: int) -> Run:
    """The product's way."""
    lines = [Line(PROMPT, seed) for seed in range(batch)]

    def run(step: Callable[[], None]) -> None:
        voice.play(lines, (tokens - _TAIL) / _FRAMES, 0.0, lambda _share: step())

    return run


@dataclass
class Times:
    """Seconds: of whole runs, and of the steps of all of them."""

    runs: list[float] = field(default_factory=list)
    steps: list[float] = field(default_factory=list)

    @property
    def step(self) -> float:
        """The fastest tenth of the steps."""
        return sorted(self.steps)[len(self.steps) // 10]


def timed(runs: dict[str, Run], rounds: int, cuda: bool) -> dict[str, Times]:
    """Run everything once unmeasured, then in turn, `rounds` over."""
    times = {name: Times() for name in runs}
    for number in range(rounds + 1):
        for name, run in runs.items():
            stamps: list[float] = []
            start = time.perf_counter()
            run(lambda: stamps.append(time.perf_counter()))  # noqa: B023 - called before the next one
            if cuda:
                torch.cuda.synchronize()
            spent = time.perf_counter() - start
            if number:
                times[name].runs.append(spent)
                times[name].steps += [after - before for before, after in pairwise(stamps)]
            sys.stderr.write(f"{name}: {spent:.2f} s\n")
    return times


def bandwidth(device: str) -> float:
    """Bytes a second that this machine reads: the sum of a tensor too large for any cache."""
    size = 1 << 30 if device == "cuda" else 1 << 28
    numbers = torch.ones(size, device=device)
    best = 0.0
    for _ in range(6):
        start = time.perf_counter()
        numbers.sum().item()
        best = max(best, 4 * size / (time.perf_counter() - start))
    return best


def rows(times: dict[str, Times], device: str, precision: str, tokens: int) -> list[list[object]]:
    """Return a line for each: on a CPU ratios are of steps, on a GPU (whose steps run behind) of whole
    runs."""
    seconds = (tokens - _TAIL) / _FRAMES
    cuda = device == "cuda"
    cost = {name: median(one.runs) / tokens if cuda else one.step for name, one in times.items()}
    found = []
    for name, one in times.items():
        who, _, count = name.partition(" ")
        batch = int(count)
        aim = _AIMS.get((device, batch)) if who == "ours" else None
        own = {"ours": precision, "plain": "float32"}.get(who)
        label = own or f"`generate`, {'bfloat16' if cuda else 'float32'}"
        label += {"static": ", static cache", "compiled": ", static cache, `torch.compile`"}.get(who, "")
        found.append(
            [
                f"{'ours' if own else 'stock'}: {label}",
                batch,
                f"{1000 * cost[name]:.2f}",
                f"{batch * seconds / median(one.runs):.2f}",
                f"{cost['stock 1'] * batch / cost[name]:.1f} x",
                f">= {aim} x" if aim else "",
            ]
        )
    return found


def main() -> None:
    """Measure, and write the section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tokens", type=int, nargs="?", default=128)
    parser.add_argument("rounds", type=int, nargs="?", default=3)
    parser.add_argument("--compile", action="store_true", help="a compiled step of `generate`, too (minutes)")
    options = parser.parse_args()
    tokens, rounds = options.tokens, options.rounds
    cuda = torch.cuda.is_available()
    device, dtype = ("cuda", torch.bfloat16) if cuda else ("cpu", torch.float32)
    many = 16 if cuda else 8
    tokenizer, precision = tiny.t5_tokenizer(), choose_precision("auto", device)
    model = build(device, dtype).to(dtype)  # as a user of transformers loads it
    # What transformers offers of late; its continuous batching refuses encoder-decoder models.
    runs = {
        "stock 1": stock(model, tokenizer, 1, tokens),
        "static 1": stock(model, tokenizer, 1, tokens, cache_implementation="static"),
        f"static {many}": stock(model, tokenizer, many, tokens, cache_implementation="static"),
    }
    if not cuda:  # what is the loop's merit alone, and what the whole numbers'
        plain = MusicGenModel(build(device, dtype), tokenizer, precision="float32", batch=1)
        runs["plain 1"] = ours(plain, 1, tokens)
    if options.compile:
        compiled = build(device, dtype).to(dtype)
        compiled.decoder.forward = torch.compile(compiled.decoder.forward)
        runs["compiled 1"] = stock(compiled, tokenizer, 1, tokens, cache_implementation="static")
    for batch in (1, many):
        voice = MusicGenModel(build(device, dtype), tokenizer, precision=precision, batch=batch)
        runs[f"ours {batch}"] = ours(voice, batch, tokens)
    if cuda:
        runs[f"stock {many}"] = stock(model, tokenizer, many, tokens)
    times = timed(runs, rounds, cuda)
    weights = (1 if precision == "int8" else 2) * (24 * (4 + 2 + 8) + 8) * 1024**2
    limit = weights / bandwidth(device)
    step = median(times["ours 1"].runs) / tokens if cuda else times["ours 1"].step
    heads = ["what", "batch", "ms a step", "s of sound a second", "sound against stock at batch 1", "aim"]
    where = f"{report.machine()}, torch {torch.__version__} with {torch.get_num_threads()} threads"
    if cuda:
        where = f"{torch.cuda.get_device_name()}, torch {torch.__version__}"
    facts = f"random weights, guidance 3, {tokens} tokens, {rounds} runs in turn"
    text = (
        f"MusicGen-small's architecture, {facts}.\n\n"
        f"{report.table(heads, rows(times, device, precision, tokens))}\n\n"
        f"The bound is reading {weights / 1e6:.0f} MB of weights a step: {1000 * limit:.2f} ms at this "
        f"machine's {weights / limit / 1e9:.0f} GB/s. At batch 1 a step takes {step / limit:.1f} times that."
    )
    report.write(f"Generation on a {'GPU' if cuda else 'CPU'}", text, where=where)


if __name__ == "__main__":
    main()
