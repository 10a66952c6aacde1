"""The job request: what a frontend writes and a worker reads. JSON, versioned, references only.

Rules that keep old and new programs talking during an upgrade:
- A reader ignores fields it does not know, and every field added later has a default.
- `version` is raised only when an old reader would misread the request. The job store hands no worker a
  request of a version above its own; it waits for a newer worker.
- A field is never given a second meaning; it is dropped and another one added.
"""

from pathlib import PurePosixPath
from typing import Annotated, Any, Literal, Self

import orjson
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from immersivaudio.options import ScoreOptions
from immersivaudio.text_file import decoded

VERSION = 5
"""The newest request this build can read and write. 2: its source may be an album. 3: it may ask for an
export or a description, or bring the cuts of an editor. 4: a song may lie beside its source,
or it may ask for the music alone. 5: its source may be behind a link."""

Action = Literal["score", "remix", "stems", "export", "describe", "music"]
"""score: look and compose. remix: other music over the parent's hits. stems: the parent's tracks, zipped.
export: film, tracks and timelines for an editor, zipped. describe: look, plan, and play nothing.
music: the parent's music alone, as a song."""

CutEnding = Literal[".edl", ".fcpxml", ".xml", ".otio", ".csv", ".tsv", ".txt"]
CUTS_CAP = 900_000
"""Characters of an editor's cut list."""

Short = Annotated[str, StringConstraints(max_length=256)]
Url = Annotated[str, StringConstraints(max_length=2000)]


class _RequestModel(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    def changed(self, **changes: object) -> Self:
        """Return a copy with these fields, checked as those of a new one are: `model_copy` checks nothing.

        Raises `ValueError`.
        """
        return type(self).model_validate(dict(self) | changes)


MediumKind = Literal["video", "photo"]
PartKind = Literal["video", "photo", "song"]
"""What one file of several is; a song is listened to, and not shown."""


class AlbumPart(_RequestModel):
    """One clip or photo of an album, at the platform."""

    file: Short
    kind: PartKind = "video"
    bytes: int | None = Field(default=None, ge=0)
    link: Url = ""
    """As of `Source`."""


class Source(_RequestModel):
    """Where the clip is: bytes in the store, or a file that only the platform's adapter can fetch."""

    ref: Short = ""
    """Reference in the artifact store; empty until fetched."""
    file: Short = ""
    """The platform's own id of the file: never a URL, which holds a token and expires."""
    kind: Literal["video", "photo", "album"] = "video"
    bytes: int | None = Field(default=None, ge=0)
    """As the platform says, if it does."""
    parts: Annotated[tuple[AlbumPart, ...], Field(max_length=60)] = ()
    """Of an album that the platform's adapter fetches; in the store it is what `queue.albums` packs."""

    song: bool = False
    """A song that the music is to be like lies beside it: in the store the two are packed as an album is."""
    song_file: Short = ""
    """The platform's own id of that song."""

    link: Url = ""
    """A public address that the delivery fetches it from, in place of `file`: one that a user wrote."""

    @property
    def pieces(self) -> tuple[AlbumPart, ...]:
        """Everything to be fetched at the platform, the song last; of a lone clip, nothing."""
        if not (self.parts or self.song_file):
            return ()
        kind: PartKind = "photo" if self.kind == "photo" else "video"
        alone = (AlbumPart(file=self.file, kind=kind, bytes=self.bytes, link=self.link),)
        song = (AlbumPart(file=self.song_file, kind="song"),) if self.song_file else ()
        return (*(self.parts or alone), *song)

    @property
    def remote(self) -> bool:
        """Whether its bytes can be had at the platform, or where a link leads."""
        return bool(self.file or self.parts or self.link)


class EditorCuts(_RequestModel):
    """A file with an editor's cuts and markers, as `immersivaudio.export.cut_lists` reads it."""

    ending: CutEnding
    text: Annotated[str, StringConstraints(max_length=CUTS_CAP)]

    @classmethod
    def of_file(cls, name: str, data: bytes) -> Self:
        """Return what the file called `name` holds; raises `ValueError` where that is no cut list."""
        return cls.model_validate({"ending": PurePosixPath(name[-64:]).suffix.lower(), "text": decoded(data)})


GUEST = "guest"
"""Key of `Address.extra`: the query by which a chat asked that the bot is no member of."""


class Address(_RequestModel):
    """Where the answer goes: the placeholder message that will become the result."""

    platform: Short
    chat: Short = ""
    message: Short = ""
    """Id of the placeholder; empty until it was sent."""
    extra: dict[str, str] = Field(default_factory=dict)
    """What else the platform's delivery adapter needs: thread, interaction token, the message replied to."""

    @property
    def guest(self) -> bool:
        """The bot is no member of this chat: it answers once, by an inline id, without buttons (Telegram)."""
        return GUEST in self.extra


class JobRequest(_RequestModel):
    """One request of one user."""

    platform: Short
    update: Short
    """The platform's id of the update (message, interaction, press); with `action`, what tells repeats."""
    user: Short
    """Unique over all platforms: "telegram:123"."""
    action: Action = "score"
    source: Source = Source()
    reply: Address
    options: ScoreOptions = ScoreOptions()
    parent: Short = ""
    """The job this one starts from (remix, stems)."""
    sheet: Annotated[str, StringConstraints(max_length=1_000_000)] = ""
    """An edited cue sheet as JSON text: render this instead of planning."""
    cuts: EditorCuts | None = None
    """Of a video: where it is cut, in place of what would be found."""
    locale: Short = ""
    account: Short = ""
    """Account that the job counts against; empty: the user. Visitors of the page share one by address."""
    album: int = Field(default=1, ge=1, le=60)
    """How many requests came in one album: so many its user may have in the works beside their share."""
    version: int = 1

    @property
    def needs(self) -> int:
        """The version of the oldest reader that understands it."""
        if self.source.link:
            return 5
        if self.source.song or self.action == "music":
            return 4
        if self.action in {"export", "describe"} or self.cuts:
            return 3
        return 2 if self.source.kind == "album" else 1

    @property
    def files_alone(self) -> bool:
        """Whether no film comes of it: it asks for files beside one that is there, or for words."""
        return self.action in {"stems", "export", "describe", "music"}

    @property
    def key(self) -> str:
        """Two requests with the same key are one request."""
        return f"{self.platform}:{self.update}:{self.action}"

    @property
    def memory(self) -> str:
        """Key of the conversation whose last clip this job becomes."""
        return f"{self.platform}:{self.reply.chat}:{self.user}"

    def to_json(self) -> bytes:
        """As JSON; raises `ValueError` where a field cannot be written."""
        fields = self.model_dump(mode="json", exclude_defaults=True, warnings="none")
        try:
            return orjson.dumps(fields | {"version": max(self.version, self.needs)})
        except TypeError:  # a number of more than 64 bits, half a surrogate pair
            raise ValueError("a field of the request cannot be written") from None

    @classmethod
    def from_json(cls, text: bytes | str) -> "JobRequest":
        """The request in `text`; raises `ValueError` where it is none."""
        data: Any = orjson.loads(text)
        return cls.model_validate(data)

    @classmethod
    def salvaged(cls, text: bytes | str) -> "JobRequest":
        """Return user and reply address of a request that `from_json` cannot read; all else is left out.

        Raises `ValueError` where even these are missing.
        """
        data: Any = orjson.loads(text)
        if not isinstance(data, dict):
            raise ValueError("not a request")
        kept = ("platform", "update", "user", "reply", "locale")
        return cls.model_validate({name: data[name] for name in kept if name in data})
