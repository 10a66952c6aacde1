"""A model hub on the loopback: the part of the Hugging Face hub's protocol that a pull speaks."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


class Hub:
    """One repository at one revision."""

    def __init__(self, name: str, revision: str, files: Mapping[str, bytes]) -> None:
        self.name, self.revision = name, revision
        self.files = dict(files)
        self.stated = {file: hashlib.sha256(data).hexdigest() for file, data in files.items()}
        self.asked: list[str] = []
        self.ranges: list[str] = []
        """What was asked for beyond a beginning that was there already."""
        self.cut: dict[str, int] = {}
        """File -> bytes after which the connection breaks, each time it is asked for."""
        self.gone_after: int | None = None
        """Bytes after which the connection breaks and nothing of that file is given any more."""
        self.error = ""
        """The hub's own word for why nothing is given: "GatedRepo", "RevisionNotFound"..."""

    def facts(self) -> dict[str, Any]:
        siblings = [
            {
                "rfilename": file,
                "size": len(data),
                "blobId": "0" * 40,
                "lfs": {"sha256": self.stated[file], "size": len(data), "pointerSize": 130},
            }
            for file, data in self.files.items()
        ]
        return {"_id": "1", "id": self.name, "modelId": self.name, "sha": self.revision, "siblings": siblings}

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Yield the address it answers at."""
        with ThreadingHTTPServer(("127.0.0.1", 0), _handler(self)) as server:
            thread = Thread(target=server.serve_forever)
            thread.start()
            try:
                yield f"http://127.0.0.1:{server.server_port}"
            finally:
                server.shutdown()
                thread.join()

    def most(self, path: str, begin: int) -> int | None:
        """Bytes that are sent of a file before the connection breaks."""
        file = path.rpartition("/")[2]
        if self.gone_after is not None and file.endswith(".safetensors"):
            return max(0, self.gone_after - begin)
        return self.cut.get(file)

    def headers(self, data: bytes | None, begin: int, tag: str) -> Iterator[tuple[str, str]]:
        size = len(data or b"")
        yield "Content-Length", str(size - begin)
        yield "ETag", f'"{tag}"'
        yield "X-Repo-Commit", self.revision
        yield "Accept-Ranges", "bytes"
        if begin:
            yield "Content-Range", f"bytes {begin}-{size - 1}/{size}"
        if self.error:
            yield "X-Error-Code", self.error

    def begin(self, asked: str) -> int:
        """The first byte that is asked for."""
        if asked:
            self.ranges.append(asked)
        return int(asked.removeprefix("bytes=").partition("-")[0] or 0)

    def status(self, data: bytes | None, begin: int) -> int:
        if self.error:
            return {"GatedRepo": 403, "RevisionNotFound": 404}.get(self.error, 401)
        return 404 if data is None else 206 if begin else 200

    def answer(self, path: str) -> tuple[bytes | None, str]:
        if self.error:
            return None, "none"
        if path == f"api/models/{self.name}/revision/{self.revision}":
            return json.dumps(self.facts()).encode(), "facts"
        file = path.removeprefix(f"{self.name}/resolve/{self.revision}/")
        return self.files.get(file), self.stated.get(file, "none")


def _handler(hub: Hub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self._answer(body=False)

        def do_GET(self) -> None:
            self._answer(body=True)

        def _answer(self, *, body: bool) -> None:
            path = self.path.partition("?")[0].removeprefix("/")
            hub.asked.append(path)
            data, tag = hub.answer(path)
            begin = hub.begin(self.headers.get("Range", "")) if data else 0
            self.send_response(hub.status(data, begin))
            for name, value in hub.headers(data, begin, tag):
                self.send_header(name, value)
            self.end_headers()
            if body and data:
                self._send(data, begin, hub.most(path, begin))

        def _send(self, data: bytes, begin: int, most: int | None) -> None:
            self.wfile.write(data[begin:][:most])
            if most is not None:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler
