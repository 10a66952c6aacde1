"""The arithmetic under everything that is written."""

import pytest

from immersivaudio.music.theory import signature


def test_a_metre_is_read_as_it_is_written() -> None:
    assert signature("3/4") == (3, 4)
    assert signature("12/8") == (12, 8)


@pytest.mark.parametrize("text", ["", "3", "3/", "/4", "waltz", "3/4/8", "-3/4"])
def test_what_is_no_metre_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no metre"):
        signature(text)
