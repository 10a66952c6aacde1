"""A million clips a day, event by event: who waits, what it costs, and what breaks at 10 and 100 times it.

    python -m benchmarks.simulation [--clips 1000000]

A day of arrivals (a busiest hour of three times the mean; a few users send most) meets workers that come and
go as docker/kubernetes/scaling.yaml says, under the fair queueing of `accept.lua`. What a clip costs is read
from the tables that `benchmarks.capacity` and `benchmarks.load` wrote; prices and limits stand in `Assumed`.
Events are a heap of our own: simpy would add a dependency and a generator a clip to sixty lines.
"""

import argparse
import heapq
import itertools
import math
import random
import re
import statistics
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import report

CAPACITY = report.PAGE.with_name("capacity.md")
DAY = 86_400.0
HUNDRED = 100
"""The users who send most, by programs."""


@dataclass(frozen=True)
class Assumed:
    """What nobody can measure beforehand."""

    peak: float = 3.0
    """Of the busiest moment, against the mean."""
    users: int = 200_000
    heavy: float = 0.8
    """Exponent of the users' sizes (Zipf): the larger, the more a few of them send."""
    burst: int = 50
    """Clips that one of the hundred users who send most sends at once."""
    remixes: float = 0.4
    """Share of requests, as in `benchmarks.capacity`."""
    spread: float = 0.5
    """Of the logarithm of a clip's work."""
    start: float = 60.0
    """s until a worker that was asked for takes its first clip."""
    scale_every: float = 15.0
    """s between two looks of the scaler at the queue; this and the next four as in scaling.yaml."""
    waiting_each: float = 4.0
    """Waiting clips for which there is a worker."""
    oldest: float = 60.0
    """s of waiting for which there is a worker more."""
    stable: float = 300.0
    """s for which fewer workers must have been enough before one goes."""
    down_every: float = 60.0
    core_hour: float = 0.04
    """US dollars."""
    put_1000: float = 0.005
    get_1000: float = 0.0004
    gb_month: float = 0.023
    """Of an S3 like Amazon's: a thousand PUTs, a thousand GETs, a GB for a month, US dollars."""
    kept_days: float = 7.0
    redis_gib: float = 256.0
    """Memory of the largest server one would rent."""
    s3_puts: float = 3500.0
    """A second and prefix, as S3 promises; a prefix of ours is an hour."""
    telegram: float = 30.0
    """Messages a second of one bot."""
    delivery_mbit: float = 10_000.0
    """Of the network of one machine that delivers."""


@dataclass(frozen=True)
class Costs:
    """What a clip takes, as measured."""

    new: float
    """s of one processor."""
    remix: float
    kept: float
    """Bytes of Redis, until forgotten."""
    stored: float
    """Bytes in the store, until purged."""
    calls: float
    """Calls of Redis."""
    redis: float
    """s of Redis' one processor."""
    puts: float
    gets: float


@dataclass
class Day:
    """What the simulation saw."""

    waits: list[tuple[float, float, bool]] = field(default_factory=list)
    """(when, s until a worker took it, whether its user is one of the few who send most)."""
    workers: list[tuple[float, int]] = field(default_factory=list)
    core_hours: float = 0.0


def measured(page: str) -> Costs:
    """Read the costs from the page's tables; raises `LookupError` where a row is missing."""

    def row(name: str) -> list[str]:
        found = re.search(rf"^\| {re.escape(name)} \|(.+)\|$", page, re.M)
        if found is None:
            raise LookupError(f"no row {name!r} in docs/capacity.md: run benchmarks.capacity and .load")
        return [cell.strip() for cell in found[1].split("|")]

    def number(text: str) -> float:
        return float(text.split(maxsplit=1)[0].replace(",", ""))

    new, remix = row("a 15 s clip from a phone, 720p"), row("a remix of it")
    shares = (1 - Assumed.remixes, Assumed.remixes)
    kept = [number(each[2]) * 1024 for each in (new, remix)]
    stored = [number(each[3]) * 1e6 for each in (new, remix)]
    puts, gets, heads, deletes = map(float, row("S3 PUT / GET / HEAD / DELETE a clip")[0].split(" / "))
    return Costs(
        new=number(new[0]),
        remix=number(remix[0]),
        kept=sum(share * each for share, each in zip(shares, kept, strict=True)),
        stored=sum(share * each for share, each in zip(shares, stored, strict=True)),
        calls=number(row("Redis calls a clip")[0]),
        redis=number(row("Redis processor a clip")[0]) / 1000,
        puts=puts,
        gets=gets + heads + deletes * 0,  # deleting costs nothing
    )


