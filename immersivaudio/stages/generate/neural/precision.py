"""In which numbers the transformer is read."""

from immersivaudio.errors import BadSettingError
from immersivaudio.models.device import has_bfloat16


def choose_precision(wanted: str, device: str) -> str:
    """Return "float32", "bfloat16" or "int8". "auto" is bfloat16 on a GPU that has it, and on a CPU int8
    where torch has it."""
    from immersivaudio.stages.generate.neural.linear import int8_works

    if wanted == "auto" and device == "cuda":
        return "bfloat16" if has_bfloat16() else "float32"
    if wanted == "auto":
        return "int8" if int8_works() else "bfloat16"
    if wanted == "int8" and (device == "cuda" or not int8_works()):
        raise BadSettingError(
            "int8 runs on an x86 CPU only, with the torch release that we pin",
            "set IMMERSIVAUDIO_PRECISION=auto",
            stage="generate",
        )
    return wanted
