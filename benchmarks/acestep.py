"""How fast ACE-Step is: our loop against diffusers' own `AceStepPipeline.__call__`, decoder included.

    python -m benchmarks.acestep [seconds of music]

The 2 B architecture (24 layers of 2048, Qwen3-Embedding-0.6B, Oobleck at 48 kHz) with random weights: the
speed does not depend on the values. Each way has a process of its own, so that its peak of memory is its own;
they take turns, twice over in one run, and the faster time of each counts. On a CPU that is CPU time of one
thread, which other work on the machine hardly changes, and the stock's 24 layers share the weights of two,
which are larger than any cache: so the machine need not hold 10 GB. On a GPU all is in bfloat16, and batches
of 8 are timed, too.
"""

import json
import os
import resource
import subprocess
import sys
import time
import warnings
from typing import Any

from benchmarks import report

_WAYS = {"cpu": ("stock 1", "ours 1"), "cuda": ("stock 1", "ours 1", "stock 8", "ours 8")}
_AIMS = {("cpu", "ours 1"): 2.0, ("cuda", "ours 1"): 1.5, ("cuda", "ours 8"): 3.0}
PROMPT = "warm cinematic piano and strings, hopeful, film score, instrumental"
_FACTS = {"bpm": 96, "keyscale": "D minor", "timesignature": "4"}


def build(device: str, dtype: Any) -> Any:
    """The pipeline as its configuration classes make it, placed as its documentation says."""
    import torch
    from diffusers import AceStepPipeline, AutoencoderOobleck, FlowMatchEulerDiscreteScheduler
    from diffusers.models.transformers.ace_step_transformer import AceStepTransformer1DModel
    from diffusers.pipelines.ace_step.modeling_ace_step import AceStepConditionEncoder
    from transformers import Qwen3Config, Qwen3Model

    from tests.neural.tiny import letters_tokenizer

    warnings.simplefilter("ignore")
    torch.manual_seed(1)
    torch.set_default_dtype(dtype)
    words = Qwen3Config(
        vocab_size=151_669, hidden_size=1024, intermediate_size=3072, num_hidden_layers=28,
        num_attention_heads=16, num_key_value_heads=8, head_dim=128,
    )  # fmt: skip
    with torch.device(device):  # drawn where they stay: a GPU is a hundred times faster at it
        transformer = AceStepTransformer1DModel(
            is_turbo=True, model_version="turbo", num_hidden_layers=2 if device == "cpu" else 24
        )
        if device == "cpu":
            _lengthened(transformer, 24)
        parts = {
            "text_encoder": Qwen3Model(words),
            "transformer": transformer,
            "condition_encoder": AceStepConditionEncoder(),
        }
        torch.set_default_dtype(torch.float32)
        codec = AutoencoderOobleck(
            downsampling_ratios=[2, 4, 4, 6, 10], sampling_rate=48_000, decoder_input_channels=64
        )
    return AceStepPipeline(
        vae=codec.to(dtype),
        tokenizer=letters_tokenizer("<|endoftext|>"),
        scheduler=FlowMatchEulerDiscreteScheduler(num_train_timesteps=1, shift=1.0),
        **{name: part.eval() for name, part in parts.items()},
    ).to(device)


def _lengthened(transformer: Any, layers: int) -> None:
    """Let the layers come again and again until they are `layers`."""
    import torch

    own = list(transformer.layers)
    transformer.layers = torch.nn.ModuleList([own[number % len(own)] for number in range(layers)])
    transformer.layer_types = [transformer.layer_types[number % len(own)] for number in range(layers)]


def timed(way: str, seconds: float) -> dict[str, Any]:
    """Make a piece of `seconds` once unmeasured (a second of it on a CPU), then timed."""
    import torch

    device = "cuda" if torch.cuda.is_available() else "cpu"
    who, _, count = way.partition(" ")
    make, numbers = (_stock if who == "stock" else _ours)(device, int(count))
    make(seconds if device == "cuda" else 1.0)
    clock = time.perf_counter if device == "cuda" else time.process_time
    start = clock()
    make(seconds)
    if device == "cuda":
        torch.cuda.synchronize()
    spent = clock() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    if device == "cuda":
        peak = torch.cuda.max_memory_allocated()
    return {"way": way, "device": device, "numbers": numbers, "spent": spent, "peak": peak}


def _stock(device: str, batch: int) -> tuple[Any, str]:
    import torch

    pipeline = build(device, torch.bfloat16 if device == "cuda" else torch.float32)
    pipeline.set_progress_bar_config(disable=True)

    def make(seconds: float) -> None:
        pipeline([PROMPT] * batch, ["[Instrumental]"] * batch, seconds, guidance_scale=1.0, **_FACTS)

    return make, "bfloat16" if device == "cuda" else "float32"


def _ours(device: str, batch: int) -> tuple[Any, str]:
    import torch

    from immersivaudio.stages.generate.neural.acestep import AceStepLine, AceStepModel
    from immersivaudio.stages.generate.neural.precision import choose_precision

    precision = choose_precision("auto", device)
    pipeline = build(device, torch.bfloat16)
    pipeline.vae.float()
    if device == "cpu":
        pipeline.text_encoder.float()
        pipeline.condition_encoder.float()
    model = AceStepModel(pipeline, precision=precision, batch=batch)

    def make(seconds: float) -> None:
        facts: Any = {"bpm": 96, "key": "D minor", "metre": "4", "length": seconds}
        lines = [AceStepLine(PROMPT, seed, **facts) for seed in range(batch)]
        model.compose(lines, seconds, lambda _share: None)

    return make, precision


def main() -> None:
    """Measure, and write the section."""
    if len(sys.argv) > 2:
        print(json.dumps(timed(sys.argv[1], float(sys.argv[2]))))
        return
    import torch

    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    device = "cuda" if torch.cuda.is_available() else "cpu"
    found = {}
    for way in _WAYS[device] * 2:
        argv = [sys.executable, "-m", "benchmarks.acestep", way, str(seconds)]
        alone = {} if device == "cuda" else {"OMP_NUM_THREADS": "1"}
        done = subprocess.run(
            argv, stdout=subprocess.PIPE, check=True, text=True, env={**os.environ, **alone}
        )
        one = json.loads(done.stdout.splitlines()[-1])
        found[way] = min(one, found.get(way, one), key=lambda each: each["spent"])
        sys.stderr.write(f"{one}\n")
    rows = []
    for way, one in found.items():
        who, _, batch = way.partition(" ")
        ratio = found["stock 1"]["spent"] * int(batch) / one["spent"]
        aim = _AIMS.get((device, way))
        rows.append([
            f"{who}: {one['numbers']}", batch, f"{one['spent']:.1f}", f"{60 * int(batch) / one['spent']:.2f}",
            f"{one['peak'] / 1e9:.1f}", f"{ratio:.1f} x", f">= {aim} x" if aim else "",
        ])  # fmt: skip
    heads = ["what", "batch", "s a piece", "pieces a minute", "peak, GB", "against stock at batch 1", "aim"]
    where = f"{report.machine()}, torch {torch.__version__} with one thread"
    if device == "cuda":
        where = f"{torch.cuda.get_device_name()}, torch {torch.__version__}"
    what = f"random weights, {seconds:.0f} s of music, 8 steps, decoder included"
    text = f"ACE-Step's 2 B architecture, {what}.\n\n{report.table(heads, rows)}"
    report.write(f"ACE-Step on a {'GPU' if device == 'cuda' else 'CPU'}", text, where=where)


if __name__ == "__main__":
    main()
