"""A user who is too fast waits; nobody else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rate_limit import RateLimiter


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_let_through_then_one_at_a_time() -> None:
    clock = Clock()
    throttle = RateLimiter(60, 3, clock=clock)
    assert [throttle.wait("a") for _ in range(3)] == [0.0, 0.0, 0.0]
    assert throttle.wait("a") == 1.0
    assert throttle.wait("b") == 0.0
    clock.now += 1.0
    assert throttle.wait("a") == 0.0
    assert throttle.wait("a") == 1.0


def test_turns_come_one_behind_the_other_and_the_queue_has_an_end() -> None:
    clock = Clock()
    limiter = RateLimiter(60, 2, clock=clock)
    assert [limiter.turn("a", 1.0, 2.5) for _ in range(6)] == [0.0, 0.0, 1.0, 2.0, None, None]
    assert limiter.turn("b", 2.0, 2.5) == 0.0
    assert limiter.turn("b", 2.0, 2.5) == 2.0
    clock.now += 2.0
    assert limiter.turn("a", 1.0, 2.5) == 1.0


def test_waiting_as_told_is_enough() -> None:
    clock = Clock()
    throttle = RateLimiter(7, 2, clock=clock)
    for _ in range(50):
        while seconds := throttle.wait("a"):
            clock.now += seconds
    assert clock.now == pytest.approx(100.0 + 48 * 60 / 7)


@pytest.mark.medium
@given(st.lists(st.floats(0, 20), min_size=1, max_size=80))
def test_no_window_holds_more_than_burst_and_rate_allow(pauses: list[float]) -> None:
    clock = Clock()
    throttle = RateLimiter(30, 4, clock=clock)
    passed = []
    for pause in pauses:
        clock.now += pause
        if throttle.wait("a") == 0.0:
            passed.append(clock.now)
    for first, start in enumerate(passed):
        for last, end in enumerate(passed[first:], start=first):
            assert last - first + 1 <= 4 + (end - start) * 0.5 + 1e-6


def test_memory_is_bounded() -> None:
    clock = Clock()
    throttle = RateLimiter(1, 1, clock=clock, users=10)
    for user in range(1000):
        throttle.wait(str(user))
    assert len(throttle._free) <= 10
    assert throttle.wait("999") > 0
