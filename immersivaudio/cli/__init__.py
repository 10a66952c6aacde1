"""The command line: `score`, one command a stage, `doctor`, `demo`, `up`, `submit`."""

from immersivaudio.cli.app import main

__all__ = ["main"]
