"""One health and metrics endpoint for all programs of one `up`: ready only when every one of them is."""

import asyncio
import re
from pathlib import Path

from immersivaudio.queue.readiness import Readiness

_WAIT = 3.0
"""s for one program's answer."""
_SAMPLE = re.compile(rb"^([A-Za-z_:][A-Za-z0-9_:]*)(?:\{(.*)\})? ", re.MULTILINE)


class ProgramsHealth:
    """Asks each program at a Unix socket of its own, in a folder that only this user can enter."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sockets: dict[str, Path] = {}

    def environment(self, program: str) -> dict[str, str]:
        """Return the variables that make `program` serve its health at its socket, and at no port."""
        socket = self._sockets[program] = self._folder / f"{program}.sock"
        return {
            f"IMMERSIVAUDIO_{kind}_HEALTH_{name}": value
            for kind in ("WORKER", "BOT")
            for name, value in (("HOST", str(socket)), ("PORT", "0"))
        }

    async def ready(self) -> Readiness:
        """Whether every program says that it is ready, and what each has to say, after its name."""
        answers = await asyncio.gather(*(_ask(socket, "/readyz") for socket in self._sockets.values()))
        notes = []
        for program, (status, body) in zip(self._sockets, answers, strict=True):
            if not status:
                notes.append(f"{program}: does not answer")
            notes += [f"{program}: {line}" for line in body.decode("utf-8", "replace").splitlines()[1:]]
        well = bool(answers) and all(status == 200 for status, _ in answers)
        return Readiness(well, tuple(notes))

    async def metrics(self) -> bytes:
        """Return every program's metrics, each sample labelled with its program."""
        pages = await asyncio.gather(*(_ask(socket, "/metrics") for socket in self._sockets.values()))
        said: set[bytes] = set()
        lines = []
        for program, (_, page) in zip(self._sockets, pages, strict=True):
            for line in page.splitlines():
                if line.startswith(b"#"):
                    if line in said:
                        continue
                    said.add(line)
                lines.append(_labelled(line, program))
        return b"\n".join(lines) + b"\n"


def _labelled(line: bytes, program: str) -> bytes:
    label = f'program="{program}"'.encode()
    return _SAMPLE.sub(
        lambda found: found[1] + b"{" + b",".join(filter(None, (found[2], label))) + b"} ", line, count=1
    )


async def _ask(socket: Path, path: str) -> tuple[int, bytes]:
    """Return status and body; 0 without an answer."""
    try:
        async with asyncio.timeout(_WAIT):
            reader, writer = await asyncio.open_unix_connection(str(socket))
            try:
                writer.write(f"GET {path} HTTP/1.0\r\n\r\n".encode())
                head, _, body = (await reader.read()).partition(b"\r\n\r\n")
            finally:
                writer.close()
        return int(head.split(b" ", 2)[1]), body
    except (OSError, TimeoutError, ValueError, IndexError):
        return 0, b""
