"""Running out of memory: half as many at a time, then one plain line."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from immersivaudio.errors import BackendUnavailableError

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_halves(
    work: Callable[[Sequence[Item]], Sequence[Result]],
    items: Sequence[Item],
    *,
    batch: int,
    stage: str,
    told: Callable[[int], None] = lambda _done: None,
) -> tuple[Result, ...]:
    """Return `work` of all `items`, `batch` at a time at most; out of memory, half as many.

    `told` hears how many items are done. Raises `BackendUnavailableError` when one alone is too much.
    """
    done: list[Result] = []
    size = max(1, batch)
    while len(done) < len(items):
        try:
            done += work(items[len(done) : len(done) + size])
        except (RuntimeError, MemoryError) as error:
            if not _is_memory(error):
                raise
            if size == 1:
                raise BackendUnavailableError(
                    "there is not enough memory for this model, even for one item at a time",
                    "choose a smaller model, or set IMMERSIVAUDIO_DEVICE=cpu",
                    stage=stage,
                ) from None
            size = max(1, min(size, len(items) - len(done)) // 2)
            _release()
        else:
            told(len(done))
    return tuple(done)


def _is_memory(error: BaseException) -> bool:
    """Whether torch (or Python) ran out of memory; the CPU allocator raises a plain RuntimeError."""
    import torch

    kinds = (torch.cuda.OutOfMemoryError, MemoryError)
    return isinstance(error, kinds) or "can't allocate memory" in str(error)


def _release() -> None:
    import torch

    if torch.cuda.is_available():
        torch.cuda.empty_cache()
