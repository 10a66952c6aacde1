"""A visitor without a browser: speaks the page's own protocol, and keeps everything it was sent."""

import json
import re
import secrets
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Self

import httpx

_SAYS = {"process_generating", "process_completed"}
OUTPUTS = ("progress", "result", "sheet", "running", "shown", "cancel", "actions", "story", "history")
FORM: dict[str, Any] = {
    "turn": None, "press": "", "mood": "", "clip": "", "sounds": False, "original": "auto",
    "length": 10, "seed": "", "take": 1, "cuts": "", "loop": False, "song": "",
}  # fmt: skip


@dataclass
class Moment:
    """What the page showed, and when it came."""

    at: float
    shown: dict[str, Any]


@dataclass
class Guest:
    """One browser, as far as the server can tell."""

    client: httpx.AsyncClient
    session: str = field(default_factory=lambda: secrets.token_hex(5))
    received: list[str] = field(default_factory=list)
    events: dict[str, int] = field(default_factory=dict)
    shown: str = ""
    """The job whose result stands on the page."""

    @classmethod
    async def come(cls, url: str, **options: Any) -> Self:
        """Open the page."""
        guest = cls(httpx.AsyncClient(base_url=url, timeout=90, **options))
        page = await guest.get("/")
        found = re.search(r"window\.gradio_config = (\{.*?\});</script>", page.text, re.DOTALL)
        assert found, page.text[:500]
        config = json.loads(found[1])
        named = {each["id"]: each["props"].get("elem_id") for each in config["components"]}
        for event in config["dependencies"]:
            for target, kind in event["targets"]:
                guest.events[f"{named.get(target) or event['api_name']}.{kind}"] = event["id"]
        return guest

    async def get(self, path: str, **options: Any) -> httpx.Response:
        answer = await self.client.get(path, **options)
        self.received += [str(answer.headers), answer.text if "video" not in str(answer.headers) else ""]
        return answer

    async def upload(self, data: bytes, media_type: str = "video/mp4", **query: str) -> httpx.Response:
        answer = await self.client.post("/clips", params={"type": media_type, **query}, content=data)
        self.received.append(answer.text)
        return answer

    async def clip(self, data: bytes, media_type: str = "video/mp4") -> str:
        """Upload; returns the token for the form."""
        return str((await self.upload(data, media_type)).json()["clip"])

    async def join(self, body: Any) -> httpx.Response:
        """Send a call as it stands."""
        return await self.client.post("/gradio_api/queue/join", json=body)

    def call(self, event: str, *data: Any, detail: Any = None) -> dict[str, Any]:
        """The body of a call, as a browser sends it."""
        return {
            "data": list(data),
            "fn_index": self.events[event],
            "session_hash": self.session,
            "event_data": detail,
        }

    async def press(self, event: str, *data: Any, detail: Any = None) -> AsyncIterator[Moment]:
        """Everything the page shows from a press to the end of it."""
        joined = await self.join(self.call(event, *data, detail=detail))
        assert joined.status_code == 200, joined.text
        mine = joined.json()["event_id"]
        shown: dict[str, Any] = {}
        last: list[Any] = []
        stream = self.client.stream("GET", "/gradio_api/queue/data", params={"session_hash": self.session})
        async with stream as lines:
            async for line in lines.aiter_lines():
                if not line.startswith("data:"):
                    continue
                self.received.append(line)
                message = json.loads(line[5:])
                if message.get("event_id") != mine or message["msg"] not in _SAYS:
                    if message["msg"] == "close_stream":
                        return
                    continue
                news = (message.get("output") or {}).get("data") or []
                last = _patched(last, news, message["msg"])
                now = {name: value for name, value in zip(OUTPUTS, last, strict=False) if _said(value)}
                shown = shown | now
                self.shown = shown.get("shown", self.shown)
                yield Moment(time.monotonic(), dict(shown))
                if message["msg"] == "process_completed":
                    return

    async def score(self, clip: str, **form: Any) -> AsyncIterator[Moment]:
        """Press the big button."""
        async for moment in self.press("score.click", *(FORM | {"clip": clip} | form).values()):
            yield moment

    async def scored(self, clip: str, **form: Any) -> Moment:
        """Press the big button, and wait for the end."""
        return [moment async for moment in self.score(clip, **form)][-1]


def _said(value: Any) -> bool:
    """Whether an output changed: what stays comes as an update of nothing."""
    return "visible" in value if isinstance(value, dict) else value is not None


def _patched(last: list[Any], news: list[Any], kind: str) -> list[Any]:
    """Gradio sends the first yield whole, and then how each output differs from the one before."""
    if kind == "process_completed":
        return news or last
    if not last or not all(isinstance(each, list) for each in news):
        return news
    return [_mended(old, steps) for old, steps in zip(last, news, strict=True)]


def _mended(old: Any, steps: list[Any]) -> Any:
    for action, path, value in steps:
        if path:
            old = dict(old)
            old[path[0]] = value
            if action == "delete":
                del old[path[0]]
        else:
            old = old + value if action == "append" else value
    return old
