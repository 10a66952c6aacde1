"""The command line: `score`, one command a stage, `doctor`, `demo`, `up`, `submit`."""

import sys

from immersivaudio.cli import overview

__all__ = ["main"]


def main() -> None:
    """Run the command that `sys.argv` names; a plain `--help` is answered before anything is imported."""
    if overview.shown(sys.argv):
        return
    from immersivaudio.cli import app

    app.main()
