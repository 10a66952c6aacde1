"""What people type for a mood beside feeling words: occasions, films, trends, other languages, slips."""

import pytest

from immersivaudio.music.instruments import TABLE
from immersivaudio.music.palettes import PALETTES
from immersivaudio.options import ScoreOptions
from immersivaudio.stages.enhance import wishes
from immersivaudio.stages.enhance.character import Character, decide
from immersivaudio.stages.enhance.genres import STYLES, WAITS
from immersivaudio.stages.enhance.lexicon import find
from immersivaudio.stages.enhance.nearest_styles import NEIGHBOURS
from immersivaudio.stages.enhance.references import REFERENCES
from immersivaudio.stages.enhance.rules import RulesEnhancer
from immersivaudio.stages.enhance.text_cleaning import key
from immersivaudio.stages.enhance.vocabulary import MOODS
from immersivaudio.terms import Feeling
from immersivaudio.values import CueSheet, Description
from tests import films

UP, DOWN, ANY = 1, -1, 0


def character(text: str) -> Character:
    """What is made of `text` over a plain, calm clip."""
    return decide(wishes.read(text), Description("", 0.1, 0.0), (), 7)


@pytest.mark.parametrize(
    ("text", "valence", "arousal"),
    [
        ("gym workout", UP, UP),
        ("new year's eve", UP, UP),
        ("graduation", UP, UP),
        ("ski trip", UP, UP),
        ("baby's first steps", UP, DOWN),
        ("first dance", UP, DOWN),
        ("marriage proposal", UP, DOWN),
        ("in memory of my dad", DOWN, DOWN),
        ("rainy day", ANY, DOWN),
        ("haunted house", DOWN, ANY),
        ("zombie apocalypse", DOWN, UP),
        ("breaking news", DOWN, ANY),
        ("cat fails", UP, UP),
        ("boss fight", ANY, UP),
        ("star wars", ANY, UP),
        ("like Interstellar", ANY, DOWN),
        ("Wes Anderson film", UP, ANY),
        ("a banger", UP, UP),
        ("crescendo", ANY, UP),
        ("not too loud", ANY, DOWN),
        ("Weihnachten", UP, UP),
        ("para el cumpleaños de mi abuela", UP, UP),
        ("ambiance de noël", UP, UP),
        ("une vidéo de mariage", UP, DOWN),
        ("per il compleanno di mia nonna", UP, UP),
        ("nada triste", UP, ANY),
        ("a tad melancholic", DOWN, DOWN),
        ("way happier", UP, UP),
        ("🎓", UP, UP),
        ("🏔️", UP, UP),
        ("👶", UP, DOWN),
    ],
)
def test_an_occasion_points_where_a_person_would(text: str, valence: int, arousal: int) -> None:
    felt = wishes.read(text).feeling(Feeling(0.0, 0.0))
    for wanted, value in zip((valence, arousal), felt, strict=True):
        if wanted:
            assert value * wanted > 0.04, felt


@pytest.mark.parametrize(
    ("text", "palette"),
    [
        ("Hans Zimmer style", "epic"),
        ("james bond", "tense"),
        ("tarantino", "rock"),
        ("Stranger Things", "synthwave"),
        ("harry potter vibes", "orchestral waltz"),
        ("old silent movie", "comedic pizzicato"),
        ("mario", "chiptune"),
        ("haunted house", "horror"),
        ("house tour", "hopeful"),
        ("product launch", "hopeful"),
        ("meme", "comedic pizzicato"),
        ("funk", "funk"),
        ("1920s", "jazz"),
        ("tango", "tango"),
        ("coffee shop", "lo-fi"),
        ("synthpop", "pop"),
        ("trailer piano", "cinematic"),
        ("film noir", "jazz"),
        ("dragon", "epic"),
    ],
)
def test_a_reference_calls_the_palette_that_comes_nearest(text: str, palette: str) -> None:
    assert character(text).palette == palette


def test_every_name_of_a_style_is_understood() -> None:
    """Also those at the end of a line of the table."""
    lost = {name for style in STYLES.values() for name in style.names if find(key(name)) is None}
    assert not lost
    assert not {name for style in STYLES.values() for name in style.names if "," in name}


