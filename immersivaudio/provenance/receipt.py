"""The receipt: everything from which the same build renders the same bytes, and who made the music.

It holds none of the user's words: a sheet's notes may quote them, and are left out. Times and places of this
machine are left out, too, so that the same request gives the same receipt.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from immersivaudio import __version__, sheets
from immersivaudio.config import Settings
from immersivaudio.errors import UserError
from immersivaudio.options import ScoreOptions
from immersivaudio.registry import chosen, rows
from immersivaudio.share.build import DECIDING, build_of
from immersivaudio.soundfonts import playing
from immersivaudio.values import Clip, CueSheet, Soundtrack

VERSION = 1
Digest = str
"""SHA-256, hexadecimal."""
SourceType = Literal["compositeSynthetic", "compositeWithTrainedAlgorithmicMedia"]
"""Of the film, as IPTC names it: a recording with synthetic parts, or with parts of a trained model."""
NEWSCODES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
BROUGHT = "file"
"""The backend of sound that a user brought: its maker is unknown."""

_BY_RULES = frozenset(("composer", "procedural"))
"""Backends that no model was trained for. One of another author is unknown, and counts as a model."""
_SOUNDING = ("generate", "sounds", "reconstruct")
"""Stages that work from the sheet on."""
_MODELS = {
    "acestep": "acestep_model",
    "hybrid": "acestep_model",
    "musicgen": "musicgen_model",
    "audiocraft": "audiocraft_model",
    "audiogen": "audiogen_model",
}
"""Backend -> the setting that names its weights."""
_WISHES = (
    "sounds", "original", "music_gain_db", "sounds_gain_db", "original_gain_db", "speech_gap_lu", "max_bytes",
)  # fmt: skip
"""Fields of a `ScoreOptions` that decide bytes beside the sheet."""


class _ReceiptModel(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MadeBy(_ReceiptModel):
    """The maker of one track of sound."""

    backend: str
    model: str = ""
    """Name of its weights; empty: there are none."""
    licence: str = ""


class FilmDigests(_ReceiptModel):
    """Of the film, all SHA-256."""

    file: Digest
    """Every byte but those of mark and signature, as it stood without them."""
    sound: Digest
    """The sound's packets, which every copying re-mux keeps."""
    pictures: Digest


class SourceClip(_ReceiptModel):
    """The clip that was scored."""

    sha256: Digest
    kind: Literal["video", "photo"]


class RenderReceipt(_ReceiptModel):
    """One result's."""

    version: int = VERSION
    program: str = f"Immersivaudio {__version__}"
    build: int
    """`share.build.build_of`: the same number, the same bytes."""
    source_type: SourceType
    music: MadeBy
    sounds: MadeBy | None = None
    settings: dict[str, str | float]
    """Those of the library that decide what is heard, and "soundfont": the file of the font that played."""
    wishes: dict[str, str | float | bool | None]
    """Of the request, beside the sheet."""
    clip: SourceClip
    digests: FilmDigests
    sheet: str
    """The cue sheet as JSON text."""

    def to_json(self) -> str:
        """As JSON with its own digest, so that a changed letter is noticed."""
        return json.dumps(self.model_dump(mode="json") | {"sha256": self.sha256}, ensure_ascii=False)

    @property
    def sha256(self) -> Digest:
        """Of what it says."""
        return _digest(self.model_dump(mode="json"))

    @property
    def sheet_sha256(self) -> Digest:
        """Of the sheet's text."""
        return sha256(self.sheet.encode()).hexdigest()

    @property
    def by_model(self) -> bool:
        """Whether a trained model made any of the sound."""
        return self.source_type == "compositeWithTrainedAlgorithmicMedia"

    @property
    def source_uri(self) -> str:
        """The digital source type as IPTC's address of it."""
        return f"{NEWSCODES}{self.source_type}"

    def request(self) -> ScoreOptions:
        """What to ask for to get the same bytes from the sheet; raises `ValidationError` and `TypeError`."""
        return ScoreOptions(**{name: self.wishes[name] for name in _WISHES})  # type: ignore[arg-type]

    def settings_over(self, mine: Settings) -> Settings:
        """My settings with the backends that this was made with; a film names no model to load."""
        told = {name: str(self.settings[name]) for name in _SOUNDING if name in self.settings}
        return mine.model_copy(update=told)


