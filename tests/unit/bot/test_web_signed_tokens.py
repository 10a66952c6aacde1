"""A token says what it was made to say, for as long as it was made for, and nothing else says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.signed_tokens import TokenSigner

SECRET = b"s" * 32


@pytest.mark.medium
@given(st.lists(st.text(max_size=30), max_size=4), st.floats(0.01, 1000))
def test_what_was_sealed_is_read_until_its_time_is_over(facts: list[str], hours: float) -> None:
    now = [1_000_000.0]
    signer = TokenSigner(SECRET, clock=lambda: now[0])
    token = signer.write("file", *facts, hours=hours)
    assert signer.read("file", token) == tuple(facts)
    assert signer.read("clip", token) is None
    now[0] += hours * 3600 + 1
    assert signer.read("file", token) is None


@pytest.mark.medium
@given(st.data())
def test_a_token_that_was_touched_is_none(data: st.DataObject) -> None:
    signer = TokenSigner(SECRET)
    token = signer.write("file", "job", "film", hours=1)
    place = data.draw(st.integers(0, len(token) - 1))
    request = data.draw(st.characters(codec="ascii"))
    touched = token[:place] + request + token[place + 1 :]
    assert signer.read("file", touched) is None or touched == token
    assert TokenSigner(b"o" * 32).read("file", token) is None


@given(st.text(max_size=200))
def test_noise_is_no_token(noise: str) -> None:
    assert TokenSigner(SECRET).read("file", noise) is None
