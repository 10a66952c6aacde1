"""How many clips an hour does a core carry, and what would a million a day take?

    python -m benchmarks.capacity

The whole service as real processes: Redis with every write on disk, a renderer whose child renders for real,
a delivery process. Clips are drawn by our own code, each made different by a comment in its container, so
that nothing is known from before. The figures go into docs/capacity.md, and so does the extrapolation: change
the assumptions at the top of `Assumed` and run it again.
"""

import asyncio
import resource
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg

from benchmarks import report
from immersivaudio import example
from immersivaudio.queue import Address, JobRequest, Queue, ScoreOptions, Source, State
from tests.integration.worker.service import Service

PAGE = report.PAGE.with_name("capacity.md")
EACH = 6
"""Clips of a kind."""


@dataclass(frozen=True)
class Assumed:
    """What nobody can measure beforehand."""

    clips_a_day: float = 1_000_000
    peak: float = 3.0
    """Of the busiest hour, against the mean."""
    busy: float = 0.7
    """Share of a core that may be used before people wait long."""
    remixes: float = 0.4
    """Share of requests that are another take or mood of a clip that was seen already."""
    core_hour: float = 0.04
    """US dollars of one rented core for an hour, memory included."""
    kept_days: float = 7.0
    stored_hours: float = 24.0


@dataclass(frozen=True)
class Kind:
    """One sort of request, and what it took."""

    name: str
    cpu: float
    """s of processor a request, all programs of the service together."""
    kept: float
    """Bytes of Redis an answered request takes until it is forgotten."""
    stored: float
    """Bytes in the store a request takes until they are purged."""


def clips(folder: Path, height: int, seconds: float) -> list[Path]:
    """`EACH` copies of one film, no two with the same bytes."""
    ffmpeg = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", "-y"]
    film = folder / f"film{height}.mp4"
    source = example.make(folder / "example.mp4")
    subprocess.run(
        [*ffmpeg, "-stream_loop", "9", "-i", source, "-t", str(seconds), "-vf",
         f"scale=-2:{height},noise=alls=6:allf=t", "-c:v", "libx264", "-preset", "veryfast",
         "-pix_fmt", "yuv420p", film],
        check=True,
    )  # fmt: skip
    made = []
    for number in range(EACH):
        made.append(folder / f"{height}-{number}.mp4")
        subprocess.run(
            [*ffmpeg, "-i", film, "-c", "copy", "-metadata", f"comment={number}", made[-1]], check=True
        )
    return made


def photos(folder: Path) -> list[Path]:
    """Pictures of the example clip."""
    source = example.make(folder / "example.mp4")
    pattern = folder / "photo-%02d.jpg"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", "-y", "-i", source]
    subprocess.run([*command, "-vf", "fps=1", "-frames:v", str(EACH), pattern], check=True)
    return sorted(folder.glob("photo-*.jpg"))


async def serve(service: Service, files: list[Path], *, photo: bool, remix: bool) -> tuple[float, float]:
    """Send them all; with `remix`, each again in another mood. Returns bytes kept and stored a request."""
    free = service.settings.model_copy(update={"per_user": 1000})
    async with Queue.connect(free) as queue:
        before = (await queue.redis.info("memory"))["used_memory"]
        jobs = [await _send(queue, file, photo, "") for file in files]
        if remix:
            jobs += [await _send(queue, None, photo, job) for job in jobs]
        await asyncio.sleep(0.5)
        after = (await queue.redis.info("memory"))["used_memory"]
    stored = sum(
        path.stat().st_size for path in Path(service.settings.store_url).rglob("*") if path.is_file()
    )
    return (after - before) / len(jobs), stored / len(jobs)


async def _send(queue: Queue, file: Path | None, photo: bool, parent: str) -> str:
    record = await queue.record(parent) if parent else None
    source = (
        Source(ref=await queue.store.put(file)) if file else record.request.source if record else Source()
    )
    submitted = await queue.submit(
        JobRequest(
            platform="local",
            update=f"{file or parent}",
            user="local:benchmark",
            action="remix" if parent else "score",
            parent=parent,
            source=source.model_copy(update={"kind": "photo" if photo else "video"}),
            reply=Address(platform="local", chat="benchmark", message="-"),
            options=ScoreOptions(mood="darker" if parent else ""),
        )
    )
    async for status in queue.watch(submitted.job):
        last = status
    assert last.state is State.DELIVERED, last.failure
    return submitted.job


