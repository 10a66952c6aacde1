"""What only a GPU shows: `make test-gpu` on a machine that has one."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from immersivaudio.models.device import choose  # noqa: E402
from immersivaudio.stages.generate.neural.engine import GeneratedPassage, Line  # noqa: E402
from immersivaudio.stages.generate.neural.musicgen import MusicGenModel, load  # noqa: E402
from tests.neural import tiny  # noqa: E402

pytestmark = [
    pytest.mark.neural,
    pytest.mark.skipif(tiny.DEVICE != "cuda", reason="asks for a GPU: make test-gpu"),
]
PROMPTS = ("warm piano", "dark tense drums and strings")
MEGABYTE = 1 << 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("mono")
    tiny.musicgen(made)
    return made


def voice(folder: Path, precision: str, device: str = "cuda", temperature: float = 1.0) -> MusicGenModel:
    return load(folder, device=device, precision=precision, batch=16, temperature=temperature)


def play(engine: MusicGenModel, count: int = 2, seconds: float = 4.0) -> tuple[GeneratedPassage, ...]:
    lines = [Line(PROMPTS[number % 2], number) for number in range(count)]
    return engine.play(lines, seconds, 0.0, lambda _share: None)


def test_a_gpu_that_is_there_is_taken() -> None:
    assert choose("auto", stage="generate") == "cuda"


def test_the_most_likely_tokens_are_those_of_the_processor(folder: Path) -> None:
    """In float32 and greedily; one token in a thousand may hang on the last bit, and what follows it."""
    here, there = (play(voice(folder, "float32", device, 0), seconds=6.0) for device in ("cpu", "cuda"))
    alike = [
        (mine.codes == theirs.codes).float().mean().item() for mine, theirs in zip(here, there, strict=True)
    ]
    assert min(alike) > 0.95


def test_the_codec_sounds_as_it_does_on_the_processor(folder: Path) -> None:
    """Whatever short numbers the GPU likes to use: the difference is 80 dB below the music or less."""
    engines = [voice(folder, "float32", device) for device in ("cpu", "cuda")]
    codes = play(engines[0])[0].codes
    with torch.inference_mode():
        here, there = (engine._decoded([codes.to(engine._device)])[0] for engine in engines)
    noise = np.square(here - there).mean() / np.square(here).mean()
    assert 10 * np.log10(noise) < -80


@pytest.mark.parametrize("precision", ["bfloat16", "float32"])
def test_a_seed_means_the_same_again_and_again(folder: Path, precision: str) -> None:
    """Also through steps that were recorded for the first time, and after other pieces went through them."""
    engine = voice(folder, precision)
    first = play(engine)
    engine.play([Line("city night", 9), Line("slow", 8)], 4.0, 0.0, lambda _share: None)
    again = play(engine)
    fresh = play(voice(folder, precision))
    for one, *others in zip(first, again, fresh, strict=True):
        assert all(torch.equal(one.codes, other.codes) for other in others)
        assert all(np.array_equal(one.sound, other.sound) for other in others)


def test_whoever_gives_up_is_let_go_at_once_and_leaves_nothing_behind(folder: Path) -> None:
    engine = voice(folder, "bfloat16")
    wanted = play(engine)
    heard: list[float] = []

    def enough(share: float) -> None:
        heard.append(share)
        if share > 0.3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.play([Line(PROMPTS[0], 5), Line(PROMPTS[1], 6)], 4.0, 0.0, enough)
    assert heard[-1] < 0.5
    for one, other in zip(wanted, play(engine), strict=True):
        assert torch.equal(one.codes, other.codes)


def test_a_pass_that_does_not_fit_is_made_in_halves(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The card lends less than sixteen rows took."""
    engine = voice(folder, "float32")
    play(engine, 1)  # what the libraries take for themselves
    torch.cuda.empty_cache()
    torch.cuda.reset_peak_memory_stats()
    whole = play(engine, 16, 25.0)
    most = torch.cuda.max_memory_allocated() - 20 * MEGABYTE
    engine._spare()
    torch.cuda.empty_cache()
    torch.cuda.set_per_process_memory_fraction(most / torch.cuda.get_device_properties(0).total_memory)
    try:
        halves = play(engine, 16, 25.0)
    finally:
        torch.cuda.set_per_process_memory_fraction(1.0)
    assert any("memory is short, going on with" in record.getMessage() for record in caplog.records)
    assert [one.sound.shape for one in halves] == [one.sound.shape for one in whole]
    assert all(np.isfinite(one.sound).all() and one.sound.any() for one in halves)
