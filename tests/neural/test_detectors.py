"""RF-DETR and D-FINE: what the library itself finds, in batches, under COCO's names, without torchvision."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from immersivaudio.errors import BackendUnavailableError  # noqa: E402
from immersivaudio.stages.detect.detr import QueryDetector  # noqa: E402
from immersivaudio.stages.detect.dfine import DFineDetector  # noqa: E402
from immersivaudio.stages.detect.rfdetr import RfDetrDetector  # noqa: E402
from immersivaudio.values import Detection, Frame  # noqa: E402
from tests import pictures  # noqa: E402
from tests.neural import tiny, tiny_detectors  # noqa: E402

pytestmark = pytest.mark.neural
IMAGES = [pictures.photo("temple"), pictures.grass(), pictures.photo("flower")]
FRAMES = [Frame(Fraction(n), 0, np.ascontiguousarray(image)) for n, image in enumerate(IMAGES)]
KINDS = {
    "rfdetr": (RfDetrDetector, tiny_detectors.rfdetr, {"person", "bicycle", "car"}),
    "dfine": (DFineDetector, tiny_detectors.dfine, {"person", "car", "dog", "tv"}),
}


@pytest.fixture(params=KINDS)
def name(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture
def detector(name: str, tmp_path: Path) -> QueryDetector:
    kind, build, _ = KINDS[name]
    build(tmp_path)
    return kind(tmp_path, confidence=0.3, device=tiny.DEVICE, batch=2)


def found(detector: QueryDetector, frames: list[Frame]) -> tuple[Detection, ...]:
    return detector.detect(frames, lambda _done: None)


def test_a_batch_finds_what_each_picture_alone_has(detector: QueryDetector) -> None:
    together = found(detector, FRAMES)
    assert {one.frame for one in together} == {0, 1, 2}
    for number, frame in enumerate(FRAMES):
        alone = found(detector, [frame])
        mine = [one for one in together if one.frame == number]
        assert [one.label for one in mine] == [one.label for one in alone]
        assert [one.confidence for one in mine] == pytest.approx([one.confidence for one in alone], abs=1e-4)


def test_names_are_cocos_and_what_is_no_class_is_not_seen(name: str, detector: QueryDetector) -> None:
    labels = {one.label for one in found(detector, FRAMES)}
    assert labels
    assert labels <= KINDS[name][2]


def test_it_finds_what_the_library_finds(detector: QueryDetector) -> None:
    from transformers.models.rt_detr.image_processing_pil_rt_detr import RTDetrImageProcessorPil

    found(detector, FRAMES[:1])
    detector._model = detector._model.float()  # in a GPU's bfloat16, near scores are equal ones
    ours = found(detector, FRAMES[:1])
    with torch.inference_mode():
        pixels = detector._pixels(FRAMES[:1]).to(tiny.DEVICE, detector._model.dtype)
        out = detector._model(pixel_values=pixels)
    theirs = RTDetrImageProcessorPil().post_process_object_detection(
        out, threshold=0.3, target_sizes=[(1, 1)]
    )
    told = (theirs[0][key].cpu() for key in ("scores", "labels", "boxes"))
    wanted = [
        (float(score), detector._labels[int(label)], box.clip(0, 1).tolist())
        for score, label, box in zip(*told, strict=True)
        if int(label) in detector._labels
    ]
    assert [one.label for one in ours] == [label for _, label, _ in wanted]
    for one, (score, _, box) in zip(ours, wanted, strict=True):
        assert one.confidence == pytest.approx(score, abs=1e-4)
        assert [one.box.left, one.box.top, one.box.right, one.box.bottom] == pytest.approx(box, abs=1e-4)


def test_rfdetr_sees_pixels_as_its_own_processor_does(tmp_path: Path) -> None:
    """That one, which needs torchvision, scales, normalises, and resizes without antialiasing."""
    tiny_detectors.rfdetr(tmp_path)
    detector = RfDetrDetector(tmp_path, device="cpu")
    detector._prepare(tmp_path)
    checked = np.zeros((64, 64, 3), np.uint8)
    checked[::2] = 255
    same = detector._pixels([Frame(Fraction(0), 0, checked)])[0]
    mean, deviation = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])
    wanted = ((checked / 255 - mean) / deviation).transpose(2, 0, 1)
    assert np.allclose(same, wanted, atol=1e-5), "a picture of the model's size keeps its pixels"
    halved = detector._pixels([Frame(Fraction(0), 0, np.repeat(np.repeat(checked, 2, 0), 2, 1))])[0]
    assert np.allclose(halved, wanted, atol=1e-5), "and twice that size is not blurred"


@pytest.mark.parametrize("other", ["dfine", "rfdetr"])
def test_weights_of_another_kind_are_one_line(tmp_path: Path, other: str) -> None:
    KINDS[other][1](tmp_path)
    kind = next(kind for name, (kind, _, _) in KINDS.items() if name != other)
    with pytest.raises(BackendUnavailableError, match="cannot be loaded") as caught:
        found(kind(tmp_path, device=tiny.DEVICE), FRAMES[:1])
    assert "\n" not in str(caught.value)
