"""Two versions on one queue, as in an upgrade: who accepts, who renders and who delivers, each old or new.

    python -m benchmarks.versions

The old programs are those of the last commit that knew requests of version 1 alone, taken out of this
checkout's history and run as they were. The table goes into docs/operating.md.
"""

import itertools
import sys
import tempfile
from pathlib import Path

from benchmarks import report
from immersivaudio.queue import Queue, Source, State
from immersivaudio.queue.job_request import VERSION
from tests import old_version
from tests.integration.worker.service import Service, ended, send

CLIPS = 3
PAGE = report.PAGE.with_name("operating.md")


def one(code: Path, frontend: str, worker: str, delivery: str) -> str:
    """Send clips through programs that are "old" or "new", and say what came of it."""
    trees = {"old": code, "new": old_version.ROOT}
    states: list[State] = []
    with tempfile.TemporaryDirectory(prefix="versions-") as name, Service(Path(name)) as service:
        service.start("run", tree=trees[worker])
        service.start("deliver", tree=trees[delivery])
        moods = [f"sleep 0.0{number}" for number in range(CLIPS)]
        jobs = old_version.ask(service, code, *moods) if frontend == "old" else []

        async def story(queue: Queue) -> None:
            for mood in () if jobs else moods:
                jobs.append(await send(queue, mood, mood))
            states.extend([(await ended(queue, job)).state for job in jobs])

        service.run(story)
        logs = "".join(service.log(program).read_text() for program in service.programs)
    delivered = states.count(State.DELIVERED)
    return f"{delivered} of {CLIPS} delivered" + (", and a traceback" if "Traceback" in logs else "")


def album(code: Path) -> str:
    """Send what only new programs read to an old worker, and then start a new one beside it."""
    said: list[str] = []
    with tempfile.TemporaryDirectory(prefix="versions-") as name, Service(Path(name)) as service:
        service.start("run", tree=code)
        service.start("deliver")

        async def story(queue: Queue) -> None:
            source = Source(kind="album", ref=await queue.store.put_bytes(b"album"))
            job = await send(queue, "album", source=source)
            await ended(queue, await send(queue, "clip"))
            waits = await queue.status(job)
            said.append(f"{waits.state} while only old ones are there" if waits else "gone")
            service.start("run", name="new")
            said.append(f"{(await ended(queue, job)).state} once a new one is")

        service.run(story)
    return ", ".join(said)


def main() -> int:
    """Run all eight, and the album, and write the table."""
    with tempfile.TemporaryDirectory(prefix="versions-") as name:
        code = old_version.tree(old_version.VERSION_1, Path(name))
        if code is None:
            sys.stdout.write("the history of this checkout does not hold the old version\n")
            return 1
        kinds = itertools.product(("old", "new"), repeat=3)
        rows = [(*kind, one(code, *kind)) for kind in kinds]
        rows.append(("new: an album", "old", "new", album(code)))
    text = (
        f"Old: commit {old_version.VERSION_1}, which reads requests of version 1; new reads {VERSION}.\n\n"
        + report.table(("accepted by", "rendered by", "delivered by", "outcome"), rows)
    )
    report.write("Two versions side by side", text, file=PAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
