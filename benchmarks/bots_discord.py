"""How fast does the Discord bot acknowledge, with a hundred requests a second and the workers saturated?

    python -m benchmarks.bots_discord

Bot, worker, delivery, Redis and the loopback platform share this machine; the time counts from the event on
the gateway to the placeholder on the platform.
"""

import asyncio
import os
import socket
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks import report
from tests.integration.discord.server import Interaction, until
from tests.integration.discord.stage import Play, Stage

RATE, SECONDS = 100, 10
CLIP = bytes(200_000)
BUSY = 30
"""Clips that keep the worker's processor busy before and while we ask."""


async def flood(play: Play) -> list[Interaction]:
    """RATE commands a second by as many users, each with a clip of its own."""
    asked, start = [], time.monotonic()
    for number in range(RATE * SECONDS):
        await asyncio.sleep(max(0.0, start + number / RATE - time.monotonic()))
        clip = play.clip(CLIP)
        asked.append(await play.server.command("score", 10_000 + number, clip=clip, mood="sad"))
    return asked


def main() -> None:
    """Measure, and write the section."""
    rows: list[tuple[str, str]] = []

    async def scene(play: Play) -> None:
        stage.start("discord")
        await until(lambda: play.world.commands)
        await play.server.gateway.ready.wait()
        for number in range(BUSY):
            await play.server.command("score", number, clip=play.clip(b"busy"), mood="spin 5")
        await asyncio.sleep(2)
        bot = stage.programs["discord"].pid
        used, start = _processor_seconds(bot), time.monotonic()
        asked = await flood(play)
        lasted = time.monotonic() - start
        placed = await until(lambda: _all_accepted(stage, len(asked) + BUSY), 60)
        accepted = time.monotonic() - start
        waits = sorted(each.answered for each in asked if each.answered is not None)
        rows.extend(
            [
                ("commands", f"{len(asked)} in {lasted:.1f} s, each with {len(CLIP) // 1000} kB"),
                ("acknowledged", f"{len(waits)}"),
                ("in the ledger", f"{placed - BUSY}, the last one after {accepted:.1f} s"),
                (
                    "processor of the bot",
                    f"{(_processor_seconds(bot) - used) / len(asked) * 1000:.1f} ms a command",
                ),
                ("load of the machine", f"{os.getloadavg()[0]:.1f}"),
                ("placeholder, median", f"{statistics.median(waits) * 1000:.0f} ms"),
                ("placeholder, p95", f"{waits[int(len(waits) * 0.95)] * 1000:.0f} ms"),
                ("placeholder, slowest", f"{waits[-1] * 1000:.0f} ms"),
            ]
        )

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        Stage(Path(folder), port, "tests.chaos.renderer:build") as stage,
    ):
        stage.environment |= {
            "IMMERSIVAUDIO_WORKER_LOG_LEVEL": "INFO",
            "IMMERSIVAUDIO_BOT_LOG_LEVEL": "INFO",
            "IMMERSIVAUDIO_QUEUE_TOTAL": "5000",
            "IMMERSIVAUDIO_WORKER_EDIT_EVERY": "3",
        }
        stage.start("run")
        stage.start("deliver")
        stage.play(scene, inside=False)
    text = f"{RATE} commands a second for {SECONDS} s while the one worker is busy with other clips."
    report.write("Discord under load", f"{text}\n\n{report.table(('', ''), rows)}")


def _processor_seconds(process: int) -> float:
    """User and system time."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _all_accepted(stage: Stage, count: int) -> int:
    log = stage.log("discord").read_text()
    found = log.count('"event": "accepted"')
    return found if found >= count else 0


if __name__ == "__main__":
    main()