def test_references_name_real_moods_and_palettes() -> None:
    assert {mood for mood, _ in REFERENCES.values()} <= set(MOODS)
    assert {palette for _, palette in REFERENCES.values()} <= set(PALETTES)
    assert all(name == key(name) for name in REFERENCES)


@pytest.mark.parametrize(
    "text",
    [
        "in this case I bring my class",
        "blue sky over the bridge",
        "para mi hermana",
        "pour mes filles",
        "bitte eine kleine Musik",
        "questo video con la gente",
        "the boss said to move",
        "breathe in, breathe out",
        "save the date",
        "saying hello to the prince",
        "my baseball glove is made of iron",
        "winding streets at sea level",
        "counter and chair",
        "dans la classe",
        "mit meinen Freunden",
    ],
)
def test_ordinary_words_are_not_taken_for_misspelled_ones(text: str) -> None:
    wish = wishes.read(text)
    assert not wish.terms
    assert not wish.instruments
    assert not set(wish.palettes) - {"ambient"}  # "sea" is a word of ours, and rightly found


def test_what_is_excepted_is_not_asked_for() -> None:
    assert wishes.read("anything but jazz").palettes["jazz"] < 0
    assert wishes.read("I hate techno").palettes["techno"] < 0
    assert wishes.read("everything except drums").without
    assert "piano" in wishes.read("remove the piano").without


def test_neither_one_nor_the_other_is_the_middle() -> None:
    assert abs(wishes.read("neither happy nor sad").feeling(Feeling(0.1, 0.0))[0]) < 0.1
    assert abs(wishes.read("not happy, not sad").feeling(Feeling(-0.9, 0.0))[0]) < 0.1


@pytest.mark.parametrize(
    ("text", "players"),
    [
        ("just piano", {"piano"}),
        ("gentle piano only", {"piano"}),
        ("nothing but a piano", {"piano"}),
        ("acoustic guitar only", {"steel guitar"}),
        ("nur Klavier", {"piano"}),
        ("not sad, just piano", {"piano"}),
        ("only piano and violins", {"piano", "violins"}),
    ],
)
def test_who_is_to_play_alone_plays_alone(text: str, players: set[str]) -> None:
    assert set(character(text).instruments) == players


@pytest.mark.parametrize(
    "text", ["piano", "just add piano", "only happy music with piano", "not only piano", "more piano"]
)
def test_who_is_only_named_does_not_send_the_others_away(text: str) -> None:
    assert len(character(text).instruments) > 2


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("drums only", {"drums", "percussion"}),
        ("only violins", {"strings"}),
        ("nur Streicher", {"strings"}),
        ("only strings, dark", {"strings"}),
        ("synthwave, only synths", {"synths"}),
        ("solo cello", {"strings"}),
        ("just brass", {"brass"}),
        ("guitars only, rock", {"guitars"}),
        ("ピアノだけ", {"keys"}),
    ],
)
def test_a_group_that_is_to_play_alone_plays_alone(text: str, stems: set[str]) -> None:
    made = character(text)
    assert {TABLE[name].stem for name in made.instruments} <= stems
    own = PALETTES[made.palette]
    struck = {a.instrument for a in own.accents} | {own.riser, own.roll} - {""}
    assert {TABLE[name].stem for name in struck - set(made.without)} <= stems


@pytest.mark.parametrize(("text", "player"), [("🎸", "steel guitar"), ("🎹", "piano"), ("🎻", "violin")])
def test_the_emoji_of_an_instrument_asks_for_it(text: str, player: str) -> None:
    assert player in character(text).instruments


def test_a_metre_nobody_plays_is_understood_and_said_to_be_so() -> None:
    made = character("5/4")
    assert not wishes.read("5/4").unknown
    assert any("5/4" in note for note in made.notes)


@pytest.mark.slow
def test_the_word_for_a_style_leads_to_it() -> None:
    """Its own name, and everything else it is called; no two styles are one plan under two names."""
    called = {word: name for name, style in STYLES.items() for word in (name, *style.names)}
    called |= {
        word: name for name, own in PALETTES.items() if STYLES[name].leaning == WAITS for word in own.words
    }
    astray = {word: name for word, name in called.items() if character(word).palette != name}
    assert not set(astray) - {"drone"}, "a drone is a player"


