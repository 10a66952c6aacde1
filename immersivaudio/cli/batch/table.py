"""The table of a batch: while it runs, and at the end."""

import time
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from immersivaudio.cli.batch.plan import BatchFilm
from immersivaudio.cli.progress import WORDS

_SHOWN = 12
"""Films that wait or are done and fit beside those that are worked on."""
_ORDER = ("extract", "listen", "detect", "select", "describe", "enhance", "generate", "sounds", "reconstruct")


class BatchTable:
    """What became of each film."""

    def __init__(self, films: Sequence[BatchFilm], *, quiet: bool) -> None:
        self._films, self._quiet = list(films), quiet
        self._at: dict[BatchFilm, tuple[str, float]] = {}
        self.rows: dict[BatchFilm, dict[str, Any]] = {}
        self.failed: dict[BatchFilm, str] = {}
        self.kept: set[BatchFilm] = set()
        self._began = time.monotonic()
        self._console = Console(stderr=True, quiet=quiet)
        self._live = Live(
            console=self._console, get_renderable=self._now, refresh_per_second=4, transient=True
        )

    def __enter__(self) -> "BatchTable":
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(self, *_ending: object) -> None:
        if self._live.is_started:
            self._live.stop()

    def working(self, film: BatchFilm, stage: str, done: float) -> None:
        """A stage of a film went on."""
        self._at[film] = stage, done

    def finished(self, film: BatchFilm, row: dict[str, Any], *, kept: bool = False) -> None:
        """A film is done, or was."""
        self._at.pop(film, None)
        self.rows[film] = row
        if kept:
            self.kept.add(film)
        self._say(film, "kept from before" if kept else "scored")

    def broke(self, film: BatchFilm, why: str) -> None:
        """A film could not be scored."""
        self._at.pop(film, None)
        self.failed[film] = why
        self._say(film, why)

    def summary(self) -> Table:
        """Return one row a film."""
        table = Table(box=None, pad_edge=False, header_style="dim")
        for name, turn in (
            ("clip", "left"), ("mood", "left"), ("tempo", "right"), ("cuts", "right"), ("sync", "right"),
            ("LUFS", "right"), ("seconds", "right"), ("", "left"),
        ):  # fmt: skip
            table.add_column(name, justify="right" if turn == "right" else "left", overflow="fold")
        for film in self._films:
            row = self.rows.get(film, {})
            told = "failed" if film in self.failed else "" if film in self.rows else "left"
            told = "kept from before" if film in self.kept else told
            names = ("mood", "tempo", "cuts", "sync", "loudness", "seconds")
            cells = [str(row.get(name, "")) for name in names]
            table.add_row(*map(Text, (film.clip.name, *cells, told)))
        return table

    def failures(self) -> list[str]:
        """Return a line for each film that could not be scored."""
        return [f"{film.clip.name}: {why}" for film, why in self.failed.items()]

    def verdict(self) -> str:
        """Return the last line: how many, and in what time."""
        minutes, seconds = divmod(round(time.monotonic() - self._began), 60)
        took = f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
        parts = [f"{len(self.rows) - len(self.kept)} scored"]
        parts += [f"{len(self.kept)} kept from before"] if self.kept else []
        parts += [f"{len(self.failed)} failed"] if self.failed else []
        waiting = len(self._films) - len(self.rows) - len(self.failed)
        parts += [f"{waiting} left, with which the same command goes on"] if waiting else []
        return f"{', '.join(parts)}, in {took}"

    def _say(self, film: BatchFilm, what: str) -> None:
        """Without a terminal, a line for each film as it ends."""
        if not self._console.is_terminal and not self._quiet:
            over = len(self.rows) + len(self.failed)
            self._console.print(Text(f"{over}/{len(self._films)} {film.clip.name}: {what}"), soft_wrap=True)

    def _now(self) -> Table:
        """The films that are worked on, and how far everything is."""
        table = Table(box=None, pad_edge=False, show_header=False)
        over = len(self.rows) + len(self.failed)
        for film, (stage, done) in list(self._at.items())[:_SHOWN]:
            place = _ORDER.index(stage) if stage in _ORDER else 0
            share = (place + done) / len(_ORDER)
            filled = round(20 * share)
            bar = "█" * filled + "─" * (20 - filled)
            table.add_row(Text(film.clip.name), Text(bar), Text(WORDS.get(stage, stage)))
        table.add_row(Text(f"{over} of {len(self._films)} done"), Text(""), Text(""))
        return table