def measure(name: str, files: list[Path], *, photo: bool = False, remix: bool = False) -> Kind:
    """Start a service, warm its child with the first file, serve the rest, and count its processor time."""
    with tempfile.TemporaryDirectory(prefix="capacity-") as folder:
        warm = _cpu(Path(folder) / "warm", files[:1], photo, remix)
        whole = _cpu(Path(folder) / "whole", files, photo, remix)
    more = (len(files) - 1) * (2 if remix else 1)
    return Kind(name, (whole[0] - warm[0]) / more, whole[1], whole[2])


def _cpu(folder: Path, files: list[Path], photo: bool, remix: bool) -> tuple[float, float, float]:
    folder.mkdir()
    before = _children()
    with Service(folder, renderer="worker.rendering.pipeline_renderer:build") as service:
        service.start("run")
        service.start("deliver")
        kept, stored = asyncio.run(serve(service, files, photo=photo, remix=remix))
        for program in service.programs.values():
            program.terminate()
            program.wait()
    return _children() - before, kept, stored


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure, extrapolate, and write the page's tables."""
    with tempfile.TemporaryDirectory(prefix="capacity-") as name:
        folder = Path(name)
        phone, large = clips(folder, 720, 15.0), clips(folder, 1080, 30.0)
        first = measure("a 15 s clip from a phone, 720p", phone)
        both = measure("", phone, remix=True)
        again = Kind("a remix of it", 2 * both.cpu - first.cpu, 2 * both.kept - first.kept,
                     2 * both.stored - first.stored)  # fmt: skip
        kinds = [
            first,
            again,
            measure("a 30 s clip, 1080p", large),
            measure("a photo of 10 s", photos(folder), photo=True),
        ]
    report.write("Measured", measured(kinds), file=PAGE)
    report.write("A million clips a day, on paper", extrapolated(first, again, Assumed()), file=PAGE)


def measured(kinds: list[Kind]) -> str:
    """The first table."""
    rows = [
        [kind.name, f"{kind.cpu:.1f}", f"{3600 / kind.cpu:.0f}", f"{kind.kept / 1024:.0f} KiB",
         f"{kind.stored / 1e6:.1f} MB", f"{kind.cpu / 3600 * Assumed().core_hour * 100:.3f} ct"]
        for kind in kinds
    ]  # fmt: skip
    heads = ("request", "CPU s", "an hour and core", "Redis until forgotten", "store until purged", "costs")
    return report.table(heads, rows)


def extrapolated(first: Kind, again: Kind, assumed: Assumed) -> str:
    """The second table: figures times assumptions."""

    def mean(a: float, b: float) -> float:
        return a * (1 - assumed.remixes) + b * assumed.remixes

    cpu, kept, stored = (mean(first.cpu, again.cpu), mean(first.kept, again.kept),
                         mean(first.stored, again.stored))  # fmt: skip
    rate = assumed.clips_a_day / 86_400
    cores = rate * assumed.peak * cpu / assumed.busy
    day = assumed.clips_a_day
    rows = [
        ["requests a second, mean / busiest hour", f"{rate:.1f} / {rate * assumed.peak:.0f}"],
        ["CPU s a request", f"{cpu:.1f}"],
        ["cores for the busiest hour", f"{cores:,.0f}"],
        ["cores on the mean, if workers come and go with the queue", f"{rate * cpu / assumed.busy:,.0f}"],
        ["processors a day", f"{rate * cpu / assumed.busy * 24 * assumed.core_hour:,.0f} dollars"],
        ["a request", f"{cpu / assumed.busy / 3600 * assumed.core_hour * 100:.3f} ct"],
        ["Redis for what is remembered", f"{day * assumed.kept_days * kept / 2**30:,.0f} GiB"],
        ["the same, remembered for one day", f"{day * kept / 2**30:,.0f} GiB"],
        ["store", f"{day * assumed.stored_hours / 24 * stored / 1e12:.1f} TB"],
        ["answers sent", f"{rate * assumed.peak * stored * 8 / 1e9:.1f} Gbit/s at most"],
    ]
    return report.table(("what", "figure"), rows)


if __name__ == "__main__":
    main()
