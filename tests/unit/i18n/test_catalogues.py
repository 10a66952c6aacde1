"""Every language says the same things, and with the same facts in them."""

from string import Formatter

import pytest

from immersivaudio.i18n import CATALOGUES, LANGUAGES, language, say

OTHERS = sorted(set(CATALOGUES) - {"en"})


def fields(text: str) -> set[str]:
    """The {names} in a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_has_every_text_with_the_same_facts(code: str) -> None:
    english, other = CATALOGUES["en"], CATALOGUES[code]
    assert set(other) == set(english)
    assert {key: fields(text) for key, text in other.items()} == {
        key: fields(text) for key, text in english.items()
    }


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_is_translated(code: str) -> None:
    same = [key for key, text in CATALOGUES[code].items() if text == CATALOGUES["en"][key] and len(text) > 40]
    assert same == ["result.music", "result.heard"]  # nothing but facts


@pytest.mark.parametrize("code", sorted(CATALOGUES))
def test_texts_fit_the_platforms(code: str) -> None:
    for key, text in CATALOGUES[code].items():
        assert len(text) <= (32 if key.startswith(("button.", "mood.")) else 1500), key
        assert "<b>" not in text
        assert "**" not in text


def test_every_command_of_the_help_is_the_same_in_every_language() -> None:
    commands = {
        code: sorted(w for w in texts["help"].split() if w.startswith("/"))
        for code, texts in CATALOGUES.items()
    }
    assert len({tuple(found) for found in commands.values()}) == 1


@pytest.mark.parametrize(
    ("locale", "code"),
    [("pt-BR", "pt"), ("de_AT", "de"), ("EN", "en"), ("ja", "en"), ("", "en"), (None, "en")],
)
def test_a_locale_finds_its_language(locale: str | None, code: str) -> None:
    assert language(locale) == code


def test_a_text_is_filled_in() -> None:
    assert say("es", "waiting", position=3) == "En la cola: número 3."
    assert set(LANGUAGES) == set(CATALOGUES)
