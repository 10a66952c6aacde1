"""A web server on loopback with a film, and with what hostile ones have."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CLIP = b"a clip" * 1000


class Site(BaseHTTPRequestHandler):
    """Answers by the path that is asked for."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        name, _, where = self.path.partition("?")
        if name == "/silent.mp4":
            self.server.silent.wait()  # type: ignore[attr-defined]
        elif name == "/endless.mp4":
            self.never_ends()
        else:
            self.gives(
                *{
                    "/to": (302, {"Location": where}),
                    "/page.mp4": (200, {"Content-Type": "text/html"}, b"<html>"),
                    "/packed.mp4": (200, {"Content-Encoding": "gzip"}, b"\x1f\x8b"),
                    "/page": (200, {"Content-Type": "text/html; charset=utf-8"}, b"<html>"),
                    "/clip.mp4": (200, {"Content-Type": "video/mp4"}, CLIP),
                    "/file": (200, {"Content-Type": "video/mp4"}, CLIP),
                }.get(name, (404, {}))
            )

    def never_ends(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        with suppress(OSError):
            while True:
                self.wfile.write(b"1000\r\n" + b"x" * 4096 + b"\r\n")

    def gives(self, code: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(code)
        for each in (headers | {"Content-Length": str(len(body))}).items():
            self.send_header(*each)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[str]:
    """Serve until the end of the block; yields the origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    server.silent = threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.silent.set()  # type: ignore[attr-defined]
        server.shutdown()
        server.server_close()
        thread.join()
