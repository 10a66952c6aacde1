"""Settings of the library: read once in `main`, passed down, never global."""

from pathlib import Path
from typing import Any, Literal

from pydantic import AliasChoices, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from immersivaudio.errors import BadSettingError, OperatorError


class EnvironmentSettings(BaseSettings):
    """Settings read from the environment.

    Raises `BadSettingError` that names the variable where a value cannot be read; it never quotes the value,
    which may be a password.
    """

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False, include_input=False)[0]
            name, reason = str(first["loc"][0]), first["msg"].removeprefix("Value error, ")
        except SettingsError as error:  # a list or a table that is not JSON
            name = str(error).partition('"')[2].partition('"')[0]
            reason = 'write a list as JSON: ["one", "two"]'
        else:
            return
        raise BadSettingError(
            f"{self._variable(name)} cannot be read", reason[:1].lower() + reason[1:]
        ) from None

    @classmethod
    def _variable(cls, name: str) -> str:
        """Return the environment variable of a field, given its name or the alias it was set by."""
        field = cls.model_fields.get(name)
        if field is None:
            return name.upper()
        if isinstance(field.validation_alias, AliasChoices):
            return str(field.validation_alias.choices[0])
        return f"{cls.model_config.get('env_prefix', '')}{name}".upper()


class Settings(EnvironmentSettings):
    """Every field can be set by an environment variable: IMMERSIVAUDIO_ and the field's name."""

    model_config = SettingsConfigDict(
        env_prefix="IMMERSIVAUDIO_", env_file=".env", extra="ignore", frozen=True
    )

    # One backend a stage; `immersivaudio doctor` lists the names.
    extract: str = "pyav"
    detect: str = "auto"
    """"auto" is the first of `eyes` and `visual` that is complete here; the receipt says which."""
    select: str = "medoid"
    describe: str = "visual"
    enhance: str = "rules"
    generate: str = "composer"
    sounds: str = "procedural"
    reconstruct: str = "ffmpeg"

    soundfont: Path | None = None
    """A SoundFont (.sf2, .sf3) to prefer over those found on the system."""

    # Caps, checked before anything is decoded.
    max_bytes: int = Field(default=2 * 2**30, gt=0)
    max_duration: float = Field(default=1800.0, gt=0, description="s")
    max_pixels: int = Field(default=8192 * 4352, gt=0, description="of one picture: 8K")
    max_photo_pixels: int = Field(default=64_000_000, gt=0, description="phones send 50 megapixels")
    max_frames: int = Field(default=250_000, gt=0)
    max_streams: int = Field(default=16, gt=0)
    max_work: float = Field(
        default=900.0, gt=0, description="s of one core: what a clip or a sheet may cost, told by its sizes"
    )
    keep_tags: bool = True
    """Carry a clip's capture date, title and language over to its result; the place never is."""
    photo_duration: float = Field(default=10.0, ge=1, le=600, description="s, how long a photo is held")

    # Content credentials (C2PA) on every result: the extra `c2pa`.
    sign: bool = False
    """Sign results, with the certificate below or one that is made here and trusted nowhere."""
    signing_certificate: Path | None = None
    """PEM, the leaf first, then its issuers."""
    signing_key: Path | None = None
    """PEM without a passphrase, of that certificate."""

    # Neural backends.
    device: Literal["auto", "cpu", "cuda"] = "auto"
    models: Path = Path("~/.cache/immersivaudio/models")
    """Folder of pulled model weights."""
    offline: bool = True
    """Never reach for the network; `immersivaudio models pull` does it on purpose."""
    precision: Literal["auto", "float32", "bfloat16", "int8"] = "auto"
    """Of the music model: "auto" is bfloat16 on a GPU, int8 on a CPU."""
    neural_batch: int = Field(default=8, ge=1, le=256, description="at once; halved when memory is short")
    eyes_weights: Path | None = None
    """A folder with the weights of the detector `eyes`, instead of the package that carries them."""
    # A model is a name of `immersivaudio models list`, "owner/name@commit", or the absolute path of your own.
    yolo_model: str = "yolo11n.pt"
    yolo_confidence: float = Field(default=0.35, gt=0, lt=1)
    rfdetr_model: str = "Roboflow/rf-detr-medium"
    dfine_model: str = "ustc-community/dfine-nano-coco"
    detector_confidence: float = Field(default=0.5, gt=0, lt=1, description="of `rfdetr` and `dfine`")
    embedding_model: str = "facebook/dinov2-small"
    vlm_model: str = "google/gemma-4-E2B-it"
    vlm_remote_code: bool = False
    """Let the vision-language model run code of its own repository (moondream2 needs it): read it first."""
    llm_model: str = "google/gemma-4-E2B-it"
    acestep_model: str = "ACE-Step/acestep-v15-xl-turbo-diffusers"
    acestep_reference: Path | None = None
    """A sound file that ACE-Step's music shall sound like."""
    musicgen_model: str = "facebook/musicgen-small"
    audiocraft_model: str = "facebook/musicgen-melody"
    """As audiocraft saves it; "debug" is audiocraft's own tiny random model, for tests."""
    audiogen_model: str = "facebook/audiogen-medium"


def at_home(path: Path, variable: str) -> Path:
    """Return `path` with "~" filled in; raises `OperatorError` where nothing says what home is."""
    try:
        return path.expanduser()
    except RuntimeError:
        raise OperatorError("there is no home folder here", f"set HOME or {variable}") from None
