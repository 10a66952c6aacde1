"""Open a share code in options: what the code says takes the place of what was left unsaid."""

from dataclasses import replace
from typing import Any

from immersivaudio.options import ScoreOptions
from immersivaudio.recipe import Recipe
from immersivaudio.share.text import find, read

OTHER_BUILD = (
    "The share code was made by another version or with other settings, so the music may sound different."
)
NEAR = "The share code could not hold all that was changed by hand, so the music only comes close."


def open_code(options: ScoreOptions) -> ScoreOptions:
    """Return the options with their share code, wherever it was written, spelled out and decoded.

    Call it once, where a request enters a process: opened options pass through unchanged. What was asked for
    besides the code is kept: another seed, another take, another mood to remix it to.
    Raises `BadShareError` and `NewerShareError`.
    """
    if options.recipe is not None:
        return options
    code, rest = (options.share, options.mood) if options.share else find(options.mood)
    if not code:
        return options
    recipe, plain = read(code), ScoreOptions()
    unsaid = {
        name: value
        for name, value in spelled_out(recipe).items()
        if getattr(options, name) == getattr(plain, name)
    }
    return replace(options, mood=rest, share=code, recipe=recipe, **unsaid)


def spelled_out(recipe: Recipe) -> dict[str, Any]:
    """Return the options that a recipe decides besides the music itself."""
    return {
        "seed": recipe.seed,
        "take": recipe.take,
        "sounds": recipe.sounds,
        "original": recipe.original,
        "length": None if recipe.length is None else recipe.length / 100,
        "music_gain_db": recipe.mix.music / 10,
        "sounds_gain_db": recipe.mix.sounds / 10,
        "original_gain_db": recipe.mix.original / 10,
        "speech_gap_lu": recipe.mix.gap / 10,
    }


def notes(recipe: Recipe, build: int) -> tuple[str, ...]:
    """Return what the user of a code should know of it."""
    return ((OTHER_BUILD,) if recipe.build != build else ()) + ((NEAR,) if recipe.near else ())
