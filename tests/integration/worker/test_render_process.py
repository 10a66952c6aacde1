"""What a clip may do to its child, and what the parent makes of it."""

import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.integration.worker.conftest import LIMITS, Nest
from worker.sandbox.subprocess_pool import RenderTaskError, SubprocessDiedError

Nests = Callable[..., Nest]


def test_a_child_stays_warm_between_jobs_and_tells_its_progress(nest: Nests) -> None:
    here = nest()
    _, second = here.run("", "")
    assert second["same child"]
    assert here.told == [("extract", 0.5)] * 2


@pytest.mark.parametrize(
    ("mood", "cause"),
    [("segfault", "SIGSEGV"), ("kill", "SIGKILL"), ("exit 3", "left with 3")],
)
def test_a_child_that_dies_is_replaced_for_the_next_job(nest: Nests, mood: str, cause: str) -> None:
    died, alive = nest().run(mood, "")
    assert isinstance(died, SubprocessDiedError)
    assert cause in str(died)
    assert alive["media"] == "scored.bin"


def test_a_child_that_takes_too_long_is_killed_with_all_it_started(nest: Nests) -> None:
    here = nest()
    slow, after = here.run("fork 30", "", wall=3.0)
    assert isinstance(slow, SubprocessDiedError)
    assert after["media"]
    assert not _in_folder(str(here.folder)), "a grandchild was left behind"


def test_a_child_that_eats_memory_fails_alone(nest: Nests) -> None:
    hungry, after = nest().run("memory 4000", "")
    assert isinstance(hungry, RenderTaskError)
    assert "memory" in hungry.failure.trace
    assert not after["same child"]


def test_processor_time_is_limited_for_each_job_not_for_the_life_of_the_child(nest: Nests) -> None:
    modest = nest(replace(LIMITS, cpu=1)).run("spin 0.7", "spin 0.7", "spin 0.7", "spin 20")
    assert [isinstance(each, SubprocessDiedError) for each in modest] == [False, False, False, True]
    assert "SIGXCPU" in str(modest[-1])


def test_a_file_may_not_grow_without_end(nest: Nests) -> None:
    (full,) = nest().run("fill 4")
    assert isinstance(full, RenderTaskError | SubprocessDiedError)


def test_what_libraries_print_does_not_reach_the_parent(nest: Nests) -> None:
    noisy, after = nest().run("print noise", "")
    assert noisy["media"]
    assert after["same child"]


def test_a_user_error_keeps_its_words_and_is_final_and_a_defect_keeps_them_to_itself(nest: Nests) -> None:
    refused, broke = nest().run("refuse", "raise secret-mood")
    assert isinstance(refused, RenderTaskError)
    assert (refused.failure.problem, refused.failure.final) == ("this is not a clip", True)
    assert isinstance(broke, RenderTaskError)
    assert not broke.failure.final
    assert "renderer.py" in broke.failure.trace
    assert "secret-mood" not in broke.failure.model_dump_json()


def test_a_child_has_no_network_where_the_kernel_allows(nest: Nests) -> None:
    if not _may_unshare():
        pytest.skip("this kernel lets nobody leave the network namespace")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(20)
        port = server.getsockname()[1]
        (inside,) = nest().run(f"network {port}")
        assert isinstance(inside, RenderTaskError)
        greeter = threading.Thread(target=_greet, args=(server,))
        greeter.start()
        (outside,) = nest(replace(LIMITS, network=True)).run(f"network {port}")
        greeter.join()
        assert outside["media"], "with the network left on, the same call arrives"


def test_a_child_is_told_no_secret(nest: Nests, monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = (
        "REDIS_URL",
        "TELEGRAM_TOKEN",
        "AWS_SECRET_ACCESS_KEY",
        "HF_TOKEN",
        "IMMERSIVAUDIO_DISCORD_TOKEN",
    )
    for name in secrets:
        monkeypatch.setenv(name, "hush-hush")
    (done,) = nest().run("environment")
    assert "PATH" in done["summary"]["prompt"]
    assert "hush-hush" not in done["summary"]["prompt"]


def _greet(server: socket.socket) -> None:
    server.accept()[0].close()


def _may_unshare() -> bool:
    """Asked in a process of its own, so that the test keeps its network."""
    asked = (
        "import ctypes; u = ctypes.CDLL(None).unshare; exit(0 if u(1 << 30) == 0 or u(5 << 28) == 0 else 1)"
    )
    return subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


def _in_folder(folder: str) -> list[int]:
    """Processes whose working directory lies there."""
    found = []
    for link in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if str(link.readlink()).startswith(folder):
                found.append(int(link.parent.name))
        except OSError:
            continue
    return found
