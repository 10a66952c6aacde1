"""Where a model runs, and in which numbers."""

from typing import Any

from immersivaudio.errors import BackendUnavailableError
from immersivaudio.models.memory import is_memory


def choose(device: str, *, stage: str) -> str:
    """Return "cuda" or "cpu". "auto" takes the GPU if there is one that torch can use; a GPU that is asked
    for must be there.

    Raises `BackendUnavailableError` for one that is asked for and missing, and for one without any room left.
    """
    if device == "cpu":
        return "cpu"
    import torch

    if not torch.cuda.is_available():
        wrong = "no GPU is visible here"
        cure = "start on a machine with an NVIDIA driver"
        if torch.version.cuda is None:
            cure = "install a torch that is built for CUDA"
    else:
        wrong, cure = _trial(), "install a torch that is built for it"
    if not wrong:
        return "cuda"
    if device == "auto" and wrong != _FULL:
        return "cpu"
    raise BackendUnavailableError(
        wrong, f"set IMMERSIVAUDIO_DEVICE=cpu, or {_EMPTY if wrong == _FULL else cure}", stage=stage
    )


_FULL = "the GPU has no memory left"
_EMPTY = "end what else runs on it"


def _trial() -> str:
    """Compute something on the GPU; return what is wrong with it, or "".

    torch sees GPUs that it has no code for.
    """
    import torch

    try:
        torch.ones(1, device="cuda").add_(1).item()
    except (RuntimeError, AssertionError) as error:
        return _FULL if is_memory(error) else "torch cannot use the GPU that is here"
    return ""


def has_bfloat16() -> bool:
    """Whether the GPU computes in bfloat16 itself (since Ampere); others only pretend to, slowly."""
    import torch

    return bool(torch.cuda.is_bf16_supported(including_emulation=False))


def number_type(device: str) -> Any:
    """Return the torch dtype that a model is loaded in: bfloat16 on a GPU that has it, or else float32."""
    import torch

    return torch.bfloat16 if device == "cuda" and has_bfloat16() else torch.float32
