"""Many clips, from the check before any work to the summary."""

import json as jsons
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from immersivaudio import registry, targets
from immersivaudio.cli import options
from immersivaudio.cli.batch.plan import BatchFilm, BatchManifest, films
from immersivaudio.cli.batch.run import BatchRun, Event
from immersivaudio.cli.batch.table import BatchTable
from immersivaudio.errors import UserError
from immersivaudio.options import ScoreOptions


class Batch:
    """The wishes for all clips of a batch."""

    def __init__(self, request: ScoreOptions, backends: Sequence[str] | None) -> None:
        self._request, self._backends = request, list(backends or ())

    def score(self, clips: Sequence[Path], folder: Path | None, jobs: int, *, quiet: bool, json: bool) -> int:
        """Score the clips, as many side by side as `jobs`, and return the exit code.

        A clip whose result is there, made of the same file with the same wishes, is kept.
        """
        wanted = self._checked(clips, folder)
        manifest = BatchManifest(self._request, self._backends)
        codes: list[int] = []
        table = BatchTable(wanted, quiet=quiet or json)

        def hear(film: BatchFilm, event: Event) -> None:
            if "scored" in event:
                row = _row(event["scored"])
                manifest.add(film, row)
                table.finished(film, row)
                if json:
                    typer.echo(jsons.dumps(event["scored"], ensure_ascii=False))
            elif "failed" in event:
                codes.append(event["code"])
                table.broke(film, event["failed"])
                if json:
                    failed = {"clip": str(film.clip), "error": event["failed"]}
                    typer.echo(jsons.dumps(failed, ensure_ascii=False))
            else:
                table.working(film, event["stage"], event["done"])

        left = [film for film in wanted if not self._kept(film, manifest, table)]
        wishes = {"request": self._request.plain()}
        try:
            with table:
                BatchRun(left, wishes, self._backends, jobs).run(hear)
        finally:
            if not json:
                Console().print(table.summary())
                typer.echo("\n".join([*table.failures(), table.verdict()]))
        return codes[0] if codes else 0

    def _checked(self, clips: Sequence[Path], folder: Path | None) -> list[BatchFilm]:
        """Refuse what cannot be before the first film is begun."""
        registry.check(options.settings(self._backends))
        if folder is not None and folder.suffix.lower() == ".mp4":
            raise UserError(
                f"{folder.name} is one file, and there are {len(clips)} clips", "name a folder with -o"
            )
        targets.check_folder(folder, option="-o")
        wanted = films(clips, folder)
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        for film in wanted:
            targets.check_result(film.clip, film.out)
        return wanted

    def _kept(self, film: BatchFilm, manifest: BatchManifest, table: BatchTable) -> bool:
        row = manifest.done(film)
        if row is not None:
            table.finished(film, row, kept=True)
        return row is not None


def _row(scored: dict[str, Any]) -> dict[str, Any]:
    """What the summary says of a film."""
    sheet, receipt = scored["sheet"], scored["receipt"]
    figure = receipt.get("sync")
    sync = "" if figure is None else f"{figure['hit'] / figure['cuts'] - figure['chance']:+.2f}"
    return {
        "mood": sheet["mood"],
        "tempo": f"{sheet['tempo']:.0f}",
        "cuts": f"{figure['hit']}/{figure['cuts']}" if figure else "",
        "sync": sync,
        "loudness": f"{receipt['loudness_lufs']:.1f}",
        "seconds": f"{sum(receipt['seconds'].values()):.0f}",
    }
