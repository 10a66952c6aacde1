"""The tools. Each description says input, cost, limit, failure and next step: an agent reads no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, Literal

import orjson
from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from bot import follow_ups
from bot.follow_up_service import Make, making, remixed
from bot.mcp import jobs
from bot.mcp.jobs import FILES, AgentJobs
from bot.words.read import CueRange
from immersivaudio.i18n import musical
from immersivaudio.options import ScoreOptions, everywhere, with_options
from immersivaudio.queue import Result

ClipPath = Annotated[str, Field(description="path of a video or photo in an allowed folder", max_length=4096)]
MoodWords = Annotated[
    str, Field(description='own words, or a share code: "hopeful, slow piano"', max_length=1000)
]
JobId = Annotated[str, Field(description="as another tool gave it", max_length=64)]
SaveTo = Annotated[
    str, Field(description="path of the film to write; empty: beside the clip", max_length=4096)
]
Wait = Annotated[bool, Field(description="false: return the job at once, and ask `wait` later")]
_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_MAKES = ToolAnnotations(read_only_hint=False, destructive_hint=False, open_world_hint=False)
_STOPS = ToolAnnotations(
    read_only_hint=False, destructive_hint=True, idempotent_hint=True, open_world_hint=False
)
_HYPHENS = {"hip hop": "hip-hop", "lo fi": "lo-fi", "r b": "r&b"}
LOCAL = "local"
"""The client at the other end of a pipe."""


@dataclass(frozen=True, slots=True)
class AgentTools:
    """What a server offers."""

    agents: AgentJobs
    names: "ClientNames"

    def register(self, server: MCPServer[Any]) -> None:
        """Add every tool."""
        for tool, marks in (
            (self.score, _MAKES), (self.remix, _MAKES), (self.section, _MAKES), (self.take, _MAKES),
            (self.stems, _MAKES), (self.describe, _MAKES), (self.export, _MAKES), (self.wait, _READS),
            (self.status, _READS), (self.jobs, _READS), (self.cancel, _STOPS), (self.moods, _READS),
        ):  # fmt: skip
            server.tool(annotations=marks)(tool)

    @with_options(*everywhere(), "length")
    async def score(
        self,
        ctx: Context[Any],
        clip: ClipPath,
        wishes: ScoreOptions,
        cuts: Annotated[
            str,
            Field(description="path of an EDL, FCPXML, XML, OTIO or CSV whose cuts count", max_length=4096),
        ] = "",
        save_to: SaveTo = "",
        wait: Wait = True,
    ) -> dict[str, Any]:
        """Score a video or photo: music that fits what is seen, lands on the cuts, ends with the film.

        Input: a path in an allowed folder; a mood in words, or none to let the pictures decide.
        Cost: about 0.3 to 2 seconds of processor time a second of film, nothing else; progress is reported.
        Limit: clips of 10 minutes; a few jobs at once. No file is ever overwritten.
        Fails: in one sentence, for a path outside, a file that is no clip, a full queue.
        Next: `remix`, `section` or `take` change the music; `export` saves stems, MIDI, sheet and receipt.
        """
        target = self.agents.folders.target(save_to, ".mp4") if save_to else None
        client = self.names.of(ctx)
        edit = self.agents.cuts(cuts) if cuts else None
        job, path = await self.agents.score(client, clip, wishes, cuts=edit)
        if not wait:
            return {"job": job}
        result = await self.agents.finished(ctx, client, job)
        film = target or self.agents.folders.beside(path, ".scored.mp4")
        return {"job": job, "film": str(await self.agents.save(result, "film", film)), **jobs.summary(result)}

    async def remix(
        self, ctx: Context[Any], job: JobId, mood: MoodWords, save_to: SaveTo = "", wait: Wait = True
    ) -> dict[str, Any]:
        """Put other music over the same cuts of a clip that was scored.

        Input: a job, and a mood: words, or steps such as "darker" and "a bit faster".
        Cost: less than `score`; nothing is looked at again. Limit: the clip is kept for a day.
        Fails: in one sentence, where the job is not yours or its clip is gone: then `score` it again.
        Next: `export` with save_to saves the film where none was named.
        """
        make = remixed(self.agents.service.mood(mood))
        return await self._follow(ctx, job, make, save_to, wait=wait)

    async def section(
        self,
        ctx: Context[Any],
        job: JobId,
        first: Annotated[
            int, Field(ge=1, le=1000, description="the section, counted from 1 as in the sheet")
        ],
        mood: MoodWords = "",
        last: Annotated[int | None, Field(ge=1, le=1000, description="the last one of a run")] = None,
        save_to: SaveTo = "",
        wait: Wait = True,
    ) -> dict[str, Any]:
        """Change the music of one section, or of a run of them, and leave the rest as it was.

        Input: a job, the section's number (cues of the sheet, from 1), a mood or none for new music.
        Cost: as `remix`. Limit: sections that the sheet has.
        Fails: in one sentence, for a section that is not there; `export` of the sheet shows them.
        Next: `section` again for another one, or `export`.
        """
        cues = CueRange(first, max(first, last or first))
        words = self.agents.service.mood(mood)
        make = making(lambda earlier, who: follow_ups.section(earlier, who, cues, words))
        return await self._follow(ctx, job, make, save_to, wait=wait)

    async def take(
        self, ctx: Context[Any], job: JobId, save_to: SaveTo = "", wait: Wait = True
    ) -> dict[str, Any]:
        """Make another piece in the same mood over the same plan.

        Input: a job. Cost: as `remix`. Limit: as many takes as wanted; each is a job of its own.
        Fails: in one sentence, where the job is not yours or its clip is gone.
        Next: compare the films, then `remix` or `export` the one that fits.
        """
        return await self._follow(ctx, job, self.agents.service.follow_ups.take, save_to, wait=wait)

    async def stems(
        self,
        ctx: Context[Any],
        job: JobId,
        save_to: Annotated[str, Field(description="path of the .zip to write", max_length=4096)],
    ) -> dict[str, Any]:
        """Save the instrument groups of a result, each as a file, with the MIDI, in a zip.

        Input: a job, and a path of a .zip in an allowed folder. Cost: the music is rendered once more.
        Limit: about 10 MB a minute of film and group. Fails: in one sentence, for a path that is taken.
        Next: open them in an editor or DAW.
        """
        target = self.agents.folders.target(save_to, ".zip")
        made, result = await self._made(ctx, job, making(follow_ups.stems))
        return {"job": made, "stems": str(await self.agents.save(result, "stems", target))}

    async def describe(self, ctx: Context[Any], clip: ClipPath) -> dict[str, Any]:
        """Say what is seen in a clip: the scene, each shot in words with labels, the mood it suggests.

        Input: a path in an allowed folder. Cost: that of looking; no music is made.
        Limit: claims nothing that was not measured. Fails: in one sentence, for a file that is no clip.
        Next: `remix` with the job that is returned plays a mood over it; `export` saves its sheet.
        """
        client = self.names.of(ctx)
        job, _ = await self.agents.score(client, clip, ScoreOptions(), action="describe")
        result = await self.agents.finished(ctx, client, job)
        shots = [
            {"start": shot.start, "end": shot.end, "seen": shot.text, "labels": list(shot.labels)}
            for shot in result.summary.shots
        ]
        told = result.summary
        evidence = list(told.evidence)
        return {"job": job, "scene": told.scene, "mood": told.mood, "because": evidence, "shots": shots}

    async def export(
        self,
        ctx: Context[Any],
        job: JobId,
        what: Annotated[
            Literal["film", "audio", "midi", "sheet", "receipt", "editor"],
            Field(description="which file of the result"),
        ],
        save_to: Annotated[str, Field(description="path to write in an allowed folder", max_length=4096)],
    ) -> dict[str, Any]:
        """Save one file of a finished job: film (.mp4), music (.flac), MIDI (.mid), sheet or receipt (.json).

        With "editor": a .zip for Resolve, Premiere, Final Cut and DAWs: film, WAV stems, MIDI, timelines.
        Input: a job, which file, and where. Cost: copying; "editor" renders the music once more.
        Limit: files are kept for a day, none overwritten.
        Fails: in one sentence, where the job is not done, the file is gone or the path is taken.
        Next: `stems` gives the instrument groups; `immersivaudio verify` reads the receipt.
        """
        target = self.agents.folders.target(save_to, FILES[what])
        if what == "editor":
            made, result = await self._made(ctx, job, making(follow_ups.export))
            return {"job": made, "saved": str(await self.agents.save(result, what, target))}
        record = await self.agents.own(self.names.of(ctx), job)
        if record.result is None:
            raise ToolError("That job has no result yet. `wait` for it.")
        return {"saved": str(await self.agents.save(record.result, what, target))}

    async def wait(self, ctx: Context[Any], job: JobId) -> dict[str, Any]:
        """Wait for a job with progress, and say what was made; cancelling this call stops the job.

        Input: a job. Cost: none beyond the job's own. Limit: your client's patience.
        Fails: with the job's own reason. Next: `export` saves its files.
        """
        client = self.names.of(ctx)
        await self.agents.own(client, job)
        result = await self.agents.finished(ctx, client, job)
        return {"job": job, **jobs.summary(result)}

    async def status(self, ctx: Context[Any], job: JobId) -> dict[str, Any]:
        """Say where a job stands, without waiting.

        Input: a job. Cost: none. Limit: jobs are remembered for a week. Fails: for a job that is not yours.
        Next: `wait` for it, or `cancel` it.
        """
        await self.agents.own(self.names.of(ctx), job)
        found = await self.agents.service.queue.status(job)
        if found is None:
            raise ToolError("I know no such job of yours. `jobs` lists them.")
        failure = jobs.told(found) if found.failure else ""
        return {
            "job": job,
            "state": found.state.lower(),
            "stage": found.stage,
            "done": round(jobs.share(found), 3),
            "position": found.position,
            "failure": failure,
        }

    async def jobs(self, ctx: Context[Any]) -> dict[str, Any]:
        """List your jobs, newest first.

        Input: none. Cost: none. Limit: the last twenty. Fails: where the service does not answer.
        Next: `status`, `wait`, `remix` or `export` with one of them.
        """
        user = jobs.requester(self.names.of(ctx)).user
        found = await self.agents.service.queue.list_for_user(user)
        return {"jobs": [{"job": each.job, "state": each.state.lower()} for each in found]}

    async def cancel(self, ctx: Context[Any], job: JobId) -> dict[str, Any]:
        """Stop a job; one that is done stays done.

        Input: a job. Cost: none. Limit: none. Fails: for a job that is not yours. Next: `score` again.
        """
        client = self.names.of(ctx)
        await self.agents.own(client, job)
        state = await self.agents.service.queue.cancel(job, jobs.requester(client).user)
        return {"job": job, "state": state.lower() if state else "unknown"}

    async def moods(self) -> dict[str, Any]:
        """Say which mood words and styles are known; others are understood, too, as the nearest of them.

        Input: none. Cost: none. Limit: English names; moods may be written in six languages.
        Fails: never. Next: `score` or `remix` with any, and with players ("no piano") or numbers ("90 bpm").
        """
        return {"moods": sorted(musical.TABLES["de"].MOODS), "styles": list(styles())}

    async def _made(self, ctx: Context[Any], job: str, make: Make) -> tuple[str, Result]:
        """A job of its own that starts from an earlier one, and what it made."""
        client = self.names.of(ctx)
        made = await self.agents.follow_up(client, job, make)
        return made, await self.agents.finished(ctx, client, made)

    async def _follow(
        self, ctx: Context[Any], job: str, write: Make, save_to: str, *, wait: bool
    ) -> dict[str, Any]:
        target = self.agents.folders.target(save_to, ".mp4") if save_to else None
        client = self.names.of(ctx)
        made = await self.agents.follow_up(client, job, write)
        if not wait:
            return {"job": made}
        result: Result = await self.agents.finished(ctx, client, made)
        saved = {"film": str(await self.agents.save(result, "film", target))} if target else {}
        return {"job": made, **saved, **jobs.summary(result), "sections": _sections(result)}


class ClientNames:
    """Who calls: the one at the pipe, or by http whose key the gate has let pass."""

    def __init__(self, keys: Sequence[tuple[str, str]] = ()) -> None:
        """`keys` are (key, client)."""
        self._clients = dict(keys)

    def of(self, ctx: Context[Any]) -> str:
        """The client's name."""
        if not self._clients:
            return LOCAL
        key = (ctx.headers or {}).get("authorization", "").partition(" ")[2].strip()
        if key not in self._clients:
            raise ToolError("Send your key: Authorization: Bearer KEY.")
        return self._clients[key]


@cache
def styles() -> tuple[str, ...]:
    """The styles by the names of their palettes, without loading the composer."""
    found = find_spec("immersivaudio")
    folder = Path(next(iter(found.submodule_search_locations or ()), ".")) if found else Path()
    names = (path.stem.replace("_", " ") for path in (folder / "music" / "palettes").glob("[a-z]*.py"))
    return tuple(sorted(_HYPHENS.get(name, name) for name in names))


def _sections(result: Result) -> list[dict[str, Any]]:
    """The sections of the sheet, numbered as `section` counts them."""
    cues = orjson.loads(result.sheet).get("cues", []) if result.sheet else []
    return [
        {"number": number, "start": cue.get("start"), "end": cue.get("end"), "mood": cue.get("mood")}
        for number, cue in enumerate(cues, 1)
    ]
