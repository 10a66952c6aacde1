"""Every decision is found from the index."""

import re
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs" / "decisions"


def test_the_index_names_every_record_once_and_no_other() -> None:
    listed = re.findall(
        r"^- \[(\d{4})\]\((\S+)\) \S", (FOLDER / "README.md").read_text("utf-8"), re.MULTILINE
    )
    names = [name for _, name in listed]
    assert sorted(names) == sorted(path.name for path in FOLDER.glob("[0-9]*.md"))
    assert all(name.startswith(number) for number, name in listed)


def test_a_superseded_record_says_so_in_the_index() -> None:
    index = (FOLDER / "README.md").read_text("utf-8")
    for path in FOLDER.glob("[0-9]*.md"):
        by = re.search(r"Superseded by \[(\d{4})\]", path.read_text("utf-8"))
        line = next(line for line in index.splitlines() if f"({path.name})" in line)
        assert (f"superseded by {by[1]}" in line) if by else ("superseded" not in line), path.name
