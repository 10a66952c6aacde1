"""Every version of Landlock that this kernel can keep to: what a render process may do is the same in all."""

import json
import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from worker.rendering.moving import moved
from worker.sandbox import landlock, privileges, seccomp

pytestmark = pytest.mark.skipif(
    not (landlock.abi() and seccomp.available()), reason="this kernel has no Landlock, or no seccomp"
)
VERSIONS = range(1, 8)


def confined(version: int, own: Path, readable: Path, deed: Callable[[], Any]) -> Any:
    """What `deed` gives in a child that Landlock's `version` shuts in, as confine does it."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        told: Any = "not confined"
        try:
            privileges.gain_nothing()
            code = [landlock.Rule(Path(each), landlock.READ) for each in sys.path if each]
            rules = [landlock.Rule(own, landlock.OWN), landlock.Rule(readable, landlock.READ), *code]
            if landlock.restrict(rules, network=False, newest=version) == version:
                inside = landlock.signals_confined(version)
                seccomp.apply(
                    seccomp.program(
                        platform.machine(), network=False, signals_to=None if inside else os.getpid()
                    )
                )
                told = deed()
        except BaseException as error:
            told = repr(error)
        os.write(into, json.dumps(told).encode())
        os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as answer:
        said = json.loads(answer.read() or b'"died"')
    os.waitpid(child, 0)
    return said


def refused(deed: Callable[[], Any]) -> bool:
    try:
        deed()
    except OSError:
        return True
    return False


@pytest.mark.parametrize("version", VERSIONS)
def test_files_and_sockets_are_out_of_reach_in_every_version(version: int, tmp_path: Path) -> None:
    if version > landlock.abi():
        pytest.skip(f"this kernel has version {landlock.abi()}")
    own, code, secret = tmp_path / "own", tmp_path / "code.py", tmp_path / "secret"
    own.mkdir()
    code.write_text("code")
    secret.write_text("secret")

    def deeds() -> dict[str, bool]:
        return {
            "reads outside": refused(secret.read_text),
            "writes outside": refused(lambda: secret.write_text("x")),
            "makes outside": refused(lambda: (tmp_path / "new").write_text("x")),
            "removes outside": refused(secret.unlink),
            "truncates outside": refused(lambda: os.truncate(secret, 0)),
            "empties what it reads": refused(lambda: os.close(os.open(code, os.O_RDONLY | os.O_TRUNC))),
            "writes what it reads": refused(lambda: code.write_text("x")),
            "links in": refused(lambda: os.link(secret, own / "link")),
            "moves out": refused(lambda: (own / "mine").rename(tmp_path / "out")),
            "opens a socket": refused(lambda: __import__("socket").socket()),
            "stops another": refused(lambda: os.kill(os.getppid(), 0)),
        }

    (own / "mine").write_text("mine")
    told = confined(version, own, code, deeds)
    assert told == dict.fromkeys(told, True), told
    assert (secret.read_text(), code.read_text()) == ("secret", "code")


@pytest.mark.parametrize("version", VERSIONS)
def test_what_it_has_to_do_works_in_every_version(version: int, tmp_path: Path) -> None:
    if version > landlock.abi():
        pytest.skip(f"this kernel has version {landlock.abi()}")
    own, code = tmp_path / "own", tmp_path / "code.py"
    (own / "work").mkdir(parents=True)
    code.write_text("code")

    def deeds() -> str:
        (own / "work" / "music.mid").write_text("first and longer")
        (own / "work" / "music.mid").write_text("notes")
        with (own / "work" / "music.mid").open("r+b") as file:
            file.truncate(4)
        moved(own / "work" / "music.mid", own / "music.mid")
        return code.read_text() + (own / "music.mid").read_text()

    assert confined(version, own, code, deeds) == "codenote"
    assert not (own / "work" / "music.mid").exists()
