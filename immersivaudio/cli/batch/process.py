"""The process that scores one clip after the other: JSON lines in, JSON lines out, models loaded once.

Its own process, so that a film that kills it (memory, a codec's defect) costs that film alone.
"""

import json
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any, TextIO

from immersivaudio.cli import options, summary
from immersivaudio.cli.explaining import explained
from immersivaudio.options import ScoreOptions
from immersivaudio.pipeline import Pipeline
from immersivaudio.values import ScoredClip


def main(backends: list[str]) -> None:
    """Score what comes on standard input, until it ends."""
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))  # half-made files go
    told = _own_output()
    pipeline = Pipeline(
        options.settings(backends), lambda stage, done: _tell(told, stage=stage, done=round(done, 3))
    )
    for line in sys.stdin:
        task = json.loads(line)
        try:
            scored = _scored(pipeline, task)
        except Exception as error:  # whatever it is, the next film is not to suffer from it
            problem, code = explained(error)
            _tell(told, failed=problem, code=code)
        else:
            _tell(told, scored=json.loads(summary.as_json(scored)))
    pipeline.close()


def _scored(pipeline: Pipeline, task: dict[str, Any]) -> ScoredClip:
    with tempfile.TemporaryDirectory(prefix="immersivaudio-") as folder:
        return pipeline.score(
            Path(task["clip"]), ScoreOptions(**task["request"]), Path(task["out"]), Path(folder)
        )


def _own_output() -> TextIO:
    """Standard output for our lines alone: what a library prints goes to standard error."""
    told = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)
    return told


def _tell(told: TextIO, **event: Any) -> None:
    told.write(json.dumps(event, ensure_ascii=False) + "\n")
    told.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
