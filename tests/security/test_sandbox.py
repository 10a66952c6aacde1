"""The probe tries it all: started by root, by an ordinary user, and where namespaces are forbidden."""

import ctypes.util
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.redis_server import RedisServer
from worker.sandbox import landlock, seccomp, syscalls

ROOT = Path(__file__).parents[2]
SURVIVOR = "probe-survivor"
USER = 61234
SHUT = pytest.mark.skipif(
    not (landlock.abi() and seccomp.available()), reason="this kernel has no Landlock, or no seccomp"
)
MODES = {"root": [], "user": [], "user without namespaces": ["--no-namespaces"]}


OTHERS = ("/etc", "/home", "/root", "/var", "/tmp", "/run", "/opt", "/srv", "/boot", "/proc", "/sys/kernel")


def _some(place: str) -> list[str]:
    """Names of files that are really there."""
    found: list[str] = []
    for base, _, files in os.walk(place):
        found += [f"{base}/{name}" for name in sorted(files)[:5]]
        if len(found) > 100:
            break
    return found[:100]


class Grounds:
    """A machine with things worth stealing: a store, a Redis, another job's folder, a home."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.redis = RedisServer(folder / "redis")
        self.redis.start()
        self.places = [folder / name for name in ("store", "scratch", "scratch/render-other", "home")]
        self.secrets = []
        for place in self.places:
            place.mkdir()
            if place.name != "scratch":
                secret = place / "secret"
                secret.write_text("hush-hush")
                self.secrets.append(str(secret))

    def own(self, user: int) -> None:
        """Give all of it to a user."""
        self.folder.chmod(0o711)
        for path in self.folder.rglob("*"):
            os.chown(path, user, user)

    def aims(self) -> str:
        aims = {
            "scratch": str(self.folder / "scratch"),
            "secrets": [*self.secrets, "/etc/shadow", "/etc/passwd"],
            "folders": [str(place) for place in self.places if place.name != "scratch"],
            "code": [str(ROOT / name) for name in ("worker", "immersivaudio", "tests")],
            "redis": str(self.folder / "redis" / "redis.sock"),
            "survivor": SURVIVOR,
            "others": [name for place in OTHERS for name in _some(place)],
        }
        return json.dumps(aims)


@pytest.fixture
def grounds() -> Iterator[Grounds]:
    folder = Path(tempfile.mkdtemp(prefix="grounds-"))
    here = Grounds(folder)
    yield here
    here.redis.stop()
    shutil.rmtree(folder, ignore_errors=True)


def _python() -> tuple[str, dict[str, str]]:
    """An interpreter that every user may run, and where it finds our packages."""
    places = os.pathsep.join((str(ROOT), sysconfig.get_path("purelib")))
    candidates = (sys.executable, f"/usr/bin/python3.{sys.version_info.minor}")
    for name in candidates:
        real = Path(name).resolve()
        if real.exists() and all(folder.stat().st_mode & stat.S_IXOTH for folder in real.parents):
            return name, {"PYTHONPATH": places}
    pytest.skip("no interpreter here that an ordinary user may run")


def probed(grounds: Grounds, mode: str) -> dict[str, Any]:
    python, paths, who = sys.executable, {"PYTHONPATH": str(ROOT)}, {}
    if mode == "root":
        if os.geteuid():
            pytest.skip("these tests do not run as root")
    elif os.geteuid() == 0:
        python, paths = _python()
        grounds.own(USER)
        who = {"user": USER, "group": USER, "extra_groups": []}
    done = subprocess.run(
        [python, "-m", "tests.security.service", grounds.aims(), *MODES[mode]],
        env={
            "PATH": os.defpath,
            "HOME": str(grounds.folder / "home"),
            "TELEGRAM_TOKEN": "hush-hush",
            "REDIS_URL": grounds.redis.url,
        }
        | paths,
        cwd=grounds.folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
        **who,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(json.loads(done.stdout))


def alive(name: str = SURVIVOR) -> list[str]:
    """Processes of that name that are not dead and about to be buried."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            _, comm, rest = re.split(r"[()]", (process / "stat").read_text(), maxsplit=2)
        except (OSError, ValueError):
            continue
        if comm == name[:15] and rest.split()[0] not in "ZX":
            found.append(process.name)
    return found


@SHUT
@pytest.mark.parametrize("mode", MODES)
def test_a_render_process_reaches_nothing(grounds: Grounds, mode: str) -> None:
    told = probed(grounds, mode)
    assert told["reads"]["worked"] == []
    assert told["read outside"]["worked"] == []
    assert told["read outside"]["made"] > 200
    assert told["writes"]["worked"] == []
    assert told["sockets"]["worked"] == []
    assert told["processes"]["worked"] == []
    assert told["privileges"]["worked"] == []
    assert 10 < told["started"] < 300
    assert told["legal"] == {"ffmpeg": True, "pair": True, "late": True}
    assert alive() == []
    for secret in grounds.secrets:
        assert Path(secret).read_text() == "hush-hush"


@pytest.mark.parametrize(("machine", "column"), [("x86_64", 0), ("aarch64", 1)])
def test_the_numbers_of_the_calls_are_those_of_libseccomp(machine: str, column: int) -> None:
    library = ctypes.util.find_library("seccomp")
    if library is None:
        pytest.skip("libseccomp is not installed here")
    resolve = ctypes.CDLL(library).seccomp_syscall_resolve_name_arch
    resolve.argtypes = (ctypes.c_uint32, ctypes.c_char_p)
    architecture = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}[machine]
    tables = (syscalls.REFUSED, syscalls.UNKNOWN, syscalls.PRETENDED, syscalls.SOCKETS, syscalls.SIGNALS)
    single = {"clone": syscalls.CLONE, "socket": syscalls.SOCKET, "socketpair": syscalls.SOCKETPAIR}
    single |= {"open": syscalls.OPEN, "openat": syscalls.OPENAT}
    single |= {"prlimit64": syscalls.PRLIMIT, "kill": syscalls.KILL, "tgkill": syscalls.TGKILL}
    known = 0
    for table in (*tables, single):
        for name, numbers in table.items():
            told = resolve(architecture, name.encode())
            if told >= 0:  # else this libseccomp is older than the call
                assert numbers[column] == told, name
                known += 1
    assert known > 90
