"""`up` and `submit`: the whole service by two commands."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.patience import PATIENCE
from worker.supervisor.programs import Credentials, programs

ROOT = Path(__file__).parents[3]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return os.environ | {
        "PYTHONPATH": str(ROOT),
        "IMMERSIVAUDIO_QUEUE_DATA": str(tmp_path / "d"),
        "IMMERSIVAUDIO_WORKER_RENDERER": "tests.chaos.renderer:build",
    }


class Up:
    """`python -m worker up` in a folder."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder, self.environment = folder, environment
        self.log = folder / "up.log"
        self.start()

    def start(self) -> None:
        with self.log.open("ab") as log:
            argv = [sys.executable, "-m", "worker", "up", "--no-frontends"]
            self.process = subprocess.Popen(
                argv, env=self.environment, cwd=self.folder, stdout=log, stderr=log
            )

    def submit(self, *words: str) -> "subprocess.CompletedProcess[str]":
        argv = [sys.executable, "-m", "worker", "submit", *words]
        return subprocess.run(
            argv,
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )

    def until_said(self, words: str, times: int = 1) -> None:
        deadline = time.monotonic() + PATIENCE
        while self.log.read_text().count(words) < times:
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.05)

    def until(self, happens: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not happens():
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.05)

    def redis(self, missing: int = -1) -> int:
        """The process of the embedded Redis."""
        found = [pid for pid in _children(self.process.pid) if b"redis.sock" in _words(pid)]
        assert found or missing >= 0
        return found[0] if found else missing

    def child(self, command: str) -> int:
        """The process that runs `python -m worker <command>`."""
        for pid in _children(self.process.pid):
            if _words(pid).endswith(b"worker\0" + command.encode() + b"\0"):
                return pid
        raise AssertionError(f"nobody runs {command}")


@pytest.fixture
def up(tmp_path: Path, environment: dict[str, str]) -> Iterator[Up]:
    (tmp_path / "clip.mp4").write_bytes(b"a clip")
    started = Up(tmp_path, environment)
    yield started
    started.process.send_signal(signal.SIGINT)
    assert started.process.wait(PATIENCE) == 0, "Ctrl-C is a clean end"
    assert not (tmp_path / "d" / "redis.sock").exists(), "Redis went, too"


def test_up_serves_submit_replaces_the_dead_and_stops_cleanly(up: Up, tmp_path: Path) -> None:
    up.until_said('"event": "starts"', 2)
    done = up.submit("clip.mp4", "--out", "scored.mp4")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "scored.mp4").read_bytes() == b"a clip"
    assert "queued: number 1" in done.stderr
    os.kill(up.child("run"), signal.SIGKILL)
    up.until_said('"event": "died"')
    up.until_said('"event": "starts"', 3)
    refused = up.submit("clip.mp4", "--mood", "refuse")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.splitlines()[-1] == "this is not a clip; send a video."


