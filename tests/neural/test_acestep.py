"""ACE-Step: the pipeline's own sound by our loop, sections that change alone, endings, plain lines."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

torch = pytest.importorskip("torch")
pytest.importorskip("diffusers")

from immersivaudio.audio import SAMPLE_RATE  # noqa: E402
from immersivaudio.config import Settings  # noqa: E402
from immersivaudio.errors import BackendUnavailableError, BadSettingError  # noqa: E402
from immersivaudio.stages.enhance.remixing import change_cue  # noqa: E402
from immersivaudio.stages.generate import acestep  # noqa: E402
from immersivaudio.stages.generate.neural import captions  # noqa: E402
from immersivaudio.stages.generate.neural.acestep import AceStepLine, AceStepModel, load  # noqa: E402
from immersivaudio.values import Cue, HitPoint  # noqa: E402
from tests.contracts.test_generate import sheet  # noqa: E402
from tests.neural import tiny  # noqa: E402
from tests.neural.tiny_acestep import acestep as tiny_acestep  # noqa: E402

pytestmark = [
    pytest.mark.neural,
    pytest.mark.filterwarnings("ignore:.*weight_norm.*:FutureWarning"),  # of stock pipelines
]
SECONDS = 4.0
ASKED: dict[str, Any] = {"bpm": 96, "metre": "3", "key": "D minor"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place: Path = tmp_path_factory.mktemp("acestep")
    tiny_acestep(place)
    return place


@pytest.fixture(scope="module")
def model(folder: Path) -> AceStepModel:
    return load(folder, device=tiny.DEVICE, precision="float32", batch=4)


def stock(folder: Path, prompt: str, seed: int, **asked: Any) -> np.ndarray:
    """What diffusers' own pipeline makes of the same, before it levels it: (2, samples)."""
    from diffusers import AceStepPipeline

    pipeline = AceStepPipeline.from_pretrained(folder, local_files_only=True).to(tiny.DEVICE)
    pipeline.set_progress_bar_config(disable=True)
    made = pipeline(
        prompt, "[Instrumental]", SECONDS, bpm=96, keyscale="D minor", timesignature="3",
        generator=torch.Generator().manual_seed(seed), **asked,
    )  # fmt: skip
    return made.audios[0].float().cpu().numpy()


def levelled(sound: np.ndarray) -> np.ndarray:
    return sound * (10 ** (-1 / 20) / np.abs(sound).max())


def compose(model: AceStepModel, *lines: AceStepLine) -> list[np.ndarray]:
    return model.compose(lines, SECONDS, lambda _done: None)


@pytest.mark.parametrize("turbo", [True, False])
def test_it_sounds_as_the_pipeline_does(tmp_path: Path, turbo: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.backends.cudnn, "allow_tf32", False)  # its ten bits round apart
    tiny_acestep(tmp_path, turbo=turbo)
    asked = {"num_inference_steps": 8 if turbo else 32, "guidance_scale": 1.0 if turbo else 7.0}
    wanted = stock(tmp_path, "warm piano", 5, **asked)
    ours = load(tmp_path, device=tiny.DEVICE, precision="float32", batch=4)
    made = compose(ours, AceStepLine("warm piano", 5, length=SECONDS, **ASKED))[0]
    assert np.abs(levelled(made) - wanted).max() < 2e-3


def test_a_reference_is_heard(folder: Path, model: AceStepModel) -> None:
    rng = np.random.default_rng(1)
    reference = rng.normal(0, 0.1, (2, 12 * SAMPLE_RATE)).astype(np.float32)
    plain, like = compose(
        model,
        AceStepLine("warm piano", 5, length=SECONDS, **ASKED),
        AceStepLine("warm piano", 5, length=SECONDS, reference=reference, **ASKED),
    )
    assert not np.allclose(plain, like, atol=1e-3)


