"""The locks: every file that pip may fetch is known by its hash."""

import importlib.util
import io
import re
import subprocess
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


def test_no_line_installs_us_from_an_index_where_we_are_not() -> None:
    told = [*(ROOT.parent / "docs").rglob("*.md"), *ROOT.parent.glob("*.md")]
    by_name = re.compile(r"install (-q )?'?immersivaudio\[")
    assert len(told) > 30
    assert [path.name for path in told if by_name.search(path.read_text("utf-8"))] == []


def test_a_first_clip_needs_no_uv_and_at_most_260_mb_without_eyes() -> None:
    argv = ["make", "-n", "-B", ".venv/.light"]
    told = subprocess.run(argv, cwd=ROOT.parent, capture_output=True, text=True, check=True).stdout
    assert "--require-hashes -r requirements/default.txt" in told
    assert not re.search(r"\buv\b", told)
    table = (ROOT.parent / "docs" / "installing.md").read_text("utf-8")
    fetched, eyes = (
        [int(size) for size in re.findall(r"(\d+) MB", line)]
        for line in re.findall(r"^\| (?:downloaded by|of them for).*$", table, re.MULTILINE)
    )
    assert max(whole - sight for whole, sight in zip(fetched, eyes, strict=True)) <= 260


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
