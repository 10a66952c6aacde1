"""YOLO and the vision-language model: batches, boxes, closed answers."""

from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("transformers")

from immersivaudio.config import Settings
from immersivaudio.errors import BadSettingError
from immersivaudio.stages.describe import vlm
from immersivaudio.stages.describe.answers import scenes, sentence
from immersivaudio.stages.describe.seer import Seer
from immersivaudio.stages.describe.vlm import MOODS
from immersivaudio.stages.enhance.vocabulary import MOODS as KNOWN
from immersivaudio.values import Frame
from tests import pictures
from tests.neural import tiny

pytestmark = pytest.mark.neural
IMAGES = [pictures.photo("temple"), pictures.grass(), pictures.city_night(), pictures.photo("flower")]


@pytest.fixture(scope="module")
def seer() -> Seer:
    folder: Path = tiny.settings()["models"] / "HuggingFaceTB--SmolVLM-500M-Instruct"
    return Seer(folder, device=tiny.DEVICE, remote_code=False)


def test_answers_of_a_batch_are_those_of_each_alone(seer: Seer) -> None:
    together = seer.ask(IMAGES, ["What is this?"] * len(IMAGES), 8)
    assert together == [seer.ask([image], ["What is this?"], 8)[0] for image in IMAGES]


def test_a_mood_is_always_one_of_the_list(seer: Seer) -> None:
    moods = seer.choose(IMAGES, "Which mood?", tuple(MOODS))
    assert set(moods) <= set(MOODS)
    assert seer.choose(IMAGES[:1], "Which?", ("calm", "calm sea"))[0] in ("calm", "calm sea")


def test_the_enhancer_knows_every_mood_that_a_description_may_name() -> None:
    assert set(MOODS) <= set(KNOWN)


def test_code_of_a_models_repository_needs_a_pinned_commit() -> None:
    settings = Settings(_env_file=None, vlm_remote_code=True, vlm_model="vikhyatk/moondream2")
    with pytest.raises(BadSettingError, match="only at a pinned commit"):
        vlm.build(settings)


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (("A temple by a lake. It is old.", "People walk."), "A temple by a lake; people walk."),
        (("", " "), ""),
        (("a cat\non\ta mat\x00!!", ""), "A cat on a mat."),
        (("x" * 500, ""), "X" + "x" * 279 + "."),
    ],
)
def test_what_was_said_becomes_one_sentence(said: tuple[str, str], text: str) -> None:
    assert sentence(said) == text


def test_scene_words_are_the_houses() -> None:
    assert scenes("A snowy street with buildings at night") == ("snow", "city", "night")


def test_yolo_sees_in_a_batch_what_it_sees_alone() -> None:
    if find_spec("ultralytics") is None:
        pytest.skip("ultralytics is not installed")
    from immersivaudio.stages.detect.yolo import build

    detector = build(Settings(_env_file=None, yolo_confidence=0.3, **tiny.settings()))
    frames = [Frame(Fraction(n), 0, np.ascontiguousarray(image)) for n, image in enumerate(IMAGES)]
    together = detector.detect(frames, lambda _done: None)
    assert {one.label for one in together} <= {"person", "car"}
    assert all(one.confidence >= 0.3 for one in together)
    alone = detector.detect(frames[2:3], lambda _done: None)
    assert [one.confidence for one in together if one.frame == 2] == pytest.approx(
        [one.confidence for one in alone], abs=1e-4
    )
    detector.close()
