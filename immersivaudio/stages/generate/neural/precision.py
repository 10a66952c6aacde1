"""In which numbers the transformer is read."""

from immersivaudio.errors import BadSettingError


def choose_precision(wanted: str, device: str) -> str:
    """Return "float32", "bfloat16" or "int8". "auto" is bfloat16 on a GPU, and on a CPU int8 where torch has
    it."""
    from immersivaudio.stages.generate.neural.linear import int8_works

    if wanted == "auto":
        return "bfloat16" if device == "cuda" else "int8" if int8_works() else "bfloat16"
    if wanted == "int8" and (device == "cuda" or not int8_works()):
        raise BadSettingError(
            "int8 runs on an x86 CPU only, with the torch release that we pin",
            "set IMMERSIVAUDIO_PRECISION=auto",
            stage="generate",
        )
    return wanted