def test_one_endpoint_speaks_for_every_program(tmp_path: Path, environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    both = {f"IMMERSIVAUDIO_{kind}_HEALTH_PORT": str(port) for kind in ("WORKER", "BOT")}
    up = Up(tmp_path, environment | both)
    try:
        up.until(lambda: _got(port, "/readyz")[0] == 200)
        metrics = _got(port, "/metrics")[1]
        assert 'program="worker-1"' in metrics
        assert 'program="deliver"' in metrics
        os.kill(up.child("deliver"), signal.SIGSTOP)
        up.until(lambda: _got(port, "/readyz")[0] == 503)
        assert _got(port, "/healthz")[0] == 200
        os.kill(up.child("deliver"), signal.SIGKILL)
        up.until(lambda: _got(port, "/readyz")[0] == 200)
    finally:
        up.process.send_signal(signal.SIGINT)
        assert up.process.wait(PATIENCE) == 0


def _got(port: int, path: str) -> tuple[int, str]:
    """Status and body; 0 where nobody answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except OSError:
        return 0, ""
    finally:
        connection.close()


def test_a_redis_that_dies_is_started_again_with_what_it_held(up: Up, tmp_path: Path) -> None:
    up.until_said('"event": "starts"', 2)
    assert up.submit("clip.mp4", "--out", "first.mp4").returncode == 0
    os.kill(up.redis(), signal.SIGKILL)
    up.until_said('"program": "redis"')
    up.until(lambda: up.redis(missing=0) > 0)
    assert up.submit("clip.mp4", "--out", "second.mp4").returncode == 0
    assert (tmp_path / "second.mp4").read_bytes() == b"a clip"


@pytest.mark.parametrize(
    ("out", "said"),
    [
        (("-o", "clip.mp4"), "clip.mp4 would overwrite the clip itself"),
        (("-o", "link.mp4"), "link.mp4 would overwrite the clip itself"),
        (("-o", "."), "is a folder"),
        (("-o", "nowhere/out.mp4"), "the folder of out.mp4 does not exist"),
        (("-o", "out.mp3"), "the result is an MP4, and out.mp3 would not say so; name it out.mp4"),
        (("-o", "/proc/out.mp4"), "nothing can be written in /proc"),
    ],
)
def test_a_result_is_refused_a_place_where_it_does_harm(
    tmp_path: Path, environment: dict[str, str], out: tuple[str, ...], said: str
) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"a clip")
    (tmp_path / "link.mp4").hardlink_to(clip)
    argv = [sys.executable, "-m", "worker", "submit", "clip.mp4", *out]
    done = subprocess.run(argv, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1, "nothing was sent: no queue was looked for"
    assert clip.read_bytes() == b"a clip"


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(("ended_by", "status"), [(signal.SIGINT, 130), (signal.SIGHUP, 129)])
def test_ending_submit_stops_the_clip_too(
    up: Up, tmp_path: Path, ended_by: signal.Signals, status: int
) -> None:
    argv = [sys.executable, "-m", "worker", "submit", "clip.mp4", "--mood", "sleep 60"]
    up.until_said('"event": "starts"', 2)
    said = tmp_path / "submit.log"
    with said.open("wb") as log:
        submit = subprocess.Popen(argv, env=up.environment, cwd=tmp_path, stderr=log)
    up.until(lambda: "extract" in said.read_text())
    submit.send_signal(ended_by)
    assert submit.wait(PATIENCE) == status
    assert up.submit("clip.mp4", "--out", "scored.mp4").returncode == 0


def test_a_second_up_on_the_same_data_is_refused_and_harms_nobody(up: Up, tmp_path: Path) -> None:
    up.until_said('"event": "starts"', 2)
    (tmp_path / "second").mkdir()
    second = Up(tmp_path / "second", up.environment)
    assert second.process.wait(PATIENCE) == 2
    said = second.log.read_text().strip()
    assert said.startswith("the service runs already on this data folder; stop it first")
    assert len(said.splitlines()) == 1
    assert up.submit("clip.mp4", "--out", "scored.mp4").returncode == 0


def test_a_killed_up_leaves_nobody_behind_and_the_next_one_serves(up: Up, tmp_path: Path) -> None:
    up.until_said('"event": "starts"', 2)
    family = _children(up.process.pid)
    assert len(family) == 3
    up.process.kill()
    up.process.wait()
    up.until(lambda: not any(_lives(pid) for pid in family))
    up.start()
    up.until_said('"event": "starts"', 4)
    assert up.submit("clip.mp4", "--out", "scored.mp4").returncode == 0


def test_submit_says_what_to_do_when_nothing_runs(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "clip.mp4").write_bytes(b"a clip")
    argv = [sys.executable, "-m", "worker", "submit"]
    for words, said in (
        (["nothing.mp4"], "there is no file nothing.mp4; check the path."),
        (["clip.mp4"], "Redis does not answer; start it with: immersivaudio up, or mend REDIS_URL."),
    ):
        done = subprocess.run(
            [*argv, *words],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert (done.returncode, done.stderr.strip()) == (2, said)


def test_only_frontends_with_credentials_are_started(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "TELEGRAM_TOKEN",
        "DISCORD_TOKEN",
        "IMMERSIVAUDIO_TELEGRAM_TOKEN",
        "IMMERSIVAUDIO_DISCORD_TOKEN",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("IMMERSIVAUDIO_WEB", "false")
    assert Credentials(_env_file=None).frontends() == ()
    monkeypatch.setenv("TELEGRAM_TOKEN", "123:hunter2")
    credentials = Credentials(_env_file=None)
    assert credentials.frontends() == ("telegram",)
    assert "hunter2" not in repr(credentials)
    started = programs(2, credentials.frontends())
    assert [program.name for program in started] == ["worker-1", "worker-2", "deliver", "telegram"]
    assert started[-1].argv[1:] == ("-m", "bot", "telegram")


def _words(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def _lives(pid: int) -> bool:
    try:
        return bool(_words(pid))
    except FileNotFoundError:
        return False


def _children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