def test_what_a_repaint_leaves_alone_hardly_changes(model: AceStepModel) -> None:
    """The mask reaches the model: another window is another piece, and each is what it is alone."""
    source = compose(model, AceStepLine("warm piano", 5, length=SECONDS, **ASKED))[0]
    lines = [
        AceStepLine("drums", 6, length=SECONDS, source=source, window=window, **ASKED)
        for window in ((1.0, 2.0), (2.0, 4.0))
    ]
    both = compose(model, *lines)
    assert not np.allclose(both[0], both[1], atol=1e-3)
    assert np.array_equal(both[1], compose(model, lines[1])[0]) or tiny.DEVICE != "cpu"


def test_a_cover_follows_what_it_is_given(model: AceStepModel) -> None:
    assert model.covers
    first, second = compose(model, *(AceStepLine("piano", seed, length=SECONDS, **ASKED) for seed in (1, 2)))
    covers = compose(
        model, *(AceStepLine("drums", 3, source=one, length=SECONDS, **ASKED) for one in (first, second))
    )
    assert not np.allclose(covers[0], covers[1], atol=1e-3)


def test_short_prompts_beside_long_ones_are_what_they_are_alone(model: AceStepModel) -> None:
    lines = [
        AceStepLine(prompt, 5, length=SECONDS, **ASKED) for prompt in ("piano", "warm piano and strings" * 3)
    ]
    rows = [model._told(line, 100)[0] for line in lines]
    told, mask = model._conditions(lines, 100)
    assert mask is not None
    assert mask.sum(1).tolist() == [len(row) for row in rows]
    with torch.inference_mode():
        noise = torch.randn(2, 100, model._denoiser.acoustic, device=tiny.DEVICE)
        context = torch.cat([model._context(line, 100) for line in lines])
        together = model._denoiser(noise, 0.7, model._denoiser.conditions(told, mask, context))
        for number, row in enumerate(rows):
            own = model._denoiser.conditions(row[None], None, context[number : number + 1])
            alone = model._denoiser(noise[number : number + 1], 0.7, own)
            assert torch.allclose(together[number], alone[0], atol=1e-4)


def test_a_long_sound_is_decoded_in_parts_that_meet(model: AceStepModel, monkeypatch: Any) -> None:
    latents = torch.randn(1, model._denoiser.acoustic, 300, device=tiny.DEVICE)
    monkeypatch.setattr(model._vae, "tile_latent_min_length", 128)
    with torch.inference_mode():
        parts = model._vae.decode(latents).sample
        model._vae.use_tiling = False
        whole = model._vae.decode(latents).sample
        model._vae.use_tiling = True
    assert torch.allclose(parts, whole, atol=1e-4 * float(whole.abs().max()))


def built(**changes: Any) -> acestep.AceStep:
    return acestep.build(Settings(_env_file=None, **tiny.settings(**changes)))


def music(generator: acestep.AceStep, plan: Any, folder: Path) -> np.ndarray:
    folder.mkdir()
    sound, _ = soundfile.read(generator.generate(plan, folder, lambda _done: None).path)
    return sound


def test_a_section_changed_alone_leaves_the_others(tmp_path: Path) -> None:
    words = "warm piano, D major, 100 bpm"
    cues = tuple(
        Cue(Fraction(8 * n), Fraction(8 * n + 8), label, "hopeful", 0.5, 0.1, 0.5, words)
        for n, label in enumerate("ABA")
    )
    plan = change_cue(sheet("24", cues=cues), 2)  # its prompts as the rules write them
    changed = change_cue(plan, 2, mood="scary", seed=77)
    assert changed.prompt != plan.prompt or changed.cues[2] != plan.cues[2]
    generator = built()
    before, after = music(generator, plan, tmp_path / "before"), music(generator, changed, tmp_path / "after")
    kept, other = slice(0, 16 * SAMPLE_RATE), slice(17 * SAMPLE_RATE, 21 * SAMPLE_RATE)
    # The level of the whole is set anew; all else of the first two sections is the same.
    assert np.corrcoef(before[kept, 0], after[kept, 0])[0, 1] > 0.9999
    assert abs(np.corrcoef(before[other, 0], after[other, 0])[0, 1]) < 0.9


