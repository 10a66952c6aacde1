"""What happens is told from boxes that move, and only where they do."""

from collections.abc import Sequence

import numpy as np
import pytest

from immersivaudio.stages.describe.actions import Stretch, actions, rhythm
from immersivaudio.stages.describe.aggregation import found
from immersivaudio.values import Box, Curve, Detection, DetectionKind

RATE = 8.0


def seen(
    label: str, left: float, top: float, right: float, bottom: float, kind: DetectionKind = "thing"
) -> Detection:
    return Detection(label, 0.9, Box(left, top, right, bottom), 0, kind)


def stretch(
    frames: Sequence[Sequence[Detection]],
    *,
    motion: Curve | float = 0.1,
    seconds: float = 1.0,
    pan: float = 0.0,
    speech: float = 0.0,
    photo: bool = False,
) -> Stretch:
    curve = np.broadcast_to(np.float32(motion), round(len(frames) * seconds * RATE))
    times = tuple(i * seconds for i in range(len(frames)))
    return Stretch(found(frames), times, (0,) * len(times), curve, RATE, pan, speech, 16 / 9, photo)


def crossing(label: str, speed: float, height: float = 0.6, frames: int = 5) -> list[list[Detection]]:
    """A box that moves `speed` widths a second to the right."""
    width = height / 4
    return [[seen(label, 0.1 + speed * i, 0.2, 0.1 + speed * i + width, 0.2 + height)] for i in range(frames)]


def test_people_walk_and_run_by_their_own_height() -> None:
    # 16:9: a person .6 of the height tall who goes .27 widths a second makes .8 of their height.
    assert "walking" in actions(stretch(crossing("person", 0.27, frames=3)))
    assert "walking" in actions(stretch(crossing("person", 0.09, height=0.2)))
    assert "running" in actions(stretch(crossing("person", 0.19, height=0.2)))
    assert not {"walking", "running"} & set(actions(stretch(crossing("person", 0.0))))


def test_somebody_the_camera_follows_walks_though_the_box_stays() -> None:
    still = crossing("person", 0.0)
    assert "walking" in actions(stretch(still, pan=-0.27))
    assert "walking" not in actions(stretch(crossing("person", 0.1), pan=0.1))


def test_a_photo_has_no_movement_but_somebody_may_be_astride() -> None:
    rider = [seen("person", 0.35, 0.1, 0.6, 0.75), seen("horse", 0.2, 0.3, 0.8, 0.9)]
    assert set(actions(stretch([rider], photo=True, motion=0.0))) == {"riding"}
    beside = [seen("person", 0.82, 0.2, 0.95, 0.9), seen("horse", 0.2, 0.3, 0.8, 0.9)]
    assert not actions(stretch([beside], photo=True, motion=0.0))


def test_playing_needs_a_toy_and_movement() -> None:
    game = [[seen("person", 0.4, 0.2, 0.5, 0.8), seen("sports ball", 0.55, 0.7, 0.6, 0.78)]] * 4
    assert "playing" in actions(stretch(game, motion=0.1))
    assert "playing" not in actions(stretch(game, motion=0.0))
    far = [[seen("person", 0.0, 0.2, 0.1, 0.8), seen("dog", 0.8, 0.6, 0.95, 0.8)]] * 4
    near = [[seen("person", 0.4, 0.2, 0.6, 0.9), seen("dog", 0.55, 0.6, 0.75, 0.9)]] * 4
    assert "playing" not in actions(stretch(far, motion=0.2))
    assert "playing" in actions(stretch(near, motion=0.2))


def test_cars_drive_only_if_they_move_against_the_picture() -> None:
    assert "driving" in actions(stretch(crossing("car", 0.15, height=0.2)))
    assert "driving" not in actions(stretch(crossing("car", 0.0, height=0.2)))
    followed = crossing("car", 0.0, height=0.2)
    assert "driving" in actions(stretch(followed, pan=0.3, motion=0.3))
    carried = stretch(crossing("car", 0.15, height=0.2), motion=0.3)
    assert "driving" not in actions(carried), "a camera that walks past parked cars"


def test_only_a_large_face_with_a_voice_talks_to_the_camera() -> None:
    def face(height: float) -> list[list[Detection]]:
        return [[seen("face", 0.4, 0.2, 0.6, 0.2 + height, "face")]] * 4

    assert "talking to the camera" in actions(stretch(face(0.4), speech=0.7, motion=0.02))
    assert "talking to the camera" not in actions(stretch(face(0.4), speech=0.1, motion=0.02))
    assert "talking to the camera" not in actions(stretch(face(0.1), speech=0.7, motion=0.02))


def test_sitting_still_needs_a_seat_and_no_movement() -> None:
    sitting = [[seen("person", 0.4, 0.3, 0.6, 0.9), seen("chair", 0.42, 0.5, 0.6, 0.95)]] * 4
    assert "sitting still" in actions(stretch(sitting, motion=0.01))
    assert "sitting still" not in actions(stretch(sitting, motion=0.3))
    standing = [[seen("person", 0.4, 0.3, 0.6, 0.9)]] * 4
    assert "sitting still" not in actions(stretch(standing, motion=0.01))


def test_movement_with_a_beat_is_told_from_movement_without() -> None:
    time = np.arange(80) / RATE
    steps = (0.2 + 0.1 * np.sin(2 * np.pi * time / 0.5)).astype(np.float32)
    chance = (0.2 + 0.1 * np.random.default_rng(1).standard_normal(80)).astype(np.float32)
    assert rhythm(steps, RATE) > 0.6
    assert rhythm(chance, RATE) < 0.4
    dancer = [[seen("person", 0.4, 0.2, 0.6, 0.9)]] * 10
    assert "dancing" in actions(stretch(dancer, motion=steps))
    assert "dancing" not in actions(stretch(dancer, motion=chance))


@pytest.mark.parametrize(("people", "motion", "there"), [(6, 0.1, True), (2, 0.1, False), (6, 0.0, False)])
def test_a_crowd_moves(people: int, motion: float, there: bool) -> None:
    frame = [seen("person", 0.1 * i, 0.4, 0.1 * i + 0.06, 0.7) for i in range(people)]
    assert ("crowd moving" in actions(stretch([frame] * 4, motion=motion))) is there
