"""Running out of memory: half as many at a time, then one plain line."""

import logging
import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

from immersivaudio.errors import BackendUnavailableError
from immersivaudio.progress import no_progress

Item = TypeVar("Item")
Result = TypeVar("Result")

log = logging.getLogger(__name__)


def in_halves(
    work: Callable[[Sequence[Item]], Sequence[Result]],
    items: Sequence[Item],
    *,
    batch: int,
    stage: str,
    told: Callable[[int], None] = no_progress,
    spare: Callable[[], bool] = lambda: False,
) -> tuple[Result, ...]:
    """Return `work` of all `items`, `batch` at a time at most; out of memory, half as many.

    `told` hears how many items are done. `spare` gives back what is only kept for speed, and says whether
    there was anything: then as many are tried once more. Raises `BackendUnavailableError` when one alone is
    too much.
    """
    done: list[Result] = []
    size, again = max(1, batch), 0
    while len(done) < len(items):
        some = items[len(done) : len(done) + size]
        try:
            done += work(some)
        except (RuntimeError, MemoryError) as error:
            if not is_memory(error):
                raise
        else:
            told(len(done))
            continue
        # Only here: the error held everything that its frames did.
        if spare() and len(some) != again:
            again = len(some)
        elif len(some) == 1:
            raise short(stage)
        else:
            size = len(some) // 2
            log.warning("%s: memory is short, going on with %d at a time", stage, size)
        release()
    return tuple(done)


def is_memory(error: BaseException | None) -> bool:
    """Whether torch (or Python) ran out of memory, or whatever else went wrong did so because of that.

    The allocator of a CPU raises a plain RuntimeError, as do CUDA's libraries outside of torch's allocator;
    and what ends the recording of a step complains on its own account.
    """
    import torch

    while error is not None:
        kinds = (torch.cuda.OutOfMemoryError, MemoryError)
        if isinstance(error, kinds) or any(words in str(error) for words in _WORDS):
            return True
        error = error.__cause__ or error.__context__
    return False


_WORDS = ("can't allocate memory", "CUDA error: out of memory", "_STATUS_ALLOC_FAILED")


def short(stage: str) -> BackendUnavailableError:
    """Return what is said when not even one item fits."""
    return BackendUnavailableError(
        "there is not enough memory for this model, even for one item at a time",
        "choose a smaller model, or set IMMERSIVAUDIO_DEVICE=cpu",
        stage=stage,
    )


def release() -> None:
    """Give memory that is no longer used back to the GPU, if one is in use."""
    torch = sys.modules.get("torch")  # nobody who has not loaded it needs it for this
    if torch is not None and torch.cuda.is_initialized():
        torch.cuda.empty_cache()
