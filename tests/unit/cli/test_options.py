"""How sizes and backends are read."""

import pytest

from immersivaudio.cli import options
from immersivaudio.errors import UserError


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("9.5M", 9_500_000),
        ("800k", 800_000),
        (" 12000000 ", 12_000_000),
        ("1 GB", 10**9),
        ("5MB", 5_000_000),
    ],
)
def test_a_size_is_read_as_bytes(text: str, count: int) -> None:
    assert options.size(text) == count


@pytest.mark.parametrize("text", ["", "3x", "-1M", "M", "1e9", "nan"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="is not a size"):
        options.size(text)


def test_the_command_line_passes_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMMERSIVAUDIO_DETECT", "yolo")
    monkeypatch.setenv("IMMERSIVAUDIO_SELECT", "neural")
    chosen = options.settings(["detect=visual"])
    assert (chosen.detect, chosen.select) == ("visual", "neural")
