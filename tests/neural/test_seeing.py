"""YOLO and the vision-language models: batches, boxes, closed answers."""

from collections.abc import Iterator
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("transformers")

from immersivaudio.config import Settings
from immersivaudio.errors import BadSettingError
from immersivaudio.models import chat_model
from immersivaudio.models.chat_model import Dialogue
from immersivaudio.models.input_processors import HEARING, Question
from immersivaudio.situations import ACTIONS
from immersivaudio.stages.describe import vlm
from immersivaudio.stages.describe.answers import (
    FIELDS,
    HEARD,
    MOODS,
    SCENES,
    TASK,
    THINGS,
    HeardAnswer,
    StretchAnswer,
    sentence,
)
from immersivaudio.stages.describe.visual import VisualDescriber
from immersivaudio.stages.enhance.vocabulary import MOODS as KNOWN
from immersivaudio.values import Frame, Selection
from tests import pictures
from tests.neural import tiny

pytestmark = pytest.mark.neural
IMAGES = [pictures.photo("temple"), pictures.grass(), pictures.city_night(), pictures.photo("flower")]
NOISE = np.random.default_rng(3).normal(0, 0.1, 2 * HEARING).astype(np.float32)


@pytest.fixture(scope="module", params=["google--gemma-4-E2B-it", "HuggingFaceTB--SmolVLM-500M-Instruct"])
def model(request: pytest.FixtureRequest) -> Iterator[Dialogue]:
    lent = chat_model.borrow(tiny.settings()["models"] / request.param, device=tiny.DEVICE, stage="describe")
    yield lent
    chat_model.give_back(lent)


def films() -> list[Question]:
    """Stretches of one, three and no pictures, with and without sound."""
    return [
        Question(TASK + FIELDS, "2 s of film.", tuple(IMAGES[:1]), (1.0,), NOISE),
        Question(TASK + FIELDS, "9 s of film.", tuple(IMAGES[1:]), (0.0, 4.5, 61.0), None),
        Question(TASK + FIELDS, "1 s of film.", tuple(IMAGES[2:3]), (0.0,), NOISE[:9000]),
    ]


def test_answers_of_a_batch_are_in_form_and_those_of_each_alone(model: Dialogue) -> None:
    together = model.answer(films(), HeardAnswer, 320)
    for one in together:
        assert one is not None
        assert {each.partition(" ")[2] for each in one.things} <= set(THINGS)
        assert set(one.scenes) <= set(SCENES)
        assert one.mood in MOODS
        assert set(one.heard) <= set(HEARD)
    assert model.answer(films()[1:2], HeardAnswer, 320) == together[1:2]


def test_gemma_is_shown_every_picture_with_its_time_and_hears_what_sounds() -> None:
    folder: Path = tiny.settings()["models"] / "google--gemma-4-E2B-it"
    reader = chat_model.borrow(folder, device=tiny.DEVICE, stage="describe")._reader
    inputs = reader.read(films())
    assert inputs["num_frames_per_video"].tolist() == [1, 3, 1]
    assert len(inputs["input_features"]) == 2
    told = reader.tokenizer.batch_decode(inputs["input_ids"])
    assert [text.count("<|image>") for text in told] == [1, 3, 1]
    assert [mark in told[1] for mark in ("00:00 <|image>", "00:04 <|image>", "01:01 <|image>")] == [True] * 3
    tokens = [text.count("<|audio|>") for text in told]
    assert tokens == [50, 0, 14], "25 a second"


def test_what_is_named_is_read_with_what_was_measured() -> None:
    said = {
        "things": ["2 dog", "1 sports ball", "1 dog"], "scenes": ["beach", "beach"], "action": "playing",
        "mood": "joyful", "sentence": "Two dogs play with a ball on a beach",
    }  # fmt: skip
    answer = HeardAnswer(**said, heard=["laughter", "speech"], language="German")
    assert answer.sounds() == "laughter and speech in German are heard"
    assert answer.only_seen() == StretchAnswer(**said)
    seen = pictures.footage([[pictures.photo("temple")] * 2])
    measure = VisualDescriber().describe
    for shot in (None, 0):
        named = {shot: answer.named()}
        one = measure(seen, Selection(0, (0,)), (), lambda _done: None, named=named)[0 if shot is None else 1]
        assert one.things[:2] == (("dog", 2), ("sports ball", 1))
        assert one.actions[0] == "playing"
        assert one.scenes[0] == "beach"
        assert {"dog", "playing"} <= set(one.reading.evidence)
        assert one.people == 0, "nobody was detected"


def test_every_action_may_be_answered() -> None:
    for action in (*ACTIONS, "nothing"):
        StretchAnswer(things=[], scenes=[], action=action, mood="calm", sentence="A plain meadow")


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
