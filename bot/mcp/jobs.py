"""Jobs of agents: submitted through the service of every frontend, followed with progress, cancelled."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import anyio
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError

from bot.follow_up_service import ClipReference, Make
from bot.follow_ups import Requester
from bot.mcp.folders import AllowedFolders
from bot.service import ScoringService
from bot.validation import OfferedFile, Refusal, examine
from immersivaudio.chat.progress import line
from immersivaudio.chat.rights import made_by
from immersivaudio.queue import (
    Action,
    Address,
    EditorCuts,
    GoneError,
    JobRecord,
    JobRequest,
    Result,
    ScoreOptions,
    Source,
    State,
    Status,
)
from immersivaudio.queue.connection import AWAY
from immersivaudio.queue.job_request import CUTS_CAP, CutEnding

PLATFORM = "mcp"
FILES = {
    "film": ".mp4", "audio": ".flac", "midi": ".mid", "sheet": ".json", "receipt": ".json", "stems": ".zip",
    "editor": ".zip",
}  # fmt: skip
"""What can be saved, and what such a file is called."""
_SHARES = ("extract", "detect", "select", "describe", "enhance", "generate", "sounds", "reconstruct")
_ENGLISH = "en"
ENDINGS: tuple[str, ...] = get_args(CutEnding)
_MEDIA = {
    "scored.mp4": "film", "stems.zip": "stems", "for-editor.zip": "editor", "description.json": "description",
}  # fmt: skip
"""What a result's own file is, by its name."""


@dataclass(frozen=True, slots=True)
class AgentJobs:
    """Of one server."""

    service: ScoringService
    folders: AllowedFolders
    clip_limit: int

    async def score(
        self,
        client: str,
        clip: str,
        options: ScoreOptions,
        *,
        action: Action = "score",
        cuts: EditorCuts | None = None,
    ) -> tuple[str, Path]:
        """Submit a file; returns the job, and where the file is."""
        path = self.folders.clip(clip, self.clip_limit)
        limits = self.service.limits(self.clip_limit, "remedy.trim")
        kind = examine(OfferedFile(name=path.name, size=path.stat().st_size), limits)
        if isinstance(kind, Refusal):
            raise ToolError(kind.say(_ENGLISH))
        store = self.service.queue.store
        if not await store.has_room(path.stat().st_size):
            raise ToolError("There is no room for the clip on this machine. Free some space, and try again.")
        try:
            ref = await store.put(path, path.suffix.lower()[:9] if path.suffix[1:].isalnum() else "")
        except OSError as error:
            raise ToolError(
                f"{path.name} cannot be read ({error.strerror}). Check its permissions."
            ) from None
        who = requester(client)
        request = JobRequest(
            platform=PLATFORM,
            update=who.update,
            user=who.user,
            action=action,
            reply=who.reply,
            cuts=cuts if kind == "video" else None,
            source=Source(ref=ref, kind=kind, bytes=path.stat().st_size),
            options=options.changed(mood=self.service.mood(options.mood)),
        )
        try:
            return await self._submitted(request), path
        except ToolError:
            await store.drop(ref)
            raise

    def cuts(self, text: str) -> EditorCuts:
        """A file with an editor's cuts; raises `ToolError`."""
        path = self.folders.clip(text, CUTS_CAP)
        try:
            return EditorCuts.of_file(path.name, path.read_bytes())
        except OSError as error:
            raise ToolError(
                f"{path.name} cannot be read ({error.strerror}). Check its permissions."
            ) from None
        except ValueError:
            raise ToolError(
                f"{path.name} is no cut list. Name a file that ends in {', '.join(ENDINGS)}."
            ) from None

    async def follow_up(self, client: str, job: str, make: Make) -> str:
        """Submit what starts from an earlier job; returns the new one."""
        record = await self.own(client, job)
        request = await self.service.follow_ups.request(record.job, requester(client), make)
        if isinstance(request, Refusal):
            raise ToolError("The clip of that job is no longer kept. Score the file again.")
        return await self._submitted(request)

    async def own(self, client: str, job: str) -> JobRecord:
        """A job of this client's; raises `ToolError` for any other."""
        own = ClipReference(PLATFORM, client, requester(client).user, job=job or "-")
        record = await self.service.follow_ups.meant(own)
        if record is None:
            raise ToolError("I know no such job of yours. `jobs` lists them.")
        return record

    async def finished(self, ctx: Context[Any], client: str, job: str) -> Result:
        """Follow a job to its end with progress; a caller that disconnects cancels it. Raises `ToolError`."""
        last: Status | None = None
        try:
            async for last in self.service.queue.watch(job):
                await ctx.report_progress(share(last), 1.0, line(_ENGLISH, last))
        except anyio.get_cancelled_exc_class():
            with anyio.CancelScope(shield=True):
                await self.service.queue.cancel(job, requester(client).user)
            raise
        if last is None or last.state is State.CANCELLED:
            raise ToolError(f"Job {job} was stopped. Nothing was made.")
        if last.failure is not None or last.result is None:
            raise ToolError(told(last))
        return last.result

    async def save(self, result: Result, what: str, target: Path) -> Path:
        """Write a file of a result to `target`, whole or not at all."""
        with self.folders.written(target) as new:
            if what == "sheet":
                new.write_text(result.sheet, "utf-8")
                return target
            own = _MEDIA.get(result.media.name, "film")
            artifact = result.media if what == own else result.extras.get(what)
            if artifact is None:
                raise ToolError(f"That result has no {what}. It has: {', '.join(available(result))}.")
            try:
                await self.service.queue.store.get(artifact.ref, new)
            except GoneError:
                raise ToolError("That file is no longer kept. Score the clip again.") from None
        return target

    async def _submitted(self, request: JobRequest) -> str:
        try:
            if await self.service.guest(request.user) is None:
                raise ToolError(Refusal("refuse.blocked").say(_ENGLISH))
        except AWAY:
            raise ToolError("The service does not answer. Start it with: immersivaudio up.") from None
        submitted = await self.service.hand_in(request)
        if isinstance(submitted, Refusal):
            raise ToolError(submitted.say(_ENGLISH))
        return submitted.job


def requester(client: str) -> Requester:
    """Return the requester of a call; each call is an update of its own."""
    here = Address(platform=PLATFORM, chat=client, message="-")
    return Requester(f"{PLATFORM}:{client}", secrets.token_hex(12), here, _ENGLISH)


def share(status: Status) -> float:
    """How much of the work is done, 0 to 1."""
    if status.state.over or status.result is not None:
        return 1.0
    if status.stage not in _SHARES:
        return 0.0
    return (_SHARES.index(status.stage) + status.done) / len(_SHARES)


def told(status: Status) -> str:
    """Why a job failed, in one line."""
    return str(status.failure) if status.failure else "That did not work. Score the clip again."


def available(result: Result) -> list[str]:
    """What of a result can be saved."""
    media = _MEDIA.get(result.media.name, "film")
    own = [media] if media in FILES else []
    return [*own, *(name for name in result.extras if name in FILES), *(["sheet"] if result.sheet else [])]


def summary(result: Result) -> dict[str, Any]:
    """What an agent wants to know of a result."""
    names = {"mood", "tempo", "key", "instruments", "sounds", "scene", "prompt", "duration", "hits",
             "hits_planned", "loudness_lufs", "share", "notes"}  # fmt: skip
    facts = result.summary.model_dump(mode="json", include=names)
    return facts | {"rights": made_by(_ENGLISH, result.summary), "files": available(result)}