@pytest.mark.medium
def test_a_word_for_a_style_nobody_plays_says_which_comes_nearest() -> None:
    for word, nearest in NEIGHBOURS.items():
        made = character(word)
        assert made.palette == nearest
        assert f"No {word} here; the nearest is {nearest}." in made.notes


def test_a_style_that_is_denied_is_not_apologised_for() -> None:
    assert not any("nearest" in note for note in character("no dancehall please, something sad").notes)


@pytest.mark.parametrize(
    ("text", "moods"),
    [
        ("plein d'espoir", ["hopeful"]), ("film d'horreur", ["scary"]), ("l'amour", ["romantic"]),
        ("C'est l'été", ["carefree"]), ("I'd like something happy", ["happy"]),
    ],
)  # fmt: skip
def test_a_word_that_lost_its_vowel_is_a_word_of_its_own(text: str, moods: list[str]) -> None:
    assert list(wishes.read(text).moods) == moods


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("no 🥁", "drums"),
        ("sad but no 🎹", "piano"),
        ("kein 🥁, fröhlich", "drums"),
        ("pas d'accordéon", "accordion"),
    ],
)
def test_a_sign_is_denied_as_its_word_is(text: str, without: str) -> None:
    wish = wishes.read(text)
    assert without in wish.without
    assert not wish.instruments


@pytest.mark.parametrize(
    ("text", "tonic", "mode"),
    [
        ("h-moll", "B", "aeolian"), ("B-Dur", "Bb", "ionian"), ("es moll", "Eb", "aeolian"),
        ("cis-moll, ruhig", "C#", "aeolian"), ("fa dièse mineur", "F#", "aeolian"),
        ("re menor", "D", "aeolian"),
        ("si bémol majeur", "Bb", "ionian"), ("sol maggiore", "G", "ionian"), ("in A minor", "A", "aeolian"),
        ("Bb major", "Bb", "ionian"),
    ],
)  # fmt: skip
def test_keys_are_read_as_each_language_writes_them(text: str, tonic: str, mode: str) -> None:
    wish = wishes.read(text)
    assert (wish.tonic, wish.mode) == (tonic, mode)


def test_what_changed_nothing_is_named() -> None:
    assert wishes.read("joyful theremin and kazoo").ignored == ["theremin", "kazoo"]
    assert not wishes.read("plein de joie, s'il vous plaît, avec piano").ignored
    assert wishes.read("300 bpm, happy").asked_tempo == 300
    assert wishes.read("no music, just rain").no_music


def test_a_film_goes_on_to_another_mood() -> None:
    wish = wishes.read("sad, then explosive")
    assert wish.moods == ("sad",)
    assert wish.later is not None
    assert wish.later.moods == ("chaotic",)
    assert wishes.read("then happy").later is None


def test_the_later_half_of_a_film_has_the_later_mood() -> None:
    def plan(seconds: float, cuts: tuple[float, ...], mood: str) -> CueSheet:
        return RulesEnhancer().enhance(films.film(seconds, cuts), (), (), ScoreOptions(mood=mood, seed=3))

    sheet = plan(60, (10, 20, 30, 40, 50), "sad, then explosive")
    assert len(sheet.cues) > 1
    assert sheet.cues[0].valence < -0.4
    assert sheet.cues[-1].arousal > 0.5
    assert sheet.cues[-1].mood == "chaotic"
    one = plan(8, (), "sad, then explosive")
    assert [cue.mood for cue in one.cues] == ["sad", "chaotic"], "one section is parted"
    short = plan(4, (), "sad, then explosive")
    assert any("too short" in note for note in short.notes)


def test_a_film_may_go_through_three_moods() -> None:
    request = ScoreOptions(mood="sad, then tense, then joyful", seed=3)
    sheet = RulesEnhancer().enhance(films.film(60, (10, 20, 30, 40, 50)), (), (), request)
    moods = [cue.mood for cue in sheet.cues]
    assert list(dict.fromkeys(moods)) == ["sad", "tense", "joyful"]


def test_what_cannot_change_within_a_film_is_said() -> None:
    request = ScoreOptions(mood="sad piano, then epic rock with theremin", seed=3)
    sheet = RulesEnhancer().enhance(films.film(60, (10, 20, 30)), (), (), request)
    assert any("style stays" in note for note in sheet.notes)
    assert any("theremin" in note for note in sheet.notes)