def arrivals(clips: int, assumed: Assumed, source: random.Random) -> Iterator[tuple[float, int]]:
    """Yield (s of the day, user) in order: a day of one high tide, thinned from its busiest moment."""
    height = assumed.peak - 1
    weights = itertools.accumulate(1 / n**assumed.heavy for n in range(1, assumed.users + 1))
    bounds = list(weights)
    users = source.choices(range(assumed.users), cum_weights=bounds, k=clips * 2)
    # exp(k cos x) has a peak of e^k over its mean I0(k): k = 2.4 gives three times the mean.
    steep = _steepness(height + 1)
    rate, when = clips / DAY * assumed.peak, 0.0
    while (when := when + source.expovariate(rate)) < DAY:
        if source.random() < math.exp(steep * (math.cos(2 * math.pi * (when / DAY - 0.75)) - 1)):
            user = users.pop()
            if user >= HUNDRED:
                yield when, user
            elif source.random() < 1 / assumed.burst:
                yield from itertools.repeat((when, user), assumed.burst)


def _steepness(peak: float) -> float:
    """Return the k for which exp(k cos x) is `peak` times its mean at most."""
    low, high = 0.0, 50.0
    for _ in range(60):
        middle = (low + high) / 2
        mean = statistics.fmean(math.exp(middle * (math.cos(math.pi * n / 500) - 1)) for n in range(1001))
        low, high = (middle, high) if 1 / mean < peak else (low, middle)
    return low


class Simulation:
    """Workers, a fair queue and a scaler."""

    def __init__(self, costs: Costs, assumed: Assumed, *, fair: bool = True, seed: int = 1) -> None:
        self._costs, self._assumed, self._fair = costs, assumed, fair
        self._source = random.Random(seed)
        self._events: list[tuple[float, int, str, int]] = []
        self._number = itertools.count()
        self._queue: list[tuple[float, int, float, int]] = []
        self._tags: dict[int, float] = {}
        self._works: dict[int, int] = {}
        self._round = 0.0
        self._idle, self._workers, self._coming, self._leaving = 0, 0, 0, 0
        self._wishes: deque[int] = deque(maxlen=int(assumed.stable / assumed.scale_every))
        self._went = 0.0
        self.day = Day()

    def run(self, clips: int) -> Day:
        """Let a day pass, and what waits at its end be rendered."""
        coming = arrivals(clips, self._assumed, self._source)
        following = next(coming, None)
        self._grow(0.0, 1)
        self._at(self._assumed.scale_every, "scale")
        while following or self._queue or self._works:
            if following and (not self._events or following[0] <= self._events[0][0]):
                self._arrive(*following)
                following = next(coming, None)
                continue
            when, _, what, user = heapq.heappop(self._events)
            {"done": self._done, "scale": self._scale, "came": self._came}[what](when, user)
        return self.day

    def _at(self, when: float, what: str, user: int = -1) -> None:
        heapq.heappush(self._events, (when, next(self._number), what, user))

    def _arrive(self, when: float, user: int) -> None:
        tag = max(self._round, self._tags.get(user, 0.0)) + 1
        self._tags[user] = tag
        self._works[user] = self._works.get(user, 0) + 1
        heapq.heappush(self._queue, (tag if self._fair else when, next(self._number), when, user))
        self._take(when)

    def _take(self, now: float) -> None:
        while self._idle and self._queue:
            tag, _, when, user = heapq.heappop(self._queue)
            self._round = max(self._round, tag if self._fair else 0.0)
            self._idle -= 1
            self.day.waits.append((when, now - when, user < HUNDRED))
            mean = self._costs.remix if self._source.random() < self._assumed.remixes else self._costs.new
            spread = self._assumed.spread
            self._at(now + mean * self._source.lognormvariate(-spread * spread / 2, spread), "done", user)

    def _done(self, now: float, user: int) -> None:
        self._works[user] -= 1
        if not self._works[user]:
            del self._works[user]
            self._tags.pop(user, None)
        self._idle += 1
        if self._leaving:
            self._leaving -= 1
            self._grow(now, -1)
        self._take(now)

    def _came(self, now: float, _: int) -> None:
        self._coming -= 1
        self._grow(now, 1)
        self._take(now)

    def _grow(self, now: float, by: int) -> None:
        self._workers += by
        self._idle += by
        self.day.workers.append((now, self._workers))

    def _scale(self, now: float, _: int) -> None:
        """As the autoscaler does by docker/kubernetes/scaling.yaml: up at once, down one by one and late."""
        assumed = self._assumed
        self.day.core_hours += self._workers * assumed.scale_every / 3600
        oldest = now - min((when for _, _, when, _ in self._queue), default=now)
        wanted = max(
            1, math.ceil(len(self._queue) / assumed.waiting_each), math.ceil(oldest / assumed.oldest)
        )
        self._wishes.append(wanted)
        for _ in range(wanted - self._workers - self._coming):
            self._coming += 1
            self._at(now + assumed.start, "came")
        if max(self._wishes) < self._workers and now - self._went >= assumed.down_every:
            self._went = now
            if self._idle:
                self._grow(now, -1)
            else:
                self._leaving += 1
        self._at(now + assumed.scale_every, "scale")


