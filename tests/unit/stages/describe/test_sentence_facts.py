"""Sentences name what was found, count it right, and name nothing that only colours suggest."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from immersivaudio.config import Settings
from immersivaudio.stages.describe.aggregation import found
from immersivaudio.stages.describe.visual import build
from immersivaudio.values import Box, Description, Detection, DetectionKind, Selection
from tests import pictures
from tests.pictures import Pixels, footage

WHOLE = Box(0, 0, 1, 1)


def thing(label: str, frame: int = 0, place: float = 0.3, sure: float = 0.9, size: float = 0.3) -> Detection:
    return Detection(label, sure, Box(place, 0.3, place + size, 0.3 + size), frame)


def word(label: str, frame: int = 0, sure: float = 0.95, kind: DetectionKind = "scene") -> Detection:
    return Detection(label, sure, WHOLE, frame, kind)


def described(
    detections: Sequence[Detection],
    picture: Pixels | None = None,
    *,
    frames: int = 1,
    kind: str = "photo",
    motion: float = 0.1,
    pan: float = 0.0,
) -> Description:
    shown = pictures.photo("temple") if picture is None else picture
    film = footage([[shown] * frames], kind=kind, motion=motion, pan=pan, seconds=[4])
    return build(Settings()).describe(film, Selection(0, (0,)), detections, lambda _done: None)[0]


def every(frames: int, *made: Detection) -> list[Detection]:
    return [replace(one, frame=i) for i in range(frames) for one in made]


def test_things_come_first_then_the_place() -> None:
    told = described([thing("person"), thing("dog", place=0.55), word("garden")]).text
    assert told.startswith("Someone and a dog in a garden")


def test_number_is_what_most_frames_show() -> None:
    twice = [*every(8, thing("dog")), thing("dog", 3, 0.7)]
    assert described(twice, frames=8, kind="video").text.startswith("A dog")
    both = every(8, thing("dog"), thing("dog", place=0.7))
    assert described(both, frames=8, kind="video").text.startswith("Two dogs")
    people = [thing("person", place=0.15 * i, size=0.1) for i in range(6)]
    assert described(people).text.startswith("Many people")


def test_what_one_frame_doubtfully_shows_is_not_told() -> None:
    assert "cat" not in described([thing("cat", 2, sure=0.55)], frames=8, kind="video").text
    assert "motorcycle" not in described([thing("motorcycle", sure=0.54)]).text


def test_a_dog_that_the_classifier_calls_a_monkey_is_none() -> None:
    told = described([thing("dog", sure=0.6), word("monkey", sure=0.85, kind="class")])
    assert told.text.startswith("A monkey")
    assert "dog" not in told.reading.evidence


@pytest.mark.parametrize("picture", [pictures.city_night(), pictures.dunes()])
def test_colours_alone_name_no_place(picture: Pixels) -> None:
    for word_ in ("city", "night", "sand", "desert", "sun", "like"):
        assert word_ not in described([], picture).text.lower()


def test_a_place_that_a_detector_found_is_said() -> None:
    assert described([word("desert"), word("sky")], pictures.dunes()).text.startswith("A desert")
    night = described([word("city"), word("night")], pictures.city_night())
    assert night.text == "A city at night."
    assert night.reading.situation == "city at night"


def test_out_of_doors_is_said_where_nothing_nearer_is_known() -> None:
    assert described([thing("person"), word("outdoors")]).text.startswith("Someone outdoors")
    assert described([thing("person"), word("outdoors"), word("mountain", sure=0.6)]).text.startswith(
        "Someone in the mountains"
    )
    assert described([thing("boat"), word("water"), word("outdoors")]).text.startswith("A boat by the water")
    assert "by the water" not in described([word("water", sure=0.99), word("sea")]).text


def test_nature_is_said_where_no_nearer_place_is() -> None:
    bare = pictures.photo("temple")
    assert described([word("nature"), word("outdoors")], bare).text.startswith("A natural landscape")
    assert described([word("nature"), word("forest"), word("outdoors")], bare).text.startswith("Trees")
    assert described([thing("person"), word("nature"), word("outdoors")]).text.startswith("Someone in nature")


def test_a_building_is_named_alone_and_goes_without_saying_in_a_city() -> None:
    building = word("building", sure=0.6, kind="class")
    assert described([building, word("outdoors")]).text.startswith("A building outdoors")
    assert "building" not in described([building, word("city", sure=0.99)]).text
    assert "building" not in described([building, thing("dog")]).text


def test_what_the_classifier_alone_is_sure_of_is_named() -> None:
    assert described([word("bird", kind="class"), word("outdoors")]).text.startswith("A bird outdoors")
    assert described([word("train", kind="class")]).text == "A train."
    assert described([word("bird", kind="class"), thing("dog")]).text.startswith("A dog")
    assert described([word("wolf", sure=0.8, kind="class"), thing("dog")]).text.startswith("A wolf")


def test_a_low_sun_is_no_sand() -> None:
    warm = np.linspace((250, 190, 90), (110, 70, 25), 180)[:, None].repeat(320, axis=1).astype(np.uint8)
    assert described([word("desert"), word("outdoors")], warm).text.startswith("A desert")
    assert "low sun" in described([word("sea"), word("outdoors")], warm).text


def test_lettering_is_called_that_and_no_drawing() -> None:
    assert described([word("drawing")], pictures.lettering()).text.startswith("Lettering or a logo")


def test_one_witness_for_night_says_neither_night_nor_day() -> None:
    told = described([word("city")], pictures.city_night()).text
    assert "night" not in told
    assert "daylight" not in told


def test_a_photo_of_nothing_known_says_little() -> None:
    told = described([], pictures.darker(pictures.noise(), 0.5)).text
    assert told.startswith("A ")
    assert len(told.split()) <= 8
    assert ";" not in told


@pytest.mark.parametrize(
    ("pan", "words"), [(-0.05, "drifts slowly to the right"), (0.15, "pans to the left"), (-0.5, "sweeps")]
)
def test_the_view_goes_the_other_way_than_the_picture(pan: float, words: str) -> None:
    assert words in described([], kind="video", pan=pan).text


def test_stillness_and_tumult_are_said_of_films_alone() -> None:
    assert "still" in described([], kind="video", motion=0.0).text
    assert "lots of movement" in described([], kind="video", motion=0.4).text
    assert "still" not in described([], motion=0.0).text


@pytest.mark.medium
def test_a_film_of_rapid_cuts_is_not_said_to_be_still() -> None:
    shots = [[pictures.grass(i)] for i in range(12)]
    quick = footage(shots, seconds=[0.3] * 12, motion=0.0)
    slow = footage(shots[:2], seconds=[9, 9], motion=0.0)
    texts = [
        build(Settings())
        .describe(film, Selection(0, tuple(range(len(film.shots)))), (), lambda _done: None)[0]
        .text
        for film in (quick, slow)
    ]
    assert "rapid cuts" in texts[0]
    assert "still" not in texts[0]
    assert "still" in texts[1]


def test_a_grave_thing_seen_once_is_not_lost_among_the_rest() -> None:
    frames = every(16, thing("dog"), word("garden"))
    seen = described([*frames, word("smoke", 5, 0.95)], frames=16, kind="video", motion=0.2)
    assert seen.valence <= 0.1
    assert "smoke" in seen.reading.evidence
    assert "smoke" not in seen.text  # too short to be what the film shows


def test_sightings_are_counted_by_the_sure_ones() -> None:
    seen = found([[thing("person"), thing("person", place=0.35, sure=0.36)]])
    assert seen.things["person"].count == 1


def test_handbags_and_suitcases_are_each_called_a_bag() -> None:
    for bag in ("handbag", "suitcase"):
        assert described([thing("person"), thing(bag)]).text.startswith("Someone with a bag")


def test_nothing_is_named_where_it_does_not_belong() -> None:
    for sure, said in ((0.8, False), (0.95, True)):
        told = described([thing("person"), thing("frisbee", sure=sure), word("indoor")])
        assert ("frisbee" in told.text) == said
        assert (told.reading.situation == "ball game") == said
    assert "ood" not in described([thing("broccoli", sure=0.85), word("nature")]).text
    assert described([thing("umbrella", sure=0.85), word("drawing")]).text == "A drawing or animation."
    assert described([thing("dog", sure=0.85), word("drawing")]).text.startswith("A dog")


def test_a_bird_in_passing_makes_no_film_of_birds() -> None:
    shots = [[pictures.photo("temple")]] * 5
    film = footage(shots, kind="video", motion=0.1, pan=0.0, seconds=[2] * 5)

    def reading(seen: Sequence[int]) -> str:
        birds = [thing("bird", frame) for frame in seen]
        chosen = Selection(0, tuple(range(5)))
        whole = build(Settings()).describe(film, chosen, birds, lambda _done: None)[0]
        assert whole.reading
        return whole.reading.situation

    assert reading(range(5)) == "birds"
    assert reading((1,)) != "birds"


def test_a_box_over_another_of_its_kind_is_no_other_thing() -> None:
    """A detector boxes one long train three times; two dogs apart are two."""
    parts = [Detection("train", 0.9, Box(0.1, 0.3, right, 0.6), 0) for right in (0.9, 0.5, 0.7)]
    assert described([*parts, word("outdoors")]).text.startswith("A train")
    apart = [thing("dog", place=place) for place in (0.05, 0.5)]
    between = Detection("dog", 0.7, Box(0.1, 0.3, 0.7, 0.6), 0)
    assert described([*apart, between]).text.startswith("Two dogs")


@pytest.mark.parametrize("label", ["bus", "truck"])
def test_a_bus_or_truck_is_named_where_both_witnesses_are_sure(label: str) -> None:
    assert described([thing(label, sure=0.97)]).text.startswith(f"A {label}")
    assert described([thing(label, sure=0.88)]).text.startswith("A vehicle")


def test_a_kite_needs_the_open_or_somebody_and_a_television_a_room() -> None:
    for label, said, placed in (("kite", "kite", "sky"), ("tv", "screen", "indoor")):
        assert said not in described([thing(label, sure=0.85)]).text
        assert said in described([thing(label, sure=0.85), word(placed)]).text
    assert "screen" in described([thing("tv", sure=0.85), thing("couch", place=0.6)]).text


def test_a_doubtful_speck_is_nobody_and_a_near_one_is_somebody() -> None:
    car = thing("car", place=0.5)
    assert "Someone" not in described([car, thing("person", size=0.05, sure=0.5)]).text
    assert described([car, thing("person", size=0.2, sure=0.5)]).text.startswith("Someone")


def test_somebody_who_fills_the_picture_is_close_to_the_camera() -> None:
    filling = Detection("person", 0.9, Box(0.2, 0.02, 0.85, 1.0), 0)
    assert "close to the camera" in described([filling]).text
    assert "close to the camera" not in described([thing("person")]).text


def test_a_shore_is_told_as_surely_as_it_was_seen() -> None:
    assert "sea" in described([word("sea", sure=1.0), word("beach", sure=0.9)]).text
    assert "beach" in described([word("sea", sure=0.95), word("beach", sure=0.95)]).text
    assert "lake" not in described([word("lake"), word("night")]).text


def test_nobody_walks_from_one_shot_into_the_next() -> None:
    """A box that jumps with every cut is not the same person moving."""
    pictures_shown = [pictures.photo("temple")]
    film = footage([pictures_shown] * 6, kind="video", motion=0.3, seconds=[1] * 6)
    tall = [
        Detection("person", 0.9, Box(place, 0.1, place + 0.15, 0.9), i)
        for i, place in enumerate((0.1, 0.3, 0.1, 0.3, 0.1, 0.3))
    ]
    whole = build(Settings()).describe(film, Selection(0, tuple(range(6))), tall, lambda _done: None)[0]
    assert "walking" not in whole.actions
    assert "running" not in whole.actions


def test_rocks_and_slopes_are_nobody() -> None:
    slope = [thing("person", sure=0.5, size=0.5), word("nature"), word("outdoors")]
    assert described(slope).text.startswith("A natural landscape")
    assert described([*slope, thing("face", sure=0.8, size=0.1)]).text.startswith("Someone")
    assert described([thing("person", sure=0.7, size=0.5), *slope[1:]]).text.startswith("Someone")


def test_far_specks_are_nobody_however_many() -> None:
    specks = [thing("person", place=0.2 * i, sure=0.5, size=0.05) for i in range(4)]
    assert "people" not in described([*specks, word("outdoors")]).text


def test_players_stand_on_a_sports_ground_and_a_ball_alone_does_not() -> None:
    pitch = word("sport", kind="class")
    assert described([thing("person"), pitch, word("nature")]).text.startswith("Someone on a sports ground")
    assert "sports" not in described([pitch]).text
    assert "sports" not in described([thing("person"), pitch, word("indoor")]).text
    assert "sports" not in described([thing("person"), word("sport"), word("beach")]).text


def test_what_stands_out_is_named_beside_people_who_are_only_there() -> None:
    bridge = word("bridge", kind="class")
    assert described([thing("person"), bridge]).text.startswith("Someone and a bridge")
    building = word("building", kind="class")
    assert "building" not in described([thing("person"), building, word("city", sure=0.99)]).text


def test_no_daylight_is_said_under_a_sky_at_dusk() -> None:
    dusk = np.zeros((96, 128, 3), np.uint8)
    dusk[:48], dusk[48:] = (230, 120, 150), (90, 110, 140)
    assert described([word("sea")], dusk).text == "The sea."
    dusk[:48] = (120, 170, 230)
    assert described([word("sea")], dusk).text == "The sea in daylight."


def test_a_window_on_a_screen_is_no_laptop_and_flowers_grow_in_no_pot() -> None:
    assert "laptop" not in described([thing("laptop", sure=0.8), word("screen")]).text
    assert described([thing("potted plant", sure=0.8), word("flower")]).text.startswith("Flowers")


def test_an_animal_without_a_name_is_told_as_one_and_counted_by_the_name_it_has() -> None:
    assert described([thing("animal"), word("nature")]).text.startswith("An animal in nature")
    herd = [thing("cow"), thing("cow", place=0.65), word("buffalo", sure=0.9, kind="class")]
    assert described(herd).text.startswith("Two buffaloes or bison")
    assert described([thing("animal"), word("llama", sure=0.75, kind="class")]).text.startswith("A llama")
    lobster = [word("animal", sure=0.95, kind="class"), thing("bottle", sure=0.9)]
    assert described(lobster).text.startswith("A bottle")


def test_a_statue_is_nobody() -> None:
    told = described([thing("statue")])
    assert told.text.startswith("A statue") and told.people == 0.0


def test_bollards_balloons_and_lone_ties_are_nobody() -> None:
    assert "omeone" not in described([thing("person", sure=0.38)]).text
    assert "omeone" in described([thing("person", sure=0.45)]).text
    large = thing("person", sure=0.47, size=0.6)
    assert "omeone" not in described([large, word("sky"), word("balloon", kind="class")]).text
    assert "omeone" in described([large, word("indoor")]).text
    assert "tie" not in described([thing("tie", sure=0.8)]).text
    assert "tie" in described([thing("tie", sure=0.8), thing("person", place=0.6)]).text


def zones(top: tuple[int, int, int], bottom: tuple[int, int, int]) -> Pixels:
    picture = np.zeros((96, 128, 3), np.uint8)
    picture[:48], picture[48:] = top, bottom
    return picture


def test_no_daylight_is_said_of_a_bright_sky_over_dark_land() -> None:
    lit, backlit = zones((150, 190, 235), (110, 130, 90)), zones((225, 230, 235), (60, 60, 50))
    assert described([word("mountain")], backlit).text == "Mountains."
    assert described([word("mountain")], lit).text == "Mountains in daylight."
    assert described([word("city")], zones((20, 20, 30), (240, 220, 180))).text == "A city."


def test_no_night_is_said_under_an_evening_sky() -> None:
    evening, night = zones((150, 60, 110), (30, 30, 40)), zones((10, 10, 20), (60, 50, 30))
    assert described([word("street"), word("night")], evening).text == "A street."
    assert described([word("street"), word("night")], night).text == "A street at night."


def test_a_drawing_has_no_dim_light() -> None:
    assert described([word("drawing")], pictures.plain(20)).text == "A drawing or animation."


def test_one_building_is_no_town() -> None:
    castle = [word("city", sure=0.95), word("outdoors", sure=0.99), word("building", sure=0.8, kind="class")]
    assert described(castle).text.startswith("A building outdoors")
    assert described([word("city", sure=0.99), *castle[1:]]).text.startswith("A city")
