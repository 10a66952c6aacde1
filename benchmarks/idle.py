"""What does the service take while nobody sends anything?

    python -m benchmarks.idle

`immersivaudio up` with one worker, before its first clip: memory as the kernel shares it out (PSS) and
processor time of all its processes, over a minute. The page's examples, which are clips, are not made.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import report

SETTLES, WATCHED = 60.0, 60.0
"""s"""
PORT = 17860


def processes(pid: int) -> list[int]:
    """Return a process and all that it started."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(each for child in children for each in processes(int(child)))]


def megabytes(pid: int) -> float:
    """Return its proportional set size, MB; 0 where it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024


def seconds(pid: int) -> float:
    """Return its processor time so far; 0 where it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def until_open(port: int) -> None:
    """Wait until the page is served: starting is not idling."""
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.5)
        else:
            return


def idle(*, page: bool) -> tuple[float, float]:
    """Return the share of one core and the MB that the service takes."""
    with tempfile.TemporaryDirectory(prefix="idle-") as folder:
        own = {"IMMERSIVAUDIO_QUEUE_DATA": folder, "IMMERSIVAUDIO_WEB": str(page).lower()}
        own |= {"IMMERSIVAUDIO_WEB_EXAMPLES_AT_START": "false", "IMMERSIVAUDIO_WEB_PORT": str(PORT)}
        argv = [sys.executable, "-m", "worker", "up"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
        service = subprocess.Popen(argv, env=os.environ | own, **quiet)  # type: ignore[call-overload]
        try:
            if page:
                until_open(PORT)
            time.sleep(SETTLES)
            before = sum(map(seconds, processes(service.pid)))
            time.sleep(WATCHED)
            all_of_it = processes(service.pid)
            used = sum(map(seconds, all_of_it)) - before
            return used / WATCHED, sum(map(megabytes, all_of_it))
        finally:
            service.send_signal(signal.SIGINT)
            service.wait()


def main() -> None:
    """Measure, and write the section."""
    rows = []
    for name, page in (("without the page", False), ("with the page", True)):
        share, memory = idle(page=page)
        rows.append((name, f"{share:.2%}", f"{memory:.0f} MB"))
    rows.append(("*aim*", "1 %", "250 MB"))
    report.write("The idle service", report.table(("`up` with one worker", "of one core", "memory"), rows))


if __name__ == "__main__":
    main()
