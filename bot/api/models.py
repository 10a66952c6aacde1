"""What travels over the API, as its OpenAPI description tells it."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from immersivaudio.queue import State, Status, Summary
from immersivaudio.queue.job_request import CutEnding

Mood = Annotated[str, StringConstraints(max_length=1000)]
Url = Annotated[str, StringConstraints(max_length=250)]
Phase = Literal["waiting", "running", "done", "failed", "cancelled"]
_WAITING = frozenset((State.ACCEPTED, State.FETCHING, State.QUEUED))


class _ApiModel(BaseModel):
    model_config = ConfigDict(extra="forbid")


class RemixOrder(_ApiModel):
    """Other music over the same cuts."""

    mood: Mood = Field(description="in your own words: hopeful, slow piano, not sad")
    webhook: Url = ""


class FollowUpOrder(_ApiModel):
    """Another take, the stems, or all for an editor."""

    webhook: Url = ""


class SheetOrder(_ApiModel):
    """A cue sheet that was edited."""

    sheet: Annotated[str, StringConstraints(min_length=1, max_length=1_000_000)] = Field(
        description="the sheet as JSON text"
    )
    webhook: Url = ""


class CutsOrder(_ApiModel):
    """An editor's cut list."""

    ending: CutEnding = Field(description="of its file's name: which format it is")
    text: Annotated[str, StringConstraints(min_length=1, max_length=900_000)] = Field(
        description="the whole file"
    )
    webhook: Url = ""


class ApiRefusal(BaseModel):
    """A no."""

    error: str = Field(description="what is wrong, and what to do")
    code: str = Field(description="for programs; the sentence may change")


class ResultFile(BaseModel):
    """One file of a result."""

    url: str = Field(description="a path here; it wants the same key")
    name: str
    bytes: int


class ShotView(BaseModel):
    """One shot, as it was seen."""

    start: float = Field(description="s")
    end: float
    text: str
    labels: tuple[str, ...]


class FinishedWork(BaseModel):
    """What was made."""

    files: dict[str, ResultFile] = Field(
        description="film (or stems, export, description), audio, midi, sheet, receipt, thumbnail, frames"
    )
    mood: str
    tempo: float
    key: str
    instruments: tuple[str, ...]
    scene: str
    evidence: tuple[str, ...] = Field(description="what was seen that decided the mood")
    shots: tuple[ShotView, ...] = Field(description="of a description")
    prompt: str
    duration: float = Field(description="s")
    loudness_lufs: float | None
    hits: int = Field(description="hit points with an audible accent")
    hits_planned: int
    made_by: str = Field(description="what made the music")
    by_model: bool = Field(description="whether a trained model made any of it")
    licence: str
    share: str = Field(description="a code that gives other clips the same music")
    notes: tuple[str, ...]

    @classmethod
    def of(cls, summary: Summary, files: dict[str, ResultFile]) -> "FinishedWork":
        """From what a worker says of its result."""
        names = set(cls.model_fields) - {"files"}
        return cls(files=files, **summary.model_dump(include=names))


class WorkFailure(BaseModel):
    """Why there is no result."""

    problem: str
    remedy: str


class JobView(BaseModel):
    """One job."""

    job: str
    phase: Phase
    stage: str = Field("", description="while it runs: extract, detect, ..., generate, reconstruct")
    done: float = Field(0.0, description="share of that stage, 0 to 1")
    position: int | None = Field(None, description="while it waits: 1 is next")
    result: FinishedWork | None = None
    failure: WorkFailure | None = None


class JobList(BaseModel):
    """A client's jobs, newest first."""

    jobs: list[JobView]


class ClientView(BaseModel):
    """Who asks, and what they may do."""

    client: str
    calls_per_minute: float
    webhook_hosts: list[str]
    webhook_secret: str = Field(description="for any library of the Standard Webhooks specification")


def phase_of(status: Status) -> Phase:
    """A job is done once its result can be fetched, though a webhook may still be tried."""
    if status.state is State.CANCELLED:
        return "cancelled"
    if status.result is not None and status.state is not State.RUNNING:
        return "done"
    if status.failure is not None and status.state in {State.FAILED, State.SENDING, State.DEAD}:
        return "failed"
    return "waiting" if status.state in _WAITING else "running"
