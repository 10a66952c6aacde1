"""Provenance of a result: the maker of its sound, the means, and how to make the same bytes again.

`receipt` is that as JSON; `mark` writes it into the film as XMP; `manifest` signs the film (C2PA, the extra
`c2pa`) with the keys of `credentials`; `verification` checks all of it. `attach` is the last step of a
scoring.

Imports nothing before it is asked for: workers read keys, and `attach` brings all of media and music.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from immersivaudio.provenance.attaching import attach, leaving_room
    from immersivaudio.provenance.receipt import RenderReceipt, tags

_HOMES = {"attach": "attaching", "leaving_room": "attaching", "RenderReceipt": "receipt", "tags": "receipt"}

__all__ = ["RenderReceipt", "attach", "leaving_room", "tags"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
