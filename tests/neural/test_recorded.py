"""The step that a GPU records once and replays: without one, recorded on a tape (see `tape`)."""

from pathlib import Path

import pytest

transformers = pytest.importorskip("transformers")
torch = pytest.importorskip("torch")

from immersivaudio.stages.generate.neural import cuda_graphs, decode_loop, delay_pattern, sampling  # noqa: E402
from immersivaudio.stages.generate.neural.engine import Line  # noqa: E402
from immersivaudio.stages.generate.neural.musicgen import MusicGenModel, load, placed  # noqa: E402
from tests.neural import tape, tiny  # noqa: E402

pytestmark = pytest.mark.neural
PROMPTS = ("warm piano", "dark tense drums and strings")
BUILDS = {
    "mono": tiny.musicgen,
    "stereo": lambda folder: tiny.musicgen(folder, channels=2),
    "melody": tiny.musicgen_melody,
}


@pytest.fixture(scope="module", params=BUILDS)
def voice(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> MusicGenModel:
    """In 64 bits: attention over a longer, masked past adds up in another order, and no token may hang on
    that."""
    folder: Path = tmp_path_factory.mktemp(request.param)
    BUILDS[request.param](folder)
    loaded = load(folder, device="cpu", precision="float32", batch=4)
    kind = getattr(transformers, type(loaded._model).__name__)
    model = kind.from_pretrained(folder, dtype=torch.float64).to(tiny.DEVICE)
    return MusicGenModel(model, loaded._tokenizer, precision="float64", batch=4)


RECORD = tape.record if tiny.DEVICE == "cpu" else cuda_graphs.record
"""On a GPU the real graph."""


def window(
    voice: MusicGenModel, frames: list[int], known: int, seeds: tuple[int, int]
) -> tuple[torch.Tensor, ...]:
    """Return the columns and the noise of two rows of which some frames are known."""
    decoder = voice._decoder
    late = delay_pattern.delays(decoder.codebooks, decoder.channels)
    torch.manual_seed(known)
    prompt = torch.randint(0, 60, (2, decoder.codebooks, known))
    columns = delay_pattern.delayed(prompt, frames, late, decoder.start)
    noise = sampling.noise(seeds, columns.shape[2], decoder.codebooks, device=tiny.DEVICE)
    return columns.to(tiny.DEVICE), noise


def test_a_replayed_step_gives_the_tokens_of_a_growing_past(voice: MusicGenModel) -> None:
    """Over windows of several lengths, beginnings, prompts and seeds, through the same buffers, and past the
    first length for which a step is recorded."""
    fixed = None
    for prompts, frames, known, seeds in (
        (PROMPTS, [270, 262], 9, (3, 4)),
        (PROMPTS[::-1], [40, 31], 0, (5, 6)),
        (PROMPTS, [285, 285], 30, (3, 4)),
    ):
        columns, gumbel = window(voice, frames, known, seeds)
        with torch.inference_mode():
            conditions = voice._read([Line(prompt, 1) for prompt in prompts])
            grown = decode_loop.grow(voice._decoder, conditions, columns.clone(), gumbel, 1.0)
            if fixed is None:
                shape = (2, columns.shape[1], decode_loop.room_for(columns.shape[2] + 60))
                fixed = decode_loop.Fixed(voice._decoder, conditions, shape, sampling.TOP_K, 1.0, RECORD)
            assert torch.equal(fixed.play(conditions, columns, gumbel), grown)
    assert len(fixed._steps) == 2


def test_a_step_meets_nothing_but_what_is_on_the_device(tmp_path: Path) -> None:
    """Anywhere but on a processor a step stays where the model is, in its numbers, and waits for nothing: a
    tensor of "meta" has no values, so whoever asks for one gets an error."""
    tiny.musicgen(tmp_path, codebook=512)
    model = transformers.MusicgenForConditionalGeneration.from_pretrained(tmp_path)
    there = MusicGenModel(placed(model, "meta", torch.bfloat16), None, precision="bfloat16", batch=2)
    words = torch.zeros(2, 16, 32, dtype=torch.bfloat16, device="meta")
    with torch.inference_mode():
        conditions = there._decoder.conditions(words, torch.ones(2, 16, dtype=torch.long, device="meta"))
        fixed = there._fixed(conditions, (2, 4, 100), sampling.TOP_K)
        with tape.Watch() as watch:
            fixed._step(256)
    assert watch.places == {"meta"}
    # Whole numbers and masks aside: bfloat16, and float32 from the logits to the choice of a token.
    assert {kind for kind in watch.types if kind.is_floating_point} == {torch.bfloat16, torch.float32}


def test_buffers_are_shared_by_windows_that_fit_and_given_back_when_memory_is_short(
    voice: MusicGenModel,
) -> None:
    lines = [Line(prompt, 1) for prompt in PROMPTS]
    with torch.inference_mode():
        conditions = voice._read(lines)
        shape = (2, voice._decoder.codebooks)
        first = voice._fixed(conditions, (*shape, 150), 250)
        assert voice._fixed(conditions, (*shape, 120), 250) is first
        for columns in (400, 900):
            voice._fixed(conditions, (*shape, columns), 250)
        assert voice._fixed(conditions, (*shape, 900), 250) is not first
        assert len(voice._recorded) == 2
    assert voice._spare()
    assert not voice._recorded
    assert not voice._spare()
