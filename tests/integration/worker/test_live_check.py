"""`doctor --live` finds what works, and says plainly what does not."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import redis

from tests.integration.worker.service import ROOT, Service
from tests.sentinel_servers import sentinel_servers

WAY = ["redis", "worker", "deliver", "store", "accepted", "claimed", "rendered", "extract", "delivered"]
AFTER = ["fetched", "cleaned"]


def live(environment: dict[str, str], *options: str) -> tuple[int, list[dict[str, object]]]:
    """The command as an operator gives it; its exit code, and its hops."""
    command = [sys.executable, "-m", "immersivaudio", "doctor", "--live", "--json", *options]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=120, check=False, cwd="/"
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert "secret" not in done.stdout + done.stderr
    hops: list[dict[str, object]] = json.loads(done.stdout)
    return done.returncode, hops


def wrong(hops: list[dict[str, object]]) -> tuple[object, str, str]:
    (hop,) = [each for each in hops if each["state"] == "wrong"]
    return hop["hop"], str(hop["detail"]), str(hop["remedy"])


def left(service: Service) -> tuple[list[bytes], list[Path]]:
    """Keys that speak of a job or a clip, and files in the store."""
    with redis.Redis.from_url(service.redis.url) as client:
        keys = [key for key in client.scan_iter() if b":queue:" not in key and b"health" not in key]
    store = service.folder / "store"
    return keys, [path for path in store.rglob("*") if path.is_file()] if store.exists() else []


def test_a_running_service_is_checked_hop_by_hop_and_nothing_is_left(tmp_path: Path) -> None:
    with Service(tmp_path) as service:
        service.start("run")
        service.start("deliver")
        code, hops = live(service.environment)
        assert code == 0, hops
        assert [hop["hop"] for hop in hops] == WAY + AFTER
        assert all(hop["state"] == "ok" for hop in hops)
        assert all(float(str(hop["seconds"])) >= 0 for hop in hops)
        assert "discarded" in service.log("deliver").read_text()
        keys, files = left(service)
        assert not files
        assert not [key for key in keys if b"checkup" in key or b":job:" in key], keys
        assert not (tmp_path / "out").exists(), "the delivery keeps no film of ours"


@pytest.mark.parametrize(
    ("runs", "hop", "says"),
    [((), "worker", "no worker takes clips"), (("run",), "deliver", "no delivery sends results")],
)
def test_who_is_missing_is_named_with_the_command_that_starts_it(
    tmp_path: Path, runs: tuple[str, ...], hop: str, says: str
) -> None:
    with Service(tmp_path) as service:
        for command in runs:
            service.start(command)
        code, hops = live(service.environment)
        assert code == 3
        where, detail, remedy = wrong(hops)
        assert (where, detail) == (hop, says)
        assert f"python -m worker {'run' if hop == 'worker' else 'deliver'}" in remedy
        assert not left(service)[1]


def test_a_worker_with_another_store_is_told_apart(tmp_path: Path) -> None:
    with Service(tmp_path) as service, tempfile.TemporaryDirectory() as elsewhere:
        service.start("run")
        service.start("deliver")
        code, hops = live(service.environment | {"IMMERSIVAUDIO_QUEUE_DATA": elsewhere})
        assert code == 3
        where, detail, remedy = wrong(hops)
        assert (where, detail) == ("rendered", "the worker does not find the clip")
        assert "IMMERSIVAUDIO_QUEUE_STORE" in remedy
        assert hops[-2]["hop"] == "cleaned"


def test_a_renderer_that_breaks_is_reported_in_its_own_words(tmp_path: Path) -> None:
    with Service(tmp_path, renderer="tests.no_such_renderer:build") as service:
        service.start("run")
        service.start("deliver")
        code, hops = live(service.environment)
        assert code == 3
        assert wrong(hops)[:2] == ("rendered", "something broke while scoring this clip")
        assert not left(service)[1]


def test_a_worker_that_stays_away_is_waited_for_only_so_long(tmp_path: Path) -> None:
    with Service(tmp_path) as service:
        worker = service.start("run")
        service.start("deliver")
        deadline = ("--patience", "3")
        code, _ = live(service.environment, *deadline)
        assert code == 0
        os.kill(worker.pid, 19)  # SIGSTOP: connected, and doing nothing
        try:
            code, hops = live(service.environment, *deadline)
        finally:
            os.kill(worker.pid, 18)
        assert code == 3
        where, detail, remedy = wrong(hops)
        assert where == "claimed"
        assert "no worker took the clip within 3 s; number 1 in line" in detail
        assert "start more workers" in remedy


def test_a_sentinel_that_may_never_replace_a_primary_is_named(tmp_path: Path) -> None:
    with sentinel_servers(tmp_path) as servers, redis.Redis(port=servers.sentinel) as sentinel:
        environment = os.environ | {"REDIS_URL": servers.url}
        _, hops = live(environment)
        assert [hop["state"] for hop in hops] == ["ok", "wrong"], "Redis is well, and no worker runs"
        sentinel.execute_command("SENTINEL", "SET", "clips", "down-after-milliseconds", 2000)
        _, hops = live(environment)
        (note,) = [hop for hop in hops if hop["state"] == "note"]
        assert note["remedy"] == "SENTINEL SET clips down-after-milliseconds 5000"


def test_a_redis_that_refuses_or_forgets_is_named(tmp_path: Path) -> None:
    with Service(tmp_path) as service, redis.Redis.from_url(service.redis.url) as client:
        service.start("run")
        service.start("deliver")
        client.config_set("maxmemory-policy", "allkeys-lru")
        code, hops = live(service.environment)
        (note,) = [hop for hop in hops if hop["state"] == "note"]
        assert code == 0, "a note is no failure"
        assert note["remedy"] == "set maxmemory-policy noeviction in its configuration"
        client.config_set("requirepass", "secret")
        code, hops = live(service.environment)
        assert code == 3
        assert "refuses" in wrong(hops)[1]
        client.execute_command("AUTH", "secret")
        client.config_set("requirepass", "")


def test_an_address_that_was_given_is_not_replaced_by_another() -> None:
    code, hops = live(os.environ | {"REDIS_URL": "redis://:secret@127.0.0.1:1/0"})
    assert (code, len(hops)) == (3, 1)
    assert "Redis at redis://127.0.0.1:1/0 does not answer" in wrong(hops)[1]


@pytest.mark.slow
def test_where_nothing_runs_a_service_of_its_own_is_checked(tmp_path: Path) -> None:
    """The real renderer, from an empty folder, and the folder stays as it was."""
    plain = {name: value for name, value in os.environ.items() if "REDIS" not in name}
    code, hops = live(
        plain
        | {
            "IMMERSIVAUDIO_QUEUE_DATA": str(tmp_path / "none"),
            "PYTHONPATH": str(ROOT),
            "TMPDIR": tempfile.gettempdir(),
        }
    )
    assert code == 0, hops
    names = [str(hop["hop"]) for hop in hops]
    assert names[:2] == ["redis", "worker"]
    stages = ["extract", "detect", "select", "describe", "enhance", "generate", "reconstruct"]
    assert [name for name in names if name in stages] == stages
    assert "2 of 2 cuts hit" in str(next(hop["detail"] for hop in hops if hop["hop"] == "fetched"))
    assert not list(tmp_path.iterdir())
