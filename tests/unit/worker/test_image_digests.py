"""The images of others: pinned by digest, and renewed from a registry that speaks as Docker Hub does."""

import hashlib
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

ROOT = Path(__file__).parents[3]
SCRIPT = ROOT / "docker" / "renew_digests.py"
INDEX = json.dumps({"schemaVersion": 2, "manifests": [{"platform": {"architecture": "arm64"}}]}).encode()
NOW = f"sha256:{hashlib.sha256(INDEX).hexdigest()}"
OLD = f"sha256:{'0' * 64}"


class Registry(BaseHTTPRequestHandler):
    """Gives anybody a token for one repository, and with it the index of the images it has."""

    asked: list[str]
    images: dict[str, bytes]

    def do_GET(self) -> None:
        target = urlsplit(self.path)
        if target.path == "/token":
            self._answer(200, json.dumps({"token": parse_qs(target.query)["scope"][0]}).encode())
            return
        repository, _, tag = target.path.removeprefix("/v2/").partition("/manifests/")
        if self.headers.get("Authorization") != f"Bearer repository:{repository}:pull":
            realm = f'Bearer realm="http://127.0.0.1:{self.server.server_port}/token",service="registry.test"'  # type: ignore[attr-defined]
            self._answer(401, b"{}", {"WWW-Authenticate": realm})
            return
        assert "application/vnd.oci.image.index.v1+json" in self.headers["Accept"]
        self.asked.append(f"{repository}:{tag}")
        body = self.images.get(f"{repository}:{tag}")
        self._answer(200 if body else 404, body or b"{}", {"Docker-Content-Digest": OLD})

    def _answer(self, code: int, body: bytes, heads: dict[str, str] | None = None) -> None:
        self.send_response(code)
        for name, value in (heads or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@contextmanager
def registry(**images: bytes) -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []
    named = {name.replace("__", "/").replace("_", ":"): body for name, body in images.items()}
    kind = type("OneRegistry", (Registry,), {"asked": asked, "images": named})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "docker" / "kubernetes").mkdir(parents=True)
    (tmp_path / "docker" / "Dockerfile").write_text(f"ARG PYTHON=python:3.11@{OLD}\nFROM ${{PYTHON}}\n")
    for name in ("docker-compose.yml", "docker/kubernetes/redis.yaml"):
        (tmp_path / name).write_text(f"image: valkey/valkey:8.1@{OLD}\n---\nimage: immersivaudio\n")
    return tmp_path


def renewed(project: Path, hub: str, *options: str) -> "subprocess.CompletedProcess[str]":
    argv = [sys.executable, "-I", str(SCRIPT), "--root", str(project), *options]
    return subprocess.run(argv, env={"DOCKER_HUB": hub}, capture_output=True, text=True, check=False)


@pytest.mark.medium
def test_every_pin_is_set_to_what_its_tag_names_today(project: Path) -> None:
    with registry(**{"library__python_3.11": INDEX, "valkey__valkey_8.1": INDEX}) as (
        hub,
        asked,
    ):
        looked = renewed(project, hub, "--check")
        assert (looked.returncode, OLD in (project / "docker-compose.yml").read_text()) == (1, True)
        done = renewed(project, hub)
        assert (done.returncode, done.stderr) == (0, "")
        assert "moved to" in done.stdout
        again = renewed(project, hub, "--check")
        assert (again.returncode, again.stdout.count("is still")) == (0, 2)
    assert asked == ["library/python:3.11", "valkey/valkey:8.1"] * 3, "each image once a run"
    written = [
        project / "docker/Dockerfile",
        project / "docker-compose.yml",
        project / "docker/kubernetes/redis.yaml",
    ]
    assert all(path.read_text().count(NOW) == 1 and OLD not in path.read_text() for path in written)
    assert "FROM ${PYTHON}" in written[0].read_text()


def test_nothing_is_written_where_one_image_is_not_found(project: Path) -> None:
    with registry(**{"library__python_3.11": INDEX}) as (hub, _):
        done = renewed(project, hub)
    assert done.returncode == 1
    assert done.stderr == "valkey/valkey:8.1: the registry answered 404\n"
    assert NOW not in (project / "docker" / "Dockerfile").read_text()


def test_what_is_no_manifest_is_refused_in_a_line(project: Path) -> None:
    with registry(**{"library__python_3.11": b"<html>sign in</html>", "valkey__valkey_8.1": INDEX}) as (
        hub,
        _,
    ):
        done = renewed(project, hub)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "python:3.11" in done.stderr


def test_every_image_of_others_is_pinned_by_digest() -> None:
    files = [*(ROOT / "docker").glob("*Dockerfile"), ROOT / "docker-compose.yml"]
    files += (ROOT / "docker" / "kubernetes").glob("*.yaml")
    named = re.compile(r"^\s*(?:image: |FROM |ARG PYTHON=)(\S+)", re.MULTILINE)
    images = {each for path in files for each in named.findall(path.read_text())}
    others = {each for each in images if not each.startswith("immersivaudio")} - {"${PYTHON}"}
    assert len(others) == 2
    assert all(re.fullmatch(r"[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}", each) for each in others), others
