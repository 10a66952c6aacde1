"""Sentences are composed in every language: number and agreement right, nothing said that was not told."""

import re
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from immersivaudio.sentences import LANGUAGES, Telling, compose
from immersivaudio.sentences.compose import Language

ENGLISH = LANGUAGES["en"]
TABLES = ("nouns", "verbs", "places", "lights", "plain", "colours", "motion", "paces")
CODES = pytest.mark.parametrize("code", LANGUAGES)
counted = st.tuples(st.sampled_from(("person", *ENGLISH.nouns)), st.integers(1, 9))
tellings = st.builds(
    Telling,
    subjects=st.lists(counted, max_size=3, unique_by=lambda one: one[0]).map(tuple),
    action=st.sampled_from(("", *ENGLISH.verbs)),
    objects=st.lists(counted, max_size=2, unique_by=lambda one: one[0]).map(tuple),
    places=st.lists(st.sampled_from(tuple(ENGLISH.places)), max_size=2, unique=True).map(tuple),
    light=st.sampled_from(("", *ENGLISH.lights, *ENGLISH.plain)),
    colours=st.lists(st.sampled_from(tuple(ENGLISH.colours)), max_size=2, unique=True).map(tuple),
    grey=st.booleans(),
    motion=st.sampled_from(("", *ENGLISH.motion)),
    pace=st.sampled_from(tuple(ENGLISH.paces)),
    shots=st.integers(1, 40),
    flashing=st.booleans(),
    photo=st.booleans(),
)


@CODES
def test_every_language_has_every_word(code: str) -> None:
    for table in TABLES:
        assert set(getattr(LANGUAGES[code], table)) == set(getattr(ENGLISH, table)), table
    assert {field.name for field in fields(Language)} >= set(TABLES)


PLAY = Telling((("person", 1),), "playing", (("dog", 1),), ("garden",), "daylight", motion="lots")
BEACH = Telling((("person", 2), ("dog", 1)), "walking", (), ("beach",))
ANIMALS = Telling((("dog", 3),), "", (("elephant", 1), ("bear", 3)), ("city",), "night")
HERD = Telling((("buffalo", 2), ("animal", 1)), "", (), ("nature",))
COUCH = Telling((("cat", 1),), "on", (("couch", 1),), (), "dim")


@pytest.mark.parametrize(
    ("code", "told", "sentence"),
    [
        ("en", PLAY, "Someone plays with a dog in a garden in daylight; lots of movement."),
        ("de", PLAY, "Jemand spielt mit einem Hund in einem Garten bei Tageslicht; viel Bewegung."),
        ("fr", PLAY, "Quelqu'un joue avec un chien dans un jardin à la lumière du jour; beaucoup de "
                     "mouvement."),
        ("es", PLAY, "Alguien juega con un perro en un jardín a la luz del día; mucho movimiento."),
        ("pt", PLAY, "Alguém brinca com um cachorro num jardim à luz do dia; muito movimento."),
        ("en", HERD, "Two buffaloes or bison and an animal in nature."),
        ("de", HERD, "Zwei Büffel oder Bisons und ein Tier in der Natur."),
        ("fr", HERD, "Deux buffles ou bisons et un animal dans la nature."),
        ("es", HERD, "Dos búfalos o bisontes y un animal en la naturaleza."),
        ("pt", HERD, "Dois búfalos ou bisões e um animal na natureza."),
        ("en", BEACH, "Two people and a dog walk on a beach."),
        ("de", BEACH, "Zwei Personen und ein Hund gehen an einem Strand."),
        ("fr", BEACH, "Deux personnes et un chien marchent sur une plage."),
        ("de", ANIMALS, "Mehrere Hunde mit einem Elefanten und mehreren Bären in einer Stadt bei Nacht."),
        ("es", ANIMALS, "Varios perros con un elefante y varios osos en una ciudad de noche."),
        ("pt", COUCH, "Um gato num sofá com pouca luz."),
        ("en", Telling(places=("sea",), light="daylight"), "The sea in daylight."),
        ("en", Telling(light="dim", colours=("brown", "grey"), photo=True),
         "A dim picture in brown and grey."),
        ("en", Telling((("car", 3),), "driving", (), ("city",), shots=8, pace="brisk"),
         "Several cars drive by in a city; 8 shots in brisk cuts."),
    ],
)  # fmt: skip
def test_number_and_agreement(code: str, told: Telling, sentence: str) -> None:
    assert compose(told, code) == sentence


@given(tellings)
def test_anything_told_is_a_sentence_in_every_language(told: Telling) -> None:
    said = {code: compose(told, code) for code in LANGUAGES}
    for code, text in said.items():
        assert re.fullmatch(r"[A-ZÀ-Ü0-9][^\n.]*\.", text), (code, text)
        assert "  " not in text
        assert " ," not in text
    english = re.compile(r"\b(the|someone|people|several|scene in|picture|movement|shots|and)\b")
    for code in ("de", "es", "pt"):
        assert not english.search(said[code]), said[code]


AGE_SEX_LOOKS = re.compile(
    r"\b(man|men|woman|women|boy|girl|child|children|kid|baby|old|young|male|female|mann|frau|kind|homme|femme|enfant|"
    r"hombre|mujer|niñ[oa]|homem|mulher|menin[oa]|bebé|bebê)\b",
    re.IGNORECASE,
)


@CODES
def test_nothing_is_said_of_age_sex_or_looks(code: str) -> None:
    language = LANGUAGES[code]
    words = [*language.people, *language.somebody, *language.words.values(), *language.nouns.values()]
    words += [part for forms in (*language.places.values(), *language.verbs.values()) for part in forms]
    assert not [word for word in words if AGE_SEX_LOOKS.search(word)]


def test_an_unknown_language_gets_english() -> None:
    assert compose(PLAY, "xx") == compose(PLAY)
