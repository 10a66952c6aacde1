"""How fast a bot answers while workers are busy: updates in, placeholders out, on loopback.

    python -m benchmarks.bots [telegram] [seconds]

On a machine that is shared, put it before the rest: `setsid sh -c 'echo -15 > /proc/self/autogroup; ...'`.

The clock starts when Telegram's server hands the update out and stops when the placeholder has reached it, so
the figure holds our intake, the job store's write to disk, and both HTTP calls.
"""

import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks import report
from tests.integration.telegram.people import Person
from tests.integration.telegram.town import Town

RATE = 100
"""Updates a second."""


def telegram(seconds: int) -> str:
    """Quantiles of the time to the placeholder, and the bot's own CPU, with and without a busy worker."""
    rows = []
    for busy in (False, True):
        with tempfile.TemporaryDirectory(prefix="bots-") as folder:
            town = Town(Path(folder), QUEUE_TOTAL="100000")
            with town:
                if busy:
                    _occupy(town)
                else:
                    town.close("worker")
                town.close("deliver")  # 100 downloads a second are another question
                _pour(town, 1)  # warm
                before = _processor_seconds(town)
                waits = _pour(town, seconds)
                cpu = (_processor_seconds(town) - before) / len(waits)
        middle, high, highest = (quantiles(waits, n=100)[q - 1] for q in (50, 95, 99))
        figures = [f"{1000 * value:.0f} ms" for value in (middle, high, highest)]
        rows.append(["busy" if busy else "away", len(waits), *figures, f"{1000 * cpu:.1f} ms"])
    heads = ["worker", f"placeholders at {RATE} a second", "median", "p95", "p99", "CPU an update"]
    return report.table(heads, rows) + (
        "\n\nFrom the update to its placeholder, one bot process, every update a clip of another user. "
        "Redis, Telegram's server, the load and (where busy) a renderer share the cores with the bot. "
        f"{_surroundings()}"
    )


def _surroundings() -> str:
    """What else the machine did: a bot that gets no processor answers late, which says nothing of the bot."""
    group = Path("/proc/self/autogroup")
    ahead = group.read_text().split()[-1] if group.exists() else "0"
    put = "" if ahead == "0" else f", scheduled with autogroup nice {ahead} against its other work"
    return f"The machine had a load of {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores{put}."


def _processor_seconds(town: Town) -> float:
    """User and system time that the bot has used."""
    fields = Path(f"/proc/{town.members['bot'].process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _occupy(town: Town) -> None:
    """One render that takes all of a core until the measurement is over."""
    town.person().sends_video(b"busy", "spin 300")
    town.until(lambda: town.api.calls["editMessageText"])


def _pour(town: Town, seconds: int) -> list[float]:
    """Send at the rate; seconds from each update to its placeholder."""
    people = [town.person() for _ in range(RATE * seconds)]
    given: dict[str, float] = {}
    taken: dict[str, float] = {}
    done = threading.Event()

    def on_call(method: str, call: Mapping[str, Any]) -> None:
        if method == "sendMessage":
            taken.setdefault(str(call["chat_id"]), time.perf_counter())
            if len(taken) == len(people):
                done.set()

    town.api.on_call = on_call
    start = time.perf_counter()
    for number, person in enumerate(people):
        time.sleep(max(0.0, start + number / RATE - time.perf_counter()))
        given[str(person.chat)] = time.perf_counter()
        _send(person)
    if not done.wait(60):
        raise SystemExit(f"only {len(taken)} of {len(people)} placeholders came")
    return [taken[chat] - given[chat] for chat in given]


def _send(person: Person) -> None:
    person.sends_video(b"clip", "hopeful")


BOTS: Mapping[str, tuple[str, Callable[[int], str]]] = {"telegram": ("Telegram bot", telegram)}

if __name__ == "__main__":
    names = [name for name in sys.argv[1:] if name in BOTS] or list(BOTS)
    length = next((int(word) for word in sys.argv[1:] if word.isdigit()), 15)
    for name in names:
        title, measure = BOTS[name]
        report.write(title, measure(length))
