"""Build the image, and let it serve a clip as in compose: read-only, no capabilities, no network.

    make image-test        (python -m benchmarks.image; --write: its figures go into docs/benchmarks.md)

Wants podman or docker, and a base image that can be had. An engine that needs more words gets them from
the environment: ENGINE="podman --runtime runc", BUILD_ARGS, RUN_ARGS. Redis is the image's own Valkey.
"""

import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

from benchmarks import report

ROOT = Path(__file__).parents[1]
IMAGE = "immersivaudio-test"
VOLUME = "immersivaudio-test-data"
_PATIENCE = 600.0
"""s."""
_REDIS = (
    "from worker.supervisor.embedded_redis import argv; from pathlib import Path; import os;"
    "Path('/data/redis').mkdir(exist_ok=True); a = argv(Path('/data/redis')); os.execv(a[0], a)"
)
_CLIP = "from immersivaudio import example; from pathlib import Path; example.make(Path('/data/clip.mp4'))"
PROGRAMS = {
    "redis": ("python", "-c", _REDIS),
    "worker": ("python", "-m", "worker", "run"),
    "deliver": ("python", "-m", "worker", "deliver"),
}
SHUT_IN = (
    "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--network", "none",
    "--tmpfs", "/tmp:size=64m,mode=1777", "--volume", f"{VOLUME}:/data", "--volume", "/scratch",
    "--env", "REDIS_URL=unix:///data/redis/redis.sock",
)  # fmt: skip


def engine() -> list[str]:
    """Return the command of an engine that answers; empty where there is none."""
    for command in (os.environ.get("ENGINE", ""), "podman", "docker"):
        words = shlex.split(command)
        if words and shutil.which(words[0]):
            asked = subprocess.run([*words, "info"], capture_output=True, check=False)
            if asked.returncode == 0:
                return words
    return []


class Containers:
    """The image's programs, each in a container of its own on one volume."""

    def __init__(self, command: list[str]) -> None:
        self._engine = command
        self._run = ["run", *shlex.split(os.environ.get("RUN_ARGS", "")), *SHUT_IN]

    def call(self, *words: str) -> str:
        """Return what the engine says; its errors go to the terminal."""
        done = subprocess.run([*self._engine, *words], stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout.strip()

    def build(self) -> float:
        """Return the s it took."""
        started = time.monotonic()
        extra = shlex.split(os.environ.get("BUILD_ARGS", ""))
        command = [*self._engine, "build", *extra, "-t", IMAGE, "-f", "docker/Dockerfile", "."]
        subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=True)
        return time.monotonic() - started

    def once(self, *words: str) -> str:
        return self.call(*self._run, "--rm", IMAGE, *words)

    def start(self) -> None:
        for name, words in PROGRAMS.items():
            self.call(*self._run, "--detach", "--name", f"{IMAGE}-{name}", IMAGE, *words)

    def until_ready(self, name: str) -> float:
        """Return the s until the image's own health check is content."""
        started = time.monotonic()
        check = [*self._engine, "exec", f"{IMAGE}-{name}", "python", "-m", "worker.healthy"]
        while subprocess.run(check, stdout=subprocess.DEVNULL, check=False).returncode:
            if time.monotonic() - started > _PATIENCE:
                raise TimeoutError(self.call("logs", f"{IMAGE}-{name}"))
            time.sleep(0.5)
        return time.monotonic() - started

    def stop(self, name: str) -> float:
        """Return the s a program takes to end."""
        started = time.monotonic()
        self.call("stop", "--time", "150", f"{IMAGE}-{name}")
        return time.monotonic() - started

    def clear(self) -> None:
        for name in PROGRAMS:
            subprocess.run(
                [*self._engine, "rm", "--force", f"{IMAGE}-{name}"], capture_output=True, check=False
            )
        subprocess.run([*self._engine, "volume", "rm", "--force", VOLUME], capture_output=True, check=False)

    def megabytes(self) -> float:
        return int(json.loads(self.call("image", "inspect", IMAGE))[0]["Size"]) / 1e6


def served(containers: Containers) -> list[tuple[str, str, str]]:
    """Start the programs, send a clip through them, stop them: rows of figures."""
    containers.clear()
    try:
        containers.start()
        ready = max(containers.until_ready(name) for name in ("worker", "deliver"))
        containers.once("python", "-c", _CLIP)
        started = time.monotonic()
        said = containers.once("python", "-m", "worker", "submit", "/data/clip.mp4", "--mood", "hopeful")
        taken = time.monotonic() - started
        sys.stdout.write(f"delivered: {said.splitlines()[0]}\n")
        stopped = max(containers.stop(name) for name in ("worker", "deliver"))
    finally:
        containers.clear()
    return [
        ("ready after", f"{ready:.1f} s", ""),
        ("a clip of 12 s, with the start of the program that sends it", f"{taken:.1f} s", "delivered"),
        ("worker and delivery stop", f"{stopped:.1f} s", "<= 10 s"),
    ]


def main() -> int:
    """Build, serve, and say what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--base", default="python:3.11-slim-bookworm", help="as the table calls it")
    options = parser.parse_args()
    command = engine()
    if not command:
        sys.stdout.write("no podman and no docker that answers here: the image was not built\n")
        return 0
    containers = Containers(command)
    built = containers.build()
    rows = [
        ("engine", containers.call("--version"), ""),
        ("base", options.base, ""),
        ("built in", f"{built:.0f} s", ""),
        ("size", f"{containers.megabytes():.0f} MB", "<= 900 MB"),
        *served(containers),
    ]
    text = report.table(("what", "measured", "aim"), rows)
    if options.write:
        report.write("The image", text)
    else:
        sys.stdout.write(f"{text}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
