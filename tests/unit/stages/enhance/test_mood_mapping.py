"""Feelings become palette, tempo, mode and players by the field's tables."""

import itertools

import pytest

from immersivaudio.music.palettes import PALETTES
from immersivaudio.stages.enhance import mood_mapping
from immersivaudio.stages.enhance.captions import caption, mood_of
from immersivaudio.terms import Key

GRID = [-1.0, -0.5, 0.0, 0.5, 1.0]


def test_modes_brighten_and_tempi_quicken() -> None:
    film_score = PALETTES["cinematic"]
    modes = [mood_mapping.MODES.index(mood_mapping.mode(film_score, valence)) for valence in GRID]
    assert modes == sorted(modes)
    assert modes[0] == 0
    assert modes[-1] == len(mood_mapping.MODES) - 1
    tempi = [mood_mapping.tempo(film_score, (0.0, arousal)) for arousal in GRID]
    assert tempi == sorted(tempi)
    assert tempi[2] == 85


@pytest.mark.parametrize("name", sorted(PALETTES))
def test_a_palette_keeps_to_its_own_tempi_modes_and_metres(name: str) -> None:
    palette = PALETTES[name]
    for feeling in itertools.product(GRID, GRID):
        assert palette.tempo[0] <= mood_mapping.tempo(palette, feeling) <= palette.tempo[1]
        assert mood_mapping.mode(palette, feeling[0]) in palette.modes
    assert mood_mapping.metre(palette, "7/8") == mood_mapping.metre(palette, "")


def test_pace_leaves_the_palette_but_not_what_a_sheet_can_hold() -> None:
    ambient = PALETTES["ambient"]
    assert mood_mapping.tempo(ambient, (0, 0), 1.25) > ambient.tempo[1]
    assert mood_mapping.tempo(PALETTES["rock"], (1, 1), 9) == 240


@pytest.mark.medium
@pytest.mark.parametrize("name", sorted(PALETTES))
def test_the_named_palette_is_taken_whatever_is_felt(name: str) -> None:
    for feeling in itertools.product(GRID, GRID):
        assert mood_mapping.palette({name: 4.0}, ("night", "sea"), feeling, "", 0).name == name


@pytest.mark.parametrize("name", sorted(PALETTES))
def test_a_denied_palette_is_never_taken(name: str) -> None:
    home = (PALETTES[name].valence, PALETTES[name].arousal)
    assert mood_mapping.palette({name: -2.0}, (), home, "", 0).name != name


def test_unasked_palettes_suit_the_feeling() -> None:
    for feeling in itertools.product(GRID, GRID):
        chosen = mood_mapping.palette({}, (), feeling, "", 0)
        assert abs(chosen.valence - feeling[0]) + abs(chosen.arousal - feeling[1]) < 1.5, (
            feeling,
            chosen.name,
        )
        assert chosen.valence * feeling[0] > -0.3, (feeling, chosen.name)


def test_scenes_tip_the_balance_and_no_more() -> None:
    assert mood_mapping.palette({}, ("night", "city"), (0.1, 0.2), "", 0).name == "synthwave"
    assert mood_mapping.palette({}, ("night", "city"), (-0.9, 0.1), "", 0).name == "horror"


def test_a_metre_asked_for_finds_a_palette_that_has_it() -> None:
    for feeling in itertools.product(GRID, GRID):
        assert (3, 4) in mood_mapping.palette({}, (), feeling, "3/4", 0).metres


def test_the_seed_decides_the_key_and_only_breaks_ties() -> None:
    assert len({mood_mapping.tonic(seed) for seed in range(40)}) == len(mood_mapping.TONICS)
    assert len({mood_mapping.palette({}, (), (-0.9, 0.1), "", seed).name for seed in range(20)}) == 1


def test_who_plays() -> None:
    jazz = PALETTES["jazz"]
    own = [player.instrument for player in jazz.players]
    assert mood_mapping.cast(jazz, (), ()) == tuple(dict.fromkeys(own))
    assert mood_mapping.cast(jazz, ("harp",), ())[0] == "harp"
    quiet = mood_mapping.cast(jazz, (), ("drums", "percussion"))
    assert quiet
    assert not {p.instrument for p in jazz.players if p.role == "drums"} & set(quiet)


@pytest.mark.parametrize(
    ("feeling", "words"),
    [
        ((0.9, 0.6), {"joyful", "triumphant", "happy"}),
        ((-0.8, 0.6), {"scary"}),
        ((-0.7, -0.5), {"sad", "mournful"}),
        ((0.5, -0.7), {"calm", "peaceful"}),
    ],
)
def test_a_feeling_has_a_plain_name(feeling: tuple[float, float], words: set[str]) -> None:
    assert mood_of(*feeling) in words


@pytest.mark.parametrize("name", sorted(PALETTES))
def test_a_prompt_tells_a_generator_all_it_can_use(name: str) -> None:
    text = caption(name, "hopeful", (("piano", "violins"), ()), 92.0, Key("D", "aeolian"), 0.4)
    assert "hopeful" in text
    assert "piano and violins" in text
    assert "92 bpm" in text
    assert "D minor" in text
    assert len(text) < 400


def test_a_prompt_does_not_speak_of_the_silent() -> None:
    text = caption("lo-fi", "calm", (("piano",), ("drums",)), 70.0, Key("C", "ionian"), 0.4)
    assert "no drums" in text
    assert text.count("drum") == 1
