"""From a share code alone, the same clip is planned the same; another clip gets the same choices."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from immersivaudio import share, sheets
from immersivaudio.options import ScoreOptions
from immersivaudio.share.apply import open_code
from immersivaudio.share.encode import recipe_of
from immersivaudio.stages.enhance.rules import RulesEnhancer
from immersivaudio.values import CueSheet, Description, Footage
from tests.films import film

BUILD = 7
FILM = film(75, [9, 19, (30, "fade", 0.6), 41, 60], motion=0.5)
OTHER = film(33, [4, 8, 21], sha256="9" * 64, motion=0.1)
SEEN = (
    Description("Hills.", 0.3, 0.0, ("nature",)),
    Description("Night.", -0.9, -0.9, ("night",), shot=0),
    Description("A crowd.", 0.95, 0.9, ("street",), shot=3),
)
MOODS = (
    "", "hopeful", "epic and dark", "darker", "much happier", "not sad", "faster", "lo-fi", "rock",
    "no piano", "with flute and cello, no drums", "3/4", "100 bpm waltz", "happier", "ecstatic",
    "😢", "blorf", "orchestra without strings", "triste", "more violins", "house at 128 bpm", "horror",
    "in F# minor",
)  # fmt: skip
asked = st.builds(
    ScoreOptions,
    mood=st.sampled_from(MOODS),
    seed=st.none() | st.integers(0, 2**53 - 1),
    take=st.integers(1, 30),
)
alone = st.builds(
    ScoreOptions,
    mood=st.sampled_from(("", "scary", "calm and warm", "less tense", "epic")),
    seed=st.none() | st.integers(1, 2**40),
    cue=st.integers(1, 3),
)
rules = RulesEnhancer()


def plan(footage: Footage, request: ScoreOptions) -> CueSheet:
    return rules.enhance(footage, (), SEEN, open_code(request))


def code_of(sheet: CueSheet, request: ScoreOptions | None = None, footage: Footage = FILM) -> str:
    return share.write(recipe_of(sheet, request or ScoreOptions(), footage.clip, BUILD))


def bare(sheet: CueSheet) -> CueSheet:
    """What is played and shown; notes are said once, to whoever asked."""
    return replace(sheet, notes=())


@pytest.mark.medium
@given(asked, st.lists(asked | alone, max_size=5))
@settings(deadline=None, max_examples=60)
def test_the_same_clip_is_planned_the_same_however_the_piece_came_about(
    first: ScoreOptions, then: list[ScoreOptions]
) -> None:
    sheet = plan(FILM, first)
    for request in then:
        sheet = sheets.load(sheets.dump(rules.remix(sheet, request)))
    code = code_of(sheet)
    assert not share.read(code).near
    assert bare(plan(FILM, ScoreOptions(share=code))) == bare(sheet)
    assert code_of(plan(FILM, ScoreOptions(mood=code))) == code  # and it can be handed on


@pytest.mark.medium
@given(asked)
@settings(deadline=None, max_examples=40)
def test_another_clip_gets_the_same_choices(request: ScoreOptions) -> None:
    sheet = plan(FILM, request)
    other = plan(OTHER, ScoreOptions(share=code_of(sheet)))
    for name in (
        "mood",
        "palette",
        "seed",
        "take",
        "tonic",
        "mode",
        "metre",
        "instruments",
        "without",
        "feeling",
    ):
        assert getattr(other, name) == getattr(sheet, name), name
    assert abs(other.tempo / sheet.tempo - 1) <= 0.16  # near, where its own cuts fall well
    assert other.duration == OTHER.clip.duration
    assert other.clip == OTHER.clip.sha256
    assert [hit.time for hit in other.hits] == [hit.time for hit in plan(OTHER, ScoreOptions()).hits]


def test_words_beside_the_code_change_what_it_says() -> None:
    code = code_of(plan(FILM, ScoreOptions(mood="hopeful", seed=3)))
    plain, darker = plan(FILM, ScoreOptions(mood=code)), plan(FILM, ScoreOptions(mood=f"darker {code}"))
    assert (darker.palette, darker.seed, darker.tonic) == (plain.palette, plain.seed, plain.tonic)
    assert darker.cues[0].valence < plain.cues[0].valence


def test_a_code_remixes_a_sheet_without_looking_again() -> None:
    epic = plan(FILM, ScoreOptions(mood="epic, no drums", seed=4))
    calm = plan(FILM, ScoreOptions(mood="calm"))
    assert bare(rules.remix(calm, open_code(ScoreOptions(mood=code_of(epic))))) == bare(epic)


def test_what_else_was_asked_for_travels_along() -> None:
    request = ScoreOptions(sounds=True, original="mix", speech_gap_lu=16.0, music_gain_db=-1.5)
    code = code_of(plan(FILM, request), request)
    recipe = share.read(code)
    assert (recipe.sounds, recipe.original, recipe.mix.gap, recipe.mix.music) == (True, "mix", 160, -15)


def test_an_edit_that_no_code_can_hold_is_owned_up_to() -> None:
    sheet = plan(FILM, ScoreOptions(mood="hopeful"))
    edited = replace(sheet, hits=sheet.hits[:1])
    assert share.read(code_of(edited)).near
    after = rules.remix(edited, ScoreOptions(mood="epic"))
    assert share.read(code_of(after)).near
    assert share.read(code_of(sheet, ScoreOptions(music_gain_db=0.123))).near


def test_no_word_of_the_user_is_in_a_code() -> None:
    spoken = plan(FILM, ScoreOptions(mood="sad, like the day my grandmother Ottilie left", seed=1))
    plain = plan(FILM, ScoreOptions(mood="sad", seed=1))
    assert spoken.mood == "sad"
    assert code_of(spoken) == code_of(plain)


def test_a_code_that_names_what_is_not_here_says_so() -> None:
    recipe = recipe_of(plan(FILM, ScoreOptions()), ScoreOptions(), FILM.clip, BUILD)
    unknown = share.write(replace(recipe, palette=recipe.palette ^ 1))
    with pytest.raises(share.NewerShareError):
        plan(FILM, ScoreOptions(share=unknown))
