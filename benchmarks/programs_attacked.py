"""What programs and agents can do to the API and the MCP server: part of `python -m benchmarks.security`."""

import asyncio
import json
import random
from pathlib import Path
from typing import Any

from mcp import Client, MCPError

from tests.integration.api.service import OTHER, ApiService, ended, sent
from tests.integration.mcp.conftest import AgentService

Row = list[object]
_SAYS_NO = {400, 401, 403, 404, 405, 408, 411, 413, 415, 421, 422, 429}
_ODD: tuple[Any, ...] = (
    None, True, -1, 0, 2**70, 0.5, "", "\x00", "x" * 5_000, "../../etc/hostname", "file:///etc/hostname",
    "http://127.0.0.1:6379/", [], {}, [[]], [None], {"a": {"b": 1}}, "'; drop", "\u202e", "IV-" + "0" * 300,
)  # fmt: skip
_VERBS = (
    "remix",
    "takes",
    "stems",
    "export",
    "cuts",
    "render",
    "cancel",
    "events",
    "files/film",
    "files/receipt",
)
_FIELDS = ("mood", "webhook", "sheet", "text", "ending", "take", "seed", "parent", "user", "source")


def api_bodies(api: ApiService, count: int) -> Row:
    """Send odd bodies and queries to every route; nothing may break, and no odd order may be taken."""
    dice = random.Random(5)
    failures = 0
    with api.client() as client:
        job = sent(client)
        ended(client, job)
        for number in range(count * len(_VERBS)):
            verb = _VERBS[number % len(_VERBS)]
            body = {dice.choice(_FIELDS): dice.choice(_ODD) for _ in range(dice.randint(1, 3))} | {"odd": 1}
            raw = dice.choice((json.dumps(body).encode(), b"", b"[]", b'{"a":', b"\xff\xfe", b"[" * 2000))
            target = dice.choice((f"/v1/jobs/{job}/{verb}x", f"/v1/jobs/{dice.getrandbits(96):024x}/{verb}"))
            if number % 2 and verb not in {"cancel", "events"}:
                target = f"/v1/jobs/{job}/{verb}"
            answer = client.post(target, content=raw, headers={"Content-Type": "application/json"})
            failures += answer.status_code not in _SAYS_NO or "Traceback" in answer.text
    return [f"odd bodies, {count} for each of {len(_VERBS)} routes of the API", count * len(_VERBS), failures]


def api_strangers(api: ApiService, count: int) -> Row:
    """Ask for another client's jobs and files, without a key, with wrong ones, and with one's own."""
    dice = random.Random(6)
    failures = 0
    with api.client() as client, api.client(OTHER) as other, api.client("") as nobody:
        job = sent(client)
        ended(client, job)
        for _ in range(count):
            who, method = dice.choice((other, nobody)), dice.choice(("GET", "POST", "DELETE"))
            verb = dice.choice(("", *(f"/{each}" for each in _VERBS)))
            answer = who.request(method, f"/v1/jobs/{job}{verb}", json={"mood": "mine"})
            failures += answer.status_code not in _SAYS_NO
        failures += client.get(f"/v1/jobs/{job}").json()["phase"] != "done"
    return ["another client's jobs and files, with a key of one's own, or none", count, failures]


def mcp_calls(agents: AgentService, count: int) -> list[Row]:
    """Call every tool with odd arguments, and with paths that lead out."""
    inside = {path.name for path in agents.clips.iterdir()}
    secret = (agents.folder / "secret.mp4").read_bytes()
    tools, odd = asyncio.run(_odd_calls(agents, count))
    paths, out = asyncio.run(_paths(agents))
    left = {path.name for path in agents.folder.iterdir() if path.suffix in {".mp4", ".zip", ".json"}}
    out += len(left - {"secret.mp4"}) + ((agents.folder / "secret.mp4").read_bytes() != secret)
    out += len({path.name for path in agents.clips.iterdir()} - inside)
    return [
        [f"odd arguments, {count} for each of {tools} tools of agents", count * tools, odd],
        ["paths of agents that lead out of their folders", paths, out],
    ]


async def _refused(client: Client, tool: str, arguments: dict[str, Any]) -> bool:
    """Whether a call was refused in words, as an error of the protocol or of the tool."""
    try:
        answer = await client.call_tool(tool, arguments)
    except MCPError as error:
        return "Traceback" not in str(error)
    said = " ".join(getattr(part, "text", "") for part in answer.content)
    return answer.is_error and bool(said.strip()) and "Traceback" not in said


async def _odd_calls(agents: AgentService, count: int) -> tuple[int, int]:
    dice = random.Random(8)
    names = ("clip", "job", "mood", "save_to", "what", "first", "last", "seed", "length", "wait", "cuts")
    tools = ("score", "remix", "section", "take", "stems", "describe", "export", "wait", "status", "cancel")
    failures = 0
    async with agents.client("http") as client:
        for tool in tools:
            for _ in range(count):
                arguments: Any = {name: dice.choice(_ODD) for name in dice.sample(names, dice.randint(0, 6))}
                arguments |= {"clip": dice.choice(_ODD), "job": dice.choice(_ODD)}
                failures += not await _refused(client, tool, arguments)
    return len(tools), failures


async def _paths(agents: AgentService) -> tuple[int, int]:
    dice = random.Random(9)
    steps = (
        "..",
        ".",
        "clips",
        "link.mp4",
        "clip.mp4",
        "etc",
        "passwd",
        "secret.mp4",
        "~",
        "",
        "proc",
        "self",
        "root",
    )
    secret = str(agents.folder / "secret.mp4")
    made = [
        secret,
        "/etc/passwd",
        "/proc/self/environ",
        "link.mp4",
        "//etc/passwd",
        f"{agents.clips}/../secret.mp4",
    ]
    made += [
        "../" * dice.randint(1, 4) + "/".join(dice.choices(steps, k=dice.randint(1, 6))) for _ in range(294)
    ]
    made = [path for path in made if not _allowed(agents.clips, path)]
    failures = 0
    async with agents.client("http") as client:
        for path in made:
            failures += not await _refused(client, "describe", {"clip": path})
            failures += not await _refused(client, "score", {"clip": "clip.mp4", "save_to": f"{path}.mp4"})
    return 2 * len(made), failures


def _allowed(clips: Path, text: str) -> bool:
    """Whether a path, or the same with an ending, is one of the folder's."""
    return any(clips.resolve() in (clips / each).resolve().parents for each in (text, f"{text}.mp4"))
