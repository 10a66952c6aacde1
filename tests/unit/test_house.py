"""The nevers of the house that import-linter cannot see, read off the source."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("immersivaudio", "bot", "worker")
FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
HEAVY = {"torch", "transformers", "ultralytics", "audiocraft", "accelerate", "diffusers"}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(node: ast.AST) -> set[str]:
    """Top-level packages that an import statement names."""
    if isinstance(node, ast.Import):
        return {alias.name.split(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return {node.module.split(".")[0]}
    return set()


def at_import_time(module: ast.AST) -> Iterator[ast.AST]:
    """Every node that runs on import: not the bodies of functions, nor what is for typing."""
    for node in ast.iter_child_nodes(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        yield node
        yield from at_import_time(node)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_keeps_the_nevers(path: Path) -> None:
    module = tree(path)
    inside = path.parent.name == "neural"  # a backend's own models: loaded by the backend once it is chosen
    for node in at_import_time(module):
        assert inside or not imported(node) & HEAVY, "6. torch and co. are never loaded at import time"
    for node in ast.walk(module):
        assert not imported(node) & {"pickle", "shelve", "marshal"}, "10. no pickle on the wire"
        if isinstance(node, ast.Call):
            shell = [word for word in node.keywords if word.arg == "shell"]
            assert not any(getattr(word.value, "value", True) for word in shell), "10. no shell strings"
    assert path.name not in {"utils.py", "helpers.py", "common.py", "misc.py"}, (
        "7. a room has a name of its own"
    )


def test_files_stay_small() -> None:
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert max(sizes.values()) <= 400, max(sizes, key=lambda path: sizes[path])


@pytest.mark.medium
def test_functions_stay_short() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _body(node) >= 40
    ]
    # A command's parameter list is its help text: `score` is one, and has no more code than any other.
    assert [name for name in long if "cli/" not in name] == []


def _body(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the first statement after the docstring to the end."""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return (node.end_lineno or 0) - body[0].lineno + 1


@pytest.mark.medium
def test_a_class_name_stands_once_in_the_tree() -> None:
    places: dict[str, list[str]] = {}
    for path in FILES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(str(path.relative_to(ROOT)))
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


OLD_CLASSES = (
    "Letter Ticket Recall Claim Ledger Ask Desk Gathering Seat Courier Couriers Hops Ground Face Ways Visit "
    "Door Counter Presses Panel Patience Reception Throttle Gate Seals Wiring Exhibit Form"
)
OLD_MODULES = {
    "immersivaudio/queue": "letter door ledger",
    "worker": "desk engine program nursery child cage leash frames hush gathering lanes steps kept "
    "sight announce couriers hops grounds checkup up pictures codecs forget",
    "bot": "reception intake again limits",
    "bot/discord": "frontend spot copying presses orders",
    "bot/telegram": "visit door counter presses panel summons patience",
    "bot/web": "gate seals turn desk wiring speech hush linked pieces showcase orders",
    "immersivaudio": "words price recutting likeness",
    "immersivaudio/share": "making asking opened held kept seal bits",
    "immersivaudio/music": "written chance soundfont/touch timbre/passing rhythm/grades journey",
    "immersivaudio/stages/extract": "look soft mixing whips place screens stills",
    "immersivaudio/stages/describe": "look told plain gather",
    "immersivaudio/stages/detect": "queries",
    "immersivaudio/stages/enhance": "choosing looks ordinary neighbours writing sharing words",
    "immersivaudio/stages/generate/neural": "whole voice craft loop recording codes",
    "immersivaudio/models": "shelf readers dialogue",
    "immersivaudio/media": "upright sparse tone reduce looped",
    "immersivaudio/export": "papers guide",
    "immersivaudio/situations": "grave judge marks",
    "immersivaudio/music/melody": "clash",
    "immersivaudio/music/tempo_map": "lay",
    "immersivaudio/music/rendering": "playing",
    "immersivaudio/sound": "voices",
    "worker/rendering": "portraits",
    "worker/sandbox": "promises grants",
    "worker/delivery": "shrinking",
    "bot/api": "orders gate",
}
"""Private metaphors, given up for the words of the field (docs/decisions/0120 and 0287)."""


@pytest.mark.medium
def test_no_private_metaphor_comes_back() -> None:
    here = {str(path.relative_to(ROOT).with_suffix("")).removesuffix("/__init__") for path in FILES}
    old = {f"{folder}/{name}" for folder, names in OLD_MODULES.items() for name in names.split()}
    assert not here & old
    classes = {node.name for path in FILES for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef)}
    assert not classes & set(OLD_CLASSES.split())
