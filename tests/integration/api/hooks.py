"""A receiver of webhooks on loopback."""

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue


@dataclass(frozen=True)
class Called:
    """One call that came."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Hooks:
    """Answers what `answers` says for a path, one after the other, then 200."""

    answers: dict[str, list[int]] = field(default_factory=dict)
    calls: "Queue[Called]" = field(default_factory=Queue)

    def __enter__(self) -> "Hooks":
        hooks = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                names = {name.lower(): value for name, value in self.headers.items()}
                hooks.calls.put(Called(self.path, names, body))
                waiting = hooks.answers.get(self.path, [])
                self.send_response(waiting.pop(0) if waiting else 200)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
