"""A wire between a browser and the page that can be cut: every connection at once, as long as wanted."""

import socket
import threading
from contextlib import suppress
from typing import Self
from urllib.parse import urlsplit


class CuttableWire:
    """Listens on a port of its own and passes bytes on to `url`; its address is `self.url`."""

    def __init__(self, url: str) -> None:
        found = urlsplit(url)
        self._target = (found.hostname or "127.0.0.1", found.port or 80)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/"
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._whole = True
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
        self._listener.close()

    def cut(self) -> None:
        """End every connection, and refuse new ones until `mend`."""
        with self._lock:
            self._whole = False
            for each in self._open:
                self._end(each)
            self._open.clear()

    def mend(self) -> None:
        """Let connections through again."""
        self._whole = True

    def flicker(self) -> None:
        """End every connection once."""
        self.cut()
        self.mend()

    def _listen(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(self._target) if self._whole else None
            except OSError:
                far = None
            if far is None:
                self._end(near)
                continue
            with self._lock:
                self._open |= {near, far}
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=self._pass, args=(source, target), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        self._end(source)
        self._end(target)

    @staticmethod
    def _end(each: socket.socket) -> None:
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
        each.close()
