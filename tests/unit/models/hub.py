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
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                self._answer(body=False)

            def do_GET(self) -> None:
                self._answer(body=True)

            def _answer(self, *, body: bool) -> None:
                path = self.path.partition("?")[0].removeprefix("/")
                hub.asked.append(path)
                data, tag = hub.answer(path)
                self.send_response(200 if data is not None else 404)
                self.send_header("Content-Length", str(len(data or b"")))
                self.send_header("ETag", f'"{tag}"')
                self.send_header("X-Repo-Commit", hub.revision)
                self.end_headers()
                if body and data:
                    self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            thread = Thread(target=server.serve_forever)
            thread.start()
            try:
                yield f"http://127.0.0.1:{server.server_port}"
            finally:
                server.shutdown()
                thread.join()

    def answer(self, path: str) -> tuple[bytes | None, str]:
        if path == f"api/models/{self.name}/revision/{self.revision}":
            return json.dumps(self.facts()).encode(), "facts"
        file = path.removeprefix(f"{self.name}/resolve/{self.revision}/")
        return self.files.get(file), self.stated.get(file, "none")
