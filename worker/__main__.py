"""`python -m worker <command>`: run, deliver, up, submit, checkup, sandbox, forget."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from redis.exceptions import RedisError

from immersivaudio import installation, memory, terminal
from immersivaudio.errors import ImmersivaudioError
from immersivaudio.queue.connection import in_words
from immersivaudio.queue.logs import configure
from immersivaudio.queue.settings import QueueSettings
from worker.settings import WorkerSettings


def main(argv: list[str] | None = None) -> int:
    """Do what the command line says; returns the exit status."""
    terminal.be_plain()
    options = parser().parse_args(argv)
    try:
        installation.check_service()
        work = WorkerSettings()
        if work.sandbox != "off":  # which is for debuggers
            memory.hide()
        configure(work.log_level, plain=work.log_plain)
        run: Callable[[QueueSettings, WorkerSettings, argparse.Namespace], int] = options.run
        return run(QueueSettings(), work, options)
    except ImmersivaudioError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except RedisError as error:  # its own message may quote what was sent
        sys.stderr.write(f"{in_words(error)}\n")
        return 2
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    whole = argparse.ArgumentParser(prog="python -m worker", description="Immersivaudio as a service")
    commands = whole.add_subparsers(required=True, metavar="command")
    run = commands.add_parser("run", help="render what waits in the queue")
    run.add_argument("--role", choices=("all", "analyse", "generate"), help="as IMMERSIVAUDIO_WORKER_ROLE")
    run.set_defaults(run=_render)
    commands.add_parser("deliver", help="fetch clips and bring answers").set_defaults(run=_deliver)
    up = commands.add_parser(
        "up", prog="immersivaudio up", help="everything on one machine: Redis, a worker, the frontends"
    )
    up.add_argument("--workers", type=int, default=1, help="worker processes")
    up.add_argument("--generators", type=int, default=0, help="workers that only make music, several at once")
    up.add_argument("--no-frontends", action="store_true", help="only Redis and the workers")
    up.set_defaults(run=_up)
    _add_submit(commands)
    check = commands.add_parser("checkup", help="send a film of ours through everything, hop by hop")
    check.add_argument("--patience", type=float, default=300.0, help="seconds it may take")
    check.add_argument("--json", action="store_true", help="for machines")
    check.set_defaults(run=_checkup)
    shut_in = commands.add_parser("sandbox", help="start one render process, and say what holds for it here")
    shut_in.add_argument("--json", action="store_true", help="for machines")
    shut_in.set_defaults(run=_sandbox)
    forget = commands.add_parser("forget", help="delete everything that is kept of a user")
    forget.add_argument("user", help='as the platform numbers them: "telegram:123456"')
    forget.set_defaults(run=_forget)
    return whole


def _add_submit(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    said = "send a clip through the queue and wait for the result"
    submit = commands.add_parser("submit", prog="immersivaudio submit", help=said, description=said)
    submit.add_argument("clip", type=Path, help="a video or a photo")
    submit.add_argument("-o", "--out", type=Path, help="where the result goes; default: beside the clip")
    submit.add_argument("--mood", default="", help="in your own words; default: as what is seen")
    submit.add_argument("--share", default="", help="a share code: the same mood, players and seed")
    submit.add_argument("--take", type=int, default=1, help="another variation of the same piece: 2, 3, ...")
    submit.add_argument("--sounds", action="store_true", help="add sounds of the scene")
    submit.add_argument("--loop", action="store_true", help="let pictures and music end where they begin")
    submit.add_argument(
        "--original",
        choices=("auto", "keep", "mix", "replace"),
        default="auto",
        help="the clip's own sound; auto: mixed in where somebody speaks, else replaced",
    )
    submit.add_argument("--duration", type=float, help="seconds a photo is held")
    submit.add_argument("-q", "--quiet", action="store_true", help="no word on what happens meanwhile")
    submit.set_defaults(run=_submit)


def _render(queue: QueueSettings, work: WorkerSettings, options: argparse.Namespace) -> int:
    from worker.main import run_worker

    work = work.model_copy(update={"role": options.role or work.role})
    asyncio.run(run_worker(queue, work))
    return 0


def _deliver(queue: QueueSettings, work: WorkerSettings, _: argparse.Namespace) -> int:
    from worker.main import run_delivery

    asyncio.run(run_delivery(queue, work))
    return 0


def _up(queue: QueueSettings, work: WorkerSettings, options: argparse.Namespace) -> int:
    from worker.supervisor.programs import up

    return asyncio.run(
        up(
            queue,
            work,
            workers=options.workers,
            generators=options.generators,
            frontends=not options.no_frontends,
        )
    )


def _submit(queue: QueueSettings, _: WorkerSettings, options: argparse.Namespace) -> int:
    from worker.commands.submit import submit

    try:
        return asyncio.run(submit(queue, options))
    except asyncio.CancelledError:
        return 128 + signal.SIGHUP


def _checkup(queue: QueueSettings, _: WorkerSettings, options: argparse.Namespace) -> int:
    from worker.diagnostics.live_check import run

    return run(queue, patience=options.patience, plain=not options.json)


def _sandbox(_: QueueSettings, work: WorkerSettings, options: argparse.Namespace) -> int:
    from worker.sandbox.check import check

    return check(work, plain=not options.json)


def _forget(queue: QueueSettings, _: WorkerSettings, options: argparse.Namespace) -> int:
    from worker.commands.user_deletion import delete_user

    return asyncio.run(delete_user(queue, options.user))


if __name__ == "__main__":
    sys.exit(main())
