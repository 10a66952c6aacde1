"""A chat platform on loopback that counts what it received. It knows nothing of our code.

    POST /messages       {"request", "kind", "body"} -> {"id"}     a new message
    PUT  /messages/<id>  {"request", "kind", "body"}               an edit; the same again is "not modified"

It misbehaves as real ones do: it refuses with 429 and 503, and it commits and then drops the connection.
"""

import json
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ANSWERS = {"result", "notice"}


@dataclass
class Message:
    """What stands in the chat."""

    request: str
    kind: str
    body: str
    edits: int = 0
    at: float = field(default_factory=time.monotonic)


@dataclass
class Judge:
    """The server, and its verdicts."""

    trouble: float = 0.0
    """Share of calls that go wrong in one way or another."""
    messages: dict[str, Message] = field(default_factory=dict)
    overwritten: list[str] = field(default_factory=list)
    """Requests whose answer was replaced by a different one."""
    calls: Counter[str] = field(default_factory=Counter)
    answered: int = 0
    """Answers received, repeated ones included."""

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def __enter__(self) -> "Judge":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def send(self, message: Message) -> str:
        """A new message, as a call without the network."""
        with self._lock:
            name = str(len(self.messages) + 1)
            self.answered += message.kind in ANSWERS
            self.messages[name] = message
            return name

    def edit(self, name: str, new: Message) -> bool:
        """False: there is no such message."""
        with self._lock:
            old = self.messages.get(name)
            if old is None or old.request != new.request:
                return False
            if old.kind in ANSWERS and (old.kind, old.body) != (new.kind, new.body):
                self.overwritten.append(f"{old.request}: {old.kind} by {new.kind}")
            self.answered += new.kind in ANSWERS
            self.messages[name] = Message(new.request, new.kind, new.body, old.edits + 1)
            return True

    def answers(self) -> dict[str, list[Message]]:
        """Request -> the messages that answer it."""
        with self._lock:
            found: dict[str, list[Message]] = {}
            for message in self.messages.values():
                found.setdefault(message.request, [])
                if message.kind in ANSWERS:
                    found[message.request].append(message)
            return found

    def shown(self, request: str) -> list[Message]:
        """All messages about a request."""
        with self._lock:
            return [message for message in self.messages.values() if message.request == request]

    def waiting(self) -> bool:
        """Whether anybody has a placeholder and no answer."""
        with self._lock:
            return any(message.kind not in ANSWERS for message in self.messages.values())

    def mishap(self) -> str:
        """What goes wrong with this call."""
        if random.random() >= self.trouble:
            return ""
        return random.choice(("429", "503", "lost", "lost"))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients are killed in the middle of a word here: nothing to report."""


def _handler(judge: Judge) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self._serve(lambda message: {"id": judge.send(message)})

        def do_PUT(self) -> None:
            name = self.path.rpartition("/")[2]
            self._serve(lambda message: {} if judge.edit(name, message) else None)

        def _serve(self, commit: Any) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            mishap = judge.mishap()
            judge.calls[mishap or self.command] += 1
            if mishap in {"429", "503"}:
                self._answer(int(mishap), {"retry_after": 0.2})
                return
            done = commit(Message(body["request"], body["kind"], body["body"]))
            if mishap == "lost":
                self.close_connection = True
                return
            self._answer(200 if done is not None else 404, done or {})

        def _answer(self, status: int, body: dict[str, Any]) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            return

    return Handler
