"""No GPU, no memory, damaged weights: one plain line each."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import soundfile

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from immersivaudio.config import Settings  # noqa: E402
from immersivaudio.errors import BackendUnavailableError, BadSettingError  # noqa: E402
from immersivaudio.models.device import choose  # noqa: E402
from immersivaudio.models.loading import opening  # noqa: E402
from immersivaudio.models.memory import in_halves  # noqa: E402
from immersivaudio.stages.generate.musicgen import MusicGen  # noqa: E402
from immersivaudio.values import Cue  # noqa: E402
from tests.contracts.test_generate import sheet  # noqa: E402
from tests.neural import tiny  # noqa: E402

pytestmark = pytest.mark.neural


def room_for(most: int) -> tuple[list[int], object]:
    """Work that takes as much memory as torch refuses, for more than `most` items."""
    sizes: list[int] = []

    def work(items: Sequence[int]) -> list[int]:
        sizes.append(len(items))
        if len(items) > most:
            torch.empty(2**60)
        return [item * 10 for item in items]

    return sizes, work


def test_out_of_memory_halves_the_batch_and_loses_nothing() -> None:
    sizes, work = room_for(2)
    told: list[int] = []
    assert in_halves(work, range(7), batch=8, stage="detect", told=told.append) == tuple(range(0, 70, 10))
    assert sizes == [7, 3, *[1] * 7]
    assert told[-1] == 7


def test_out_of_memory_for_one_says_what_to_do() -> None:
    _, work = room_for(0)
    with pytest.raises(BackendUnavailableError, match=r"not enough memory.*choose a smaller model") as caught:
        in_halves(work, [1, 2], batch=2, stage="generate")
    assert caught.value.stage == "generate"


def test_what_is_kept_for_speed_is_given_back_before_fewer_are_tried() -> None:
    kept, sizes = [True, True], []

    def work(items: Sequence[int]) -> list[int]:
        sizes.append(len(items))
        if kept or len(items) > 2:
            torch.empty(2**60)
        return list(items)

    def spare() -> bool:
        return bool(kept and kept.pop())

    assert in_halves(work, range(4), batch=4, stage="generate", spare=spare) == (0, 1, 2, 3)
    assert sizes == [4, 4, 2, 2]


def test_going_on_with_fewer_is_said_once_a_time(caplog: pytest.LogCaptureFixture) -> None:
    _, work = room_for(1)
    in_halves(work, range(4), batch=4, stage="detect")
    assert [record.getMessage() for record in caplog.records] == [
        "detect: memory is short, going on with 2 at a time",
        "detect: memory is short, going on with 1 at a time",
    ]


def test_what_ends_a_recording_does_not_hide_that_memory_was_short() -> None:
    def work(items: Sequence[int]) -> list[int]:
        if len(items) > 1:
            try:
                torch.empty(2**60)
            finally:
                raise RuntimeError("CUDA error: operation failed due to a previous error during capture")
        return list(items)

    assert in_halves(work, [1, 2], batch=2, stage="generate") == (1, 2)


def test_a_model_that_does_not_fit_is_not_called_damaged(tmp_path: Path) -> None:
    with (
        pytest.raises(
            BackendUnavailableError, match=r"not enough memory to load.*choose a smaller"
        ) as caught,
        opening(tmp_path / "facebook--musicgen-small", stage="generate"),
    ):
        torch.empty(2**60)
    assert "verify" not in str(caught.value)


def test_another_error_is_not_taken_for_it() -> None:
    def work(_items: Sequence[int]) -> list[int]:
        raise RuntimeError("shapes do not match")

    with pytest.raises(RuntimeError, match="shapes"):
        in_halves(work, [1], batch=1, stage="generate")


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU here")
def test_a_gpu_that_is_asked_for_and_missing_is_said() -> None:
    assert choose("auto", stage="generate") == "cpu"
    with pytest.raises(
        BackendUnavailableError, match=r"no GPU is visible here; set IMMERSIVAUDIO_DEVICE=cpu"
    ):
        choose("cuda", stage="generate")


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU here")
def test_a_gpu_that_torch_sees_and_cannot_use_is_no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    """As with a card that is too old for this torch: the driver names it, and nothing runs on it."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert choose("auto", stage="generate") == "cpu"
    with pytest.raises(BackendUnavailableError, match=r"torch cannot use the GPU that is here; set IMM"):
        choose("cuda", stage="generate")


@pytest.mark.parametrize("damage", ["truncated", "gone", "other"])
def test_damaged_weights_are_one_line_without_a_path(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    tiny.musicgen(folder)
    weights = folder / "model.safetensors"
    if damage == "truncated":
        weights.write_bytes(weights.read_bytes()[:1000])
    elif damage == "gone":
        weights.unlink()
    else:
        (folder / "config.json").write_text('{"model_type": "bert"}')
    backend = MusicGen(folder, device=tiny.DEVICE)
    with pytest.raises(BackendUnavailableError, match="cannot be loaded") as caught:
        backend.generate(sheet("1"), tmp_path, lambda _done: None)
    assert "\n" not in str(caught.value)
    assert str(tmp_path) not in str(caught.value)


def test_int8_on_a_gpu_is_refused() -> None:
    from immersivaudio.stages.generate.neural.precision import choose_precision

    with pytest.raises(BadSettingError, match="IMMERSIVAUDIO_PRECISION=auto"):
        choose_precision("int8", "cuda")


def test_a_model_is_loaded_once_and_kept(tmp_path: Path) -> None:
    from immersivaudio.stages.generate.musicgen import build

    backend = build(Settings(_env_file=None, **tiny.settings()))
    backend.generate(sheet("1"), tmp_path, lambda _done: None)
    loaded = backend._model
    backend.generate(sheet("1", seed=9), tmp_path, lambda _done: None)
    assert backend._model is loaded
    backend.close()
    assert backend._model is None


def test_a_long_section_is_made_in_windows_without_a_hole(tmp_path: Path) -> None:
    backend = MusicGen(tiny.settings()["models"] / "facebook--musicgen-small", device=tiny.DEVICE)
    cue = Cue(Fraction(0), Fraction(36), "A", "hopeful", 0.5, 0.1, 0.5, "warm piano")
    track = backend.generate(sheet("36", cues=(cue,)), tmp_path, lambda _done: None)
    sound, rate = soundfile.read(track.path)
    assert len(sound) == 36 * rate
    levels = np.sqrt(np.square(sound[: 33 * rate].reshape(-1, rate // 2, 2)).mean(axis=(1, 2)))
    assert levels.min() > 0.1 * levels.max()
    assert np.abs(sound[-10:]).max() < 1e-3, "it ends in silence"
