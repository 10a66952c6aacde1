"""The one runner of the ffmpeg program: an argv list, local files only, a time limit, killed as a group.

The program is the one that imageio-ffmpeg brings, so that every machine encodes alike. It runs as a process
of its own: its licence (GPL) stays its own, and a hostile file can break no more than the process.
"""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cache
from typing import IO

from immersivaudio.errors import (
    ImmersivaudioError,
    OperatorError,
    StageFailedError,
    TooMuchWorkError,
    UnknownColoursError,
)
from immersivaudio.media.guard import EXPORT

STAGE = "reconstruct"

_REASONS = (
    ("No space left on device", "the disk is full", "free some space and run it again"),
    ("Permission denied", "the output folder may not be written", "choose another folder with -o"),
)


@cache
def executable() -> str:
    """Return the path of the program."""
    import imageio_ffmpeg

    return str(imageio_ffmpeg.get_ffmpeg_exe())


def run(
    arguments: Sequence[str],
    *,
    timeout: float,
    told: Callable[[float], None] | None = None,
    feed: Iterable[bytes] | None = None,
) -> None:
    """Run ffmpeg with `arguments` (without the program's name) and wait for it.

    `told` hears how much of the output is written so far, s. `feed` is written to its standard input, for
    pictures that are made as they are needed. Raises `OperatorError` when the disk is full or may not be
    written, `TooMuchWorkError` when it is not done within `timeout` s, `StageFailedError` when it fails
    otherwise; it and whatever it started are dead by then.
    """
    argv = [executable(), "-hide_banner", "-loglevel", "error", "-nostats", "-y"]
    argv += ["-progress", "pipe:1", *([] if feed else ["-nostdin"]), *arguments]
    with tempfile.TemporaryFile() as log, _started(argv, log, feed is not None) as process:
        late = threading.Event()
        watch = threading.Timer(timeout, _stop, (process, late))
        watch.daemon = True
        watch.start()
        feeder = _Feeder(process, feed or ())
        try:
            feeder.start()
            _follow(process.stdout, told)
            process.wait()
        finally:
            watch.cancel()
            _kill(process)
            feeder.join()
        if feeder.error:
            raise feeder.error
        if late.is_set():
            raise TooMuchWorkError(
                f"ffmpeg was not done after {timeout:.0f} s", "try a shorter or smaller clip", stage=STAGE
            )
        if process.returncode:
            raise failure(_tail(log))


def source(demuxer: str, path: str | os.PathLike[str]) -> list[str]:
    """Return the arguments that open a local file with one demuxer, and nothing that it may point to."""
    return ["-protocol_whitelist", "file", "-f", demuxer, "-i", f"file:{os.fspath(path)}"]


def failure(log: str) -> ImmersivaudioError:
    """Return the error for what ffmpeg or PyAV said: one plain line, without paths."""
    for words, problem, remedy in _REASONS:
        if words in log:
            return OperatorError(problem, remedy, stage=STAGE)
    if "Impossible to convert between the formats" in log:
        return UnknownColoursError("the video tells colours that nothing here converts", EXPORT)
    return StageFailedError(
        "ffmpeg could not write the result", "try another clip; if it stays, report it", stage=STAGE
    )


def _started(argv: list[str], log: IO[bytes], fed: bool) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        argv,
        stdin=subprocess.PIPE if fed else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=log,
        start_new_session=True,
        env=_environment(),
    )


def _environment() -> dict[str, str]:
    """Return the environment of the ffmpeg process; on Windows, system libraries need SYSTEMROOT."""
    needed = {"SYSTEMROOT": os.environ.get("SYSTEMROOT", "")} if sys.platform == "win32" else {}
    return {"PATH": os.defpath, "LC_ALL": "C", **needed}


class _Feeder(threading.Thread):
    """Writes to the program's standard input; an error of the source ends the program, and is kept."""

    def __init__(self, process: "subprocess.Popen[bytes]", feed: Iterable[bytes]) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._feed = feed
        self.error: BaseException | None = None

    def run(self) -> None:
        pipe = self._process.stdin
        if pipe is None:
            return
        try:
            for chunk in self._feed:
                pipe.write(chunk)
            pipe.flush()
        except BrokenPipeError:
            pass  # ffmpeg is gone: its exit status tells why
        except BaseException as error:
            self.error = error
            _kill(self._process)
        finally:
            with suppress(BrokenPipeError):  # what is left in the buffer is written on closing
                pipe.close()


def _follow(pipe: IO[bytes] | None, told: Callable[[float], None] | None) -> None:
    for line in pipe or ():
        key, _, value = line.decode("ascii", "replace").strip().partition("=")
        if told and key == "out_time_us" and value.isdigit():
            told(int(value) / 1e6)


def _stop(process: "subprocess.Popen[bytes]", late: threading.Event) -> None:
    late.set()
    _kill(process)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        if sys.platform != "win32":
            with suppress(ProcessLookupError):  # in a sandbox nothing leads a group of its own
                os.killpg(process.pid, signal.SIGKILL)
                return
        process.kill()


def _tail(log: IO[bytes]) -> str:
    log.seek(0)
    return log.read()[-4000:].decode("utf-8", "replace")