def test_facts_are_told_as_facts_and_not_in_words() -> None:
    plan = sheet(
        "9", tempo=95.6, tonic="Bb", mode="dorian", metre="3/4", instruments=("piano", "cello"),
        prompt="cinematic orchestral film score, hopeful, for a scene with dog, garden and tree, featuring "
        "piano and cello, medium tempo, 96 bpm, Bb minor, dorian, gentle, unhurried, wide stereo image, "
        "instrumental",
    )  # fmt: skip
    assert captions.facts(plan) == captions.AceStepFacts(96, "Bb minor", "3")
    assert captions.whole(plan) == (
        "cinematic orchestral film score, hopeful, wide stereo image, instrumental, featuring piano, cello"
    )


def test_hits_that_beats_reach_and_all_others_are_recorded(tmp_path: Path) -> None:
    hits = tuple(HitPoint(Fraction(time), 0.8) for time in ("3", "7.5", "11"))
    track = built().generate(sheet("14", hits=hits), tmp_path, lambda _done: None)
    assert [float(hit) for hit in track.hits] == [3, 7.5, 11]


@pytest.mark.parametrize("damage", ["truncated", "gone", "other"])
def test_a_damaged_pipeline_is_one_line(folder: Path, tmp_path: Path, damage: str) -> None:
    import shutil

    mine = tmp_path / "mine"
    shutil.copytree(folder, mine)
    weights = mine / "transformer" / "diffusion_pytorch_model.safetensors"
    if damage == "truncated":
        weights.write_bytes(weights.read_bytes()[:1000])
    elif damage == "gone":
        weights.unlink()
    else:
        (mine / "model_index.json").write_text('{"_class_name": "StableDiffusionPipeline"}')
    with pytest.raises(BackendUnavailableError, match="cannot be loaded") as caught:
        acestep.AceStep(mine).generate(sheet("1"), tmp_path, lambda _done: None)
    assert "\n" not in str(caught.value)
    assert str(tmp_path) not in str(caught.value)


def test_a_reference_that_is_no_sound_is_said(tmp_path: Path) -> None:
    wrong = tmp_path / "notes.txt"
    wrong.write_text("not a sound")
    with pytest.raises(BadSettingError, match=r"'notes.txt' cannot be read as sound"):
        built(acestep_reference=wrong).generate(sheet("1"), tmp_path, lambda _done: None)


def test_a_section_longer_than_the_model_is_made_in_windows(model: AceStepModel, monkeypatch: Any) -> None:
    from immersivaudio.stages.generate.neural import windows

    monkeypatch.setattr(model, "longest", 12.0)
    line = AceStepLine("piano", 1, length=20.0, **ASKED)
    made = windows.play(model, [windows.Piece(line, 20.0)], batch=1)[0].sound
    assert made.shape == (2, 20 * SAMPLE_RATE)
    assert np.square(made.reshape(2, 20, -1)).mean(axis=(0, 2)).min() > 0


def test_out_of_memory_makes_fewer_at_once(model: AceStepModel, monkeypatch: Any) -> None:
    sizes = []
    made = model._made

    def refused(lines: Any, frames: int, heard: Any) -> Any:
        sizes.append(len(lines))
        if len(lines) > 1:
            torch.empty(2**60)
        return made(lines, frames, heard)

    monkeypatch.setattr(model, "_made", refused)
    monkeypatch.setattr(model, "_batch", 4)
    lines = [AceStepLine("piano", seed, length=1.0) for seed in range(3)]
    told: list[float] = []
    sounds = model.compose(lines, 1.0, told.append)
    assert sizes == [3, 1, 1, 1]
    assert [sound.shape for sound in sounds] == [(2, SAMPLE_RATE)] * 3
    assert told == sorted(told)
    assert replace(lines[0], seed=0) == lines[0]
