"""`python -m worker.healthy`: exit 0 when the program of this container is ready, else 1.

Standard library alone: a container asks every 15 s, and importing the settings takes 0.6 s of CPU.
"""

import os
import socket
import sys

_PATIENCE = 4.0
"""s."""


def main() -> int:
    """Ask /readyz at the port or socket that IMMERSIVAUDIO_WORKER_HEALTH_* name."""
    host = os.environ.get("IMMERSIVAUDIO_WORKER_HEALTH_HOST", "")
    port = os.environ.get("IMMERSIVAUDIO_WORKER_HEALTH_PORT", "")
    family = socket.AF_UNIX if host.startswith("/") else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as asked:
            asked.settimeout(_PATIENCE)
            asked.connect(host if family is socket.AF_UNIX else ("127.0.0.1", int(port)))
            asked.sendall(b"GET /readyz HTTP/1.0\r\n\r\n")
            answer = asked.makefile("rb").read(4096).decode("utf-8", "replace")
    except (OSError, ValueError):
        sys.stdout.write("nothing answers\n")
        return 1
    head, _, body = answer.partition("\r\n\r\n")
    sys.stdout.write(body)
    return 0 if head.split(" ")[1:2] == ["200"] else 1


if __name__ == "__main__":
    sys.exit(main())
