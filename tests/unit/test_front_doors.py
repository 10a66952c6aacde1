"""What no linter sees: an eager import in a front door. Each door is opened in a process of its own."""

import json
import subprocess
import sys

import pytest

NEURAL = {"torch", "transformers", "ultralytics", "diffusers"}
HEAVY = {"numpy", "scipy", "cv2", "av", "PIL", "sklearn", "moviepy", *NEURAL}
CHAT = {"redis", "arq", "discord", "telegram", "gradio", "httpx"}
OURS_HEAVY = {f"immersivaudio.{room}" for room in ("pipeline", "stages", "media", "music", "sound")}

HELP = """
import contextlib
sys.argv[1:], sys.stdout = ["--help"], sys.stderr
from immersivaudio.cli import main
with contextlib.suppress(SystemExit):
    main()
sys.stdout = sys.__stdout__
"""
STAGES = """
from immersivaudio.pipeline import Pipeline
made = Pipeline()
made.extractor, made.selector, made.describer, made.enhancer, made.generator, made.reconstructor
"""
METER = """
import numpy as np
from immersivaudio.audio import loudness
loudness.measure([np.zeros((2, 48_000), np.float32)])
"""


def loaded_by(statement: str) -> set[str]:
    """Return every module that is loaded once `statement` has run in a fresh process."""
    code = f"import json, sys\n{statement}\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


@pytest.mark.medium
@pytest.mark.parametrize(
    ("statement", "forbidden"),
    [
        ("import immersivaudio", HEAVY | CHAT | OURS_HEAVY | {"pydantic"}),
        ("import immersivaudio.cli", CHAT | {"torch", "transformers", "sklearn", "cv2", "av", "moviepy"}),
        (
            "from immersivaudio.cli import demo, doctor, options, score, service, stages, verify",
            CHAT | OURS_HEAVY | {"torch", "scipy", "cv2", "av", "sklearn"},
        ),
        (
            "import immersivaudio.pipeline, immersivaudio.registry",
            CHAT | {"torch", "transformers", "ultralytics"},
        ),
        (HELP, CHAT | HEAVY | OURS_HEAVY | {"pydantic"}),
        (
            STAGES,
            {"scipy.signal", "sklearn", "scipy.stats", "scipy.optimize", "scipy.sparse", "scipy.spatial"},
        ),
        (METER, {"scipy.signal", "scipy.stats", "scipy.optimize"}),
        ("import immersivaudio.queue", HEAVY | OURS_HEAVY | {"discord", "telegram", "gradio"}),
        ("import bot, bot.__main__, bot.validation, bot.service", HEAVY | OURS_HEAVY | CHAT - {"redis"}),
        ("import bot.telegram.app", HEAVY | OURS_HEAVY | {"discord", "gradio", "arq"}),
        ("import bot.api.app", HEAVY | OURS_HEAVY | CHAT - {"redis"} | {"pandas"}),
        ("import bot.mcp.app", HEAVY | OURS_HEAVY | CHAT - {"redis", "httpx"} | {"pandas"}),
        ("import bot.web.app", HEAVY | OURS_HEAVY | CHAT - {"redis"} | {"pandas"}),
        ("import worker.sandbox.render_process", HEAVY | OURS_HEAVY | CHAT),
        ("import worker.main", HEAVY | OURS_HEAVY | {"discord", "telegram", "gradio"}),
        ("import immersivaudio.music, immersivaudio.sound", CHAT | {"pydantic", "av", "cv2", "torch"}),
    ],
)
def test_a_front_door_loads_nothing_heavy(statement: str, forbidden: set[str]) -> None:
    assert not loaded_by(statement) & forbidden


def test_every_backend_of_the_table_can_be_named_without_loading_it() -> None:
    loaded = loaded_by("from immersivaudio.registry import rows; rows()")
    assert not {name for name in loaded if name.startswith("immersivaudio.stages.")}
