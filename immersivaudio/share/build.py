"""Which build this is, in a few bits: code, backends, libraries and players that decide what is heard.

Not the version alone: the same version with another SoundFont, or another describer, makes other music.
"""

from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from immersivaudio.config import Settings
from immersivaudio.registry import AUTO, chosen
from immersivaudio.share.bit_packing import tag
from immersivaudio.share.recipe import BUILD
from immersivaudio.soundfonts import playing

_ROOMS = ("media", "music", "share", "sound", "stages")
_FILES = ("cue_sheet.py", "options.py", "pipeline.py", "recipe.py", "sheets.py", "terms.py", "values.py")
_LIBRARIES = ("numpy", "scipy", "opencv-python-headless", "av", "scikit-learn", "soundfile", "onnxruntime")
DECIDING = (
    "extract", "detect", "select", "describe", "enhance", "generate", "sounds", "reconstruct",
    "yolo_model", "yolo_confidence", "rfdetr_model", "dfine_model", "detector_confidence",
    "embedding_model", "vlm_model", "llm_model",
    "acestep_model", "acestep_reference", "musicgen_model", "audiocraft_model", "audiogen_model",
)  # fmt: skip
"""Settings that change what is seen, decided or heard."""


def build_of(settings: Settings) -> int:
    """The tag of this build with these settings."""
    choices = [f"{name}={_choice(name, settings)}" for name in DECIDING]
    return tag("\n".join((_code(), _libraries(), _font(settings), *choices)), BUILD)


def _choice(name: str, settings: Settings) -> str:
    """The setting, or what "auto" comes to here: another detector sees another film."""
    return chosen(name, settings) if name in AUTO else str(getattr(settings, name))


@cache
def _code() -> str:
    """A digest of our own source."""
    here = Path(__file__).parents[1]
    paths = [here / name for name in _FILES]
    paths += [path for room in _ROOMS for path in (here / room).rglob("*.py")]
    digest = blake2b(digest_size=16)
    for path in sorted(paths):
        digest.update(f"{path.relative_to(here).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()


@cache
def _libraries() -> str:
    return " ".join(_version(name) for name in _LIBRARIES)


def _version(name: str) -> str:
    try:
        return f"{name}={version(name)}"
    except PackageNotFoundError:
        return name


def _font(settings: Settings) -> str:
    """Name and size: reading 200 MB for each code would be too thorough."""
    path = playing(settings)
    try:
        return f"{path.name} {path.stat().st_size}" if path else "no SoundFont"
    except OSError:
        return "no SoundFont"
