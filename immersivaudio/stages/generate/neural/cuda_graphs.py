"""What only a GPU needs: a step recorded once and replayed, waiting for it now and then, and which of its
kernels."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch
from torch.nn.attention import SDPBackend, sdpa_kernel

Step = Callable[[], None]

_AHEAD = 16
"""Steps that are handed over before the first of them is waited for: the GPU never waits for us."""


def record(step: Step, undo: Step) -> Step:
    """Return what replays `step` as one CUDA graph.

    It is run before, on a side stream, as the libraries take their memory in the first run; `undo` takes that
    back. Recording itself computes nothing. Other threads may go on using the GPU meanwhile.
    """
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(2):
            step()
            undo()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph, capture_error_mode="thread_local"):
        step()
    replay: Step = graph.replay
    return replay


class StepPace:
    """Keeps us at most two times `_AHEAD` steps before the GPU.

    Without it all steps of a window are handed over at once: progress would run to its end while nothing is
    done yet, and who gives up would wait for the rest. The processor sleeps while it waits.
    """

    def __init__(self) -> None:
        self._steps = 0
        self._before: torch.cuda.Event | None = None

    def __call__(self) -> None:
        """Count a step that was handed over, and wait if there are too many."""
        self._steps += 1
        if self._steps % _AHEAD:
            return
        mark = torch.cuda.Event(blocking=True)
        mark.record()
        if self._before is not None:
            self._before.synchronize()
        self._before = mark


@contextmanager
def attention() -> Iterator[None]:
    """Leave out cuDNN's attention, which prepares a plan of its own for every length of the past."""
    with sdpa_kernel([SDPBackend.FLASH_ATTENTION, SDPBackend.EFFICIENT_ATTENTION, SDPBackend.MATH]):
        yield


@contextmanager
def exactly() -> Iterator[None]:
    """Let float32 be float32: by itself, cuDNN rounds what it multiplies to ten bits."""
    with torch.backends.cudnn.flags(enabled=True, allow_tf32=False):
        yield
