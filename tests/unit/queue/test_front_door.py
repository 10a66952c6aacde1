"""The queue's front door is light: a bot that opens it loads no numbers, no media and no models."""

import subprocess
import sys

HEAVY = (
    "numpy",
    "scipy",
    "torch",
    "av",
    "cv2",
    "immersivaudio.media",
    "immersivaudio.pipeline",
    "immersivaudio.values",
)


def test_nothing_heavy_comes_in() -> None:
    asked = f"import sys, immersivaudio.queue; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
