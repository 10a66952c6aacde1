"""The licence of a stranger's backend is what its package says, whichever way packages have said it."""

from importlib.metadata import PathDistribution
from pathlib import Path

import pytest

from immersivaudio.registry import licence_of


@pytest.mark.parametrize(
    ("lines", "licence"),
    [
        ("License-Expression: GPL-3.0-or-later", "GPL-3.0-or-later"),
        ("License: MPL 2.0", "MPL 2.0"),
        ("Classifier: License :: OSI Approved :: Apache Software License", "Apache Software License"),
        ("Summary: says nothing", ""),
    ],
)
def test_a_package_names_its_licence(tmp_path: Path, lines: str, licence: str) -> None:
    (tmp_path / "METADATA").write_text(f"Metadata-Version: 2.4\nName: theirs\nVersion: 1\n{lines}\n")
    assert licence_of(PathDistribution(tmp_path)) == licence
