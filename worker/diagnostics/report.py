"""The report of a checkup: one line for each hop, as it happens."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import orjson

_OK, _NOTE, _WRONG = "ok", "note", "wrong"
_MARKS = {_OK: "✓", _NOTE: "!", _WRONG: "✗"}


class CheckFailedError(Exception):
    """A hop that does not work, and what helps."""

    def __init__(self, problem: str, remedy: str, detail: str = "", *, hop: str = "") -> None:
        self.problem, self.remedy, self.detail, self.hop = problem, remedy, detail, hop
        super().__init__(problem)


class CheckReport:
    """Lines for people, or at the end one JSON list for programs."""

    def __init__(self, *, plain: bool) -> None:
        self._plain = plain
        self._rows: list[dict[str, object]] = []
        self._broken = ""
        self.well = True

    def add(self, hop: str, seconds: float, words: str = "", *, inner: bool = False) -> None:
        """A hop that works; an inner one is a part of the one before."""
        self._row(hop, _OK, seconds, words, inner=inner)

    def note(self, hop: str, words: str, remedy: str) -> None:
        """Something that works and could work better."""
        self._row(hop, _NOTE, None, words, remedy)

    @contextmanager
    def timed(self, hop: str, words: str) -> Iterator[Callable[[str], None]]:
        """A hop that works when what is inside ends; the yielded function adds what was found."""
        found: list[str] = []
        start = time.monotonic()
        try:
            yield found.append
        except Exception:
            self._broken = self._broken or hop
            raise
        self.add(hop, time.monotonic() - start, ": ".join((words, *found)))

    def stuck(self, error: CheckFailedError) -> None:
        """The hop that does not work. There is none after it."""
        self.well = False
        words = f"{error.problem} ({error.detail})" if error.detail else error.problem
        self._row(error.hop or self._broken or "stuck", _WRONG, None, words, error.remedy)

    def close(self) -> None:
        """Say the end of it."""
        if not self._plain:
            sys.stdout.write(orjson.dumps(self._rows).decode() + "\n")
        elif self.well:
            sys.stdout.write("The way through is free.\n")

    def _row(
        self,
        hop: str,
        state: str,
        seconds: float | None,
        words: str,
        remedy: str = "",
        *,
        inner: bool = False,
    ) -> None:
        self._rows.append({"hop": hop, "state": state, "seconds": seconds, "detail": words, "remedy": remedy})
        if not self._plain:
            return
        took = f"{seconds:7.3f} s" if seconds is not None else " " * 9
        indent = "  " if inner else ""
        sys.stdout.write(f"{_MARKS[state]} {indent}{hop:<{20 - len(indent)}}{took}  {words}\n")
        if remedy:
            sys.stdout.write(f"{'':33}→ {remedy}\n")
        sys.stdout.flush()
