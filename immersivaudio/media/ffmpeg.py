"""The one runner of the ffmpeg program: an argv list, local files only, a time limit, killed as a group.

The program is the one that imageio-ffmpeg brings, so that every machine encodes alike. It runs as a process
of its own: its licence (GPL) stays its own, and a hostile file can break no more than the process.
"""

import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import IO

from immersivaudio.errors import StageFailedError

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
    pictures that are made as they are needed. Raises `StageFailedError` when it fails, or when it is not done
    within `timeout` s; it and whatever it started are dead by then.
    """
    argv = [executable(), "-hide_banner", "-loglevel", "error", "-nostats", "-y"]
    argv += ["-progress", "pipe:1", *([] if feed else ["-nostdin"]), *arguments]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            argv,
            stdin=subprocess.PIPE if feed else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
            env={"PATH": os.defpath, "LC_ALL": "C"},
        )
        late = threading.Event()
        watch = threading.Timer(timeout, _stop, (process, late))
        watch.daemon = True
        watch.start()
        feeder = _feeding(process, feed)
        try:
            _follow(process.stdout, told)
            process.wait()
        finally:
            watch.cancel()
            _kill(process)
            process.wait()
            if feeder:
                feeder.join()
            for pipe in (process.stdout, process.stdin):
                if pipe and not pipe.closed:
                    pipe.close()
        if late.is_set():
            raise StageFailedError(
                f"ffmpeg was not done after {timeout:.0f} s", "try a shorter or smaller clip", stage=STAGE
            )
        if process.returncode:
            raise failure(_tail(log))


def source(demuxer: str, path: str | os.PathLike[str]) -> list[str]:
    """Return the arguments that open a local file with one demuxer, and nothing that it may point to."""
    return ["-protocol_whitelist", "file", "-f", demuxer, "-i", f"file:{os.fspath(path)}"]


def failure(log: str) -> StageFailedError:
    """Return the error for what ffmpeg or PyAV said: one plain line, without paths."""
    for words, problem, remedy in _REASONS:
        if words in log:
            return StageFailedError(problem, remedy, stage=STAGE)
    return StageFailedError(
        "ffmpeg could not write the result", "try another clip; if it stays, report it", stage=STAGE
    )


def _feeding(process: "subprocess.Popen[bytes]", feed: Iterable[bytes] | None) -> threading.Thread | None:
    if feed is None:
        return None
    thread = threading.Thread(target=_feed, args=(process.stdin, feed), daemon=True)
    thread.start()
    return thread


def _feed(pipe: IO[bytes], feed: Iterable[bytes]) -> None:
    try:
        for chunk in feed:
            pipe.write(chunk)
        pipe.close()
    except (BrokenPipeError, ValueError):
        return  # ffmpeg is gone: its exit status tells why


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
        os.killpg(process.pid, signal.SIGKILL)


def _tail(log: IO[bytes]) -> str:
    log.seek(0)
    return log.read()[-4000:].decode("utf-8", "replace")
