"""How often one user may ask: a token bucket each, in memory, forgotten once it is full again."""

import time
from collections.abc import Callable


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
        now = self._clock()
        full = max(self._free.get(user, now), now) + 1.0 / self._rate
        over = full - now - self._burst / self._rate
        if over > 1e-9:
            return over
        self._free.pop(user, None)
        self._free[user] = full
        if len(self._free) > self._users:
            self._forget(now)
        return 0.0

    def _forget(self, now: float) -> None:
        """Full buckets say nothing; beyond those, who was seen longest ago goes first."""
        self._free = {user: full for user, full in self._free.items() if full > now}
        while len(self._free) > self._users:
            del self._free[next(iter(self._free))]
