"""A share code in a request is opened: what it says takes the place of what was left unsaid."""

from dataclasses import replace

from immersivaudio.share.recipe import Recipe
from immersivaudio.share.text import find, read
from immersivaudio.values import Request

OTHER_BUILD = (
    "The share code was made by another version or with other settings, so the music may sound different."
)
NEAR = "The share code could not hold all that was changed by hand, so the music only comes close."


def apply_code(request: Request) -> Request:
    """Return the request with its share code, wherever it was written, spelled out in its other fields.

    What was asked for besides the code is kept: another seed, another take, another mood to remix it to.
    Raises `BadShareError` and `NewerShareError`.
    """
    code, rest = (request.share, request.mood) if request.share else find(request.mood)
    if not code:
        return request
    recipe = read(code)
    plain = Request()
    gains = {
        "music_gain_db": recipe.mix.music / 10,
        "sounds_gain_db": recipe.mix.sounds / 10,
        "original_gain_db": recipe.mix.original / 10,
        "speech_gap_lu": recipe.mix.gap / 10,
    }
    said = {
        name: value
        for name, value in {"take": recipe.take, "original": recipe.original, **gains}.items()
        if getattr(request, name) == getattr(plain, name)
    }
    return replace(
        request,
        mood=rest,
        share=code,
        seed=recipe.seed if request.seed is None else request.seed,
        sounds=request.sounds or recipe.sounds,
        **said,  # type: ignore[arg-type]  # names and values of Request's own fields
    )


def photo_length(seconds: float | None, code: str) -> float | None:
    """Return how long a photo is held, s: as asked, else as the share code says, else None."""
    length = read(code).length if code and seconds is None else None
    return seconds if length is None else length / 100


def notes(recipe: Recipe, build: int) -> tuple[str, ...]:
    """What whoever uses the code should know."""
    return ((OTHER_BUILD,) if recipe.build != build else ()) + ((NEAR,) if recipe.near else ())