def _percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def waiting(day: Day, fifo: Day) -> list[tuple[str, str]]:
    """Return the rows about waiting and workers."""
    few, many = ([wait for _, wait, heavy in day.waits if heavy is kind] for kind in (False, True))
    first, last = ([wait for _, wait, heavy in fifo.waits if heavy is kind] for kind in (False, True))
    most = max(count for _, count in day.workers)

    def three(values: list[float]) -> str:
        return f"{statistics.median(values):.1f} / {_percentile(values, 0.95):.1f} / {max(values):.0f} s"

    return [
        ("clips", f"{len(day.waits):,}"),
        ("wait, median / 95 % / longest", three([wait for _, wait, _ in day.waits])),
        ("the same, users who send few", three(few)),
        ("the same, the hundred users who send most", three(many)),
        ("without fair queueing: users who send few", three(first)),
        ("without fair queueing: the hundred", three(last)),
        ("workers of one core, mean / most", f"{day.core_hours / 24:.0f} / {most}"),
    ]


def money(clips: int, day: Day, costs: Costs, assumed: Assumed) -> list[tuple[str, str]]:
    """Return the rows about what a day costs."""
    cores = day.core_hours * assumed.core_hour
    requests = clips * (costs.puts * assumed.put_1000 + costs.gets * assumed.get_1000) / 1000
    stored = clips * costs.stored / 1e9 * assumed.gb_month / 30
    return [
        ("processors, dollars a day", f"{cores:,.0f}"),
        (
            "S3 PUT / GET and HEAD, millions",
            f"{clips * costs.puts / 1e6:.1f} / {clips * costs.gets / 1e6:.1f}",
        ),
        ("S3, dollars a day: requests / a day's files kept", f"{requests:,.0f} / {stored:,.0f}"),
        ("a clip", f"{(cores + requests + stored) / clips * 100:.4f} ct"),
    ]


def limits(clips: int, costs: Costs, assumed: Assumed) -> list[list[str]]:
    """Return how full each part is at 1, 10 and 100 times as many clips, in the busiest moment."""
    peak = clips / DAY * assumed.peak
    parts = {
        "Redis' processor": peak * costs.redis,
        "Redis' memory (7 days kept)": clips * assumed.kept_days * costs.kept / (assumed.redis_gib * 2**30),
        "Redis' memory (1 day kept)": clips * costs.kept / (assumed.redis_gib * 2**30),
        "S3 PUTs to one prefix": peak * costs.puts / assumed.s3_puts,
        "one Telegram bot (2 messages a clip)": peak * 2 / assumed.telegram,
        "the network of one delivery": peak * costs.stored * 8 / 1e6 / assumed.delivery_mbit,
    }
    return [
        [name, *(f"**{full * n:.0%}**" if full * n > 1 else f"{full * n:.1%}" for n in (1, 10, 100))]
        for name, full in sorted(parts.items(), key=lambda each: -each[1])
    ]


def main() -> None:
    """Simulate, and write the section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=1_000_000, help="fewer: nothing is written")
    clips = parser.parse_args().clips
    costs, assumed, started = measured(Path(CAPACITY).read_text()), Assumed(), time.process_time()
    day = Simulation(costs, assumed).run(clips)
    fifo = Simulation(costs, assumed, fair=False).run(clips)
    calls = clips / DAY * costs.calls
    rows = [
        *waiting(day, fifo),
        ("Redis calls a second, mean / busiest moment", f"{calls:,.0f} / {calls * assumed.peak:,.0f}"),
        ("Redis memory, 7 days kept", f"{clips * assumed.kept_days * costs.kept / 2**30:,.0f} GiB"),
        *money(clips, day, costs, assumed),
        ("the simulation itself", f"{time.process_time() - started:.0f} s of processor"),
    ]
    heads = ("how full in the busiest moment", "1 x", "10 x", "100 x")
    text = f"{report.table(('what', 'figure'), rows)}\n\n{report.table(heads, limits(clips, costs, assumed))}"
    if clips == 1_000_000:
        report.write("A million clips a day, simulated", text, file=CAPACITY)
    else:
        sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
