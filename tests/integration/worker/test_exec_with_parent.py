"""A program that ends with its parent where the kernel does not see to it, as on macOS."""

import os
import signal
import subprocess
import sys
import time
from importlib import import_module

import psutil
import pytest

from immersivaudio import cli, installation
from immersivaudio.errors import OperatorError
from tests.patience import PATIENCE

WATCH = (
    "import os, sys; from worker.supervisor.exec_with_parent import watch; "
    "sys.exit(watch(os.getppid(), sys.argv[1:]))"
)
PARENT = (
    "import subprocess, sys, time\n"
    f"subprocess.Popen([sys.executable, '-c', {WATCH!r}, *sys.argv[1:]])\n"
    "time.sleep(600)"
)
TELLS = [sys.executable, "-c", "import os, time; print(os.getpid(), flush=True); time.sleep(600)"]


def gone(pid: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_program_goes_when_its_parent_was_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, *TELLS], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout
        program = int(parent.stdout.readline())
        assert psutil.pid_exists(program)
        parent.kill()
    gone(program)


def test_signals_and_exit_codes_pass_through() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WATCH, *TELLS], stdout=subprocess.PIPE, text=True
    ) as watcher:
        assert watcher.stdout
        program = int(watcher.stdout.readline())
        watcher.send_signal(signal.SIGTERM)
        assert watcher.wait(PATIENCE) == 128 + signal.SIGTERM
    gone(program)
    ended = [sys.executable, "-c", WATCH, sys.executable, "-c", "raise SystemExit(7)"]
    assert subprocess.run(ended, check=False).returncode == 7


def test_what_it_is_told_to_hold_open_stays_open() -> None:
    """The lock of the data folder lasts as long as the server does."""
    reader, writer = os.pipe()
    said = f"import os; os.write({writer}, b'held')"
    subprocess.run([sys.executable, "-c", WATCH, sys.executable, "-c", said], pass_fds=(writer,), check=True)
    assert os.read(reader, 4) == b"held"
    os.close(reader), os.close(writer)


@pytest.mark.parametrize("words", [["up"], ["submit", "clip.mp4"], ["doctor", "--live"]])
def test_on_windows_the_service_says_what_to_use(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    import_module("immersivaudio.cli.app")  # typer asks for the platform's console as it is imported
    monkeypatch.setattr(sys, "argv", ["immersivaudio", *words])
    handler = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(installation.sys, "platform", "win32")
    try:
        with pytest.raises(SystemExit) as ended:
            cli.main()
    finally:
        signal.signal(signal.SIGTERM, handler)
    assert ended.value.code == 3
    said = capfd.readouterr().err
    assert said == (
        "immersivaudio: the service does not run on Windows; use WSL or a container; `score` works here.\n"
    )
    with pytest.raises(OperatorError):
        installation.check_service()
