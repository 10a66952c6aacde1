"""A busy machine is given no more threads than it has use for."""

import os

import pytest

from immersivaudio import threads


@pytest.mark.parametrize(("load", "count"), [(0.2, 4), (8.0, 4), (13.0, 1)])
def test_one_thread_is_used_where_every_core_is_wanted(
    load: float, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    monkeypatch.setattr(os, "getloadavg", lambda: (load, 0.0, 0.0), raising=False)
    assert threads.spared(4) == count


def test_an_unknown_load_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def hidden() -> tuple[float, float, float]:
        raise OSError

    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(os, "getloadavg", hidden, raising=False)
    assert threads.spared(4) == 2
