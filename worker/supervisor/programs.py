"""Everything on one machine: Redis, a renderer, a delivery adapter, and every frontend that has credentials.

A child that dies is started again, Redis included, a little later each time. SIGINT and SIGTERM stop all of
them in the order in which nothing is lost: frontends first, then those who render and deliver, Redis last. If
we are killed, they end with us.
"""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog
from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import SettingsConfigDict

from immersivaudio.config import EnvironmentSettings
from immersivaudio.errors import OperatorError
from immersivaudio.queue.health import serve_where_set
from immersivaudio.queue.redis_url import plainly
from immersivaudio.queue.settings import QueueSettings
from worker.settings import WorkerSettings
from worker.supervisor.embedded_redis import EmbeddedRedis
from worker.supervisor.exec_with_parent import with_parent
from worker.supervisor.health import ProgramsHealth

log = structlog.get_logger("worker.supervisor.programs")

_FIRST, _LONGEST = 0.5, 30.0
"""s before a dead child is started again: doubled at each death, and forgiven after a quiet minute."""
_FORGIVEN = 60.0
_EXTRA = 10.0
"""s that a program has beyond the drain, before it is killed."""


class Credentials(EnvironmentSettings):
    """Whether a frontend can run: only asked for presence, never shown."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    telegram: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("IMMERSIVAUDIO_TELEGRAM_TOKEN", "TELEGRAM_TOKEN")
    )
    discord: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("IMMERSIVAUDIO_DISCORD_TOKEN", "DISCORD_TOKEN")
    )
    api: str = Field(default="", validation_alias=AliasChoices("IMMERSIVAUDIO_API_KEYS"), repr=False)
    """Whether there are keys; what they are, `chat.api` reads."""
    web: bool = Field(default=True, validation_alias=AliasChoices("IMMERSIVAUDIO_WEB"))
    """The web page needs no credentials: it runs wherever gradio is installed."""

    def frontends(self) -> tuple[str, ...]:
        """Names of those to start, as `python -m bot` knows them."""
        ready = {
            "telegram": self.telegram and find_spec("telegram"),
            "discord": self.discord and find_spec("discord"),
            "api": self.api.strip() not in {"", "{}"} and find_spec("fastapi"),
            "web": self.web and find_spec("gradio") and find_spec("bot.web.app"),
        }
        return tuple(name for name, there in ready.items() if there)


@dataclass(frozen=True, slots=True)
class Program:
    """One child of the supervisor."""

    name: str
    argv: tuple[str, ...]
    last: bool = False
    """Stopped after the others."""


def programs(workers: int, frontends: Sequence[str], generators: int = 0) -> tuple[Program, ...]:
    """What runs besides Redis. With generators, the others leave the music to them."""
    python = (sys.executable, "-m")
    role = ("--role", "analyse") if generators else ()
    renderers = [
        Program(f"worker-{number + 1}", (*python, "worker", "run", *role), last=True)
        for number in range(workers)
    ]
    renderers += [
        Program(f"generator-{number + 1}", (*python, "worker", "run", "--role", "generate"), last=True)
        for number in range(generators)
    ]
    bots = [Program(name, (*python, "bot", name)) for name in frontends]
    return (*renderers, Program("deliver", (*python, "worker", "deliver"), last=True), *bots)


async def up(
    queue: QueueSettings,
    work: WorkerSettings,
    *,
    workers: int = 1,
    generators: int = 0,
    frontends: bool = True,
) -> int:
    """Run until told to stop; returns the exit status."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    names = Credentials().frontends() if frontends else ()
    async with AsyncExitStack() as stack:
        environment = dict(os.environ)
        if queue.redis_url is None:
            redis = EmbeddedRedis(queue.folder)
            await redis.start()
            stack.push_async_callback(redis.stop)
            stack.callback(asyncio.create_task(_keep(redis)).cancel)
            environment["REDIS_URL"] = redis.url
        health = ProgramsHealth(Path(stack.enter_context(TemporaryDirectory(prefix="health-"))))
        log.info("up", redis=plainly(environment.get("REDIS_URL", queue.url)), frontends=list(names))
        runners = [
            ProgramRunner(program, environment | health.environment(program.name))
            for program in programs(workers, names, generators)
        ]
        served = serve_where_set(work.health_host, work.health_port, health.ready, health.metrics)
        await stack.enter_async_context(served)
        await _supervise(runners, work.drain + _EXTRA, stop)
    log.info("down")
    return 0


async def _keep(redis: EmbeddedRedis) -> None:
    """Start Redis again when it dies: the others wait for it, and everything is on disk."""
    pause = _FIRST
    while True:
        born = time.monotonic()
        code = await redis.ended()
        pause = _FIRST if time.monotonic() - born > _FORGIVEN else pause
        log.warning("died", program="redis", code=code, again_in=pause)
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST)
        with suppress(OperatorError):  # it died again: the next round says so
            await redis.start()


async def _supervise(runners: Sequence["ProgramRunner"], grace: float, stop: asyncio.Event) -> None:
    tasks = [asyncio.create_task(runner.keep()) for runner in runners]
    try:
        await stop.wait()
    finally:
        for last in (False, True):
            leaving = [runner for runner in runners if runner.last is last]
            await asyncio.gather(*(runner.stop(grace) for runner in leaving))
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class ProgramRunner:
    """Keeps one program running until told to stop."""

    def __init__(self, program: Program, environment: Mapping[str, str]) -> None:
        self._program = program
        self.last = program.last
        self._environment = environment
        self._process: asyncio.subprocess.Process | None = None
        self._leaving = False

    async def keep(self) -> None:
        """Start it, and start it again."""
        pause = _FIRST
        while not self._leaving:
            born = time.monotonic()
            self._process = await asyncio.create_subprocess_exec(
                *with_parent(*self._program.argv),
                env=dict(self._environment),
                start_new_session=True,  # Ctrl-C at the terminal reaches us alone: we stop them in order
            )
            if self._leaving:  # told to stop while it was being born
                self._process.terminate()
            code = await self._process.wait()
            if self._leaving:
                return
            pause = _FIRST if time.monotonic() - born > _FORGIVEN else pause
            log.warning("died", program=self._program.name, code=code, again_in=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST)

    async def stop(self, grace: float) -> None:
        """Ask it to finish; after `grace` seconds, kill it with all it started."""
        self._leaving = True
        process = self._process
        if process is None or process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), grace)
        except TimeoutError:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
