"""The parent follows no path that a render process could have changed, and nothing of a dead worker stays."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from worker.runtime.jobs import explain
from worker.sandbox.guarantees import broken, kept
from worker.sandbox.limits import Confined, SandboxLimits
from worker.sandbox.scratch import clear_scratch, private_scratch
from worker.sandbox.subprocess_pool import SubprocessDiedError, SubprocessTimeoutError
from worker.sandbox.workspace import Workspace


def test_only_plain_files_come_out(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hush-hush")
    folder = tmp_path / "job"
    folder.mkdir()
    (folder / "input").write_text("clip")
    workspace = Workspace(tmp_path)
    with workspace.lent(folder) as inside:
        assert (inside / "input").read_text() == "clip"
        (inside / "scored.mp4").write_text("scored")
        (inside / "link").symlink_to(secret)
        os.mkfifo(inside / "pipe")
        os.link(secret, inside / "hard")
        (inside / "deep").mkdir()
        (inside / "deep" / "file").write_text("stays inside")
    assert sorted(path.name for path in folder.iterdir()) == ["input", "scored.mp4"]
    assert secret.read_text() == "hush-hush"
    workspace.remove()


def test_a_folder_that_was_swapped_for_a_link_is_not_followed(tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    (store / "another's clip").write_text("hush-hush")
    folder = tmp_path / "job"
    folder.mkdir()
    (folder / "input").write_text("clip")
    workspace = Workspace(tmp_path)
    with workspace.lent(folder) as inside:
        (inside / "scored.mp4").write_text("scored")
        inside.rename(inside.with_name("moved"))
        inside.symlink_to(store)
    assert sorted(path.name for path in folder.iterdir()) == ["input", "scored.mp4"]
    assert [path.name for path in store.iterdir()] == ["another's clip"]
    workspace.remove()


def test_what_a_killed_worker_left_is_deleted_and_what_a_live_one_holds_is_not(tmp_path: Path) -> None:
    code = (
        "import pathlib, sys, time\n"
        "from worker.sandbox.scratch import private_scratch\n"
        "with private_scratch(pathlib.Path(sys.argv[1])) as folder:\n"
        "    (folder / 'clip').write_text('a stranger')\n"
        "    print('ready', flush=True)\n"
        "    time.sleep(300)\n"
    )
    dead, living = (
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE)
        for _ in range(2)
    )
    for process in (dead, living):
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        process.stdout.close()
    dead.send_signal(signal.SIGKILL)
    dead.wait()
    assert len(list(tmp_path.rglob("clip"))) == 2
    with private_scratch(tmp_path) as own:
        assert [path.parent != own for path in tmp_path.rglob("clip")] == [True], "the live one's"
    living.kill()
    living.wait()
    assert clear_scratch(tmp_path) == 1
    assert list(tmp_path.iterdir()) == []


def test_what_runs_out_of_time_is_final_and_a_death_is_not() -> None:
    failure, final = explain(SubprocessTimeoutError("took too long"))
    assert final
    assert failure.blame == "user"
    assert "more time" in failure.problem
    assert not explain(SubprocessDiedError("died of SIGSEGV"))[1]


_LIMITS = SandboxLimits(memory=2**30, cpu=60, file_size=2**20, open_files=64, network=False)


@pytest.mark.parametrize(
    ("version", "filtered", "holds", "words"),
    [
        (7, True, True, "version 7: it watches files, emptying a file, TCP, signals and abstract sockets"),
        (3, True, True, "emptying a file; TCP, signals and abstract sockets: held by seccomp alone"),
        (1, True, True, "files; emptying a file, TCP, signals and abstract sockets: held by seccomp alone"),
        (5, False, False, "TCP; signals and abstract sockets: held by nothing"),
        (0, True, False, "none in force: needs Linux 5.13"),
    ],
)
def test_the_version_of_landlock_is_told_and_what_stands_without_it(
    version: int, filtered: bool, holds: bool, words: str
) -> None:
    told = kept(Confined(1, landlock=version, seccomp=filtered), _LIMITS)
    (line,) = (each for each in told if each.name == "Landlock")
    assert (line.holds, line.wanted) == (holds, False)
    assert words in line.words


def test_required_asks_for_every_wall() -> None:
    limits = _LIMITS
    whole = Confined(1, landlock=7, seccomp=True, own_network=True, unprivileged=True, counted="user")
    assert broken(whole, limits) == ()
    none = {promise.name for promise in broken(Confined(1), limits)}
    assert none == {"files", "network", "privileges", "other processes", "what it starts", "processes"}


def test_a_worker_that_requires_a_sandbox_refuses_to_run_without(tmp_path: Path) -> None:
    """The kernel is asked to refuse Landlock, as an old one would."""
    code = (
        "import platform, sys\n"
        "from worker.sandbox import privileges, seccomp\n"
        "from worker.__main__ import main\n"
        "privileges.gain_nothing()\n"
        "assert seccomp.apply(seccomp.denying((444, 444), platform.machine()))\n"
        "sys.exit(main(['run']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ
        | {
            "IMMERSIVAUDIO_WORKER_SANDBOX": "required",
            "IMMERSIVAUDIO_WORKER_SCRATCH": str(tmp_path),
            "IMMERSIVAUDIO_QUEUE_DATA": str(tmp_path),
            "IMMERSIVAUDIO_WORKER_RENDERER": "tests.chaos.renderer:build",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 2, done.stderr
    hidden = "where an ordinary user cannot read it"  # the code, where root keeps it in its home
    assert hidden in done.stderr or "IMMERSIVAUDIO_WORKER_SANDBOX is required" in done.stderr
    assert hidden in done.stderr or "Landlock" in done.stderr
