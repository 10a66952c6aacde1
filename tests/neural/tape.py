"""A recorded step where there is no GPU: its operations are noted with the very tensors they were given, and
done again on them.

That is what a CUDA graph does. So whatever a step takes from Python (a position, a length) is as it was at
the recording, and what it does not leave in the same place is lost.
"""

from collections.abc import Callable
from typing import Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

Step = Callable[[], None]


class Tape(TorchDispatchMode):
    """Notes every operation inside a `with`."""

    def __init__(self) -> None:
        super().__init__()
        self._done: list[tuple[Any, Any, Any, Any]] = []

    def __torch_dispatch__(self, operation: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        result = operation(*args, **(kwargs or {}))
        self._done.append((operation, args, kwargs or {}, result))
        return result

    def replay(self) -> None:
        """Do them all again, each result in its old place."""
        for operation, args, kwargs, result in self._done:
            for old, new in zip(_tensors(result), _tensors(operation(*args, **kwargs)), strict=True):
                if old.data_ptr() != new.data_ptr():
                    old.copy_(new)


class Watch(TorchDispatchMode):
    """Notes in which places and of which types the tensors are that operations meet."""

    def __init__(self) -> None:
        super().__init__()
        self.places: set[str] = set()
        self.types: set[torch.dtype] = set()

    def __torch_dispatch__(self, operation: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        result = operation(*args, **(kwargs or {}))
        for tensor in _tensors((args, kwargs, result)):
            self.places.add(tensor.device.type)
            self.types.add(tensor.dtype)
        return result


def record(step: Step, undo: Step) -> Step:
    """Return what replays `step`; like `cuda_graphs.record`, but this recording computes, and is undone."""
    step()
    undo()
    with Tape() as tape:
        step()
    undo()
    return tape.replay


def _tensors(tree: Any) -> list[torch.Tensor]:
    return [leaf for leaf in tree_leaves(tree) if isinstance(leaf, torch.Tensor)]
