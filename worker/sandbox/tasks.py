"""What crosses the border between a worker and its render process, both ways: checked on arrival, as JSON.

The worker trusts no answer: a name of a file in it counts only as `runtime.outputs.inside` allows.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from immersivaudio.options import ScoreOptions
from immersivaudio.queue.job_request import Action, EditorCuts
from immersivaudio.queue.result import Failure, Portrait, Summary


class Message(BaseModel):
    """Any of them."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    def plain(self) -> dict[str, Any]:
        """Return the message as JSON holds it."""
        return self.model_dump(mode="json")


class SignerFacts(Message):
    """The certificate with which the worker signs for its render process; the key stays in the worker."""

    chain: str
    algorithm: str


class RenderTask(Message):
    """One clip, as a whole or a step of it."""

    step: Literal["render", "analyse", "finish"] = "render"
    folder: str
    """All files of the task lie in it, and those of the answer."""
    input: str = "input"
    """Name of the clip's file."""
    kind: Literal["video", "photo", "album"] = "video"
    song: bool = False
    """The input is packed, with a song to sound like."""
    action: Action = "score"
    options: ScoreOptions = ScoreOptions()
    sheet: str = ""
    """The cue sheet to render or to start from, JSON text; empty: plan one."""
    before: Portrait | None = None
    """Of the piece that is remixed."""
    seen: str = ""
    """Name of an archive of `rendering.analysis_archive`; empty: look at the clip."""
    cuts: EditorCuts | None = None
    """What an editor says of the clip."""
    tracks: str = ""
    """For "finish": name of the archive with the music."""
    seconds: dict[str, float] = Field(default_factory=dict)
    """For "finish": stage -> wall seconds of the steps before; so with `backends` and `batch`."""
    backends: dict[str, str] = Field(default_factory=dict)
    batch: int = 1
    signer: SignerFacts | None = None


class MusicTask(Message):
    """The music of one clip."""

    folder: str = ""
    action: Action = "score"
    options: ScoreOptions = ScoreOptions()
    sheet: str


class GenerateTask(Message):
    """The music of several clips, made in one pass where the generator can."""

    step: Literal["generate"] = "generate"
    folder: str
    works: tuple[MusicTask, ...]


Task = Annotated[RenderTask | GenerateTask, Field(discriminator="step")]


class RenderAnswer(Message):
    """A scored clip, or the stems of one; every value but the sheet and the summary names a file."""

    media: str
    extras: dict[str, str] = Field(default_factory=dict)
    seen: str = ""
    summary: Summary = Summary()
    sheet: str = ""


class PlanAnswer(Message):
    """What "analyse" decided."""

    sheet: str
    seen: str = ""
    seconds: dict[str, float]
    backends: dict[str, str]


class MusicAnswer(Message):
    """The music of one clip, as an archive."""

    tracks: str
    seconds: dict[str, float]
    backends: dict[str, str]


class GenerateAnswer(Message):
    """The music of every clip of the task, in its order."""

    works: tuple[MusicAnswer, ...]
    batch: int
    """Clips whose music was made in one pass."""


class TaskFailure(Failure):
    """Why a task failed: words for the user, places in the source for the log."""

    final: bool = False
    """Another try is of no use."""
    no_space: bool = False
    """Whether a volume was full: no fault of the clip, and another try may find room."""
    trace: str = ""

    def plain(self) -> dict[str, Any]:
        """Return the failure as JSON holds it."""
        return self.model_dump(mode="json")
