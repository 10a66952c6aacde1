"""Choosing nothing neural loads nothing neural: the modules are importable without torch."""

import subprocess
import sys

import pytest

from immersivaudio.registry import TABLE

MODULES = sorted({row.path.partition(":")[0] for row in TABLE if row.needs} | {"immersivaudio.models"})


@pytest.mark.parametrize("module", MODULES)
def test_importing_a_neural_backend_imports_no_torch(module: str) -> None:
    code = (
        f"import sys, {module}\n"
        "heavy = {'torch', 'transformers', 'ultralytics', 'audiocraft', 'diffusers', 'huggingface_hub'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