class BadReceiptError(UserError):
    """The receipt in the film or file is not from this program, or was changed."""

    def __init__(self, problem: str = "the receipt was changed, or is none of ours") -> None:
        super().__init__(problem, "ask whoever made the film for it again", stage="verify")


def load(text: str) -> RenderReceipt:
    """The receipt in JSON `text`; raises `BadReceiptError` where it is none, or was changed by a letter."""
    if len(text) > sheets.CAP * 2:
        raise BadReceiptError
    try:
        fields = json.loads(text)
        told = fields.pop("sha256")
        receipt = RenderReceipt.model_validate(fields)
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError, ValidationError):
        raise BadReceiptError from None
    if told != receipt.sha256:
        raise BadReceiptError
    if receipt.version > VERSION:
        raise BadReceiptError("this receipt was written by a newer version of Immersivaudio")
    return receipt


def write(
    clip: Clip,
    sheet: CueSheet,
    request: ScoreOptions,
    tracks: Sequence[Soundtrack],
    settings: Settings,
    digests: FilmDigests,
) -> RenderReceipt:
    """Return the receipt of a film."""
    music, *others = (_made_by(track, settings) for track in tracks)
    wishes = asdict(request)
    return RenderReceipt(
        build=build_of(settings),
        source_type=source_type(tracks),
        music=music,
        sounds=others[0] if others else None,
        settings=_deciding(settings) | _font(music, settings),
        wishes={name: wishes[name] for name in _WISHES},
        clip=SourceClip(sha256=clip.sha256, kind=clip.kind),
        digests=digests,
        sheet=public_sheet(sheet),
    )


def public_sheet(sheet: CueSheet) -> str:
    """The sheet as JSON text without its notes, which may quote what a user wrote."""
    return sheets.dump(replace(sheet, notes=()))


def source_type(tracks: Sequence[Soundtrack]) -> SourceType:
    """What a film with these tracks is, as IPTC names it."""
    by_rules = all(track.backend in _BY_RULES for track in tracks)
    return "compositeSynthetic" if by_rules else "compositeWithTrainedAlgorithmicMedia"


def tags(tracks: Sequence[Soundtrack]) -> Mapping[str, str]:
    """Tags of the container that say who made the sound; they survive a copying re-mux."""
    if not tracks or tracks[0].backend == BROUGHT:
        return {}
    how = "composed by rules" if tracks[0].backend in _BY_RULES else "generated by a trained model"
    comment = (
        f"Music {how}: Immersivaudio {__version__}, {tracks[0].backend}. "
        f"DigitalSourceType: {NEWSCODES}{source_type(tracks)}"
    )
    return {"comment": comment}


def _made_by(track: Soundtrack, settings: Settings) -> MadeBy:
    model = str(getattr(settings, _MODELS[track.backend])) if track.backend in _MODELS else ""
    licence = next(
        (row.licence for row in rows() if row.name == track.backend and row.stage in _SOUNDING), ""
    )
    return MadeBy(backend=track.backend, model=_named(model), licence=licence)


def _deciding(settings: Settings) -> dict[str, str | float]:
    """The settings that decide bytes; of a model in a folder of this machine, its name alone."""
    found: dict[str, Any] = {name: getattr(settings, name) for name in DECIDING}
    told = {
        name: value if isinstance(value, int | float) else _named(str(value or ""))
        for name, value in found.items()
    }
    return told | {"detect": chosen("detect", settings)}


def _font(music: MadeBy, settings: Settings) -> dict[str, str | float]:
    """The font that played, by its file's name; nothing where the user brought the music."""
    font = playing(settings) if music.backend != BROUGHT else None
    return {"soundfont": font.name} if font else {}


def _named(model: str) -> str:
    """A model's name; of one in a folder of this machine, the folder's own name."""
    return model.rstrip("/").rpartition("/")[2] if model.startswith(("/", "~")) else model


def _digest(fields: Mapping[str, Any]) -> Digest:
    text = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
