"""The locks install from wheels alone, hash by hash, on every machine that docs/installing.md names.

uv resolves for a platform that is not this one; nothing is installed, and only the package index is asked.
"""

import os
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = {
    "x86_64-manylinux_2_28": "service",  # Debian 10, Ubuntu 20.04 and newer
    "aarch64-manylinux_2_28": "service",
    "aarch64-apple-darwin": "service",
    "x86_64-pc-windows-msvc": "default",
}
MACOS = "14.0"
AWAY = ("dns error", "Failed to fetch", "error sending request", "Connection refused", "timed out")

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("platform", "python"), list(product(PLATFORMS, PYTHONS)))
def test_a_lock_installs_from_wheels_alone(platform: str, python: str, tmp_path: Path) -> None:
    wanted = ["--python-platform", platform, "--python-version", python, "--target", str(tmp_path)]
    lock = ROOT / "requirements" / f"{PLATFORMS[platform]}.txt"
    argv = [str(Path(sys.executable).with_name("uv")), "pip", "install", "--dry-run", *wanted]
    argv += ["--only-binary", ":all:", "--no-deps", "--require-hashes", "-r", str(lock)]
    environment = os.environ | {"MACOSX_DEPLOYMENT_TARGET": MACOS}
    done = subprocess.run(argv, env=environment, capture_output=True, text=True, check=False)
    if done.returncode and any(words in done.stderr for words in AWAY):
        pytest.skip("no package index answers here")
    assert done.returncode == 0, done.stderr
    assert "Would install" in done.stderr
