"""The locks: every file that pip may fetch is known by its hash."""

import importlib.util
import io
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2] / "requirements"
LOCKS = sorted(path.name for path in ROOT.glob("*.txt"))
ENTRY = re.compile(
    r"[a-z0-9][\w.-]*(\[[\w,-]+\])?==[\w.+!-]+( ; [^\\]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+"
)


@pytest.fixture(scope="module")
def cpu_torch() -> ModuleType:
    spec = importlib.util.spec_from_file_location("cpu_torch", ROOT / "cpu_torch.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_with_hashes(name: str) -> None:
    text = (ROOT / name).read_text()
    for entry in re.split(r"\n(?! )", text.strip()):
        assert entry.startswith("#") or ENTRY.fullmatch(entry), entry.partition("\n")[0]
    assert "://" not in text, "no host"


def test_the_locks_of_images_and_make_are_there() -> None:
    assert {"default", "service", "test", "neural", "neural-alone", "gpu", "audiocraft"} == {
        name.removesuffix(".txt") for name in LOCKS
    }


@pytest.mark.parametrize("python", ["cp311", "cp312", "cp313", "cp314"])
@pytest.mark.parametrize("machine", ["manylinux_2_28_x86_64", "manylinux_2_28_aarch64", "win_amd64"])
def test_the_processors_torch_is_known_for_each_python_and_machine(python: str, machine: str) -> None:
    lock = (ROOT / "neural.txt").read_text()
    version = re.search(r"^torch==([\d.]+)\+cpu ; sys_platform != 'darwin'", lock, re.MULTILINE)
    assert version, "uv finds no hash of 2.13.0+cpu under 2.13.0"
    file = f"torch-{version[1]}+cpu-{python}-{python}-{machine}.whl"
    sums = dict(line.split()[::-1] for line in (ROOT / "torch-cpu.sha256").read_text().splitlines())
    assert f"--hash=sha256:{sums[file]}" in lock
    assert "nvidia-cu" not in lock


def test_a_torch_without_known_files_stops_the_lock(
    cpu_torch: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pins = ("numpy==2.4.6", "nvidia-cublas==13", "torch=={}")
    lock = "".join(f"{pin} \\\n    --hash=sha256:aa\n" for pin in pins)
    monkeypatch.setattr(sys, "stdin", io.StringIO(lock.format("2.13.0")))
    cpu_torch.main()
    written = capsys.readouterr().out
    assert "nvidia" not in written
    assert written.startswith(
        "numpy==2.4.6 \\\n    --hash=sha256:aa\ntorch==2.13.0 ; sys_platform == 'darwin' \\\n"
    )
    monkeypatch.setattr(sys, "stdin", io.StringIO(lock.format("9.9.9")))
    with pytest.raises(ValueError, match=r"no file of torch 9\.9\.9"):
        cpu_torch.main()
