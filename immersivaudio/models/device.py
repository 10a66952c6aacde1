"""Where a model runs, and in which numbers."""

from typing import Any

from immersivaudio.errors import BackendUnavailableError


def choose(device: str, *, stage: str) -> str:
    """Return "cuda" or "cpu". "auto" takes the GPU if there is one; a GPU that is asked for must be there."""
    import torch

    there = torch.cuda.is_available()
    if device == "cuda" and not there:
        raise BackendUnavailableError(
            "no GPU is visible here",
            "set IMMERSIVAUDIO_DEVICE=cpu, or start on a machine with an NVIDIA driver",
            stage=stage,
        )
    return "cuda" if there and device != "cpu" else "cpu"


def number_type(device: str) -> Any:
    """Return the torch dtype that a model is loaded in: bfloat16 on a GPU, float32 on a CPU."""
    import torch

    return torch.bfloat16 if device == "cuda" else torch.float32
