"""Strangers' words: cleaned, tamed, cut."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from immersivaudio.chat.text import clean, fit, length, tame
from tests.hostile import moods
from tests.integration.telegram import rules


@pytest.mark.parametrize(
    ("words", "cleaned"),
    [
        ("  slow\n\tpiano ", "slow piano"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("ze\u200bro", "zero"),
        ("cafe\u0301", "café"),
        ("e" + "\u0301" * 40, "é\u0301\u0301\u0301"),
        ("family 👨‍👩‍👧", "family 👨‍👩‍👧"),
        ("सन्तोष", "सन्तोष"),
        ("\ud83d", ""),
        ("", ""),
    ],
)
def test_clean(words: str, cleaned: str) -> None:
    assert clean(words, 100) == cleaned


@pytest.mark.medium
@given(st.text(max_size=500), st.integers(1, 80))
def test_clean_leaves_one_honest_line(words: str, limit: int) -> None:
    cleaned = clean(words, limit)
    assert len(cleaned) <= limit
    assert clean(cleaned, limit) == cleaned
    assert not {unicodedata.category(c) for c in cleaned if c != "\u200d"} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(st.text(max_size=300), st.integers(1, 80))
def test_fit_fits(words: str, limit: int) -> None:
    cut = fit(words, limit)
    assert length(cut) <= limit
    assert cut == words or cut.endswith("…")


def test_fit_cuts_at_a_word() -> None:
    assert fit("slow strings, dark piano", 16) == "slow strings…"
    assert fit("slow strings, dark piano", 24) == "slow strings, dark piano"
    assert fit("unbreakable" * 9, 12) == "unbreakable…"


@pytest.mark.medium
def test_tamed_words_are_nothing_but_words() -> None:
    seen = [mood for _, mood in moods() if rules.entities(mood)]
    assert len(seen) > 50
    for mood in seen:
        assert rules.entities(tame(clean(mood, 300))) == []


def test_tamed_words_read_as_before() -> None:
    assert tame("slow piano, 3/4, no drums (sad)").replace("\u2060", "") == "slow piano, 3/4, no drums (sad)"
    assert tame("not sad.") == "not sad."
