"""Our decode loop against transformers' own `generate`, and the things ours adds."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

transformers = pytest.importorskip("transformers")
torch = pytest.importorskip("torch")

from immersivaudio.stages.generate.neural import sampling  # noqa: E402
from immersivaudio.stages.generate.neural.engine import Line  # noqa: E402
from immersivaudio.stages.generate.neural.musicgen import MusicGenModel, load  # noqa: E402
from tests.neural import tiny  # noqa: E402

pytestmark = pytest.mark.neural
PROMPTS = ("warm piano", "dark tense drums and strings")
BUILDS = {
    "mono": tiny.musicgen,
    "stereo": lambda folder: tiny.musicgen(folder, channels=2),
    "melody": tiny.musicgen_melody,
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    made = {}
    for name, build in BUILDS.items():
        made[name] = tmp_path_factory.mktemp(name)
        build(made[name])
    return made


def voice(folder: Path, precision: str = "float32", temperature: float = 1.0) -> MusicGenModel:
    return load(folder, device="cpu", precision=precision, batch=4, temperature=temperature)


def quiet(_share: float) -> None:
    """Tell nobody."""


def stock(folder: Path, engine: MusicGenModel, tokens: int) -> np.ndarray[Any, Any]:
    """What transformers makes of the same prompts, greedily."""
    kind = getattr(transformers, type(engine._model).__name__)
    inputs = engine._tokenizer(list(PROMPTS), padding=True, pad_to_multiple_of=16, return_tensors="pt")
    inputs.pop("token_type_ids", None)
    out = kind.from_pretrained(folder).generate(
        **inputs, do_sample=False, max_new_tokens=tokens, guidance_scale=3.0
    )
    return out.numpy()


@pytest.mark.parametrize("kind", BUILDS)
def test_the_sound_is_the_one_that_transformers_makes(folders: dict[str, Path], kind: str) -> None:
    engine = voice(folders[kind], temperature=0)
    theirs = stock(folders[kind], engine, 64)
    seconds = theirs.shape[-1] / engine.rate
    ours = engine.play([Line(prompt, 1) for prompt in PROMPTS], seconds, 0.0, quiet)
    for mine, their in zip(ours, theirs, strict=True):
        assert mine.sound == pytest.approx(their, abs=1e-5)


@pytest.mark.parametrize("precision", ["float32", "int8"])
def test_a_row_does_not_depend_on_its_neighbours(folders: dict[str, Path], precision: str) -> None:
    engine = voice(folders["mono"], precision)
    lines = [Line(prompt, seed) for seed, prompt in enumerate(PROMPTS)]
    together = engine.play(lines, 1.0, 0.0, quiet)
    alone = engine.play(lines[1:], 1.0, 0.0, quiet)
    assert torch.equal(together[1].codes, alone[0].codes)
    assert not torch.equal(together[0].codes, together[1].codes)


def test_a_continuation_begins_with_what_it_goes_on_from(folders: dict[str, Path]) -> None:
    engine = voice(folders["stereo"])
    (first,) = engine.play([Line(PROMPTS[0], 1)], 1.0, 0.0, quiet)
    (second,) = engine.play([Line(PROMPTS[0], 2, after=first)], 1.5, 0.5, quiet)
    assert torch.equal(second.codes[:, :25], first.codes[:, -25:])
    assert second.sound.shape == (2, round(1.5 * engine.rate))


def test_a_melody_is_heard(folders: dict[str, Path]) -> None:
    engine = voice(folders["melody"], temperature=0)
    time = np.arange(2 * engine.rate) / engine.rate
    tunes = [np.sin(2 * np.pi * pitch * time).astype(np.float32) for pitch in (220, 311)]
    low, high = (engine.play([Line(PROMPTS[0], 1, melody=tune)], 0.5, 0.0, quiet)[0] for tune in tunes)
    assert not torch.equal(low.codes, high.codes)


def test_int8_is_close_to_the_real_numbers() -> None:
    from immersivaudio.stages.generate.neural.linear import Int8, int8_works

    if not int8_works():
        pytest.skip("this torch has no int8 kernel for this processor")
    torch.manual_seed(0)
    weight, x = torch.randn(512, 1024), torch.randn(3, 1024) * torch.tensor([[1.0], [100.0], [0.01]])
    exact, near = x @ weight.T, Int8(weight)(x)
    assert torch.nn.functional.cosine_similarity(exact, near).min() > 0.9995


def test_sampling_follows_the_softmax() -> None:
    logits = torch.tensor([2.0, 1.0, 0.0, -1.0]).expand(20_000, 1, 4)
    gumbel = sampling.noise([5], 20_000, 1, top_k=3)[:, 0][:, None][:, 0].reshape(20_000, 1, 3)
    drawn = sampling.sample(logits, gumbel, 1.0).flatten()
    shares = torch.bincount(drawn, minlength=4) / len(drawn)
    wanted = torch.softmax(torch.tensor([2.0, 1.0, 0.0]), 0)
    assert shares[:3].tolist() == pytest.approx(wanted.tolist(), abs=0.015)
    assert shares[3] == 0
