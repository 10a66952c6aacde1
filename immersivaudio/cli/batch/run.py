"""Clips go to the processes as these become free, and what happens to each is told."""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from immersivaudio.cli.batch.plan import BatchFilm

Event = dict[str, Any]
"""{"stage", "done"}, {"scored"} or {"failed", "code"}."""
_DIED = "the process ended over this film, perhaps for want of memory; score it alone, or with fewer --jobs"

_UNWINDING = 30.0
"""s for a process that was asked to end, to take its half-made files away."""


class BatchRun:
    """A number of processes over a list of films."""

    def __init__(
        self, films: Sequence[BatchFilm], wishes: dict[str, Any], backends: Sequence[str], jobs: int
    ) -> None:
        self._films: queue.SimpleQueue[BatchFilm] = queue.SimpleQueue()
        for film in films:
            self._films.put(film)
        self._wishes, self._backends = wishes, list(backends)
        self._jobs = min(jobs, len(films))
        self._events: queue.SimpleQueue[tuple[BatchFilm, Event] | None] = queue.SimpleQueue()
        self._children: list[subprocess.Popen[str]] = []
        self._lock = threading.Lock()
        self._stopped = False

    def run(self, hear: Callable[[BatchFilm, Event], None]) -> None:
        """Score everything; `hear` is called in this thread. Whatever ends it, no process is left."""
        threads = [threading.Thread(target=self._work, daemon=True) for _ in range(self._jobs)]
        for thread in threads:
            thread.start()
        try:
            left = len(threads)
            while left:
                event = self._events.get()
                if event is None:
                    left -= 1
                else:
                    hear(*event)
        finally:
            self._stop()
            for thread in threads:
                thread.join()

    def _work(self) -> None:
        """One process after the other, should one die: each goes on where the last one ended."""
        child: subprocess.Popen[str] | None = None
        try:
            while not self._stopped:
                try:
                    film = self._films.get_nowait()
                except queue.Empty:
                    break
                child = child if child and child.poll() is None else self._started()
                if child is None:
                    break
                self._score(child, film)
        finally:
            if child is not None:
                with suppress(OSError):
                    child.communicate()  # the end of its input is its end
            self._events.put(None)

    def _started(self) -> subprocess.Popen[str] | None:
        command = [sys.executable, "-m", "immersivaudio.cli.batch.process", *self._backends]
        with self._lock:
            if self._stopped:
                return None
            child = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
            )
            self._children.append(child)
            return child

    def _score(self, child: "subprocess.Popen[str]", film: BatchFilm) -> None:
        if child.stdin is None or child.stdout is None:
            raise AssertionError("both are pipes")
        task = {"clip": str(film.clip), "out": str(film.out), **self._wishes}
        try:
            child.stdin.write(json.dumps(task) + "\n")
            child.stdin.flush()
            for line in child.stdout:
                event = json.loads(line)
                self._events.put((film, event))
                if "stage" not in event:
                    return
        except (OSError, ValueError):
            pass
        with suppress(subprocess.TimeoutExpired):
            child.wait(_UNWINDING)
        child.kill()
        if not self._stopped:
            self._events.put((film, {"failed": _DIED, "code": 1}))

    def _stop(self) -> None:
        with self._lock:
            self._stopped = True
            for child in self._children:
                if child.poll() is None:
                    child.terminate()
