"""How often one user may ask: a token bucket each, in memory, forgotten once it is full again."""

import time
from collections.abc import Callable

_EXACT = 1e-9
"""s that rounding may add."""


class RateLimiter:
    """`per_minute` on average, `burst` at once."""

    def __init__(
        self,
        per_minute: float,
        burst: int,
        *,
        clock: Callable[[], float] = time.monotonic,
        users: int = 100_000,
    ) -> None:
        self._rate = per_minute / 60.0
        self._burst = float(burst)
        self._clock = clock
        self._users = users
        self._free: dict[str, float] = {}
        """User -> when the bucket is full again, s. This one number is the whole bucket (GCRA)."""

    def wait(self, user: str) -> float:
        """Take one; returns 0.0, or the seconds after which there is one again (then nothing was taken)."""
        over = self._take(user, 1.0, 0.0)
        return over if over > _EXACT else 0.0

    def turn(self, user: str, cost: float, patience: float) -> float | None:
        """Take `cost`, now or ahead of time; returns the seconds until its turn, or None past `patience` s.

        Requests of one user are spaced out, so that no burst stands before another user's requests.
        """
        over = self._take(user, cost, patience)
        return max(over, 0.0) if over <= patience + _EXACT else None

    def _take(self, user: str, cost: float, patience: float) -> float:
        """Take `cost` where that is too early by `patience` s at most; returns by how many s it is."""
        now = self._clock()
        full = max(self._free.get(user, now), now) + cost / self._rate
        over = full - now - self._burst / self._rate
        if over > patience + _EXACT:
            return over
        self._free.pop(user, None)
        self._free[user] = full
        if len(self._free) > self._users:
            self._forget(now)
        return over

    def _forget(self, now: float) -> None:
        """Drop full buckets, then those of the users seen longest ago."""
        self._free = {user: full for user, full in self._free.items() if full > now}
        while len(self._free) > self._users:
            del self._free[next(iter(self._free))]
